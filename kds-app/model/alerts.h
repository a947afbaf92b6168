// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"
#include "shared/kitchen/kitchen_settings.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <set>

namespace cf::kds {

// What is heard, and when: one sound at a time, the gravest first, and what asks for something
// again and again until somebody has touched the display. Thirty tickets that come at once are one
// sound. Plays nothing itself.
class Alerts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")

public:
    // The gravest first.
    enum Sound { Lost, Voided, Late, Recalled, Changed, New };
    Q_ENUM(Sound)

    using QObject::QObject;

    void setSounds(const DisplaySounds &sounds);
    [[nodiscard]] const DisplaySounds &sounds() const { return m_sounds; }

    // From here on something new is to be heard: what a display starts with is not new.
    void begin() { m_begun = true; }
    void raise(Sound sound);
    // It is over by itself.
    void end(Sound sound);
    // Somebody is there, and sees.
    Q_INVOKABLE void acknowledge();
    void tick(Monotonic now);

Q_SIGNALS:
    void sounded(cf::kds::Alerts::Sound sound);
    void soundsChanged();

private:
    DisplaySounds m_sounds;
    std::set<Sound> m_pending; // not heard yet
    std::set<Sound> m_unseen;  // heard, and nobody has touched the display since
    std::set<Sound> m_again;   // of them, still to be heard this time
    Monotonic m_quietUntil{};
    Monotonic m_repeatAt{};
    bool m_begun = false;
};

} // namespace cf::kds
