// SPDX-License-Identifier: Apache-2.0
#include "hub/net/metrics_page.h"
#include "hub/net/now_json.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;

namespace {

using L1 = QLatin1StringView;
using TypeCounts = std::vector<std::pair<QString, qint64>>;

QJsonObject statsJson(const Services &services, const TypeCounts &lastDay)
{
    const OrderHub &hub = services.backend.hub();
    const HubStats stats = hub.stats();
    const PipelineStats pipeline = services.backend.pipelineStats();
    QJsonObject events;
    for (const auto &[type, count] : lastDay)
        events.insert(type, count);
    const QJsonObject delivery{{L1("p50"), quantile(stats.deliveryMs, 0.5)},
                               {L1("p99"), quantile(stats.deliveryMs, 0.99)},
                               {L1("samples"), static_cast<qint64>(stats.deliveryMs.size())}};
    QJsonObject json{{L1("displays_connected"), hub.subscriberCount()},
                     {L1("events_last_24h"), events},
                     {L1("delivery_ms"), delivery},
                     {L1("commit_ms"), QJsonObject{{L1("p50"), quantile(pipeline.commitMs, 0.5)},
                                                   {L1("p99"), quantile(pipeline.commitMs, 0.99)}}},
                     {L1("queues"), QJsonObject{{L1("writer"), pipeline.writerQueued},
                                                {L1("reader"), pipeline.readerQueued}}},
                     {L1("connections"), services.stats.connectionsOpen},
                     {L1("open_orders"), hub.board().count()},
                     {L1("cursor"), QString::fromLatin1(hub.headCursor().text())},
                     {L1("digest"), QString::fromLatin1(hub.digest())},
                     {L1("log_bytes"), pipeline.logBytes},
                     {L1("last_event"), QJsonValue()},
                     {L1("station_alarms"), alarmsToJson(hub.stations().alarms())}};
    if (stats.lastEvent)
        json.insert(L1("last_event"), eventToJson(*stats.lastEvent, EventView::Whole));
    return json;
}

} // namespace

void getHealth(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    exchange->reply(jsonResponse("{\"status\":\"ok\"}"));
}

void getReady(Services &services, const ExchangePtr &exchange)
{
    if (services.backend.isReady() && !services.stopping)
        exchange->reply(jsonResponse("{\"status\":\"ready\"}"));
    else
        exchange->reply(problemResponse(ErrorCode::Unavailable,
                                        QStringLiteral("the log is not open and writable")));
}

void getMetrics(Services &services, const ExchangePtr &exchange)
{
    exchange->reply(textResponse(metricsPage(services, ReportView::Whole),
                                 "text/plain; version=0.0.4; charset=utf-8"));
}

void getStats(Services &services, const ExchangePtr &exchange)
{
    const Timestamp since = services.backend.clock().now() - 24h;
    readLog<TypeCounts>(
        services, [since](EventReader &reader) { return reader.countsSince(since); },
        [&services, exchange](const Result<TypeCounts> &counts) {
            exchange->reply(counts ? jsonResponse(canonicalJson(statsJson(services, *counts)))
                                   : problemResponse(counts.error()));
        });
}

void getDisplays(Services &services, const ExchangePtr &exchange)
{
    const OrderHub &hub = services.backend.hub();
    QJsonArray displays;
    for (const DisplayInfo &display : hub.displays())
        displays.append(displayJson(display, hub.head().pos));
    exchange->reply(jsonResponse(
        canonicalJson(QJsonObject{{L1("displays"), displays}, {L1("head"), hub.head().pos}})));
}

} // namespace cf::hub
