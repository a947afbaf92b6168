// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/order_plan.h"

namespace cf::feed {

// What will happen to an order after it was placed, in order of time and allowed by the state
// machine as long as nobody else touches the order. The floor (payments, notes, late additions,
// voids, cancellations, messages) always acts; the kitchen only with options.cook. Command ids are
// left empty.
std::vector<PlannedStep> planSteps(const OrderState &order, const Payment &payment,
                                   const Menu &menu, const PlanOptions &options, Dice &dice);

} // namespace cf::feed
