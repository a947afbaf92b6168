// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_state.h"

namespace cf::hub {

// What the restaurant says of itself on a receipt: of the revision that was in force when the order
// was paid, so that a later one changes no receipt.
struct ReceiptHeader {
    QString name;
    QStringList address;
    QString phone;
    QString taxId;
    QString currency; // where the order names none
    QString language = QStringLiteral("en");
    QString timeZone; // IANA; empty, or one that there is not: UTC, and says so
    QStringList footer;
    bool operator==(const ReceiptHeader &) const = default;
};

struct ReceiptModifier {
    QString name;
    int quantity = 1;             // of one item
    std::optional<qint64> amount; // of all of the line's; minor units
    bool operator==(const ReceiptModifier &) const = default;
};

struct ReceiptLine {
    QString name;
    int quantity = 1;
    std::optional<qint64> amount; // without the modifiers
    std::vector<ReceiptModifier> modifiers;
    std::optional<qint64> total; // with them; none when no price was said
    bool operator==(const ReceiptLine &) const = default;
};

// A receipt of format version 1: everything it says, before any of it is laid out. Made of the
// order's events and the header alone; all text in it is printable.
struct Receipt {
    ReceiptHeader header;
    QUuid orderId;
    QString number;
    std::optional<ServiceType> serviceType;
    QString table;
    std::optional<int> covers;
    QString customer;
    QString currency;
    Timestamp paidAt{};
    std::vector<ReceiptLine> lines; // as they were paid for
    std::optional<qint64> subtotal;
    Payment payment; // texts printable
    std::optional<qint64> total;
    std::vector<ReceiptLine> added;   // after it was paid
    std::vector<ReceiptLine> voided;  // after it was paid
    std::optional<qint64> difference; // what both come to
    std::optional<Timestamp> cancelledAt;
    bool operator==(const Receipt &) const = default;
};

inline constexpr int receiptFormatVersion = 1;

// `events`: the order's, in order, from its first. TransitionNotAllowed when none of them says that
// it was paid; StorageFailed when they have a hole.
Result<Receipt> makeReceipt(const std::vector<OrderEvent> &events, const ReceiptHeader &header);

// The revision of the restaurant's document that order_paid names; 0: none was in force.
qint64 headerRevisionOf(const std::vector<OrderEvent> &events);

// Nothing in it moves a printer, a terminal or the text around it: control and direction characters
// are gone, white space is single.
QString printableText(const QString &text);

} // namespace cf::hub
