// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/order_plan.h"

namespace cf::feed {

// Makes the service's orders: who orders what, where, and what becomes of it. Order n depends on
// the options and n alone.
class OrderGenerator
{
public:
    OrderGenerator(Menu menu, PlanOptions options);

    [[nodiscard]] PlannedOrder make(int index) const;

private:
    Menu m_menu;
    PlanOptions m_options;
};

} // namespace cf::feed
