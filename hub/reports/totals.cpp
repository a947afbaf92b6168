// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/totals.h"

namespace cf::hub {

qint64 itemCount(const OrderState &order)
{
    qint64 count = 0;
    for (const OrderLine &line : order.lines)
        count += line.status == LineStatus::Voided ? 0 : line.item.quantity;
    return count;
}

// Within 2^63: prices are to 10^12, quantities to 999, modifiers to 50.
std::optional<qint64> priceOf(const Item &item)
{
    if (!item.unitPrice)
        return std::nullopt;
    qint64 piece = *item.unitPrice;
    for (const Modifier &modifier : item.modifiers)
        piece += modifier.unitPrice.value_or(0) * modifier.quantity;
    return piece * item.quantity;
}

std::optional<qint64> totalOf(const OrderState &order)
{
    if (order.payment && order.payment->amount)
        return order.payment->amount;
    qint64 total = 0;
    for (const OrderLine &line : order.lines) {
        if (line.status == LineStatus::Voided)
            continue;
        const std::optional<qint64> price = priceOf(line.item);
        if (!price)
            return std::nullopt;
        total += *price;
    }
    return order.lines.empty() ? std::nullopt : std::optional(total);
}

} // namespace cf::hub
