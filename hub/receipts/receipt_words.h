// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_status.h"

#include <QString>

namespace cf::hub {

enum class Word : quint8 {
    Order,
    Table,
    Guests,
    Name,
    DineIn,
    Takeaway,
    Delivery,
    DriveThru,
    Curbside,
    Subtotal,
    Included, // of a tax: within the prices
    Tip,
    Total,
    Paid,
    Card,
    Cash,
    Change,
    Due,
    Reference,
    TaxId,
    Telephone,
    AddedLater,
    VoidedLater,
    Difference,
    Cancelled,
    Copy,
    PossibleCopy,
    Follow,
    // Of a kitchen's ticket.
    Allergens,
    Changed,
    Course,
};
inline constexpr int wordCount = 31;

// In a language of the restaurant's: en, es, zh, ar; English for any other.
QString word(Word word, QStringView language);
QString serviceWord(ServiceType type, QStringView language);

} // namespace cf::hub
