// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/commands.h"
#include "hub/ctl/output.h"
#include "hub/log/sqlite_event_reader.h"
#include "hub/log/verifier.h"

#include <QJsonObject>

namespace cf::hub {

namespace {

struct Figures {
    qint64 pos = 0;
    qint64 count = 0;
    QByteArray digest;
};

void print(const QString &from, const Figures &figures, bool json)
{
    if (json) {
        printJson({{QStringLiteral("from"), from},
                   {QStringLiteral("pos"), figures.pos},
                   {QStringLiteral("count"), figures.count},
                   {QStringLiteral("digest"), QString::fromLatin1(figures.digest)}});
        return;
    }
    printLine(QStringLiteral("%1  pos %2  count %3  digest %4")
                  .arg(from, -6)
                  .arg(figures.pos)
                  .arg(figures.count)
                  .arg(QString::fromLatin1(figures.digest)));
}

int tableOnly(const CommandLine &line)
{
    const Result<std::unique_ptr<SqliteEventReader>> reader = SqliteEventReader::open(line.logPath);
    const Result<TableDigest> table =
        reader ? (*reader)->tableDigest() : Result<TableDigest>(reader.error());
    if (!table) {
        complain(table.error().detail);
        return exitFailed;
    }
    print(QStringLiteral("table"), {table->pos, table->count, table->digest}, line.json);
    return exitFine;
}

} // namespace

int runDigest(const CommandLine &line)
{
    if (line.tableOnly)
        return tableOnly(line);
    VerifyOptions options;
    options.checkFile = false;
    const Result<VerifyReport> report = verifyLog(line.logPath, options);
    if (!report) {
        complain(report.error().detail);
        return exitFailed;
    }
    const Figures table{report->tablePos, report->tableOpenOrders, report->tableDigest};
    const Figures events{report->head.pos, report->openOrders, report->foldDigest};
    print(QStringLiteral("table"), table, line.json);
    print(QStringLiteral("events"), events, line.json);
    const bool same =
        table.pos == events.pos && table.count == events.count && table.digest == events.digest;
    if (!same)
        complain(QStringLiteral("table and events differ: run verify"));
    return same ? exitFine : exitFound;
}

} // namespace cf::hub
