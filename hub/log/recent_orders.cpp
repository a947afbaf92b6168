// SPDX-License-Identifier: Apache-2.0
#include "hub/log/recent_orders.h"

#include "shared/base/limits.h"

#include <algorithm>
#include <utility>

namespace cf::hub {

namespace {

enum class Effect : quint8 { None, Opens, Closes };

Effect effectOf(EventType type)
{
    switch (type) {
    case EventType::OrderCompleted:
    case EventType::OrderCancelled: return Effect::Closes;
    case EventType::OrderPlaced:
    case EventType::OrderPaid:
    case EventType::OrderAccepted:
    case EventType::OrderStarted:
    case EventType::OrderReady:
    case EventType::OrderRecalled: return Effect::Opens;
    default: return Effect::None;
    }
}

} // namespace

void RecentOrders::apply(const OrderEvent &event)
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.orderId == event.orderId;
    });
    const bool held = it != m_entries.end();
    const Effect effect = effectOf(event.type);
    if (held)
        m_entries.erase(it);
    if (effect == Effect::Closes || (effect == Effect::None && held))
        m_entries.push_back({event.orderId, event.pos});
    if (m_entries.size() > static_cast<size_t>(limits::recentOrdersMax)) {
        m_forgotten.push_back(m_entries.front().orderId);
        m_entries.pop_front();
    }
}

bool RecentOrders::contains(const QUuid &orderId) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [&](const Entry &entry) { return entry.orderId == orderId; });
}

std::vector<QUuid> RecentOrders::takeForgotten()
{
    return std::exchange(m_forgotten, {});
}

} // namespace cf::hub
