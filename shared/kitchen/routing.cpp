// SPDX-License-Identifier: Apache-2.0
#include "shared/kitchen/routing.h"

namespace cf {

QLatin1StringView routedByName(RoutedBy by)
{
    switch (by) {
    case RoutedBy::Nothing: break;
    case RoutedBy::Move: return QLatin1StringView("move");
    case RoutedBy::Order: return QLatin1StringView("order");
    case RoutedBy::Sku: return QLatin1StringView("sku");
    case RoutedBy::Category: return QLatin1StringView("category");
    case RoutedBy::ServiceType: return QLatin1StringView("service_type");
    }
    return QLatin1StringView("nothing");
}

Routing::Routing(const KitchenSettings &settings) : m_rules(settings.routing)
{
    // Ids last: one that is another station's name means the station of that id.
    for (const Station &station : settings.stations)
        m_stations.insert(station.name.toCaseFolded(), station.id);
    for (const Station &station : settings.stations)
        m_stations.insert(station.id.toCaseFolded(), station.id);
    bool isAnyPrep = false;
    for (const DisplaySettings &display : settings.displays) {
        if (display.role != DisplayRole::Prep)
            continue;
        isAnyPrep = true;
        for (const QString &id : display.stations)
            m_served.insert(id);
        if (display.stations.isEmpty())
            m_served.unite(QSet<QString>(m_stations.begin(), m_stations.end()));
    }
    // Nobody has said who shows what: whoever is there shows all.
    if (!isAnyPrep)
        m_served = QSet<QString>(m_stations.begin(), m_stations.end());
}

QString Routing::known(const QString &named) const
{
    return named.isEmpty() ? QString() : m_stations.value(named.toCaseFolded());
}

Routed Routing::route(const OrderState &order, const OrderLine &line) const
{
    if (const QString id = known(line.movedTo); !id.isEmpty())
        return {id, RoutedBy::Move};
    if (const QString id = known(line.item.station); !id.isEmpty())
        return {id, RoutedBy::Order};
    if (const QString id = m_rules.bySku.value(line.item.sku); !id.isEmpty())
        return {id, RoutedBy::Sku};
    if (const QString id = m_rules.byCategory.value(line.item.category); !id.isEmpty())
        return {id, RoutedBy::Category};
    if (!order.serviceType)
        return {};
    const auto byType = m_rules.byServiceType.find(*order.serviceType);
    return byType == m_rules.byServiceType.end() ? Routed()
                                                 : Routed{byType->second, RoutedBy::ServiceType};
}

QString Routing::stationOf(const OrderState &order, const OrderLine &line) const
{
    return route(order, line).station;
}

bool Routing::cooks(const DisplaySettings &display, const QString &station) const
{
    return display.role == DisplayRole::Prep
           && (!m_served.contains(station) || display.stations.isEmpty()
               || display.stations.contains(station));
}

LineShown Routing::shows(const DisplaySettings &display, const OrderState &order,
                         const OrderLine &line) const
{
    if (display.role != DisplayRole::Prep || m_stations.isEmpty())
        return LineShown::Yes;
    const QString station = stationOf(order, line);
    if (!m_served.contains(station))
        return LineShown::Unrouted;
    return cooks(display, station) ? LineShown::Yes : LineShown::No;
}

} // namespace cf
