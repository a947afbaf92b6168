// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/commands.h"
#include "hub/ctl/event_text.h"
#include "hub/ctl/output.h"
#include "hub/log/verifier.h"
#include "shared/base/limits.h"
#include "shared/protocol/chain.h"
#include "shared/protocol/cursor.h"

#include <QElapsedTimer>
#include <QJsonArray>

namespace cf::hub {

namespace {

QString cursorText(const LogHead &head)
{
    return QString::fromLatin1(Cursor{head.epoch, head.pos, chainPrefix(head.chain)}.text());
}

QJsonObject reportJson(const VerifyReport &report, qint64 milliseconds)
{
    QJsonArray problems;
    for (const VerifyProblem &problem : report.problems)
        problems.append(QJsonObject{{QStringLiteral("pos"), problem.pos},
                                    {QStringLiteral("what"), problem.what}});
    return {{QStringLiteral("sound"), report.isSound()},
            {QStringLiteral("events"), report.events},
            {QStringLiteral("orders"), report.orders},
            {QStringLiteral("open"), report.openOrders},
            {QStringLiteral("digest"), QString::fromLatin1(report.foldDigest)},
            {QStringLiteral("head"), cursorText(report.head)},
            {QStringLiteral("milliseconds"), milliseconds},
            {QStringLiteral("complete"), report.isComplete},
            {QStringLiteral("problems"), problems}};
}

void printReport(const VerifyReport &report, qint64 milliseconds)
{
    for (const VerifyProblem &problem : report.problems) {
        const QString where = problem.pos == 0 ? QStringLiteral("the log")
                                               : QStringLiteral("position %1").arg(problem.pos);
        printLine(printable(QStringLiteral("%1: %2").arg(where, problem.what)));
    }
    if (report.problems.size() >= static_cast<size_t>(limits::verifyProblemsMax))
        printLine(QStringLiteral("stopped there: there may be more"));
    printLine(QStringLiteral("%1: %2 events, %3 orders, %4 open, digest %5")
                  .arg(report.isSound() ? QStringLiteral("sound") : QStringLiteral("DAMAGED"))
                  .arg(report.events)
                  .arg(report.orders)
                  .arg(report.openOrders)
                  .arg(QString::fromLatin1(report.foldDigest)));
    printLine(QStringLiteral("head %1").arg(cursorText(report.head)));
    if (report.events > 0)
        printLine(QStringLiteral("last event %1").arg(localTime(report.head.at)));
    printLine(QStringLiteral("took %1 ms").arg(milliseconds));
}

} // namespace

int runVerify(const CommandLine &line)
{
    QElapsedTimer timer;
    timer.start();
    const Result<VerifyReport> report = verifyLog(line.logPath);
    if (!report) {
        complain(report.error().detail);
        return exitFailed;
    }
    if (line.json)
        printJson(reportJson(*report, timer.elapsed()));
    else
        printReport(*report, timer.elapsed());
    return report->isSound() ? exitFine : exitFound;
}

} // namespace cf::hub
