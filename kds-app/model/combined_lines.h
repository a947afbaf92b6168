// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/board_view.h"

namespace cf::kds {

// Lines that are the same in every respect as one, of all their quantity, in the place of the
// first. What came later stays by itself, so that it is seen.
std::vector<ShownLine> combined(const std::vector<ShownLine> &lines);

} // namespace cf::kds
