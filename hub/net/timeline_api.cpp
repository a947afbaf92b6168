// SPDX-License-Identifier: Apache-2.0
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

// Control characters in what people typed may not move a terminal.
QByteArray printable(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        if (c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
    }
    return out.toUtf8();
}

QByteArray lineOf(const OrderEvent &event)
{
    QByteArray line = formatTimestamp(event.at) + "  #" + QByteArray::number(event.seq) + "  "
                      + printable(event.typeName()) + "  "
                      + QByteArray(actorKindName(event.actor.kind).data());
    if (!event.actor.id.isEmpty())
        line += ' ' + printable(event.actor.id);
    if (!event.actor.address.isEmpty())
        line += " (" + printable(event.actor.address) + ')';
    if (!event.payload.isEmpty())
        line += "  " + canonicalJson(event.payload);
    return line + '\n';
}

QByteArray linesOfTimeline(const OrderState &order, const std::vector<OrderEvent> &events)
{
    QByteArray text = "order " + printable(order.number) + "  " + uuidText(order.id) + "  "
                      + QByteArray(orderStatusName(order.status).data()) + '\n';
    for (const OrderEvent &event : events)
        text += lineOf(event);
    return text;
}

QByteArray timelineJson(const OrderState &order, const std::vector<OrderEvent> &events)
{
    QJsonArray all;
    for (const OrderEvent &event : events)
        all.append(eventToJson(event, EventView::Whole));
    return canonicalJson(QJsonObject{{L1("order_id"), QString::fromLatin1(uuidText(order.id))},
                                     {L1("number"), order.number},
                                     {L1("status"), QString(orderStatusName(order.status))},
                                     {L1("seq"), order.seq},
                                     {L1("events"), all}});
}

Result<HttpResponse> readTimeline(EventReader &reader, const QUuid &orderId, bool asText)
{
    const Result<std::vector<OrderEvent>> events = reader.orderEvents(orderId, 0);
    if (!events)
        return events.error();
    const std::optional<OrderState> order = foldOrder(*events);
    if (events->empty() || !order)
        return Error{ErrorCode::UnknownOrder, QStringLiteral("there is no such order")};
    if (asText)
        return textResponse(linesOfTimeline(*order, *events), "text/plain; charset=utf-8");
    return jsonResponse(timelineJson(*order, *events));
}

} // namespace

void getTimeline(Services &services, const ExchangePtr &exchange)
{
    const std::optional<QUuid> orderId =
        parseUuid(QString::fromLatin1(exchange->arguments.front()));
    if (!orderId) {
        exchange->reply(
            problemResponse(ErrorCode::UnknownOrder, QStringLiteral("there is no such order")));
        return;
    }
    const bool asText = exchange->request.accepts("text/plain");
    readLog<HttpResponse>(
        services,
        [orderId = *orderId, asText](EventReader &reader) {
            return readTimeline(reader, orderId, asText);
        },
        [exchange](Result<HttpResponse> response) {
            exchange->reply(response ? std::move(*response) : problemResponse(response.error()));
        });
}

} // namespace cf::hub
