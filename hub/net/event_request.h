// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/auth.h"
#include "hub/order/order_service.h"

namespace cf::hub {

// The JSON object of a request's body. UnsupportedMediaType when Content-Type names something else.
Result<QJsonObject> bodyObject(const HttpRequest &request);

// POST /v1/orders, checked. The idempotency key comes from the header.
Result<PlaceOrder> parsePlaceOrder(const HttpRequest &request);

// POST /v1/orders/{id}/events: {type, payload, expected_seq, command_id}, checked.
Result<AppendEvent> parseAppendEvent(const QUuid &orderId, const QJsonObject &body);

// The same from a display that polls: with the additive `device` and `n` (both or neither) it is
// the very command that the stream carries, known again whichever way it comes. nullopt: neither.
Result<std::optional<DisplayCommand>> parseDisplayCommand(const QUuid &orderId,
                                                          const QJsonObject &body);
// The actor of a display's command: its additive `name`, else its device. Forbidden to callers that
// may not use the kitchen stream.
Result<Actor> actingDisplay(const Caller &caller, const HttpRequest &request,
                            const QJsonObject &body);

// The actor of an appended event: the caller's own, or the one that the body's additive `actor`
// member {kind, id} names. Only a manager, and anyone on a hub that asks for no token, may name
// another; `system` nobody may be.
Result<Actor> actingAs(const Caller &caller, const HttpRequest &request, const QJsonObject &body);

} // namespace cf::hub
