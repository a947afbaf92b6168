// SPDX-License-Identifier: Apache-2.0
#include "hub/past/past_json.h"

#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>

#include <algorithm>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

QString timeText(Timestamp at)
{
    return QString::fromLatin1(formatTimestamp(at));
}

} // namespace

Result<PastKitchen> PastKitchen::at(EventReader &reader, Timestamp at)
{
    PastKitchen kitchen;
    const Result<SettingsRecord> record = reader.settingsAt("kitchen", at);
    if (!record)
        return record.error();
    kitchen.m_rev = record->rev;
    if (record->rev > 0) {
        // What was accepted once is read as it was; what cannot be read any more routes nothing.
        const Result<QJsonObject> json = parseJsonObject(record->body);
        Result<KitchenSettings> settings = json ? settingsFromJson(*json) : json.error();
        if (settings)
            kitchen.m_settings = std::move(*settings);
    }
    kitchen.m_routing = Routing(kitchen.m_settings);
    return kitchen;
}

// As a prep display of this one station.
bool PastKitchen::isHere(const OrderState &order, const OrderLine &line,
                         const QString &station) const
{
    if (station.isEmpty())
        return true;
    DisplaySettings display;
    display.stations = {station};
    return m_routing.shows(display, order, line) != LineShown::No;
}

bool PastKitchen::shows(const OrderState &order, const QString &station) const
{
    if (!isOpen(order.status))
        return false;
    if (station.isEmpty())
        return true;
    const bool isLive = isLiveTicket(order.status);
    if (!isLive && order.status != OrderStatus::Ready)
        return false;
    const bool isPendingAnywhere =
        std::any_of(order.lines.begin(), order.lines.end(),
                    [](const OrderLine &line) { return isPending(line.status); });
    return std::any_of(order.lines.begin(), order.lines.end(), [&](const OrderLine &line) {
        const bool waitsForVoid = line.status == LineStatus::Voided && !line.voidAcknowledged;
        const bool isCooked = !isPendingAnywhere && line.status == LineStatus::Ready;
        return (waitsForVoid || (isLive && (isPending(line.status) || isCooked)))
               && isHere(order, line, station);
    });
}

QJsonObject PastKitchen::ticket(const OrderState &order, const QString &station) const
{
    QJsonObject json = orderToJson(order);
    QJsonObject lines;
    for (const OrderLine &line : order.lines) {
        lines.insert(line.item.lineId,
                     QJsonObject{{L1("station"), m_routing.stationOf(order, line)},
                                 {L1("here"), isHere(order, line, station)}});
    }
    const AgeLimits limits = m_settings.ageLimits(order.serviceType);
    const Timestamp from = order.paidAt.value_or(order.placedAt);
    const Timestamp late = std::max(from + limits.late, order.dueAt.value_or(from + limits.late));
    json.insert(L1("lines"), lines);
    json.insert(L1("age_from"), timeText(from));
    json.insert(L1("warning_at"), timeText(late - (limits.late - limits.warning)));
    json.insert(L1("late_at"), timeText(late));
    return json;
}

QJsonArray stationsToJson(const KitchenSettings &settings)
{
    QJsonArray stations;
    for (const Station &station : settings.stations)
        stations.append(QJsonObject{{L1("id"), station.id}, {L1("name"), station.name}});
    return stations;
}

} // namespace cf::hub
