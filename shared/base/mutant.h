// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>

#include <optional>

namespace cf {

// Known mistakes, most of them once made by some other hub. A build with CF_MUTANTS can plant one
// of them at a time, to show that the simulation finds it (tests/simulation/README.md). In every
// other build the question is a constant and costs nothing.
enum class Mutant : quint8 {
    None,
    // The log.
    HeadNotReloaded,     // after a start the next position is 1 again
    SyncNormal,          // a commit is told before it is on disk
    CommandNotRecorded,  // a till's key is forgotten
    DeviceNotRecorded,   // a display's command number is forgotten
    WitnessIgnored,      // an older copy in the log's place is not noticed
    ClosedOrderKept,     // the table of open orders keeps what was closed
    OpenOrderNotWritten, // the folded state is written for new orders only
    SettingsNotWritten,  // a change of the settings is in memory only
    FailedCommitTrusted, // memory goes on as if a failed commit had succeeded
    // Commands.
    ToldBeforeCommit,   // answers leave although the commit failed
    SeqBeforeDuplicate, // expected_seq is checked before the command is known again
    NoDuplicateInBatch, // the same command twice in one transaction
    SourceKeyForgotten, // only the Idempotency-Key counts
    EpochNotRenewed,    // a log behind its displays keeps its epoch
    MoveUnguarded,      // a ticket is completed out of the kitchen
    // The stream.
    HashIgnored,     // a cursor is believed without its hash
    EpochIgnored,    // a cursor is believed without its epoch
    EpochOfNothing,  // a cursor that has seen no event is believed without its epoch
    ResumeOfNothing, // or is not believed at all
    CursorNeedsRow,  // nor is one whose own event is not in memory
    ReplayToHead,    // after a replay the display is taken to stand at the head
    TailOffByOne,    // the tail begins one event too late
    TailReordered,   // two events of one transaction change places
    SnapshotStale,   // a kept snapshot is sent under a new position
    PieceStale,      // a kept piece of it is sent though its order has changed
    DigestStale,     // closed orders stay in the digest
    DetachNewest,    // a dead connection takes its successor with it
    HeartbeatNever,  // a quiet stream is silent
    ResultDropped,   // an answer is lost when its display is busy
    SettingsNotTold, // a display that is connected is not told of a change of the settings
    TrackerLeak,     // a tracker is shown every order
    TrackerSkips,    // a tracker that returns misses what happened meanwhile
    // The display.
    CursorBeforeEvents,  // the cursor is written without the board
    AckBeforeWrite,      // events are acknowledged before they are on disk
    SnapshotMerged,      // a snapshot adds to what was there
    OutboxTruncated,     // the outbox is written anew in place
    OutboxInMemory,      // a command is shown and sent, and not written
    OutboxNotResent,     // what was on its way is taken for done
    OutboxRenumbered,    // command numbers begin anew after a restart
    NothingOfferedAgain, // a restored hub is not told what it has lost
    SettingsByNameOnly,  // the settings' id is kept, and not what they say
    PendingForEver,      // an answered wish is shown on
    Count,
};

// "snapshot_merged"; empty for what is none.
QLatin1StringView mutantName(Mutant mutant);
std::optional<Mutant> mutantFromName(QLatin1StringView name);

#ifdef CF_MUTANTS
void plant(Mutant mutant);
bool isPlanted(Mutant mutant);
#else
constexpr bool isPlanted(Mutant /*mutant*/)
{
    return false;
}
#endif

} // namespace cf
