// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_state.h"

#include <vector>

namespace cf {

// A wish to append to an existing order.
struct Command {
    QUuid orderId;
    EventType type = EventType::Unknown;
    QJsonObject payload; // already through validatePayload
    std::optional<int> expectedSeq;
};

// What the hub will append: pos, id, seq, at and actor are the log's to give.
struct EventDraft {
    EventType type = EventType::Unknown;
    QJsonObject payload;
    bool operator==(const EventDraft &) const = default;
};

// Appended in this order, in one transaction. Empty: the order is already as wished (a no-op).
using EventDrafts = std::vector<EventDraft>;

// The guard table: may this event be appended to an order of this status? order_placed never may.
bool isAllowed(EventType type, OrderStatus from);

// The guarded state machine; pure. Decides what a command appends to an order as it stands, with
// what follows from it in the same transaction:
//  - the last pending line becomes ready, or is voided beside ready ones: order_ready (after
//    order_started, when the order had not been started),
//  - the last line is voided: order_cancelled,
//  - lines are added to, or recalled in, a ready order: order_recalled that reopens no other line.
// Errors: UnknownLine, TransitionNotAllowed, SeqMismatch, ValidationFailed (duplicate line id, too
// many lines). A command whose wish is already true is an empty draft list, before expectedSeq is
// looked at: a cook's second bump is not an error.
Result<EventDrafts> decide(const OrderState &order, const Command &command);

// order_placed, and order_paid when the request carries a payment.
EventDrafts decidePlaced(const OrderState &order, const std::optional<Payment> &payment);

} // namespace cf
