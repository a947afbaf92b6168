// SPDX-License-Identifier: Apache-2.0
#include "hub/net/metrics_page.h"

#include <algorithm>
#include <array>

namespace cf::hub {

namespace {

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

void writeBoard(MetricsText &out, const OrderHub &hub, ReportView view)
{
    out.gauge("open_orders", "Orders on the board.", hub.board().count());
    std::map<QByteArray, double> byStatus;
    for (const OrderStatus status : {OrderStatus::Placed, OrderStatus::Paid, OrderStatus::Accepted,
                                     OrderStatus::InKitchen, OrderStatus::Ready})
        byStatus[orderStatusName(status).data()] = 0;
    for (const OrderState *order : hub.board().openOrders())
        ++byStatus[orderStatusName(order->status).data()];
    out.gauges("open_orders_by_status", "Orders on the board, by status.", "status",
               {byStatus.begin(), byStatus.end()});
    MetricsText::Labelled alarms;
    int number = 0;
    for (const QString &station : hub.stations().watched()) {
        const QByteArray name =
            view == ReportView::Whole ? station.toUtf8() : QByteArray::number(++number);
        alarms.emplace_back(name, isAlarmed(hub, station) ? 1 : 0);
    }
    out.gauges("station_alarm", "1 while no display shows what comes for the station.", "station",
               alarms);
}

void writeDisplays(MetricsText &out, const OrderHub &hub, ReportView view)
{
    out.gauge("displays_connected", "Kitchen streams open now.", hub.subscriberCount());
    std::vector<MetricsText::Sample> connected;
    std::vector<MetricsText::Sample> lag;
    int number = 0;
    for (const DisplayInfo &display : hub.displays()) {
        MetricsText::Labels labels{{"device", display.device.toUtf8()},
                                   {"display", display.name.toUtf8()}};
        if (view == ReportView::Anonymous)
            labels = {{"device", QByteArray::number(++number)}};
        connected.emplace_back(labels, display.connected ? 1 : 0);
        const qint64 behind = std::max(qint64(0), hub.head().pos - display.pos);
        lag.emplace_back(labels, static_cast<double>(behind));
    }
    out.gauges("display_connected", "1 while the display has a stream or polls.", connected);
    out.gauges("display_lag_events", "Events that the display has not acknowledged.", lag);
}

void writeHub(MetricsText &out, const OrderHub &hub, ReportView view)
{
    const HubStats stats = hub.stats();
    out.gauge("log_position", "Position of the last event.", static_cast<double>(hub.head().pos));
    out.counter("events_published_total", "Events told since the start.", stats.eventsPublished);
    std::map<QByteArray, double> types;
    for (const auto &[type, count] : stats.publishedByType) {
        const EventType known = eventTypeFromName(type);
        types[eventTypeName(known).data()] += static_cast<double>(count);
    }
    out.counters("events_by_type_total", "Events told since the start, by type.", "type",
                 {types.begin(), types.end()});
    out.counter("frames_sent_total", "Messages sent to displays.", stats.framesSent);
    out.counter("resumes_total", "Displays that went on from their cursor.", stats.resumes);
    out.counter("snapshots_sent_total", "Snapshots sent to displays.", stats.snapshotsSent);
    out.counter("slow_displays_closed_total", "Displays closed for making no progress.",
                stats.slowClosed);
    out.counter("unknown_messages_total", "Messages of a type this version does not know.",
                stats.unknownMessages);
    out.counter("board_holes_total", "Events that did not fit the board: a mistake of the hub.",
                stats.boardHoles);
    out.gauge("trackers_open", "Guests who follow their order now.",
              static_cast<double>(stats.trackers));
    writeBoard(out, hub, view);
    writeDisplays(out, hub, view);
}

void writePrinters(MetricsText &out, const PrintDesk *desk)
{
    MetricsText::Labelled ready;
    MetricsText::Labelled paperLow;
    MetricsText::Labelled waiting;
    MetricsText::Labelled printed;
    MetricsText::Labelled copies;
    MetricsText::Labelled unprinted;
    for (const PrinterStatus &printer : desk ? desk->printers() : std::vector<PrinterStatus>()) {
        const QByteArray id = printer.id.toUtf8();
        const bool isReady = printer.state == PrinterState::Ready
                             || printer.state == PrinterState::Printing
                             || printer.state == PrinterState::Unknown;
        ready.emplace_back(id, isReady ? 1 : 0);
        paperLow.emplace_back(id, printer.paperLow ? 1 : 0);
        waiting.emplace_back(id, static_cast<double>(printer.waiting));
        printed.emplace_back(id, static_cast<double>(printer.printed));
        copies.emplace_back(id, static_cast<double>(printer.possibleCopies));
        unprinted.emplace_back(id, static_cast<double>(printer.unprinted));
    }
    out.gauges("printer_ready", "0 while the printer cannot print.", "printer", ready);
    out.gauges("printer_paper_low", "1 when the printer says so.", "printer", paperLow);
    out.gauges("printer_waiting", "Jobs that wait for the printer.", "printer", waiting);
    out.counters("printed_total", "Jobs printed since the start.", "printer", printed);
    out.counters("printed_possible_copies_total",
                 "Jobs cut off half way, and printed again with a mark.", "printer", copies);
    out.counters("unprinted_total", "Jobs given up, too old, or never confirmed.", "printer",
                 unprinted);
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
    out.summary("commit_seconds", "Time of a transaction; the quantiles are of the last ones.",
                {{"0.5", quantile(stats.commitMs, 0.5) / 1000},
                 {"0.99", quantile(stats.commitMs, 0.99) / 1000}},
                stats.commitMsSum / 1000, stats.commits);
    out.histogram("delivery_seconds", "From an event's commit to its bytes in a display's socket.",
                  net.deliverySeconds);
}

double unixSeconds(Timestamp at)
{
    return static_cast<double>(at.time_since_epoch().count()) / 1000;
}

void writeProof(MetricsText &out, const ProofProgress &proof)
{
    out.gauge("log_proven_position", "How far the running proof of the log has come.",
              static_cast<double>(proof.pos));
    out.gauge("log_proof_problems", "Places where the log is not as it was written.",
              static_cast<double>(proof.problems.size()));
    if (!proof.last)
        return;
    out.gauge("log_last_proof_timestamp_seconds", "When the whole log was last proven.",
              unixSeconds(proof.last->at));
    out.gauge("log_last_proof_sound", "1 when that proof found nothing wrong.",
              proof.last->isSound ? 1 : 0);
}

void writeMachine(MetricsText &out, const HealthSource &health)
{
    const HealthFacts facts = health.facts();
    out.gauges("build_info", "Always 1; the version is in the label.", "version",
               {{CF_VERSION, 1}});
    out.gauge("start_time_seconds", "When the hub was started.", unixSeconds(facts.startedAt));
    out.total("process_cpu_seconds_total", "Processor time of the hub.", facts.process.cpuSeconds);
    out.gauge("process_resident_memory_bytes", "Memory of the hub.",
              static_cast<double>(facts.process.residentBytes));
    out.gauge("process_open_fds", "Files and sockets that the hub has open.",
              static_cast<double>(facts.process.openFiles));
    if (facts.disk) {
        out.gauge("disk_bytes", "Size of the file system that the log is on.",
                  static_cast<double>(facts.disk->total));
        out.gauge("disk_free_bytes", "What of it is free for the hub.",
                  static_cast<double>(facts.disk->free));
    }
    if (facts.backup) {
        out.gauge("last_backup_timestamp_seconds", "When the log was last backed up.",
                  unixSeconds(facts.backup->at));
        out.gauge("last_backup_position", "How far that backup goes.",
                  static_cast<double>(facts.backup->pos));
    }
    writeProof(out, facts.proof);
    MetricsText::Labelled lines;
    for (const auto &[level, count] : health.lineCounts())
        lines.emplace_back(level, static_cast<double>(count));
    out.counters("log_lines_total", "Log lines since the start, by level.", "level", lines);
}

} // namespace

QByteArray metricsPage(const Services &services, ReportView view)
{
    MetricsText out;
    writeHub(out, services.backend.hub(), view);
    writePipeline(out, services.backend, services.stats);
    writePrinters(out, services.backend.printDesk());
    writeNet(out, services.stats);
    if (services.config.health)
        writeMachine(out, *services.config.health);
    return out.text();
}

} // namespace cf::hub
