// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/older_list.h"

namespace cf::kds {

QHash<int, QByteArray> OlderList::Joined::roleNames() const
{
    return sourceModels().front()->roleNames();
}

OlderList::OlderList(KitchenPort &port, ReadyListModel &recent, QObject *parent)
    : QObject(parent), m_port(port), m_recent(recent)
{
    m_all.addSourceModel(&m_recent);
    m_all.addSourceModel(&m_orders);
}

void OlderList::lookFor(const QString &text)
{
    const QString wanted = text.simplified();
    if (wanted == m_text)
        return;
    m_text = wanted;
    m_orders.keepOnly({});
    setState(wanted.isEmpty() ? Idle : Asking);
    m_port.lookFor(wanted);
}

void OlderList::show(const QString &text, const std::vector<OrderState> &orders, bool ok)
{
    if (text != m_text || text.isEmpty()) // something else is looked for by now
        return;
    for (const OrderState &order : orders) {
        if (!m_recent.order(order.id))
            m_orders.update(order);
    }
    setState(ok ? Found : Failed);
}

void OlderList::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace cf::kds
