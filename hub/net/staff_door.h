// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/auth.h"
#include "hub/net/pin_guard.h"
#include "hub/settings/staff.h"
#include "hub/stream/order_hub.h"

namespace cf::hub {

// The staff list as it is now, and who may come in by it. Read again only when it has changed.
class StaffDoor
{
public:
    const Staff &staff(const OrderHub &hub);
    // False for somebody who is no longer on the list, has another role now, or whose sessions were
    // ended since. Whoever came with a token is none of its business.
    bool letsIn(const Caller &caller, const OrderHub &hub);

    PinGuard guard;

private:
    qint64 m_rev = -1;
    Staff m_staff;
};

Role roleOf(StaffRole role);

} // namespace cf::hub
