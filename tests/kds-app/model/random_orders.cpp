// SPDX-License-Identifier: Apache-2.0
#include "tests/kds-app/model/random_orders.h"

#include "shared/order/payload.h"
#include "shared/order/transition.h"

namespace cf::kds {

using namespace std::chrono_literals;

namespace {

Item newItem()
{
    Item item;
    item.name = QStringLiteral("Fondant");
    item.allergens = {QStringLiteral("milk")};
    return item;
}

QJsonObject payloadFor(EventType type, const OrderState &order, QRandomGenerator &random)
{
    switch (type) {
    case EventType::ItemStarted:
    case EventType::ItemReady:
    case EventType::ItemRecalled:
    case EventType::AllergensAcknowledged:
    case EventType::VoidAcknowledged:
    case EventType::ItemVoided: {
        const auto at = static_cast<size_t>(random.bounded(static_cast<int>(order.lines.size())));
        return linesPayload({order.lines[at].item.lineId});
    }
    case EventType::ItemsAdded: return withItems({}, {newItem()});
    case EventType::OrderNoteAdded: return {{QStringLiteral("note"), QStringLiteral("no salt")}};
    case EventType::KitchenNotified:
        return {{QStringLiteral("message"), QStringLiteral("table waits")}};
    case EventType::OrderPrioritised: return {{QStringLiteral("priority"), random.bounded(2) == 0}};
    case EventType::CourseHeld:
    case EventType::CourseFired: return {{QStringLiteral("course"), 1 + random.bounded(3)}};
    default: return {};
    }
}

} // namespace

OrderState paidOrder(const QString &number, qint64 openedPos, int lines, Timestamp at)
{
    OrderState order;
    order.id = QUuid::createUuidV5(QUuid(), number);
    order.status = OrderStatus::Paid;
    order.seq = 2;
    order.openedPos = openedPos;
    order.pos = openedPos + 1;
    order.number = number;
    order.placedAt = at;
    order.paidAt = at;
    for (int i = 1; i <= lines; ++i) {
        OrderLine line;
        line.item.lineId = QString::number(i);
        line.item.name = QStringLiteral("Dish %1").arg(i);
        line.item.quantity = i;
        order.lines.push_back(line);
    }
    return order;
}

const OrderState &RandomOrders::place()
{
    m_pos += 2;
    m_orders.push_back(
        paidOrder(QString::number(m_orders.size() + 1), m_pos - 1, 1 + m_random.bounded(4), m_now));
    return m_orders.back();
}

const OrderState &RandomOrders::step()
{
    m_now += std::chrono::milliseconds(m_random.bounded(20'000));
    if (m_orders.empty() || m_random.bounded(8) == 0)
        return place();
    const auto at = static_cast<size_t>(m_random.bounded(static_cast<int>(m_orders.size())));
    OrderState &order = m_orders[at];
    Command command;
    command.orderId = order.id;
    command.type = static_cast<EventType>(m_random.bounded(eventTypeCount));
    command.payload = payloadFor(command.type, order, m_random);
    const Result<EventDrafts> drafts = decide(order, command);
    if (!drafts)
        return order;
    for (const EventDraft &draft : *drafts) {
        OrderEvent event;
        event.pos = ++m_pos;
        event.orderId = order.id;
        event.seq = order.seq + 1;
        event.type = draft.type;
        event.payload = draft.payload;
        event.at = m_now;
        applyEvent(order, event);
    }
    return order;
}

} // namespace cf::kds
