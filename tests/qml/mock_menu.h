// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

#include <QRandomGenerator>

namespace cf::kds::mock {

// What a real lunch looks like, long names and all.
std::vector<Item> itemsFor(int ticket, QRandomGenerator &random);
// Table, guest, notes, additions, voids: by the ticket's number in the sequence.
void dress(OrderState &order, int ticket, Timestamp now);

} // namespace cf::kds::mock
