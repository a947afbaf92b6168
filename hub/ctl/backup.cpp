// SPDX-License-Identifier: Apache-2.0
#include "hub/log/backup.h"
#include "hub/log/backup_note.h"

#include "hub/ctl/commands.h"
#include "hub/ctl/output.h"
#include "shared/protocol/chain.h"
#include "shared/protocol/cursor.h"

#include <QFileInfo>

namespace cf::hub {

namespace {

QString cursorText(const LogHead &head)
{
    return QString::fromLatin1(Cursor{head.epoch, head.pos, chainPrefix(head.chain)}.text());
}

QJsonObject facts(const VerifyReport &report)
{
    return {{QStringLiteral("events"), report.events},
            {QStringLiteral("orders"), report.orders},
            {QStringLiteral("open"), report.openOrders},
            {QStringLiteral("digest"), QString::fromLatin1(report.foldDigest)},
            {QStringLiteral("head"), cursorText(report.head)}};
}

void printFacts(const VerifyReport &report)
{
    printLine(QStringLiteral("sound: %1 events, %2 orders, %3 open, digest %4")
                  .arg(report.events)
                  .arg(report.orders)
                  .arg(report.openOrders)
                  .arg(QString::fromLatin1(report.foldDigest)));
    printLine(QStringLiteral("head %1").arg(cursorText(report.head)));
}

int failed(const Error &error)
{
    complain(printable(error.detail));
    return error.code == ErrorCode::Internal ? exitFound : exitFailed;
}

// The backup is there whatever becomes of the note; but without it the hub says that there is none.
void noteBackup(const CommandLine &line, const VerifyReport &report, qint64 bytes)
{
    const BackupNote note{SystemClock().now(), report.head.pos, bytes, report.head.epoch,
                          QFileInfo(line.file).fileName()};
    if (const Status noted = writeBackupNote(line.logPath, note); !noted)
        complain(printable(
            QStringLiteral("the hub cannot be told of the backup: %1").arg(noted.error().detail)));
}

} // namespace

int runBackup(const CommandLine &line)
{
    const Result<VerifyReport> report = backUpLog(line.logPath, line.file, line.force);
    if (!report)
        return failed(report.error());
    const qint64 bytes = QFileInfo(line.file).size();
    noteBackup(line, *report, bytes);
    if (line.json) {
        QJsonObject object = facts(*report);
        object.insert(QStringLiteral("file"), line.file);
        object.insert(QStringLiteral("bytes"), bytes);
        printJson(object);
        return exitFine;
    }
    printFacts(*report);
    printLine(QStringLiteral("%1: %2 bytes").arg(printable(line.file)).arg(bytes));
    return exitFine;
}

int runRestore(const CommandLine &line)
{
    const SystemClock clock;
    SystemRandom random;
    const Result<Restored> restored = restoreLog(line.file, line.logPath, clock, random);
    if (!restored)
        return failed(restored.error());
    if (line.json) {
        QJsonObject object = facts(restored->report);
        object.insert(QStringLiteral("kept_as"), restored->keptAs);
        object.insert(QStringLiteral("kept_pos"), restored->keptPos);
        printJson(object);
        return exitFine;
    }
    printFacts(restored->report);
    if (!restored->keptAs.isEmpty())
        printLine(QStringLiteral("the log that was there, at position %1, is kept as %2")
                      .arg(restored->keptPos)
                      .arg(printable(restored->keptAs)));
    printLine(QStringLiteral("a new epoch: displays take a snapshot when the hub is started, and "
                             "offer again what the backup does not know"));
    return exitFine;
}

} // namespace cf::hub
