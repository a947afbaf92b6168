// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/ready_estimate.h"

#include "shared/base/limits.h"

#include <algorithm>

namespace cf::hub {

std::optional<Timestamp> ReadyEstimate::readyAt(const OrderState &order, const Board &board,
                                                Timestamp now)
{
    if (!order.paidAt || order.status == OrderStatus::Ready || !isOpen(order.status))
        return std::nullopt;
    if (!m_known)
        learn(board);
    if (!m_median)
        return std::nullopt;
    Timestamp ready = *order.paidAt + *m_median;
    if (order.dueAt)
        ready = std::max(ready, *order.dueAt);
    return ready > now ? std::optional(ready) : std::nullopt;
}

void ReadyEstimate::learn(const Board &board)
{
    m_known = true;
    m_median.reset();
    std::vector<std::chrono::milliseconds> times;
    for (const OrderState *order : board.recentOrders()) {
        if (order->paidAt && order->readyAt && *order->readyAt >= *order->paidAt)
            times.push_back(*order->readyAt - *order->paidAt);
    }
    if (times.size() < static_cast<size_t>(limits::estimateOrdersMin))
        return;
    std::sort(times.begin(), times.end());
    const size_t middle = times.size() / 2;
    m_median = times.size() % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

} // namespace cf::hub
