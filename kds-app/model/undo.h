// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/kitchen_port.h"
#include "shared/order/order_state.h"

#include <vector>

namespace cf::kds {

// The way back from one tap: what to wish, given what was wished and how the order stands now.
// Empty when there is no way back.
std::vector<KitchenIntent> undoOf(const KitchenIntent &done, OrderStatus current);

} // namespace cf::kds
