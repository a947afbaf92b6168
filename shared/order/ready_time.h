// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <optional>

namespace cf {

// When an order is likely to be ready, as its guest is told: nothing said when nothing is known.
struct ReadyTime {
    std::optional<Timestamp> likely; // nullopt also once it has passed
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    bool overdue = false; // it takes longer than it usually does; there are no times then
    bool operator==(const ReadyTime &) const = default;
};

} // namespace cf
