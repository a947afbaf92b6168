// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/resume.h"

#include "shared/base/mutant.h"

namespace cf::hub {

namespace {

ResumePlan snapshot(SnapshotReason reason)
{
    return {ResumePlan::Kind::Snapshot, reason};
}

constexpr ResumePlan resume = {ResumePlan::Kind::Resume, SnapshotReason::None};
constexpr ResumePlan check = {ResumePlan::Kind::Check, SnapshotReason::None};
constexpr ResumePlan renew = {ResumePlan::Kind::Renew, SnapshotReason::PosAhead};

} // namespace

ResumePlan planResume(const OrderHub &hub, const std::optional<Cursor> &cursor)
{
    if (!cursor)
        return snapshot(SnapshotReason::First);
    const bool isEpochBelieved =
        isPlanted(Mutant::EpochIgnored) || (isPlanted(Mutant::EpochOfNothing) && cursor->pos == 0);
    if (cursor->epoch != hub.head().epoch && !isEpochBelieved)
        return snapshot(SnapshotReason::EpochChanged);
    if (cursor->pos > hub.head().pos)
        return renew;
    if (cursor->pos < hub.floor() - 1)
        return snapshot(SnapshotReason::Compacted);
    if ((isPlanted(Mutant::ResumeOfNothing) && cursor->pos == 0)
        || (isPlanted(Mutant::CursorNeedsRow) && !hub.tailCovers(cursor->pos - 1)))
        return snapshot(SnapshotReason::ChainMismatch);
    const std::optional<QByteArray> h = hub.hashAt(cursor->pos);
    if (h && *h != cursor->h && !isPlanted(Mutant::HashIgnored))
        return snapshot(SnapshotReason::ChainMismatch);
    if (hub.head().pos - cursor->pos > hub.bounds().gapEventsMax)
        return snapshot(SnapshotReason::GapTooLarge);
    // What is in memory is below the bound on a gap's bytes.
    return h && hub.tailCovers(cursor->pos) ? resume : check;
}

ResumePlan judgeCheck(const Cursor &cursor, const std::optional<ChainHash> &chainAtPos,
                      qint64 gapBytes, const StreamBounds &bounds)
{
    if (!chainAtPos)
        return snapshot(SnapshotReason::Compacted);
    if (chainPrefix(*chainAtPos) != cursor.h && !isPlanted(Mutant::HashIgnored))
        return snapshot(SnapshotReason::ChainMismatch);
    if (gapBytes > bounds.gapBytesMax)
        return snapshot(SnapshotReason::GapTooLarge);
    return resume;
}

} // namespace cf::hub
