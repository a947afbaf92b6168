// SPDX-License-Identifier: Apache-2.0
#include "shared/order/board.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace cf {

quint64 digestTerm(const QUuid &orderId, int seq)
{
    const QByteArray hash = QCryptographicHash::hash(
        uuidText(orderId) + ':' + QByteArray::number(seq), QCryptographicHash::Sha256);
    return qFromBigEndian<quint64>(hash.constData());
}

QByteArray digestText(quint64 digest)
{
    return QByteArray::number(digest, 16).rightJustified(16, '0');
}

Board::Applied Board::apply(const OrderEvent &event, const OrderState *whole)
{
    if (const auto it = m_open.find(event.orderId); it != m_open.end()) {
        if (event.seq <= it->order.seq)
            return Applied::AlreadyApplied;
        if (event.seq != it->order.seq + 1)
            return Applied::Hole;
        return applyToOpen(*it, event);
    }
    const auto recent = findRecent(event.orderId);
    const bool known = recent != m_recent.end();
    const int seq = known ? recent->seq : 0;
    if (event.seq <= seq)
        return Applied::AlreadyApplied;
    OrderState order;
    if (event.seq == seq + 1 && (known || event.type == EventType::OrderPlaced)) {
        if (known)
            order = *recent;
        applyEvent(order, event);
    } else if (whole && whole->id == event.orderId && whole->seq == event.seq) {
        order = *whole;
    } else {
        return Applied::Hole;
    }
    if (known)
        m_recent.erase(recent);
    m_unknownEvents += event.type == EventType::Unknown;
    open(std::move(order));
    return Applied::Applied;
}

Board::Applied Board::applyToOpen(Entry &entry, const OrderEvent &event)
{
    applyEvent(entry.order, event);
    m_unknownEvents += event.type == EventType::Unknown;
    m_digest -= entry.term;
    entry.term = digestTerm(event.orderId, event.seq);
    m_digest += entry.term;
    if (!cf::isOpen(entry.order.status))
        close(event.orderId);
    return Applied::Applied;
}

// An order may arrive closed (an event of a type unknown here, on a closed order): then it only
// takes its place among the recent ones.
void Board::open(OrderState order)
{
    if (!cf::isOpen(order.status)) {
        addRecent(std::move(order));
        return;
    }
    const QUuid id = order.id;
    const quint64 term = digestTerm(id, order.seq);
    m_digest += term;
    m_open.insert(id, Entry{std::move(order), term});
}

void Board::close(const QUuid &orderId)
{
    Entry entry = m_open.take(orderId);
    if (!isPlanted(Mutant::DigestStale))
        m_digest -= entry.term;
    addRecent(std::move(entry.order));
}

void Board::addRecent(OrderState order)
{
    m_recent.push_back(std::move(order));
    if (m_recent.size() > limits::recentOrdersMax)
        m_recent.pop_front();
}

std::deque<OrderState>::const_iterator Board::findRecent(const QUuid &orderId) const
{
    return std::find_if(m_recent.begin(), m_recent.end(),
                        [&](const OrderState &o) { return o.id == orderId; });
}

void Board::reset(std::vector<OrderState> opened, std::vector<OrderState> recent)
{
    m_open.clear();
    m_recent.clear();
    m_digest = 0;
    for (OrderState &order : opened)
        open(std::move(order));
    for (OrderState &order : recent)
        addRecent(std::move(order));
}

const OrderState *Board::find(const QUuid &orderId) const
{
    if (const auto it = m_open.constFind(orderId); it != m_open.constEnd())
        return &it->order;
    const auto it = findRecent(orderId);
    return it == m_recent.end() ? nullptr : &*it;
}

std::vector<const OrderState *> Board::openOrders() const
{
    std::vector<const OrderState *> orders;
    orders.reserve(static_cast<size_t>(m_open.size()));
    for (const Entry &entry : m_open)
        orders.push_back(&entry.order);
    std::sort(orders.begin(), orders.end(),
              [](const OrderState *a, const OrderState *b) { return a->openedPos < b->openedPos; });
    return orders;
}

std::vector<const OrderState *> Board::recentOrders() const
{
    std::vector<const OrderState *> orders;
    for (const OrderState &order : m_recent)
        orders.push_back(&order);
    return orders;
}

} // namespace cf
