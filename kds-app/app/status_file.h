// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/app/kitchen_binding.h"

#include <QTimer>

#include <functional>

namespace cf::kds {

// What the display's other parts know: what the connection has done since the start, and what is
// on the screen.
struct StatusFacts {
    qint64 snapshots = 0;
    qint64 resumes = 0;
    qint64 frames = 0;
    int tickets = 0;
    QString alarm;
};

// Keeps a JSON file that says what this display holds, for tests and for comparing it with the
// hub. Replaced whole, shortly after every change.
class StatusFile : public QObject
{
    Q_OBJECT
public:
    StatusFile(QString path, const KitchenLink &link, std::function<StatusFacts()> facts);

    void write();

private:
    void soon();
    [[nodiscard]] QByteArray text() const;

    QString m_path;
    const KitchenLink &m_link;
    std::function<StatusFacts()> m_facts;
    QByteArray m_written;
    QTimer m_timer;
};

} // namespace cf::kds
