// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/receipt.h"

namespace cf::hub {

// What a receipt, or a ticket, says from top to bottom, before it is known how wide it is.
struct Row {
    enum class Kind : quint8 {
        Text, // `left`
        Pair, // `left`, and `right` at the other margin
        Rule, // a line across
        Gap,
        Qr, // `left` is what it says
    };
    enum class Weight : quint8 { Plain, Bold, Big };
    Kind kind = Kind::Text;
    QString left;
    QString right;
    Weight weight = Weight::Plain;
    bool centred = false;
    bool indented = false;
    bool operator==(const Row &) const = default;
};
using Rows = std::vector<Row>;

// What is said beside the receipt itself; none of it is the order's.
struct ReceiptMarks {
    int copy = 1;              // from 2 on it says which copy it is
    bool possibleCopy = false; // it may have been printed before, nobody knows
    QString trackerUrl;        // empty: no QR code, no address
    bool operator==(const ReceiptMarks &) const = default;
};

Rows receiptRows(const Receipt &receipt, const ReceiptMarks &marks);

// "2026-11-29 12:03" in the zone; "… UTC" where it says none.
QString receiptTime(Timestamp at, const QString &timeZone);
bool isRightToLeft(QStringView language);

} // namespace cf::hub
