// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

namespace cf::hub {

// One event for people: when (local time), where in the order, what, who and from where, and what
// it says. `order`, folded up to the event, names the lines; without it they are only numbered.
QString eventLine(const OrderEvent &event, const OrderState *order);
// The order's head line: id, number, kind of service, status.
QString orderLine(const OrderState &order);
QString localTime(Timestamp at);

} // namespace cf::hub
