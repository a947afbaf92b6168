// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/transition.h"

namespace cf::hub {

// decide(), and TransitionNotAllowed once the order has limits::eventsPerOrderMax events, or where
// lines would make it larger than limits::orderBytesMax.
Result<EventDrafts> decideBounded(const OrderState &order, const Command &command);

Error unknownOrder(const QUuid &orderId);
// For callers to whom a wish that is already true is an error.
Error alreadySo(const OrderState &order, EventType type);

} // namespace cf::hub
