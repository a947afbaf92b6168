// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/ticket_facts.h"

#include "kds-app/model/words.h"

namespace cf::kds {

TicketFacts factsOf(const OrderState &order, bool unsent)
{
    TicketFacts facts;
    facts.orderId = order.id.toString(QUuid::WithoutBraces);
    facts.number = order.number;
    facts.servedText = words::served(order);
    if (!order.note.isEmpty())
        facts.notes.append(order.note);
    for (const OrderNote &note : order.notes)
        facts.notes.append(note.note);
    for (const OrderMessage &message : order.messages) {
        if (message.to == MessageTarget::Kitchen)
            facts.messages.append(message.message);
    }
    facts.statusText = words::status(order.status);
    facts.isNew = order.status == OrderStatus::Paid || order.status == OrderStatus::Accepted;
    facts.priority = order.priority;
    facts.recalled = order.recalls > 0;
    facts.unsent = unsent;
    return facts;
}

} // namespace cf::kds
