// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_event.h"

#include <deque>
#include <vector>

namespace cf::hub {

// Which closed orders the state table still holds: the last limits::recentOrdersMax, by their last
// event, exactly as a Board that applied the same events one by one. Kept per event rather than per
// transaction, so that the set is a function of the log alone and can be verified from it.
class RecentOrders
{
public:
    struct Entry {
        QUuid orderId;
        qint64 pos = 0; // of its last event
        bool operator==(const Entry &) const = default;
    };

    void apply(const OrderEvent &event);
    // From the table; oldest first.
    void append(Entry entry) { m_entries.push_back(entry); }

    [[nodiscard]] bool contains(const QUuid &orderId) const;
    [[nodiscard]] const std::deque<Entry> &entries() const { return m_entries; }
    // Orders that fell out since the last call because newer ones closed.
    std::vector<QUuid> takeForgotten();

private:
    std::deque<Entry> m_entries;
    std::vector<QUuid> m_forgotten;
};

} // namespace cf::hub
