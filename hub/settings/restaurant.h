// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QStringList>

namespace cf::hub {

// As the wire names them.
QStringList allServiceTypes();

// What guests see and receipts say of the restaurant. Nothing is required.
struct Restaurant {
    QString name;
    QStringList address; // lines
    QString phone;
    QString taxId;
    QString currency = QStringLiteral("EUR");      // ISO 4217, where an order says none
    QString accent = QStringLiteral("#b83a12");    // #rrggbb
    QString language = QStringLiteral("en");       // of guests whose own is not spoken
    QStringList languages{"en", "es", "zh", "ar"}; // that guests may choose from
    QStringList serviceTypes = allServiceTypes();  // that the counter offers
    QString welcome;
    QStringList receiptFooter; // lines
    QString timeZone;          // IANA name; empty: the hub's own
    bool operator==(const Restaurant &) const = default;
};

Result<Restaurant> restaurantFromJson(const QJsonObject &json);
QJsonObject restaurantToJson(const Restaurant &restaurant);

} // namespace cf::hub
