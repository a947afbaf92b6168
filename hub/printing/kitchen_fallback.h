// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/ticket_rows.h"
#include "shared/kitchen/routing.h"
#include "shared/kitchen/station_alarm.h"
#include "shared/order/board.h"

#include <map>

namespace cf::hub {

// A ticket that a station's printer shall have, unless it has printed the very same.
struct TicketOffer {
    QString station; // its id; empty: the kitchen, where no stations are set up
    QUuid orderId;
    int seq = 0;
    KitchenTicket ticket; // isChanged is left to who knows what was printed
    QByteArray print;     // equal for tickets that tell a cook the same
};

// While nobody looks after a station, its tickets are to be printed: what waits there when the
// alarm is raised, what comes while it lasts, and what of it is changed or cancelled. Sans-IO, of
// the hub's thread. An event costs the open orders, and only while there is an alarm.
class KitchenFallback
{
public:
    void setKitchen(const KitchenSettings &settings);
    // `stations`: those that have a printer. What was offered is not offered again before its order
    // has changed.
    std::vector<TicketOffer> offers(const std::vector<StationAlarm> &alarms,
                                    const QStringList &stations, const Board &board);
    // Another log.
    void forget() { m_offered.clear(); }

private:
    using Key = std::pair<QString, QUuid>;
    [[nodiscard]] std::optional<TicketOffer> offer(const QString &station,
                                                   const OrderState &order) const;
    void offerIfNew(const QString &station, const OrderState &order,
                    std::vector<TicketOffer> &offers);

    KitchenSettings m_settings;
    Routing m_routing;
    std::map<Key, int> m_offered; // by station and order: the order's seq then
};

} // namespace cf::hub
