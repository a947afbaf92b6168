// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/local_kitchen.h"
#include "tests/kds-app/fake_hub.h"

namespace cf::kds::test {

// The hub's whole board, in one part.
[[nodiscard]] inline SnapshotOutcome takeSnapshot(TicketStore &store, const FakeHub &hub)
{
    SnapPart part;
    part.at = hub.head();
    for (const OrderState *order : hub.board().openOrders())
        part.orders.push_back(*order);
    for (const OrderState *order : hub.board().recentOrders())
        part.recent.push_back(*order);
    store.beginSnapshot(hub.epoch());
    if (!store.addSnapshotPart(std::move(part)))
        return SnapshotOutcome::Malformed;
    return store.endSnapshot(
        {1, hub.head(), hub.hash(hub.head()), hub.board().count(), hub.digest()});
}

[[nodiscard]] inline bool takeSnapshot(LocalKitchen &kitchen, const FakeHub &hub)
{
    return takeSnapshot(kitchen.tickets(), hub) == SnapshotOutcome::Replaced;
}

} // namespace cf::kds::test
