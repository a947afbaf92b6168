// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/order_generator.h"

#include "hub/feed/guests.h"
#include "hub/feed/step_planner.h"
#include "shared/order/payload.h"

#include <algorithm>
#include <array>

namespace cf::feed {

namespace {

using L1 = QLatin1StringView;

ServiceType throwServiceType(Dice &dice)
{
    const int percent = dice.below(100);
    if (percent < 50)
        return ServiceType::DineIn;
    if (percent < 72)
        return ServiceType::Takeaway;
    if (percent < 92)
        return ServiceType::Delivery;
    return percent < 96 ? ServiceType::DriveThru : ServiceType::Curbside;
}

QString throwSource(Dice &dice, ServiceType type)
{
    static constexpr std::array couriers{"fast-bike", "dinner-now", "örtlich-liefern"};
    static constexpr std::array tables{"till", "till", "waiter-pad", "qr-menu"};
    static constexpr std::array others{"till", "web-shop", "phone"};
    if (type == ServiceType::Delivery)
        return QString::fromUtf8(dice.pick(couriers));
    return QString::fromUtf8(type == ServiceType::DineIn ? dice.pick(tables) : dice.pick(others));
}

void throwGuests(Dice &dice, OrderState &order)
{
    if (*order.serviceType == ServiceType::DineIn) {
        order.table = dice.chance(0.85) ? QString::number(dice.between(1, 24))
                                        : QStringLiteral("T%1").arg(dice.between(1, 9));
        order.covers = dice.chance(0.1) ? dice.between(5, 10) : dice.between(1, 4);
        if (dice.chance(0.15))
            order.customerName = guestName(dice);
        return;
    }
    order.customerName = guestName(dice);
    if (*order.serviceType == ServiceType::Delivery || dice.chance(0.3))
        order.customerPhone = guestPhone(dice);
}

int throwLineCount(Dice &dice, const OrderState &order)
{
    if (dice.chance(0.02))
        return dice.between(14, 28); // an office, a party
    if (order.covers)
        return dice.between(*order.covers, *order.covers + 3);
    return dice.between(1, 5);
}

Item throwItem(Dice &dice, const Menu &menu, const OrderState &order)
{
    const Dish &dish = menu.pick(dice);
    Item item = dish.item;
    if (dice.chance(0.19))
        item.quantity = dice.chance(0.8) ? 2 : dice.between(3, 6);
    if (order.covers)
        item.seat = QString::number(dice.between(1, *order.covers));
    if (!dish.notes.isEmpty() && dice.chance(0.18))
        item.note = dice.pick(dish.notes);
    const int wishes = dish.modifiers.empty() || dice.chance(0.5) ? 0 : dice.between(1, 3);
    for (int i = 0; i < wishes; ++i) {
        const Modifier &wish = dice.pick(dish.modifiers);
        const bool taken =
            std::any_of(item.modifiers.begin(), item.modifiers.end(), [&](const Modifier &m) {
                return m.group == wish.group && wish.group != u"Extras";
            });
        const auto same = std::find_if(item.modifiers.begin(), item.modifiers.end(),
                                       [&](const Modifier &m) { return m.name == wish.name; });
        if (same != item.modifiers.end())
            same->quantity += wish.group == u"Extras" ? 1 : 0;
        else if (!taken)
            item.modifiers.push_back(wish);
    }
    return item;
}

void throwLines(Dice &dice, const Menu &menu, OrderState &order)
{
    const int count = throwLineCount(dice, order);
    for (int i = 1; i <= count; ++i) {
        OrderLine line;
        line.item = throwItem(dice, menu, order);
        line.item.lineId = QString::number(i);
        order.lines.push_back(line);
    }
}

qint64 totalOf(const OrderState &order)
{
    qint64 total = 0;
    for (const OrderLine &line : order.lines) {
        qint64 each = line.item.unitPrice.value_or(0);
        for (const Modifier &modifier : line.item.modifiers)
            each += modifier.quantity * modifier.unitPrice.value_or(0);
        total += line.item.quantity * each;
    }
    return total;
}

Payment throwPayment(Dice &dice, const OrderState &order)
{
    static constexpr std::array methods{"card", "card", "cash", "online"};
    return {QString::fromUtf8(dice.pick(methods)), QStringLiteral("pay-%1").arg(order.externalId),
            totalOf(order)};
}

} // namespace

OrderGenerator::OrderGenerator(Menu menu, PlanOptions options)
    : m_menu(std::move(menu)), m_options(std::move(options))
{
}

PlannedOrder OrderGenerator::make(int index) const
{
    // Two streams an order: what is cooked does not change what was ordered. Stream 0 is arrivals.
    const auto stream = 2 * static_cast<quint64>(index) + 1;
    Dice dice(m_options.seed, stream);
    PlannedOrder planned;
    planned.index = index;
    OrderState &order = planned.order;
    order.serviceType = throwServiceType(dice);
    order.sourceName = throwSource(dice, *order.serviceType);
    order.externalId = QStringLiteral("%1-%2").arg(m_options.run).arg(index + 1);
    if (*order.serviceType == ServiceType::Delivery && dice.chance(0.4))
        order.number = QStringLiteral("D-%1").arg(dice.between(100, 999));
    order.currency = m_menu.currency;
    throwGuests(dice, order);
    throwLines(dice, m_menu, order);
    if (dice.chance(0.12))
        order.note = orderNote(dice);
    order.priority = dice.chance(0.03);
    const Payment payment = throwPayment(dice, order);
    const bool paidLater = dice.chance(0.1);
    planned.body = placedPayload(order);
    if (!paidLater) {
        planned.body.insert(L1("payment"), paidPayload(payment));
        order.payment = payment;
    }
    planned.idempotencyKey = "feed-" + order.externalId.toLatin1();
    Dice planDice(m_options.seed, stream + 1);
    planned.steps = planSteps(order, payment, m_menu, m_options, planDice);
    const QByteArray prefix = planned.idempotencyKey + '-';
    int number = 0;
    for (PlannedStep &step : planned.steps)
        step.commandId = prefix + QByteArray::number(++number);
    return planned;
}

} // namespace cf::feed
