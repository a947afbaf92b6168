// SPDX-License-Identifier: Apache-2.0
// Commands, and the logs they make.
#include "shared/base/limits.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/shared/property/generators.h"

#include <QJsonArray>

#include <map>

namespace cf::prop {

using namespace std::chrono_literals;
using L1 = QLatin1StringView;
namespace gen = rc::gen;

namespace {

// Some of the order's lines, sometimes twice, seldom one it does not have.
QStringList someLines(const OrderState &order)
{
    QStringList lines;
    for (const OrderLine &line : order.lines) {
        if (*gen::weightedElement<bool>({{2, true}, {3, false}}))
            lines.append(line.item.lineId);
    }
    if (lines.isEmpty() && !order.lines.empty())
        lines.append(order.lines.front().item.lineId);
    if (*within(0, 10) == 0)
        lines.append(lines.value(0));
    if (*within(0, 20) == 0)
        lines.append(QStringLiteral("no such line"));
    return lines;
}

QJsonObject newItems(const OrderState &order)
{
    const int count = *within(1, 3);
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) {
        const bool isNamed = *gen::arbitrary<bool>();
        const auto used = static_cast<int>(order.lines.size());
        items.push_back(*item(isNamed ? QStringLiteral("late %1").arg(used + i) : QString()));
    }
    return withItems({}, items);
}

} // namespace

rc::Gen<QJsonObject> payloadFor(EventType type, const OrderState &order)
{
    return gen::exec([type, order]() -> QJsonObject {
        switch (type) {
        case EventType::OrderPaid:
            return paidPayload({*text(), *text(), *maybe(exactInteger(0, 99))});
        case EventType::OrderCancelled: return {{L1("reason"), *text(limits::noteLengthMax)}};
        case EventType::OrderRecalled:
            return *gen::arbitrary<bool>() ? linesPayload(someLines(order)) : QJsonObject();
        case EventType::ItemStarted:
        case EventType::ItemReady:
        case EventType::ItemRecalled:
        case EventType::AllergensAcknowledged:
        case EventType::VoidAcknowledged:
        case EventType::ItemVoided: return linesPayload(someLines(order));
        case EventType::ItemMoved: {
            QJsonObject payload = linesPayload(someLines(order));
            payload.insert(L1("station"), *gen::element(QStringLiteral("grill"), *name()));
            return payload;
        }
        case EventType::ItemsAdded: return newItems(order);
        case EventType::OrderPrioritised: return {{L1("priority"), *gen::arbitrary<bool>()}};
        case EventType::OrderNoteAdded: return {{L1("note"), *name(limits::noteLengthMax)}};
        case EventType::CourseHeld:
        case EventType::CourseFired: return {{L1("course"), *within(1, 4)}};
        case EventType::KitchenNotified:
        case EventType::FrontNotified: return {{L1("message"), *name(limits::noteLengthMax)}};
        default: return {};
        }
    });
}

namespace {

// What brings an order on its way.
EventType nextStep(OrderStatus status)
{
    switch (status) {
    case OrderStatus::Placed: return EventType::OrderPaid;
    case OrderStatus::Paid:
    case OrderStatus::Accepted: return EventType::OrderStarted;
    case OrderStatus::InKitchen: return EventType::OrderReady;
    case OrderStatus::Ready: return EventType::OrderCompleted;
    default: return EventType::OrderRecalled;
    }
}

} // namespace

rc::Gen<Command> command(const OrderState &order)
{
    return gen::exec([order] {
        using T = EventType;
        Command command;
        command.orderId = order.id;
        const bool isNext = *gen::weightedElement<bool>({{1, true}, {2, false}});
        command.type =
            isNext
                ? nextStep(order.status)
                : *gen::weightedElement<T>({{3, T::OrderPaid},        {2, T::OrderAccepted},
                                            {3, T::OrderStarted},     {2, T::OrderReady},
                                            {3, T::OrderCompleted},   {1, T::OrderCancelled},
                                            {3, T::OrderRecalled},    {4, T::ItemStarted},
                                            {6, T::ItemReady},        {3, T::ItemRecalled},
                                            {2, T::ItemVoided},       {3, T::ItemsAdded},
                                            {1, T::OrderPrioritised}, {1, T::OrderNoteAdded},
                                            {1, T::CourseFired},      {1, T::CourseHeld},
                                            {1, T::ItemMoved},        {1, T::AllergensAcknowledged},
                                            {1, T::VoidAcknowledged}, {1, T::KitchenNotified},
                                            {1, T::FrontNotified}});
        command.payload = *payloadFor(command.type, order);
        command.expectedSeq = *gen::weightedElement<std::optional<int>>(
            {{6, std::nullopt}, {3, order.seq}, {1, order.seq + 1}});
        return command;
    });
}

namespace {

// Grows a log as a hub's one writer does.
class LogGrower
{
public:
    void place()
    {
        OrderState order = *orderDraft(3);
        m_ids.push_back(*uuid());
        if (m_orders.contains(m_ids.back()))
            return m_ids.pop_back();
        append(m_ids.back(), decidePlaced(order, *maybe(gen::just(Payment()))));
    }

