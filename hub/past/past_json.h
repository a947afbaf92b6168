// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/past/past_board.h"
#include "shared/kitchen/routing.h"

namespace cf::hub {

// How the kitchen was set up at some moment, to tell tickets by. `body` is what was said then.
class PastKitchen
{
public:
    // The settings in force at this time.
    static Result<PastKitchen> at(EventReader &reader, Timestamp at);

    [[nodiscard]] qint64 rev() const { return m_rev; }
    [[nodiscard]] const KitchenSettings &settings() const { return m_settings; }
    [[nodiscard]] bool knows(const QString &station) const { return m_settings.station(station); }
    // Is the order a ticket where the station cooks? An empty station: is it on any board?
    [[nodiscard]] bool shows(const OrderState &order, const QString &station) const;
    // The folded order with `lines`, {line_id: {station, here}}: the station's id, empty where no
    // rule said one, and whether a display of `station` would show the line; and age_from,
    // warning_at, late_at.
    [[nodiscard]] QJsonObject ticket(const OrderState &order, const QString &station) const;

private:
    [[nodiscard]] bool isHere(const OrderState &order, const OrderLine &line,
                              const QString &station) const;

    qint64 m_rev = 0;
    KitchenSettings m_settings;
    Routing m_routing;
};

// {id, name} of each.
QJsonArray stationsToJson(const KitchenSettings &settings);

} // namespace cf::hub
