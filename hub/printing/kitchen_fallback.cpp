// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/kitchen_fallback.h"

#include <QCryptographicHash>

#include <algorithm>

namespace cf::hub {

namespace {

// What makes a cook do something else: all that is printed but the marks.
QByteArray printOf(const KitchenTicket &ticket)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Row &row : ticketRows(ticket))
        hash.addData((row.left + QLatin1Char('\n') + row.right + QLatin1Char('\n')).toUtf8());
    return hash.result();
}

} // namespace

void KitchenFallback::setKitchen(const KitchenSettings &settings)
{
    m_settings = settings;
    m_routing = Routing(settings);
}

std::optional<TicketOffer> KitchenFallback::offer(const QString &station,
                                                  const OrderState &order) const
{
    const bool isCancelled = order.status == OrderStatus::Cancelled;
    if (!isLiveTicket(order.status) && !isCancelled)
        return std::nullopt;
    TicketOffer offer{station, order.id, order.seq, {}, {}};
    KitchenTicket &ticket = offer.ticket;
    const Station *known = m_settings.station(station);
    ticket.station = known && !known->name.isEmpty() ? known->name : station;
    ticket.number = order.number;
    ticket.serviceType = order.serviceType;
    ticket.table = order.table;
    ticket.note = order.note;
    ticket.at = order.paidAt.value_or(order.placedAt);
    ticket.isCancelled = isCancelled;
    bool isPendingHere = false;
    for (const OrderLine &line : order.lines) {
        if (m_routing.stationOf(order, line) != station)
            continue;
        isPendingHere = isPendingHere || isPending(line.status);
        if (line.status != LineStatus::Ready)
            ticket.lines.push_back(line);
    }
    if (ticket.lines.empty())
        return std::nullopt;
    // Nothing left to cook is worth a ticket only where one was printed.
    if (!isPendingHere && !m_offered.contains({station, order.id}))
        return std::nullopt;
    offer.print = printOf(ticket);
    return offer;
}

void KitchenFallback::offerIfNew(const QString &station, const OrderState &order,
                                 std::vector<TicketOffer> &offers)
{
    const Key key(station, order.id);
    const auto before = m_offered.find(key);
    if (before != m_offered.end() && before->second == order.seq)
        return;
    if (std::optional<TicketOffer> made = offer(station, order)) {
        m_offered[key] = order.seq;
        offers.push_back(std::move(*made));
    }
}

std::vector<TicketOffer> KitchenFallback::offers(const std::vector<StationAlarm> &alarms,
                                                 const QStringList &stations, const Board &board)
{
    std::vector<TicketOffer> offers;
    for (const StationAlarm &alarm : alarms) {
        if (!stations.contains(alarm.station) && !stations.contains(QStringLiteral("*")))
            continue;
        for (const OrderState *order : board.openOrders())
            offerIfNew(alarm.station, *order, offers);
        for (const OrderState *order : board.recentOrders()) {
            if (m_offered.contains({alarm.station, order->id}))
                offerIfNew(alarm.station, *order, offers);
        }
    }
    // What the board does not know any more is over.
    std::erase_if(m_offered, [&](const auto &entry) { return !board.find(entry.first.second); });
    return offers;
}

} // namespace cf::hub
