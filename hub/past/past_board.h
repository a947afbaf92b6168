// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"
#include "hub/log/keyframes.h"

namespace cf::hub {

// The board as it stood: what a fold of the log's first `pos` events gives.
struct PastBoard {
    qint64 pos = 0;
    ChainHash chain{};
    Timestamp at{};                 // of the event at pos; 1970 for the empty log
    int count = 0;                  // open orders
    quint64 digest = 0;             // of all of them
    std::vector<OrderState> orders; // by openedPos; the newest limits::pastOrdersMax
};

// Costs what was open then and the events since the keyframe before it, however long the log.
// Errors: NotFound when the log has no such position; Unavailable while no keyframe is near enough
// (the log is still being walked); StorageFailed.
Result<PastBoard> boardAt(EventReader &reader, Keyframes &keyframes, qint64 pos);

// The position of the last event that was there at this time; 0: none.
Result<qint64> positionAt(EventReader &reader, Timestamp at);

// One event, and its order as the event left it.
struct PastStep {
    OrderEvent event;
    OrderState order;
};
// What happened after `after` up to `upTo`, in order; at most `limit` steps. Needs no keyframe.
Result<std::vector<PastStep>> stepsBetween(EventReader &reader, qint64 after, qint64 upTo,
                                           int limit);

// How many events fell into each of `buckets` equal parts of [from, to).
Result<std::vector<qint64>> eventDensity(EventReader &reader, Timestamp from, Timestamp to,
                                         int buckets);

} // namespace cf::hub
