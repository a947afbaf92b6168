// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_event.h"

#include <map>

namespace cf::sim {

// What the product's reducer must agree with, written a second time and as plainly as can be: of
// each order its status and seq, from the table of product moves. Reports what the table forbids.
class PlainFold
{
public:
    // Empty, or what is wrong with appending this event.
    QString apply(const OrderEvent &event);

    [[nodiscard]] int openCount() const { return m_openCount; }
    // Digest of the open orders as the wire has it: 16 hex digits.
    [[nodiscard]] QByteArray digest() const;
    [[nodiscard]] int seqOf(const QUuid &orderId) const;

private:
    struct Place {
        QByteArray status;
        int seq = 0;
    };
    void count(const QUuid &orderId, const Place &place, int sign);

    std::map<QUuid, Place> m_orders;
    int m_openCount = 0;
    quint64 m_sum = 0;
};

} // namespace cf::sim
