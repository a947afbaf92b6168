// SPDX-License-Identifier: Apache-2.0
#include "tests/kds-app/fake_hub.h"

#include "shared/order/payload.h"
#include "shared/order/transition.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cf::kds::test {

using namespace std::chrono_literals;

namespace {

std::vector<QByteArray> encodeOrders(const std::vector<const OrderState *> &orders)
{
    std::vector<QByteArray> encoded;
    encoded.reserve(orders.size());
    for (const OrderState *order : orders)
        encoded.push_back(canonicalJson(orderToJson(*order)));
    return encoded;
}

QJsonArray ordersJson(const std::vector<const OrderState *> &orders)
{
    QJsonArray array;
    for (const OrderState *order : orders)
        array.append(orderToJson(*order));
    return array;
}

} // namespace

QByteArray FakeHub::hash(qint64 pos) const
{
    return (m_epoch.left(4) + QByteArray::number(pos, 16).rightJustified(12, '0'));
}

void FakeHub::log(OrderEvent event)
{
    const OrderState *before = m_board.find(event.orderId);
    const bool reopens = before && !isOpen(before->status);
    event.pos = head() + 1;
    event.id = QUuid::createUuid();
    event.at = Timestamp(1'795'000'000'000ms + event.pos * 1s);
    event.actor.kind = ActorKind::Kitchen;
    event.actor.id = QStringLiteral("fake");
    m_board.apply(event);
    Logged logged{event, std::nullopt};
    if (reopens)
        logged.whole = *m_board.find(event.orderId);
    m_log.push_back(std::move(logged));
}

QUuid FakeHub::place(const QString &number, int lines)
{
    OrderState order;
    order.number = number;
    order.currency = QStringLiteral("EUR");
    for (int i = 1; i <= lines; ++i) {
        OrderLine line;
        line.item.lineId = QString::number(i);
        line.item.name = QStringLiteral("Dish %1").arg(i);
        order.lines.push_back(line);
    }
    OrderEvent event;
    event.orderId = QUuid::createUuid();
    int seq = 0;
    for (const EventDraft &draft : decidePlaced(order, Payment{QStringLiteral("cash"), {}, 100})) {
        event.seq = ++seq;
        event.type = draft.type;
        event.payload = draft.payload;
        log(event);
    }
    return event.orderId;
}

void FakeHub::append(const QUuid &orderId, EventType type, const QJsonObject &payload)
{
    const OrderState *order = m_board.find(orderId);
    const Result<EventDrafts> drafts = decide(*order, {orderId, type, payload, std::nullopt});
    Q_ASSERT(drafts && !drafts->empty());
    for (const EventDraft &draft : *drafts) {
        OrderEvent event;
        event.orderId = orderId;
        event.seq = m_board.find(orderId)->seq + 1;
        event.type = draft.type;
        event.payload = draft.payload;
        log(event);
    }
}

CommandResult FakeHub::handle(const DeviceCommand &command)
{
    if (const auto known = m_results.find(command.n); known != m_results.end()) {
        CommandResult again = known->second;
        again.status = CommandStatus::Duplicate;
        return again;
    }
    ++m_decided[command.n];
    CommandResult result;
    result.n = command.n;
    const OrderState *order = m_board.find(command.orderId);
    const EventType type = eventTypeFromName(command.type);
    if (!order) {
        result.code = errorCodeName(ErrorCode::UnknownOrder);
    } else {
        const auto drafts =
            decide(*order, {command.orderId, type, command.payload, command.expectedSeq});
        result.current = CurrentState{order->status, order->seq};
        if (!drafts) {
            result.code = errorCodeName(drafts.error().code);
            result.detail = drafts.error().detail;
        } else if (drafts->empty()) {
            result.status = CommandStatus::Noop;
        } else {
            append(command.orderId, type, command.payload);
            result.status = CommandStatus::Applied;
            result.pos = head();
            result.seq = m_board.find(command.orderId)->seq;
        }
    }
    m_results[command.n] = result;
    return result;
}

