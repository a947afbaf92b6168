// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/order_hub.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cf::hub {

// The kitchen as it is now, in the pieces that `GET /v1/now` and its stream send: one definition of
// each, for whoever tells it. Net thread.

// An open order in brief: what it is, since when the kitchen has it, from when on that is long, and
// what each station still has to make of it.
QJsonObject nowOrderJson(const OrderHub &hub, const OrderState &order);
// The stations as set up, each with the connected displays that show it; one without an id where
// none are set up.
QJsonArray nowStationsJson(const OrderHub &hub);
// One display, as /v1/displays has it.
QJsonObject displayJson(const DisplayInfo &display, qint64 head);
// All of them, each with what it is set up to be.
QJsonArray nowDisplaysJson(const OrderHub &hub);

} // namespace cf::hub
