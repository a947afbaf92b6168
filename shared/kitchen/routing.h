// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/kitchen/kitchen_settings.h"
#include "shared/order/order_state.h"

#include <QSet>

namespace cf {

enum class LineShown : quint8 {
    No,
    Yes,
    Unrouted, // here because nothing says where: on every prep display, with a mark
};

// Which rule said where a line is made.
enum class RoutedBy : quint8 { Nothing, Move, Order, Sku, Category, ServiceType };
QLatin1StringView routedByName(RoutedBy by);

struct Routed {
    QString station; // its id; empty: no rule
    RoutedBy by = RoutedBy::Nothing;
    bool operator==(const Routed &) const = default;
};

// Which station makes a line, and which display shows it. No line is ever on no screen: what no
// rule catches, and what belongs to a station that no display shows, is on every prep display.
class Routing
{
public:
    Routing() = default;
    explicit Routing(const KitchenSettings &settings);

    // The station's id: where the line was moved to; else what the order says of it; else by sku,
    // category, and service type. A station is named by its id or its name, in any case; one that
    // there is not decides nothing. Empty: no rule.
    [[nodiscard]] Routed route(const OrderState &order, const OrderLine &line) const;
    [[nodiscard]] QString stationOf(const OrderState &order, const OrderLine &line) const;
    // Would a line of this station, empty for none, be shown there to be cooked?
    [[nodiscard]] bool cooks(const DisplaySettings &display, const QString &station) const;
    [[nodiscard]] LineShown shows(const DisplaySettings &display, const OrderState &order,
                                  const OrderLine &line) const;

private:
    [[nodiscard]] QString known(const QString &named) const;

    RoutingRules m_rules;
    QHash<QString, QString> m_stations; // folded id or name -> id
    QSet<QString> m_served;             // by at least one prep display
};

} // namespace cf
