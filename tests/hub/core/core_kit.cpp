// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/core/core_kit.h"

#include "shared/protocol/canonical_json.h"

#include <QCryptographicHash>
#include <QJsonArray>

namespace cf::test {

using namespace hub;
using L1 = QLatin1StringView;

namespace {

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

Actor tillActor()
{
    return {ActorKind::Integration, QStringLiteral("till"), QStringLiteral("192.0.2.7"),
            QStringLiteral("till/1")};
}

QJsonObject tillBody(const Till &till)
{
    QJsonArray items;
    for (int i = 1; i <= till.lines; ++i) {
        items.append(QJsonObject{{L1("line_id"), QString::number(i)},
                                 {L1("name"), QStringLiteral("Dish %1").arg(i)},
                                 {L1("quantity"), i}});
    }
    QJsonObject body{{L1("items"), items}};
    if (!till.number.isEmpty())
        body.insert(L1("number"), till.number);
    if (!till.note.isEmpty())
        body.insert(L1("note"), till.note);
    if (!till.externalId.isEmpty()) {
        body.insert(L1("source"), QJsonObject{{L1("name"), QStringLiteral("till")},
                                              {L1("external_id"), till.externalId}});
    }
    if (till.paid)
        body.insert(L1("payment"), QJsonObject{{L1("method"), QStringLiteral("card")}});
    return body;
}

} // namespace

CoreKit::CoreKit(quint64 seed) : random(seed), service(log, clock, random), hub(clock)
{
    recover();
}

void CoreKit::recover()
{
    if (!log.reopen())
        qFatal("the test's log does not open");
    Result<HubImage> image = service.load();
    if (!image)
        qFatal("the service does not load");
    hub.start(std::move(image).value());
}

BatchResult CoreKit::handle(std::vector<Request> requests)
{
    BatchResult result = service.handle(std::move(requests));
    if (!result.committed.isEmpty())
        hub.publish(result.committed);
    return result;
}

Answer CoreKit::one(Request request)
{
    std::vector<Request> requests;
    requests.push_back(std::move(request));
    return handle(std::move(requests)).answers.at(0);
}

Request CoreKit::placing(const Till &till)
{
    const QJsonObject body = tillBody(till);
    Result<OrderRequest> parsed = parseOrderRequest(body);
    if (!parsed)
        qFatal("the test's order is not valid: %s", qPrintable(parsed.error().detail));
    PlaceOrder order;
    order.request = std::move(*parsed);
    order.idempotencyKey = till.idempotencyKey;
    order.fingerprint = sha256(canonicalJson(body));
    return {std::move(order), tillActor()};
}

Request CoreKit::appending(const QUuid &orderId, EventType type, const QJsonObject &payload,
                           const QByteArray &commandId, std::optional<int> expectedSeq)
{
    AppendEvent event;
    event.command = {orderId, type, payload, expectedSeq};
    event.commandId = commandId;
    event.fingerprint = sha256(QByteArray::number(static_cast<int>(type)) + canonicalJson(payload));
    return {std::move(event), tillActor()};
}

Request CoreKit::bumping(const QString &device, qint64 n, const QUuid &orderId, const QString &type,
                         const QJsonObject &payload, std::optional<int> expectedSeq)
{
    DisplayCommand display;
    display.device = device;
    display.command.n = n;
    display.command.orderId = orderId;
    display.command.type = type;
    display.command.payload = payload;
    display.command.expectedSeq = expectedSeq;
    return {std::move(display), Actor{ActorKind::Kitchen, device, {}, {}}};
}

QUuid CoreKit::place(const Till &till)
{
    const Answer answer = one(placing(till));
    const std::optional<QUuid> id = parseUuid(bodyOf(answer).value(L1("order_id")).toString());
    if (!id)
        qFatal("the order was not placed: %s", qPrintable(answer.error.detail));
    return *id;
}

bool CoreKit::append(const QUuid &orderId, EventType type, const QJsonObject &payload)
{
    return one(appending(orderId, type, payload)).outcome == Outcome::Applied;
}

void CoreKit::manyEvents(int count)
{
    const QUuid id = place();
    bool on = false;
    for (int left = count - 2; left > 0;) {
        std::vector<Request> batch;
        for (; left > 0 && batch.size() < 500; --left) {
            on = !on;
            batch.push_back(appending(id, EventType::OrderPrioritised, {{L1("priority"), on}}));
        }
        handle(std::move(batch));
    }
}

QUuid CoreKit::placeAndComplete()
{
    const QUuid id = place();
    for (const EventType type :
         {EventType::OrderStarted, EventType::OrderReady, EventType::OrderCompleted}) {
        if (!append(id, type))
            qFatal("an order could not be completed");
    }
    return id;
}

std::map<QUuid, OrderState> CoreKit::folded()
{
    std::map<QUuid, std::vector<OrderEvent>> events;
    for (const LoggedEvent &logged : log.all())
        events[logged.event.orderId].push_back(logged.event);
    std::map<QUuid, OrderState> open;
    for (const auto &[id, list] : events) {
        const std::optional<OrderState> order = foldOrder(list);
        if (!order)
            qFatal("an order's events do not fold");
        if (isOpen(order->status))
            open.emplace(id, *order);
    }
    return open;
}

QByteArray CoreKit::foldedDigest()
{
    quint64 sum = 0;
    for (const auto &[id, order] : folded())
        sum += digestTerm(id, order.seq);
    return digestText(sum);
}

const OrderState &CoreKit::order(const QUuid &orderId) const
{
    const OrderState *order = hub.board().find(orderId);
    if (!order)
        qFatal("the hub has no such order");
    return *order;
}

QJsonObject bodyOf(const Answer &answer)
{
    return parseJsonObject(answer.body).has_value() ? *parseJsonObject(answer.body) : QJsonObject();
}

} // namespace cf::test
