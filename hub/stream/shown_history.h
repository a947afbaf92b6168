// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QString>

#include <deque>
#include <map>
#include <optional>

namespace cf::hub {

// When each display had painted which position of the log: for the question what a cook could have
// seen, and since when. In memory only: it begins anew with the hub and with each epoch of the log,
// and holds limits::shownStepsMax steps altogether (some days of a restaurant), of which the oldest
// go first. What it cannot know it does not tell: see knownAfter().
class ShownHistory
{
public:
    // The display says that everything up to `pos` is on its screen.
    void note(const QString &device, qint64 pos, Timestamp at);
    void forget(const QString &device);
    // Another log, or another process: of what is in it already nothing is known.
    void restart(qint64 head, Timestamp now);

    [[nodiscard]] Timestamp since() const { return m_since; }
    // Of positions up to this it is not known when the display had shown them.
    [[nodiscard]] qint64 knownAfter(const QString &device) const;
    // When the display first had this position on its screen; nullopt: not yet, or not known.
    [[nodiscard]] std::optional<Timestamp> shownAt(const QString &device, qint64 pos) const;

private:
    struct Step {
        qint64 pos = 0;
        Timestamp at{};
    };
    struct Past {
        std::deque<Step> steps; // positions rise
        qint64 knownAfter = 0;
    };
    void dropOldest();

    std::map<QString, Past> m_displays;
    size_t m_steps = 0;
    qint64 m_start = 0; // the log's head when it began
    Timestamp m_since{};
};

} // namespace cf::hub
