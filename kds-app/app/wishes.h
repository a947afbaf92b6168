// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/kitchen_port.h"
#include "shared/order/order_event.h"

#include <QJsonObject>

namespace cf::kds {

// A cook's wish as the command that says it to the hub.
struct Wish {
    EventType type = EventType::Unknown;
    QJsonObject payload;
};
Wish wishOf(const KitchenIntent &intent);

// What a command of that type had wished.
IntentKind intentOf(EventType wished);

} // namespace cf::kds
