// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QUuid>

#include <functional>
#include <set>
#include <vector>

namespace cf::hub {

// One-shot callbacks for "something has happened" (to this order). An event costs what listens to
// it, not what is watched. A callback may watch and unwatch; what it adds waits for the next event.
class Watches
{
public:
    using Id = quint64;

    Id watchBoard(std::function<void()> callback);
    Id watchOrder(const QUuid &orderId, std::function<void()> callback);
    void unwatch(Id id);

    // The board has changed, by events of these orders.
    void fire(const std::vector<QUuid> &orders);
    // Everything may have changed.
    void fireAll();

private:
    struct Watch {
        std::function<void()> callback;
        QUuid orderId; // null: the board
    };

    Id add(const QUuid &orderId, std::function<void()> callback);
    void call(const std::vector<Id> &ids);

    Id m_last = 0;
    QHash<Id, Watch> m_watches;
    std::set<Id> m_board;
    QHash<QUuid, std::set<Id>> m_byOrder;
};

} // namespace cf::hub
