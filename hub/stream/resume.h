// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/order_hub.h"
#include "shared/protocol/messages.h"

namespace cf::hub {

// Can a stream go on from a cursor? Snapshot names why not.
struct ResumePlan {
    enum class Kind : quint8 {
        Resume,
        Check,    // the tail does not know: ask the log for the hash and the gap's size
        Snapshot, // `reason` says why
        Renew,    // the reader has seen more of this epoch than the log holds
    };
    Kind kind = Kind::Snapshot;
    SnapshotReason reason = SnapshotReason::None;
    bool operator==(const ResumePlan &) const = default;
};

ResumePlan planResume(const OrderHub &hub, const std::optional<Cursor> &cursor);
// After Check: what the log said of the cursor's position, and the stored bytes after it.
ResumePlan judgeCheck(const Cursor &cursor, const std::optional<ChainHash> &chainAtPos,
                      qint64 gapBytes, const StreamBounds &bounds);

} // namespace cf::hub
