// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/ticket_store.h"
#include "tests/simulation/dice.h"

#include <optional>

namespace cf::sim {

// One tap of a cook, on what the screen shows.
struct Tap {
    QUuid orderId;
    EventType type = EventType::Unknown;
    QJsonObject payload;
    std::optional<int> expectedSeq;
    QString mark; // a text that is in no other tap's payload; empty: none
};

// Draws what a cook might do with this board; nullopt: nothing to do. `mark` goes into notes and
// messages, so that an effect can be told from every other.
std::optional<Tap> drawTap(const kds::TicketStore &tickets, const QString &mark, Dice &dice);

} // namespace cf::sim
