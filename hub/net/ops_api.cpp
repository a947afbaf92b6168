// SPDX-License-Identifier: Apache-2.0
#include "hub/net/metrics.h"
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

void writeNet(MetricsText &out, const NetStats &net)
{
    out.gauge("connections_open", "Connections open now.",
              static_cast<double>(net.connectionsOpen));
    out.counter("connections_accepted_total", "Connections taken.", net.connectionsAccepted);
    out.counter("connections_refused_total", "Connections turned away at a cap.",
                net.connectionsRefused);
    out.counter("connection_timeouts_total", "Connections closed for being too slow.",
                net.timeouts);
    out.counter("received_bytes_total", "Bytes received, without TLS.", net.bytesIn);
    out.counter("sent_bytes_total", "Bytes sent, without TLS.", net.bytesOut);
    out.gauge("websockets_open", "WebSockets open now.", static_cast<double>(net.webSockets));
    out.gauge("event_streams_open", "Server-sent event streams open now, trackers included.",
              static_cast<double>(net.eventStreams));
    out.counter("bad_messages_total", "Messages from displays that could not be read.",
                net.badMessages);
    MetricsText::Labelled responses;
    for (const auto &[status, count] : net.responses)
        responses.emplace_back(QByteArray::number(status), static_cast<double>(count));
    out.counters("http_responses_total", "HTTP answers by status.", "status", responses);
    out.histogram("http_request_seconds", "From a request's first byte to its answer.",
                  net.requestSeconds);
}

bool isAlarmed(const OrderHub &hub, const QString &station)
{
    const std::vector<StationAlarm> &alarms = hub.stations().alarms();
    return std::any_of(alarms.begin(), alarms.end(),
                       [&](const StationAlarm &alarm) { return alarm.station == station; });
}

void writeHub(MetricsText &out, const OrderHub &hub)
{
    const HubStats stats = hub.stats();
    out.gauge("log_position", "Position of the last event.", static_cast<double>(hub.head().pos));
    out.gauge("open_orders", "Orders on the board.", hub.board().count());
    out.gauge("displays_connected", "Kitchen streams open now.", hub.subscriberCount());
    MetricsText::Labelled alarms;
    for (const QString &station : hub.stations().watched())
        alarms.emplace_back(station.toUtf8(), isAlarmed(hub, station) ? 1 : 0);
    out.gauges("station_alarm", "1 while no display shows what comes for the station.", "station",
               alarms);
    out.counter("events_published_total", "Events told since the start.", stats.eventsPublished);
    MetricsText::Labelled types;
    for (const auto &[type, count] : stats.publishedByType)
        types.emplace_back(type.toUtf8(), static_cast<double>(count));
    out.counters("events_by_type_total", "Events told since the start, by type.", "type", types);
    out.counter("frames_sent_total", "Messages sent to displays.", stats.framesSent);
    out.counter("resumes_total", "Displays that went on from their cursor.", stats.resumes);
    out.counter("snapshots_sent_total", "Snapshots sent to displays.", stats.snapshotsSent);
    out.counter("slow_displays_closed_total", "Displays closed for making no progress.",
                stats.slowClosed);
    out.counter("unknown_messages_total", "Messages of a type this version does not know.",
                stats.unknownMessages);
}

void writePipeline(MetricsText &out, const Backend &backend, const NetStats &net)
{
    const PipelineStats stats = backend.pipelineStats();
    out.gauge("ready", "1 when the log is open and writable.", backend.isReady() ? 1 : 0);
    out.gauge("writer_queue", "Commands waiting for the log.",
              static_cast<double>(stats.writerQueued));
    out.gauge("reader_queue", "Reads waiting for a reader.",
              static_cast<double>(stats.readerQueued));
    out.counter("commits_total", "Transactions on disk.", stats.commits);
    out.counter("commands_total", "Commands answered.", stats.commands);
    out.counter("commands_refused_total", "Commands refused.", stats.refused);
    out.counter("storage_failures_total", "Times the log could not be written or reopened.",
                stats.storageFailures);
    out.gauge("log_bytes", "Size of the log's files.", static_cast<double>(stats.logBytes));
    out.gauges("commit_seconds", "Time of a transaction, over the last ones.", "quantile",
               {{"0.5", quantile(stats.commitMs, 0.5) / 1000},
                {"0.99", quantile(stats.commitMs, 0.99) / 1000}});
    out.histogram("delivery_seconds", "From an event's commit to its bytes in a display's socket.",
                  net.deliverySeconds);
}

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
    MetricsText out;
    writeHub(out, services.backend.hub());
    writePipeline(out, services.backend, services.stats);
    writeNet(out, services.stats);
    exchange->reply(textResponse(out.text(), "text/plain; version=0.0.4; charset=utf-8"));
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
