// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QString>

#include <optional>

namespace cf {

enum class AlarmReason : quint8 {
    Off,    // no display that shows the station is connected
    Behind, // there is one, and none has shown what came for it
};
QLatin1StringView alarmReasonName(AlarmReason reason);
std::optional<AlarmReason> alarmReasonFromName(QStringView name);

// A station that nobody looks after: said by the hub, which alone knows all displays.
struct StationAlarm {
    QString station; // its id; empty: the kitchen, where no stations are set up
    AlarmReason reason = AlarmReason::Off;
    Timestamp since{}; // hub time
    int tickets = 0;   // that wait for it unseen
    bool operator==(const StationAlarm &) const = default;
};

} // namespace cf
