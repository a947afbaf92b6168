// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

namespace cf::kds {

// What the main button of a ticket does on this display.
enum class TicketAction : quint8 {
    Bump,                 // what is pending here is cooked
    AcknowledgeAllergens, // first say that they were seen
    AcknowledgeVoids,     // say that it was seen that something is not wanted any more
    FireCourse,           // all that is left is held: begin the next course
    Wait,                 // other stations are not done yet
    HandOut,              // to the guest: the order is complete
};

// What one ticket shows besides its lines and its age.
struct TicketFacts {
    QString orderId;
    QString number;
    QString servedText;
    QStringList notes;
    QStringList messages; // from the floor to the kitchen
    QString statusText;
    bool isNew = false; // not started
    bool canStart = false;
    bool priority = false;
    bool recalled = false;
    bool unsent = false; // something done here that the hub has not confirmed
    int pendingLines = 0;
    int pendingItems = 0; // quantities of the pending lines
    int doneLines = 0;
    TicketAction action = TicketAction::Bump;
    QString elsewhereText; // what other stations still cook: "Grill 2 · Fry 1"
    bool operator==(const TicketFacts &) const = default;
};
// Of the order alone; what depends on the display is BoardView's.
TicketFacts factsOf(const OrderState &order, bool unsent);

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

} // namespace cf::kds
