// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/kitchen/kitchen_settings.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// How the restaurant wants this display to look.
class LookModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(int columns READ columns NOTIFY changed FINAL)
    Q_PROPERTY(int gridRows READ gridRows NOTIFY changed FINAL)
    Q_PROPERTY(Theme theme READ theme NOTIFY changed FINAL)
    Q_PROPERTY(bool rightToLeft READ rightToLeft NOTIFY changed FINAL)
    Q_PROPERTY(qreal textScale READ textScale NOTIFY changed FINAL)

public:
    enum Theme { Dark, Light, Contrast };
    Q_ENUM(Theme)

    using QObject::QObject;

    void setLook(const DisplayLook &look);
    // As the language that is spoken is read.
    void setRightToLeft(bool rightToLeft);
    [[nodiscard]] bool rightToLeft() const { return m_rightToLeft; }
    [[nodiscard]] const DisplayLook &look() const { return m_look; }

    [[nodiscard]] int columns() const { return m_look.columns; } // 0: as many as fit
    // 0: each ticket is as tall as what it says.
    [[nodiscard]] int gridRows() const
    {
        return m_look.layout == BoardLayout::Grid ? m_look.rows : 0;
    }
    [[nodiscard]] Theme theme() const { return static_cast<Theme>(m_look.theme); }
    [[nodiscard]] qreal textScale() const { return m_look.textPercent / 100.0; }

Q_SIGNALS:
    void changed();

private:
    DisplayLook m_look;
    bool m_rightToLeft = false;
};

} // namespace cf::kds
