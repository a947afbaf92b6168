// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/order/order_service.h"

namespace cf::hub {

// How the service answers. Bodies are canonical JSON and the only place where their keys are spelt.

Answer refusal(Error error, const OrderState *order = nullptr);
// The log could not be read or written; `command` of a display stays undecided.
Answer storageRefusal();
Answer replay(const CommandRecord &record);
// The key was seen before: the first answer for the same request, else IdempotencyMismatch.
Answer replayOrMismatch(const CommandRecord &record, const QByteArray &fingerprint);

CurrentState currentOf(const OrderState &order);
QByteArray placedBody(const OrderState &order, const QByteArray &trackerToken);
// `event` is the one that was asked for; status, seq and pos are the order's after all that
// followed from it.
QByteArray appendedBody(const OrderEvent &event, const OrderState &after);

// {id, rev, settings}: what GET and PUT /v1/settings answer, of any document.
QByteArray settingsBody(const SettingsRecord &settings);

} // namespace cf::hub
