// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/local_kitchen.h"
#include "tests/kds-app/fake_hub.h"

namespace cf::kds::test {

// The hub's whole board, in one part.
[[nodiscard]] inline bool takeSnapshot(LocalKitchen &kitchen, const FakeHub &hub)
{
    SnapPart part;
    part.at = hub.head();
    for (const OrderState *order : hub.board().openOrders())
        part.orders.push_back(*order);
    for (const OrderState *order : hub.board().recentOrders())
        part.recent.push_back(*order);
    kitchen.tickets().beginSnapshot(hub.epoch());
    const SnapEnd end{1, hub.head(), hub.hash(hub.head()), hub.board().count(), hub.digest()};
    return kitchen.tickets().addSnapshotPart(std::move(part))
           && kitchen.tickets().endSnapshot(end) == SnapshotOutcome::Replaced;
}

} // namespace cf::kds::test
