// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"
#include "shared/base/limits.h"

namespace cf::kds {

// Times between attempts: full jitter below a ceiling that doubles from limits::reconnectMin to
// limits::reconnectMax, so that a room full of displays does not return as one.
class Backoff
{
public:
    explicit Backoff(Random &random) : m_random(random) { }

    std::chrono::milliseconds next();
    void reset() { m_ceiling = limits::reconnectMin; }
    [[nodiscard]] std::chrono::milliseconds ceiling() const { return m_ceiling; }

private:
    Random &m_random;
    std::chrono::milliseconds m_ceiling = limits::reconnectMin;
};

} // namespace cf::kds
