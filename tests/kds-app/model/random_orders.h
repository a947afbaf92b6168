// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

#include <QRandomGenerator>

#include <vector>

namespace cf::kds {

// Orders that change at random but only as the state machine allows.
class RandomOrders
{
public:
    explicit RandomOrders(quint32 seed) : m_random(seed) { }

    // Places an order, or changes one; returns it.
    const OrderState &step();
    [[nodiscard]] const std::vector<OrderState> &all() const { return m_orders; }
    [[nodiscard]] Timestamp now() const { return m_now; }

private:
    const OrderState &place();

    QRandomGenerator m_random;
    std::vector<OrderState> m_orders;
    qint64 m_pos = 0;
    Timestamp m_now{std::chrono::milliseconds(1'795'262'590'000)};
};

// A new paid order.
OrderState paidOrder(const QString &number, qint64 openedPos, int lines, Timestamp at);

} // namespace cf::kds
