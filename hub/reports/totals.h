// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

namespace cf::hub {

// Pieces that are not voided.
qint64 itemCount(const OrderState &order);
// Of all of a line's pieces with what was added to them, in minor units; nullopt when the till gave
// no price. Modifiers without a price cost nothing.
std::optional<qint64> priceOf(const Item &item);
// What was paid, where the till said; else what the lines that are not voided add up to, if each
// has a price.
std::optional<qint64> totalOf(const OrderState &order);

} // namespace cf::hub
