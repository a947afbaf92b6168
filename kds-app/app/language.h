// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/look_model.h"

#include <QTranslator>

namespace cf::kds {

// The language the display speaks: as the restaurant wants it for this display, else the
// machine's, else English. The whole application's, with the direction that it is read in.
class Language : public QObject
{
    Q_OBJECT
public:
    // Follows the look from now on.
    explicit Language(LookModel &look, QObject *parent = nullptr);
    ~Language() override;

    [[nodiscard]] const QString &spoken() const { return m_spoken; }

Q_SIGNALS:
    // What was said in another language is to be said again.
    void changed();

private:
    void apply();

    LookModel &m_look;
    QString m_spoken = QStringLiteral("en");
    QTranslator m_translator;
};

} // namespace cf::kds
