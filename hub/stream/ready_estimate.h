// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/board.h"

namespace cf::hub {

// How long this kitchen takes from paid to ready: the median of its recently closed orders.
class ReadyEstimate
{
public:
    // The recently closed orders have changed.
    void invalidate() { m_known = false; }

    // When the order is likely to be ready: its paid time and the median, or its due time if that
    // is later. nullopt for an order that is not being cooked, with fewer than
    // limits::estimateOrdersMin orders to judge by, and once the time has passed.
    std::optional<Timestamp> readyAt(const OrderState &order, const Board &board, Timestamp now);

private:
    void learn(const Board &board);

    bool m_known = false;
    std::optional<std::chrono::milliseconds> m_median;
};

} // namespace cf::hub
