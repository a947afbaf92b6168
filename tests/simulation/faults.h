// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/dice.h"

#include <QString>

#include <array>

namespace cf::sim {

// Everything that can go wrong. Each run draws which of them it knows, so that some runs meet one
// kind alone and some all of them.
enum class Fault : quint8 {
    CutTablet,
    StallTablet,  // nothing passes, both ways; what waits arrives later
    DeafTablet,   // one way: nothing reaches the tablet
    MuteTablet,   // one way: nothing leaves it
    RefuseTablet, // its connections are refused
    SilentTablet, // its connections are not answered
    SlowTablet,   // it stops reading for a while: its window clogs, and un-clogs
    SlowLink,     // hundreds of milliseconds, and back
    CutEveryone,  // and so a reconnect storm
    CutTill,
    CutGuest,
    StuckReader, // a stranger who connects and never reads
    KillHub,
    KillHubInCommit, // at any write of the log
    PowerCutHub,
    PowerCutHubInCommit,
    RestartHub,  // SIGTERM
    FlappingHub, // killed again before anything was published
    HubReadError,
    HubWriteError,
    HubSyncError,
    HubDiskFull,
    LyingDisk, // then a power cut
    Backup,
    Restore,         // an older copy; the lock file knows better
    RestoreWithLock, // an older copy, and nothing on the machine knows better
    KillTablet,
    KillTabletInSave, // at any write of its own file
    PowerCutTablet,
    PowerCutTabletInSave,
    TabletDiskError,
    WipeTablet,
    CloneTablet, // two with one identity
    HubClockJump,
    TabletClockJump,
};
inline constexpr int faultCount = 35;

QString faultName(Fault fault);

using FaultCounts = std::array<qint64, faultCount>;

// Which faults a run meets, and how often.
struct FaultPlan {
    std::array<bool, faultCount> enabled{};
    std::chrono::milliseconds meanGap{2'000};

    [[nodiscard]] bool has(Fault fault) const { return enabled.at(static_cast<size_t>(fault)); }
};
FaultPlan drawPlan(Dice &dice);

} // namespace cf::sim
