// SPDX-License-Identifier: Apache-2.0
#include "hub/health/archive.h"
#include "hub/health/health_report.h"
#include "hub/health/log_outline.h"
#include "hub/net/metrics_page.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>
#include <QSysInfo>

#include <algorithm>

// How the hub is, for its manager; and a bundle of it for others, without anybody's data.
namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr const char *bundleReadme =
    "A diagnostic bundle of a CounterFire hub.\n"
    "\n"
    "health.json    what the console's page Health shows\n"
    "log.jsonl      the hub's last log lines: what happened, and the numbers that go with it\n"
    "metrics.txt    /metrics; displays and stations by number\n"
    "displays.json  the displays, by number\n"
    "settings.json  how the kitchen is set up: how many of what, and how displays look\n"
    "events.jsonl   the last events of the log in outline: type, time, order, size\n"
    "system.json    the machine and the libraries\n"
    "\n"
    "It is made of numbers, times and ids that the hub itself made, and words out of its own\n"
    "tables. Names, telephone numbers, notes, items, addresses and tokens are not in it; neither\n"
    "are names of displays, stations, files and the restaurant.\n";

std::optional<HealthParts> partsOf(const Services &services)
{
    if (!services.config.health)
        return std::nullopt;
    const OrderHub &hub = services.backend.hub();
    const PipelineStats pipeline = services.backend.pipelineStats();
    HealthParts parts;
    parts.facts = services.config.health->facts();
    parts.head = hub.head();
    parts.now = services.backend.clock().now();
    parts.isReady = services.backend.isReady();
    parts.commitP50 = quantile(pipeline.commitMs, 0.5);
    parts.commitP99 = quantile(pipeline.commitMs, 0.99);
    parts.commits = pipeline.commits;
    parts.storageFailures = pipeline.storageFailures;
    parts.openOrders = hub.board().count();
    const std::vector<DisplayInfo> displays = hub.displays();
    parts.displaysConnected = static_cast<int>(
        std::count_if(displays.begin(), displays.end(),
                      [](const DisplayInfo &display) { return display.connected; }));
    parts.lines = services.config.health->lines();
    return parts;
}

QByteArray displaysOutline(const OrderHub &hub)
{
    QJsonArray displays;
    for (const DisplayInfo &display : hub.displays())
        displays.append(
            QJsonObject{{L1("connected"), display.connected},
                        {L1("polling"), display.polling},
                        {L1("position"), display.pos},
                        {L1("shown_position"), display.shown},
                        {L1("last_seen"), QString::fromLatin1(formatTimestamp(display.lastSeen))},
                        {L1("connects"), display.connects},
                        {L1("snapshots"), display.snapshots}});
    return canonicalJson(QJsonObject{{L1("displays"), displays}, {L1("head"), hub.head().pos}});
}

QByteArray settingsOutlineOf(const OrderHub &hub)
{
    const SettingsRecord &record = hub.settings();
    const Result<QJsonObject> json = parseJsonObject(record.body);
    const Result<KitchenSettings> settings = json ? settingsFromJson(*json) : json.error();
    return canonicalJson(settingsOutline(settings ? *settings : KitchenSettings(), record.rev));
}

QByteArray systemOutline()
{
    return canonicalJson(QJsonObject{{L1("version"), QStringLiteral(CF_VERSION)},
                                     {L1("qt"), QString::fromLatin1(qVersion())},
                                     {L1("system"), QSysInfo::productType()},
                                     {L1("system_version"), QSysInfo::productVersion()},
                                     {L1("kernel"), QSysInfo::kernelVersion()},
                                     {L1("processor"), QSysInfo::currentCpuArchitecture()}});
}

