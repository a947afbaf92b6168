// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/display_registry.h"
#include "shared/kitchen/routing.h"
#include "shared/kitchen/station_alarm.h"
#include "shared/order/board.h"

#include <deque>

namespace cf::hub {

// Sees that every station is looked after: that a display which shows it is connected, and that one
// of them has painted what came for it within the station's time. Only the hub can, because it
// alone knows all displays. Sans-IO, of the hub's thread.
// A station's time is measured to an eighth of it, and never late by more than the pause between
// two checks.
class StationWatch
{
public:
    // Every station has its whole time again from `now`, unless it was watched before.
    void setSettings(const KitchenSettings &settings, Monotonic now);
    // Another process, or another log: what is open has to be shown again.
    void restart(const std::vector<const OrderState *> &open, Monotonic now);
    // An event at `pos` left the order so.
    void note(const OrderState &order, qint64 pos, Monotonic now);
    // True when the alarms are others than before.
    bool check(const std::vector<DisplayInfo> &displays, const Board &board, Monotonic now,
               Timestamp hubNow);

    [[nodiscard]] const KitchenSettings &settings() const { return m_settings; }
    [[nodiscard]] const Routing &routing() const { return m_routing; }
    [[nodiscard]] const std::vector<StationAlarm> &alarms() const { return m_alarms; }
    // The ids of all that are watched, as they were set up.
    [[nodiscard]] QStringList watched() const;

private:
    struct Mark {
        qint64 pos = 0;
        Monotonic since{};
    };
    struct Watched {
        QString id;
        std::chrono::milliseconds after{};
        Monotonic lastOn{};
        std::deque<Mark> unshown; // oldest first
        std::optional<StationAlarm> alarm;
    };

    static void mark(Watched &station, qint64 pos, Monotonic now);
    // What is wrong with it, with the time since when; `shown`: by any of its displays.
    [[nodiscard]] static std::optional<std::pair<AlarmReason, Monotonic>>
    judge(const Watched &station, Monotonic now);
    [[nodiscard]] QSet<QString> stationsOf(const OrderState &order) const;
    [[nodiscard]] int waiting(const Watched &station, const Board &board, qint64 shown) const;

    KitchenSettings m_settings;
    Routing m_routing;
    std::vector<Watched> m_watched;
    std::vector<StationAlarm> m_alarms;
};

} // namespace cf::hub
