// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_status.h"

#include <QJsonObject>

#include <chrono>
#include <set>

namespace cf::hub {

// What the screen at the counter shows.
struct PickupSettings {
    bool showsNames = false; // first names; by number where there is none
    // Whose orders somebody collects; one of no type said is collected, too.
    std::set<ServiceType> serviceTypes{ServiceType::Takeaway, ServiceType::Delivery,
                                       ServiceType::DriveThru, ServiceType::Curbside};
    std::chrono::minutes readyFor{20}; // that nobody has completed
    bool operator==(const PickupSettings &) const = default;
};

Result<PickupSettings> pickupFromJson(const QJsonObject &json);
QJsonObject pickupToJson(const PickupSettings &settings);

} // namespace cf::hub