Result<QByteArray> lastEvents(EventReader &reader, qint64 head)
{
    QByteArray text;
    qint64 at = std::max(qint64(0), head - limits::bundleEvents);
    while (at < head) {
        const Result<std::vector<LoggedEvent>> page =
            reader.events(at, head, limits::logScanEvents, limits::gapBytesMax);
        if (!page)
            return page.error();
        if (page->empty())
            break;
        for (const LoggedEvent &logged : *page)
            text += canonicalJson(eventOutline(logged.event)) + '\n';
        at = page->back().event.pos;
    }
    return text;
}

QByteArray linesText(const std::vector<LoggedLine> &lines)
{
    QByteArray text;
    for (const QJsonValue &line : linesToJson(lines, ReportView::Anonymous))
        text += canonicalJson(line.toObject()) + '\n';
    return text;
}

// What the net thread knows is gathered there first; the log is read and packed elsewhere.
Result<QByteArray> packBundle(EventReader &reader, HealthParts parts,
                              std::vector<ArchivedFile> files)
{
    Result<LogGrowth> growth = readGrowth(reader, parts.head.pos, parts.now);
    const Result<QByteArray> events = lastEvents(reader, parts.head.pos);
    if (!growth || !events)
        return growth ? events.error() : growth.error();
    parts.growth = std::move(*growth);
    files.push_back({"log.jsonl", linesText(std::exchange(parts.lines, {}))});
    files.push_back({"health.json", canonicalJson(healthReport(parts, ReportView::Anonymous))});
    files.push_back({"events.jsonl", *events});
    for (ArchivedFile &file : files)
        file.name.prepend("counterfire-bundle/");
    return tarGz(files, parts.now);
}

void replyUnavailable(const ExchangePtr &exchange)
{
    exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

} // namespace

void getHealthReport(Services &services, const ExchangePtr &exchange)
{
    std::optional<HealthParts> parts = partsOf(services);
    if (!parts) {
        replyUnavailable(exchange);
        return;
    }
    const qint64 head = parts->head.pos;
    const Timestamp now = parts->now;
    readLog<LogGrowth>(
        services, [head, now](EventReader &reader) { return readGrowth(reader, head, now); },
        [exchange, parts = *parts](Result<LogGrowth> growth) {
            if (!growth) {
                exchange->reply(problemResponse(growth.error()));
                return;
            }
            HealthParts whole = parts;
            whole.growth = std::move(*growth);
            exchange->reply(jsonResponse(canonicalJson(healthReport(whole, ReportView::Whole))));
        });
}

void postHealthVerify(Services &services, const ExchangePtr &exchange)
{
    if (!services.config.health) {
        replyUnavailable(exchange);
        return;
    }
    services.config.health->proveAgain();
    exchange->reply(jsonResponse("{\"status\":\"started\"}", 202));
}

void getHealthBundle(Services &services, const ExchangePtr &exchange)
{
    std::optional<HealthParts> parts = partsOf(services);
    if (!parts) {
        replyUnavailable(exchange);
        return;
    }
    std::vector<ArchivedFile> files{{"README.txt", bundleReadme},
                                    {"metrics.txt", metricsPage(services, ReportView::Anonymous)},
                                    {"displays.json", displaysOutline(services.backend.hub())},
                                    {"settings.json", settingsOutlineOf(services.backend.hub())},
                                    {"system.json", systemOutline()}};
    QByteArray stamp = formatTimestamp(parts->now).first(19);
    stamp.replace(":", "").replace("-", "");
    readLog<QByteArray>(
        services,
        [parts = std::move(*parts), files = std::move(files)](EventReader &reader) {
            return packBundle(reader, parts, files);
        },
        [exchange, stamp](Result<QByteArray> bundle) {
            if (!bundle) {
                exchange->reply(problemResponse(bundle.error()));
                return;
            }
            exchange->reply(
                textResponse(std::move(*bundle), "application/gzip")
                    .with("Content-Disposition",
                          "attachment; filename=\"counterfire-bundle-" + stamp + ".tar.gz\""));
        });
}

} // namespace cf::hub
