// SPDX-License-Identifier: Apache-2.0
#include "hub/net/now_json.h"

#include "shared/base/ids.h"

#include <algorithm>
#include <map>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

QString timeText(Timestamp at)
{
    return QString::fromLatin1(formatTimestamp(at));
}

// [{station, quantity}] of what is still to be made, by station.
QJsonArray waitingJson(const OrderHub &hub, const OrderState &order)
{
    std::map<QString, int> waiting;
    if (isLiveTicket(order.status)) {
        for (const OrderLine &line : order.lines) {
            if (isPending(line.status))
                waiting[hub.stations().routing().stationOf(order, line)] += line.item.quantity;
        }
    }
    QJsonArray json;
    for (const auto &[station, quantity] : waiting)
        json.append(QJsonObject{{L1("station"), station}, {L1("quantity"), quantity}});
    return json;
}

void insertUnlessEmpty(QJsonObject &json, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        json.insert(key, text);
}

} // namespace

QJsonObject nowOrderJson(const OrderHub &hub, const OrderState &order)
{
    const AgeLimits ages = hub.stations().settings().ageLimits(order.serviceType);
    const Timestamp since = order.paidAt.value_or(order.placedAt);
    int items = 0;
    int done = 0;
    for (const OrderLine &line : order.lines) {
        if (line.status != LineStatus::Voided)
            items += line.item.quantity;
        if (line.status == LineStatus::Ready)
            done += line.item.quantity;
    }
    QJsonObject json{{L1("order_id"), QString::fromLatin1(uuidText(order.id))},
                     {L1("seq"), order.seq},
                     {L1("opened_pos"), order.openedPos},
                     {L1("number"), order.number},
                     {L1("status"), QString(orderStatusName(order.status))},
                     {L1("priority"), order.priority},
                     {L1("recalls"), order.recalls},
                     {L1("since"), timeText(since)},
                     {L1("warning_at"), timeText(since + ages.warning)},
                     {L1("late_at"), timeText(since + ages.late)},
                     {L1("items"), items},
                     {L1("items_ready"), done},
                     {L1("waiting"), waitingJson(hub, order)}};
    if (order.serviceType)
        json.insert(L1("service_type"), QString(serviceTypeName(*order.serviceType)));
    if (order.dueAt)
        json.insert(L1("due_at"), timeText(*order.dueAt));
    if (order.readyAt)
        json.insert(L1("ready_at"), timeText(*order.readyAt));
    insertUnlessEmpty(json, L1("table"), order.table);
    insertUnlessEmpty(json, L1("customer"), order.customerName);
    insertUnlessEmpty(json, L1("source"), order.sourceName);
    return json;
}

QJsonArray nowStationsJson(const OrderHub &hub)
{
    const KitchenSettings &settings = hub.stations().settings();
    std::vector<Station> stations = settings.stations;
    if (stations.empty())
        stations.emplace_back();
    const std::vector<DisplayInfo> displays = hub.displays();
    QJsonArray json;
    for (const Station &station : stations) {
        QJsonArray names;
        for (const DisplayInfo &display : displays) {
            const DisplaySettings set = settings.display(display.name);
            if (display.connected && hub.stations().routing().cooks(set, station.id))
                names.append(display.name);
        }
        json.append(QJsonObject{{L1("station"), station.id},
                                {L1("name"), station.name.isEmpty() ? station.id : station.name},
                                {L1("displays"), names}});
    }
    return json;
}

QJsonObject displayJson(const DisplayInfo &display, qint64 head)
{
    return {{L1("device"), display.device},
            {L1("name"), display.name},
            {L1("connected"), display.connected},
            {L1("polling"), display.polling},
            {L1("position"), display.pos},
            {L1("shown_position"), display.shown},
            {L1("lag"), std::max(qint64(0), head - display.pos)},
            {L1("last_seen"), timeText(display.lastSeen)},
            {L1("connects"), display.connects},
            {L1("snapshots"), display.snapshots}};
}

QJsonArray nowDisplaysJson(const OrderHub &hub)
{
    const KitchenSettings &settings = hub.stations().settings();
    QJsonArray json;
    for (const DisplayInfo &display : hub.displays()) {
        const DisplaySettings set = settings.display(display.name);
        QJsonObject one = displayJson(display, hub.head().pos);
        one.insert(L1("role"), QString(displayRoleName(set.role)));
        one.insert(L1("stations"), QJsonArray::fromStringList(set.stations));
        json.append(one);
    }
    return json;
}

} // namespace cf::hub
