// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/receipt.h"

#include "shared/base/limits.h"
#include "shared/order/payload.h"

namespace cf::hub {

namespace {

using Money = std::optional<qint64>;

// No bill is larger, and nothing that is reckoned with it overflows: more is not said at all.
constexpr qint64 sumMax = 10'000 * limits::moneyMax;

Money bounded(qint64 sum)
{
    return sum < -sumMax || sum > sumMax ? std::nullopt : Money(sum);
}

Money plus(Money a, Money b)
{
    qint64 sum = 0;
    if (!a || !b || __builtin_add_overflow(*a, *b, &sum))
        return std::nullopt;
    return bounded(sum);
}

Money times(Money a, qint64 factor)
{
    qint64 product = 0;
    if (!a || __builtin_mul_overflow(*a, factor, &product))
        return std::nullopt;
    return bounded(product);
}

ReceiptLine lineOf(const Item &item)
{
    ReceiptLine line;
    line.name = printableText(item.name);
    line.quantity = item.quantity;
    line.amount = times(item.unitPrice, item.quantity);
    line.total = line.amount;
    for (const Modifier &modifier : item.modifiers) {
        ReceiptModifier extra{printableText(modifier.name), modifier.quantity, {}};
        // One without a price comes with the item.
        if (modifier.unitPrice) {
            extra.amount = times(times(modifier.unitPrice, modifier.quantity), item.quantity);
            line.total = plus(line.total, extra.amount);
        }
        line.modifiers.push_back(std::move(extra));
    }
    return line;
}

// None as soon as one of them has no price.
Money sumOf(const std::vector<ReceiptLine> &lines)
{
    Money sum = 0;
    for (const ReceiptLine &line : lines)
        sum = plus(sum, line.total);
    return sum;
}

Payment printablePayment(Payment payment)
{
    payment.method = printableText(payment.method);
    payment.reference = printableText(payment.reference);
    for (Discount &discount : payment.discounts)
        discount.name = printableText(discount.name);
    for (Tax &tax : payment.taxes)
        tax.name = printableText(tax.name);
    return payment;
}

ReceiptHeader printableHeader(ReceiptHeader header)
{
    header.name = printableText(header.name);
    header.phone = printableText(header.phone);
    header.taxId = printableText(header.taxId);
    for (QStringList *list : {&header.address, &header.footer}) {
        for (QString &line : *list)
            line = printableText(line);
    }
    return header;
}

// What was due where nobody said it: the prices, less what was taken off, and what came on top.
Money totalOf(const Receipt &receipt)
{
    if (receipt.payment.total)
        return receipt.payment.total;
    Money total = receipt.subtotal;
    for (const Discount &discount : receipt.payment.discounts)
        total = plus(total, -discount.amount);
    for (const Tax &tax : receipt.payment.taxes)
        total = plus(total, tax.included ? 0 : tax.amount);
    if (receipt.payment.tip)
        total = plus(total, receipt.payment.tip);
    return total ? total : receipt.payment.amount;
}

void readPaid(Receipt &receipt, const OrderState &order)
{
    receipt.orderId = order.id;
    receipt.number = printableText(order.number);
    receipt.serviceType = order.serviceType;
    receipt.table = printableText(order.table);
    receipt.covers = order.covers;
    receipt.customer = printableText(order.customerName);
    receipt.currency = order.currency.isEmpty() ? receipt.header.currency : order.currency;
    receipt.paidAt = order.paidAt.value_or(order.placedAt);
    for (const OrderLine &line : order.lines) {
        if (line.status != LineStatus::Voided)
            receipt.lines.push_back(lineOf(line.item));
    }
    receipt.payment = printablePayment(order.payment.value_or(Payment()));
    receipt.subtotal = receipt.payment.subtotal ? receipt.payment.subtotal : sumOf(receipt.lines);
    receipt.total = totalOf(receipt);
}

void readChanges(Receipt &receipt, const OrderState &paid, const OrderState &now)
{
    for (const OrderLine &line : now.lines) {
        const OrderLine *before = paid.line(line.item.lineId);
        const bool wasPaid = before && before->status != LineStatus::Voided;
        const bool isVoided = line.status == LineStatus::Voided;
        if (!before && !isVoided)
            receipt.added.push_back(lineOf(line.item));
        if (wasPaid && isVoided)
            receipt.voided.push_back(lineOf(line.item));
    }
    if (!receipt.added.empty() || !receipt.voided.empty())
        receipt.difference = plus(sumOf(receipt.added), times(sumOf(receipt.voided), -1));
    if (now.status == OrderStatus::Cancelled)
        receipt.cancelledAt = now.cancelledAt;
}

bool isKept(char32_t c)
{
    if (c == 0x200C || c == 0x200D) // join letters, in Persian and in Indian scripts
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned: return false;
    default: return true;
    }
}

} // namespace

QString printableText(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        if (QChar::isSpace(c) || QChar::category(c) == QChar::Other_Control)
            out.append(QLatin1Char(' '));
        else if (isKept(c))
            out.append(QStringView(QChar::fromUcs4(c)));
    }
    return out.simplified();
}

qint64 headerRevisionOf(const std::vector<OrderEvent> &events)
{
    for (const OrderEvent &event : events) {
        if (event.type == EventType::OrderPaid)
            return restaurantRevisionOf(event.payload);
    }
    return 0;
}

Result<Receipt> makeReceipt(const std::vector<OrderEvent> &events, const ReceiptHeader &header)
{
    OrderState now;
    std::optional<OrderState> paid;
    for (const OrderEvent &event : events) {
        if (event.seq != now.seq + 1)
            return Error{ErrorCode::StorageFailed,
                         QStringLiteral("the order's events have a hole")};
        applyEvent(now, event);
        if (event.type == EventType::OrderPaid && !paid)
            paid = now;
    }
    if (!paid)
        return Error{ErrorCode::TransitionNotAllowed,
                     QStringLiteral("the order was not paid: it has no receipt")};
    Receipt receipt;
    receipt.header = printableHeader(header);
    readPaid(receipt, *paid);
    readChanges(receipt, *paid, now);
    return receipt;
}

} // namespace cf::hub
