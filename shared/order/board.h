// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

#include <QHash>

#include <deque>

namespace cf {

// One order's share of the digest: the first 8 bytes, big endian, of SHA-256(order_id ":" seq).
quint64 digestTerm(const QUuid &orderId, int seq);
// 16 lower-case hex digits.
QByteArray digestText(quint64 digest);

// The open orders and the last closed ones, with the digest: the reducer that the hub and every
// display run over the same events, so that equal positions mean equal boards. Not thread-safe.
class Board
{
public:
    enum class Applied : quint8 {
        Applied,
        AlreadyApplied, // (order_id, seq) is not new: ignored
        Hole,           // an earlier seq of this order is missing: the caller must heal
    };

    // `whole` is the folded order that came with an event which (re)opens an order that this board
    // may not hold; it already includes the event.
    Applied apply(const OrderEvent &event, const OrderState *whole = nullptr);

    // Replaces everything. Both lists oldest first.
    void reset(std::vector<OrderState> open, std::vector<OrderState> recent);

    [[nodiscard]] const OrderState *find(const QUuid &orderId) const; // open or recent
    [[nodiscard]] bool isOpenOrder(const QUuid &orderId) const { return m_open.contains(orderId); }
    [[nodiscard]] std::vector<const OrderState *> openOrders() const;   // by openedPos
    [[nodiscard]] std::vector<const OrderState *> recentOrders() const; // oldest closed first
    [[nodiscard]] int count() const { return static_cast<int>(m_open.size()); }
    [[nodiscard]] quint64 digest() const { return m_digest; }
    [[nodiscard]] qint64 unknownEvents() const { return m_unknownEvents; }

private:
    struct Entry {
        OrderState order;
        quint64 term = 0;
    };

    Applied applyToOpen(Entry &entry, const OrderEvent &event);
    void open(OrderState order);
    void close(const QUuid &orderId);
    void addRecent(OrderState order);
    [[nodiscard]] std::deque<OrderState>::const_iterator findRecent(const QUuid &orderId) const;

    QHash<QUuid, Entry> m_open;
    std::deque<OrderState> m_recent;
    quint64 m_digest = 0;
    qint64 m_unknownEvents = 0;
};

} // namespace cf
