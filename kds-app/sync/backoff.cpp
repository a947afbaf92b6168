// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/backoff.h"

#include <algorithm>
#include <array>

namespace cf::kds {

std::chrono::milliseconds Backoff::next()
{
    std::array<quint8, 4> bytes{};
    m_random.fill(bytes);
    quint32 drawn = 0;
    for (const quint8 byte : bytes)
        drawn = drawn << 8 | byte;
    const std::chrono::milliseconds wait(drawn % static_cast<quint32>(m_ceiling.count() + 1));
    m_ceiling = std::min<std::chrono::milliseconds>(2 * m_ceiling, limits::reconnectMax);
    return wait;
}

} // namespace cf::kds
