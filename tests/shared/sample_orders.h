// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"
#include "shared/order/payload.h"
#include "shared/order/transition.h"

#include <QUuid>

// Orders and events that the tests of shared/ start from.
namespace cf::test {

inline Timestamp at(int second)
{
    return Timestamp{std::chrono::milliseconds{1'790'000'000'000 + second * 1'000LL}};
}

inline QUuid uuid(int n)
{
    return *parseUuid(
        QStringLiteral("0192b3c4-0000-7000-8000-%1").arg(n, 12, 10, QLatin1Char('0')));
}

inline Item item(const QString &lineId, const QString &name)
{
    Item item;
    item.lineId = lineId;
    item.name = name;
    return item;
}

inline OrderState draft(int lines)
{
    OrderState order;
    order.number = QStringLiteral("47");
    for (int i = 1; i <= lines; ++i) {
        order.lines.emplace_back().item =
            item(QString::number(i), QStringLiteral("Dish %1").arg(i));
    }
    return order;
}

inline OrderEvent makeEvent(int seq, EventType type, const QJsonObject &payload = {}, int order = 1)
{
    OrderEvent e;
    e.pos = seq;
    e.id = uuid(1000 + seq);
    e.orderId = uuid(order);
    e.seq = seq;
    e.type = type;
    e.at = at(seq);
    e.actor = {ActorKind::Kitchen, QStringLiteral("grill-1"), {}, {}};
    e.payload = payload;
    return e;
}

// An order of `lines` lines, folded through the given events after order_placed.
inline OrderState folded(int lines,
                         const std::vector<std::pair<EventType, QJsonObject>> &steps = {})
{
    OrderState state;
    int seq = 0;
    applyEvent(state, makeEvent(++seq, EventType::OrderPlaced, placedPayload(draft(lines))));
    for (const auto &[type, payload] : steps)
        applyEvent(state, makeEvent(++seq, type, payload));
    return state;
}

// An order brought to a status by its shortest way.
inline OrderState inStatus(OrderStatus status, int lines = 2)
{
    using T = EventType;
    switch (status) {
    case OrderStatus::Placed: return folded(lines);
    case OrderStatus::Paid: return folded(lines, {{T::OrderPaid, {}}});
    case OrderStatus::Accepted: return folded(lines, {{T::OrderPaid, {}}, {T::OrderAccepted, {}}});
    case OrderStatus::InKitchen: return folded(lines, {{T::OrderPaid, {}}, {T::OrderStarted, {}}});
    case OrderStatus::Ready:
        return folded(lines, {{T::OrderPaid, {}}, {T::OrderStarted, {}}, {T::OrderReady, {}}});
    case OrderStatus::Completed:
        return folded(lines, {{T::OrderPaid, {}},
                              {T::OrderStarted, {}},
                              {T::OrderReady, {}},
                              {T::OrderCompleted, {}}});
    case OrderStatus::Cancelled: return folded(lines, {{T::OrderCancelled, {}}});
    }
    return {};
}

inline Command command(EventType type, const QJsonObject &payload = {})
{
    return {uuid(1), type, payload, std::nullopt};
}

inline QStringList typesOf(const Result<EventDrafts> &drafts)
{
    QStringList types;
    if (!drafts)
        return {QStringLiteral("refused: ") + errorCodeName(drafts.error().code)};
    for (const EventDraft &draft : *drafts)
        types.append(eventTypeName(draft.type));
    return types;
}

} // namespace cf::test
