// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/kitchen/station_alarm.h"

#include <QMetaType>
#include <QString>

#include <algorithm>
#include <optional>
#include <vector>

namespace cf::kds {

enum class LinkPhase : quint8 {
    Offline,    // no hub: the board is `asOf`
    Connecting, // trying; the board is `asOf`
    CatchingUp, // connected, the board is not yet the hub's
    Live,       // connected, caught up, digest equal
    Polling,    // no stream gets through; asked again and again over plain HTTP, digest equal
};

// What the link wants a person to know beside its phase.
enum class LinkTrouble : quint8 {
    None,
    Unauthorised,  // the hub does not accept this display: it stops until started again
    Superseded,    // another display runs with this one's identity
    BoardDiffered, // the digest was not the hub's; a snapshot is on its way
};

// All that a person may be told about the connection, honestly: a board that is not proven equal
// to the hub's is never Live. A plain fact; the display's clock is never trusted for ages.
struct LinkState {
    LinkPhase phase = LinkPhase::Offline;
    LinkTrouble trouble = LinkTrouble::None;
    QString detail;                // words for logs and a details page; empty when all is well
    std::optional<Timestamp> asOf; // hub time at which the board last was known to be current
    qint64 position = 0;           // of the board
    qint64 eventsBehind = 0;       // events the hub is known to have beyond `position`
    std::optional<std::chrono::milliseconds> hubOffset; // hub's clock minus ours
    std::optional<Timestamp> provenAt;                  // hub time of the last digest equality
    qint64 provenPosition = 0;
    int outboxWaiting = 0;            // commands without an answer
    qint64 digestMismatches = 0;      // since the start
    QString storageFault;             // the local file cannot be written: what is shown is not kept
    std::vector<StationAlarm> alarms; // as the hub has it; none while it is away
    bool operator==(const LinkState &) const = default;

    // True when what is shown is what the hub has.
    [[nodiscard]] bool isCurrent() const
    {
        return (phase == LinkPhase::Live || phase == LinkPhase::Polling) && eventsBehind == 0;
    }
    // The hub's time now, from ours.
    [[nodiscard]] Timestamp hubTime(Timestamp local) const
    {
        return local + hubOffset.value_or(std::chrono::milliseconds(0));
    }
    // How long ago `since` (hub time) was; never negative.
    [[nodiscard]] std::chrono::milliseconds ageOf(Timestamp since, Timestamp local) const
    {
        return std::max(std::chrono::milliseconds(0), hubTime(local) - since);
    }
};

} // namespace cf::kds

Q_DECLARE_METATYPE(cf::kds::LinkState)