    void move()
    {
        if (m_ids.empty())
            return place();
        // The last ones most often: what is worked on, not what was long ago.
        const auto back = std::min<size_t>(
            m_ids.size(), *gen::weightedOneOf<size_t>({{3, within<size_t>(1, 4)},
                                                       {1, within<size_t>(1, m_ids.size() + 1)}}));
        const QUuid id = m_ids.at(m_ids.size() - back);
        const Result<EventDrafts> drafts = decide(m_orders.at(id), *command(m_orders.at(id)));
        if (drafts)
            append(id, *drafts);
    }

    // Written by a newer hub. On an order that every board still has.
    void unknown()
    {
        if (m_ids.empty() || !isOpen(m_orders.at(m_ids.back()).status))
            return;
        append(m_ids.back(), {{EventType::Unknown, *jsonObject(1)}});
    }

    void manyShortOnes()
    {
        for (int i = 0; i < limits::recentOrdersMax + 2; ++i) {
            OrderState order;
            order.number = QString::number(i);
            order.lines.emplace_back().item.lineId = QStringLiteral("1");
            const QUuid id = makeShortId(i);
            if (m_orders.contains(id))
                return;
            EventDrafts drafts = decidePlaced(order, std::nullopt);
            drafts.push_back({EventType::OrderCancelled, {}});
            append(id, drafts);
        }
    }

    [[nodiscard]] Log take() { return std::move(m_log); }

private:
    static QUuid makeShortId(int i)
    {
        return QUuid(0x5047, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, static_cast<uchar>(i + 1));
    }

    void append(const QUuid &id, const EventDrafts &drafts)
    {
        for (const EventDraft &draft : drafts) {
            OrderState &order = m_orders[id];
            OrderEvent event;
            event.pos = static_cast<qint64>(m_log.size()) + 1;
            event.id = QUuid(static_cast<uint>(event.pos), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
            event.orderId = id;
            event.seq = order.seq + 1;
            event.type = draft.type;
            event.unknownType =
                draft.type == EventType::Unknown ? QStringLiteral("order_sung") : QString();
            event.at = Timestamp(1'795'000'000'000ms + event.pos * 1s);
            event.actor = {ActorKind::Kitchen, QStringLiteral("grill-1"), {}, {}};
            event.payload = draft.payload;
            const bool opens = draft.type == EventType::OrderPlaced
                               || (draft.type == EventType::OrderRecalled && !isOpen(order.status));
            applyEvent(order, event);
            Logged logged{{event, std::nullopt}, isOpen(order.status)};
            if (opens)
                logged.streamed.order = order;
            m_log.push_back(std::move(logged));
        }
    }

    std::map<QUuid, OrderState> m_orders;
    std::vector<QUuid> m_ids;
    Log m_log;
};

} // namespace

rc::Gen<Log> log(int stepsMax)
{
    return gen::exec([stepsMax] {
        LogGrower grower;
        grower.place();
        const int steps = *gen::inRange(1, stepsMax + 1);
        for (int i = 0; i < steps; ++i) {
            switch (*gen::weightedElement<int>({{20, 0}, {70, 1}, {5, 2}, {1, 3}})) {
            case 0: grower.place(); break;
            case 1: grower.move(); break;
            case 2: grower.unknown(); break;
            default: grower.manyShortOnes(); break;
            }
        }
        return grower.take();
    });
}

rc::Gen<OrderState> reachableOrder()
{
    return gen::exec([] {
        OrderState order;
        const auto apply = [&order](const EventDrafts &drafts) {
            for (const EventDraft &draft : drafts) {
                OrderEvent event;
                event.pos = order.pos + 1;
                event.orderId = QUuid(1, 2, 0x7003, 0x80, 5, 6, 7, 8, 9, 10, 11);
                event.seq = order.seq + 1;
                event.type = draft.type;
                event.at = *moment();
                event.actor = *actor();
                event.payload = draft.payload;
                applyEvent(order, event);
            }
        };
        apply(decidePlaced(*orderDraft(), *maybe(gen::just(Payment{*text(), *text(), 5}))));
        const int steps = *gen::inRange(0, 12);
        for (int i = 0; i < steps; ++i) {
            if (const Result<EventDrafts> drafts = decide(order, *command(order)))
                apply(*drafts);
        }
        return order;
    });
}

} // namespace cf::prop

void showValue(const QString &text, std::ostream &out)
{
    out << cf::canonicalJson(QJsonValue(text)).constData();
}

void showValue(const QByteArray &bytes, std::ostream &out)
{
    out << bytes.toPercentEncoding("{}[]\":, ").constData();
}

void showValue(const QJsonObject &json, std::ostream &out)
{
    out << cf::canonicalJson(json).constData();
}

namespace cf {

void showValue(const OrderState &order, std::ostream &out)
{
    ::showValue(orderToJson(order), out);
}

void showValue(const Command &command, std::ostream &out)
{
    out << eventTypeName(command.type).data() << ' ';
    ::showValue(command.payload, out);
    out << " expected_seq " << command.expectedSeq.value_or(-1);
}

void showValue(Timestamp at, std::ostream &out)
{
    out << at.time_since_epoch().count() << " ms";
}

} // namespace cf
