// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

namespace cf::kds {

// What one ticket shows besides its lines and its age.
struct TicketFacts {
    QString orderId;
    QString number;
    QString servedText;
    QStringList notes;
    QStringList messages; // from the floor to the kitchen
    QString statusText;
    bool isNew = false; // not started: START is offered
    bool priority = false;
    bool recalled = false;
    bool unsent = false; // something done here that the hub has not confirmed
    int pendingLines = 0;
    int pendingItems = 0; // quantities of the pending lines
    int doneLines = 0;
    bool operator==(const TicketFacts &) const = default;
};
TicketFacts factsOf(const OrderState &order, bool unsent);

// On the kitchen's board: paid for and not yet ready.
constexpr bool isLiveTicket(OrderStatus s)
{
    return s == OrderStatus::Paid || s == OrderStatus::Accepted || s == OrderStatus::InKitchen;
}

// Where a ticket stands on the board: priority first, then oldest first.
struct TicketKey {
    bool priority = false;
    qint64 openedPos = 0;
    bool operator==(const TicketKey &) const = default;

    [[nodiscard]] bool before(const TicketKey &other) const
    {
        return priority != other.priority ? priority : openedPos < other.openedPos;
    }
};
inline TicketKey keyOf(const OrderState &order)
{
    return {order.priority, order.openedPos};
}

// When the ticket's clock began: the kitchen is answerable from the moment it was paid.
Timestamp ageStart(const OrderState &order);

// Ages from which a ticket is pointed out.
struct AgeThresholds {
    std::chrono::seconds warning{5 * 60};
    std::chrono::seconds late{8 * 60};
};

} // namespace cf::kds