void FakeHub::restore(qint64 pos, qint64 outboxLast)
{
    std::vector<Logged> kept(m_log.begin(), m_log.begin() + pos);
    m_log.clear();
    m_board = Board();
    for (Logged &logged : kept) {
        m_board.apply(logged.event);
        m_log.push_back(std::move(logged));
    }
    std::erase_if(m_results, [&](const auto &entry) { return entry.first > outboxLast; });
    m_epoch = QByteArray(32, static_cast<char>(m_epoch.at(0) + 1));
}

Events FakeHub::events(qint64 prev, qint64 to, qint64 sid) const
{
    Events frame;
    frame.sid = sid;
    frame.prev = prev;
    frame.to = to;
    frame.h = hash(to);
    for (qint64 pos = prev + 1; pos <= to; ++pos) {
        const Logged &logged = m_log.at(static_cast<size_t>(pos - 1));
        frame.events.push_back({logged.event, logged.whole});
    }
    return frame;
}

Welcome FakeHub::welcome(StreamMode mode, qint64 sid, Timestamp now) const
{
    Welcome welcome;
    welcome.sid = sid;
    welcome.mode = mode;
    welcome.reason = mode == StreamMode::Snapshot ? SnapshotReason::First : SnapshotReason::None;
    welcome.epoch = m_epoch;
    welcome.head = head();
    welcome.heartbeat = 5s;
    welcome.dead = 12s;
    welcome.now = now;
    welcome.outboxLast = outboxLast();
    return welcome;
}

QByteArray FakeHub::evFrame(qint64 prev, qint64 to, qint64 sid) const
{
    const Events frame = events(prev, to, sid);
    std::vector<QByteArray> encoded;
    for (const StreamEvent &event : frame.events)
        encoded.push_back(encodeStreamEvent(event.event, event.order ? &*event.order : nullptr));
    return encodeEventsFrame(sid, prev, to, frame.h, encoded);
}

QByteArray FakeHub::snapFrame(qint64 sid) const
{
    return encodeSnapPart(sid, head(), 1, 1, encodeOrders(m_board.openOrders()),
                          encodeOrders(m_board.recentOrders()));
}

QByteArray FakeHub::snapEndFrame(qint64 sid) const
{
    return encode(SnapEnd{sid, head(), hash(head()), m_board.count(), digest()});
}

QByteArray FakeHub::liveFrame(qint64 sid) const
{
    return encode(Live{sid, head(), m_board.count(), digest()});
}

QByteArray FakeHub::hbFrame(qint64 sid, Timestamp now) const
{
    return encode(Heartbeat{sid, head(), hash(head()), m_board.count(), digest(), now});
}

QByteArray FakeHub::pollPage(qint64 since, int limit) const
{
    const qint64 to = std::min(head(), since + limit);
    QJsonArray events;
    for (const StreamEvent &event : this->events(since, to).events) {
        const QByteArray bytes =
            encodeStreamEvent(event.event, event.order ? &*event.order : nullptr);
        events.append(QJsonDocument::fromJson(bytes).object());
    }
    const Cursor at{m_epoch, to, hash(to)};
    return canonicalJson(QJsonObject{{QStringLiteral("cursor"), QString::fromLatin1(at.text())},
                                     {QStringLiteral("events"), events},
                                     {QStringLiteral("more"), to < head()},
                                     {QStringLiteral("count"), m_board.count()},
                                     {QStringLiteral("digest"), QString::fromLatin1(digest())}});
}

QByteArray FakeHub::pollSnapshot() const
{
    return canonicalJson(
        QJsonObject{{QStringLiteral("cursor"), QString::fromLatin1(cursor().text())},
                    {QStringLiteral("orders"), ordersJson(m_board.openOrders())},
                    {QStringLiteral("recent"), ordersJson(m_board.recentOrders())},
                    {QStringLiteral("count"), m_board.count()},
                    {QStringLiteral("digest"), QString::fromLatin1(digest())}});
}

} // namespace cf::kds::test
