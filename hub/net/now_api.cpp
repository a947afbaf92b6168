// SPDX-License-Identifier: Apache-2.0
#include "hub/net/now_json.h"
#include "hub/net/now_session.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <algorithm>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

struct SeqAt {
    int seq = 0;
    qint64 pos = 0;
};
struct OrderPast {
    OrderState order;
    std::vector<SeqAt> events;
};

Result<OrderPast> readPast(EventReader &reader, const QUuid &orderId)
{
    const Result<std::vector<OrderEvent>> events = reader.orderEvents(orderId, 0);
    if (!events)
        return events.error();
    std::optional<OrderState> order = foldOrder(*events);
    if (events->empty() || !order)
        return Error{ErrorCode::UnknownOrder, QStringLiteral("there is no such order")};
    OrderPast past{std::move(*order), {}};
    for (const OrderEvent &event : *events)
        past.events.push_back({event.seq, event.pos});
    return past;
}

bool isShownBy(const OrderHub &hub, const DisplaySettings &display, const OrderState &order)
{
    const auto shows = [&](const OrderLine &line) {
        return hub.stations().routing().shows(display, order, line) != LineShown::No;
    };
    return display.role != DisplayRole::Prep
           || std::any_of(order.lines.begin(), order.lines.end(), shows);
}

// The last events of the order with when each was on this screen: `at` is null while it is not.
// What was before the display's history is left out.
QJsonArray shownJson(const ShownHistory &history, const QString &device,
                     const std::vector<SeqAt> &events, size_t eventsMax)
{
    QJsonArray json;
    const qint64 knownAfter = history.knownAfter(device);
    const size_t first = events.size() > eventsMax ? events.size() - eventsMax : 0;
    for (size_t i = first; i < events.size(); ++i) {
        const auto &[seq, pos] = events.at(i);
        if (pos <= knownAfter)
            continue;
        const std::optional<Timestamp> at = history.shownAt(device, pos);
        json.append(QJsonObject{
            {L1("seq"), seq},
            {L1("at"), at ? QJsonValue(QString::fromLatin1(formatTimestamp(*at))) : QJsonValue()}});
    }
    return json;
}

QByteArray pastJson(const OrderHub &hub, const OrderPast &past)
{
    const KitchenSettings &settings = hub.stations().settings();
    const ShownHistory &history = hub.shownHistory();
    const std::vector<DisplayInfo> displays = hub.displays();
    const size_t eventsMax =
        static_cast<size_t>(limits::shownAnswersMax) / std::max<size_t>(displays.size(), 1);
    QJsonArray json;
    for (const DisplayInfo &display : displays) {
        const DisplaySettings set = settings.display(display.name);
        json.append(
            QJsonObject{{L1("device"), display.device},
                        {L1("name"), display.name},
                        {L1("connected"), display.connected},
                        {L1("role"), QString(displayRoleName(set.role))},
                        {L1("concerned"), isShownBy(hub, set, past.order)},
                        {L1("shown"), shownJson(history, display.device, past.events, eventsMax)}});
    }
    return canonicalJson(
        QJsonObject{{L1("order_id"), QString::fromLatin1(uuidText(past.order.id))},
                    {L1("since"), QString::fromLatin1(formatTimestamp(history.since()))},
                    {L1("displays"), json}});
}

} // namespace

void getNow(Services &services, const ExchangePtr &exchange)
{
    exchange->reply(jsonResponse(canonicalJson(nowJson(services))));
}

void getNowStream(Services &services, const ExchangePtr &exchange)
{
    if (exchange->request.isHead()) {
        exchange->reply(textResponse({}, "text/event-stream"));
        return;
    }
    exchange->streamEvents(
        [&services](Channel &channel) { return std::make_shared<NowSession>(services, channel); });
}

void getOrderShown(Services &services, const ExchangePtr &exchange)
{
    const std::optional<QUuid> orderId =
        parseUuid(QString::fromLatin1(exchange->arguments.front()));
    if (!orderId) {
        exchange->reply(
            problemResponse(ErrorCode::UnknownOrder, QStringLiteral("there is no such order")));
        return;
    }
    readLog<OrderPast>(
        services, [orderId = *orderId](EventReader &reader) { return readPast(reader, orderId); },
        [&services, exchange](const Result<OrderPast> &past) {
            exchange->reply(past ? jsonResponse(pastJson(services.backend.hub(), *past))
                                 : problemResponse(past.error()));
        });
}

} // namespace cf::hub
