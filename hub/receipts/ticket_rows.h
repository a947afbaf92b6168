// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/receipt_rows.h"

namespace cf::hub {

// What a kitchen printer says of an order at one station while no display does: what is to be
// cooked there, with notes and allergens, and what is not to be cooked any more.
struct KitchenTicket {
    QString station; // its name
    QString number;
    std::optional<ServiceType> serviceType;
    QString table;
    QString note;
    Timestamp at{};
    QString timeZone;
    QString language = QStringLiteral("en");
    bool isChanged = false; // it was printed before, and said something else
    bool isCancelled = false;
    std::vector<OrderLine> lines; // voided ones with their status
};
Rows ticketRows(const KitchenTicket &ticket);

} // namespace cf::hub
