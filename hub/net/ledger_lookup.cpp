// SPDX-License-Identifier: Apache-2.0
#include "hub/net/ledger_lookup.h"

#include "hub/settings/restaurant.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

// What was stored has been read by the same readers before; should it not be readable now, it is as
// if nothing had been said.
LocalDays restaurantDays(Services &services)
{
    const SettingsRecord record = services.backend.hub().document("restaurant");
    const Result<QJsonObject> json = parseJsonObject(record.body);
    const Result<Restaurant> restaurant = restaurantFromJson(json ? *json : QJsonObject());
    return LocalDays(restaurant ? restaurant->timeZone : QString());
}

KitchenSettings kitchenSettings(Services &services)
{
    const SettingsRecord record = services.backend.hub().document("kitchen");
    const Result<QJsonObject> json = parseJsonObject(record.body);
    Result<KitchenSettings> settings = settingsFromJson(json ? *json : QJsonObject());
    return settings ? std::move(*settings) : KitchenSettings();
}

} // namespace cf::hub
