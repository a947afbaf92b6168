// SPDX-License-Identifier: Apache-2.0
#include "hub/net/ledger_lookup.h"
#include "hub/net/parameters.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/reports/report_limits.h"
#include "hub/reports/report_text.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>

#include <algorithm>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

enum class Format : quint8 { Json, Csv, Parquet };

struct Asked {
    ReportRequest request;
    Format format = Format::Json;
    QString table; // of CSV and Parquet
};

QString namesText(const std::vector<const char *> &names)
{
    QStringList list;
    for (const char *name : names)
        list.append(L1(name));
    return list.join(QStringLiteral(", "));
}

// The parameter's value if it is one of these, else the first.
QString oneOf(Parameters &parameters, QByteArrayView name, const std::vector<const char *> &names)
{
    const QString value = parameters.text(name, limits::keyLengthMax);
    if (value.isEmpty())
        return L1(names.front());
    const bool isKnown = std::any_of(names.begin(), names.end(),
                                     [&](const char *known) { return value == L1(known); });
    if (!isKnown)
        parameters.fail(name, QStringLiteral("must be one of ") + namesText(names));
    return value;
}

// Today, unless something else was asked for.
void readTimes(Parameters &parameters, ReportRequest &request)
{
    const QDate today = request.days.dayOf(request.now);
    const std::optional<Timestamp> from = parameters.from("from", request.days);
    const std::optional<Timestamp> to = parameters.to("to", request.days);
    request.to = to.value_or(request.days.startOf(today.addDays(1)));
    request.from = from.value_or(
        request.days.startOf(to ? request.days.dayOf(*to - std::chrono::milliseconds(1)) : today));
    if (!parameters.isSound())
        return;
    if (request.from >= request.to)
        parameters.fail("to", QStringLiteral("must be after `from`"));
    else if (request.to - request.from > std::chrono::hours(24) * report_limits::reportDaysMax)
        parameters.fail("to", QStringLiteral("must be at most %1 days after `from`")
                                  .arg(report_limits::reportDaysMax));
}

void readRules(Parameters &parameters, BumpRules &rules)
{
    using std::chrono::seconds;
    const auto time = [&](QByteArrayView name, seconds usual) {
        return seconds(
            parameters.integer(name, 0, report_limits::bumpRuleSecondsMax, usual.count()));
    };
    rules.massOrders = static_cast<int>(
        parameters.integer("mass_orders", 2, report_limits::massOrdersMax, rules.massOrders));
    rules.mass = time("mass_s", rules.mass);
    rules.soon = time("soon_s", rules.soon);
    rules.recall = time("recall_s", rules.recall);
}

Result<Asked> parse(Services &services, const ReportKind &kind, const HttpRequest &http)
{
    Parameters parameters(http);
    Asked asked;
    ReportRequest &request = asked.request;
    request.name = L1(kind.name);
    request.now = services.backend.clock().now();
    request.days = restaurantDays(services);
    request.settings = kitchenSettings(services);
    readTimes(parameters, request);
    readRules(parameters, request.rules);
    request.group = oneOf(parameters, "group", kind.groups);
    request.station = parameters.text("station", limits::keyLengthMax);
    if (!request.station.isEmpty() && !kind.takesStation)
        parameters.fail("station", QStringLiteral("this report is not of stations"));
    const QString format = oneOf(parameters, "format", {"json", "csv", "parquet"});
    asked.format = format == L1("csv")       ? Format::Csv
                   : format == L1("parquet") ? Format::Parquet
                                             : Format::Json;
    asked.table = oneOf(parameters, "table", kind.tables);
    if (!parameters.isSound())
        return parameters.error();
    return asked;
}

QByteArray fileName(const Asked &asked, const char *suffix)
{
    const LocalDays &days = asked.request.days;
    const QDate last = days.dayOf(asked.request.to - std::chrono::milliseconds(1));
    const QString name =
        QStringLiteral("%1-%2_%3_%4")
            .arg(asked.request.name, asked.table,
                 days.dayOf(asked.request.from).toString(Qt::ISODate), last.toString(Qt::ISODate));
    return "attachment; filename=\"" + name.toLatin1() + suffix + '"';
}

Result<HttpResponse> respond(LedgerReader &ledger, const Asked &asked, const Report &report)
{
    if (asked.format == Format::Json)
        return jsonResponse(canonicalJson(reportToJson(asked.request, report)));
    const Table &table = *report.table(asked.table);
    if (asked.format == Format::Csv) {
        return textResponse(tableToCsv(table, CsvFor::People), "text/csv; charset=utf-8")
            .with("Content-Disposition", fileName(asked, ".csv"));
    }
    Result<QByteArray> parquet = ledger.parquet(table);
    if (!parquet)
        return parquet.error();
    return textResponse(std::move(*parquet), "application/vnd.apache.parquet")
        .with("Content-Disposition", fileName(asked, ".parquet"));
}

QJsonArray namesJson(const std::vector<const char *> &names)
{
    QJsonArray list;
    for (const char *name : names)
        list.append(L1(name));
    return list;
}

} // namespace

// What there is to be asked for: {reports: [{name, groups, tables, station}]}.
void getReports(Services & /*services*/, const ExchangePtr &exchange)
{
    QJsonArray reports;
    for (const ReportKind &kind : reportKinds()) {
        reports.append(QJsonObject{{L1("name"), L1(kind.name)},
                                   {L1("groups"), namesJson(kind.groups)},
                                   {L1("tables"), namesJson(kind.tables)},
                                   {L1("station"), kind.takesStation}});
    }
    exchange->reply(jsonResponse(canonicalJson(QJsonObject{{L1("reports"), reports}})));
}

void getReport(Services &services, const ExchangePtr &exchange)
{
    const ReportKind *kind = reportKind(QString::fromUtf8(exchange->arguments.front()));
    if (!kind) {
        exchange->reply(problemResponse(
            ErrorCode::NotFound, QStringLiteral("there is no such report; see /v1/reports")));
        return;
    }
    const Result<Asked> asked = parse(services, *kind, exchange->request);
    if (!asked) {
        exchange->reply(problemResponse(asked.error()));
        return;
    }
    // Made into bytes where it was read, so that a large one does not hold up the net thread.
    askLedger<HttpResponse>(
        services,
        [asked = *asked](LedgerReader &ledger) -> Result<HttpResponse> {
            const Result<Report> report = ledger.report(asked.request);
            if (!report)
                return report.error();
            return respond(ledger, asked, *report);
        },
        [exchange](Result<HttpResponse> response) {
            exchange->reply(response ? std::move(*response) : problemResponse(response.error()));
        });
}

} // namespace cf::hub
