// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/watches.h"

#include <utility>

namespace cf::hub {

Watches::Id Watches::watchBoard(std::function<void()> callback)
{
    return add(QUuid(), std::move(callback));
}

Watches::Id Watches::watchOrder(const QUuid &orderId, std::function<void()> callback)
{
    return add(orderId, std::move(callback));
}

Watches::Id Watches::add(const QUuid &orderId, std::function<void()> callback)
{
    const Id id = ++m_last;
    m_watches.insert(id, Watch{std::move(callback), orderId});
    if (orderId.isNull())
        m_board.insert(id);
    else
        m_byOrder[orderId].insert(id);
    return id;
}

void Watches::unwatch(Id id)
{
    const auto it = m_watches.constFind(id);
    if (it == m_watches.constEnd())
        return;
    if (it->orderId.isNull()) {
        m_board.erase(id);
    } else if (const auto order = m_byOrder.find(it->orderId); order != m_byOrder.end()) {
        order->erase(id);
        if (order->empty())
            m_byOrder.erase(order);
    }
    m_watches.erase(it);
}

void Watches::fire(const std::vector<QUuid> &orders)
{
    std::vector<Id> ids(m_board.begin(), m_board.end());
    for (const QUuid &orderId : orders) {
        const auto it = m_byOrder.constFind(orderId);
        if (it != m_byOrder.constEnd())
            ids.insert(ids.end(), it->begin(), it->end());
    }
    call(ids);
}

void Watches::fireAll()
{
    const QList<Id> keys = m_watches.keys();
    call({keys.begin(), keys.end()});
}

void Watches::call(const std::vector<Id> &ids)
{
    for (const Id id : ids) {
        const auto it = m_watches.find(id);
        if (it == m_watches.end()) // named twice, or removed by a callback before it
            continue;
        const std::function<void()> callback = std::move(it->callback);
        unwatch(id);
        callback();
    }
}

} // namespace cf::hub
