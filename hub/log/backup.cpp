// SPDX-License-Identifier: Apache-2.0
#include "hub/log/backup.h"

#include "hub/log/durable_file.h"
#include "hub/log/log_connection.h"
#include "hub/log/log_file.h"
#include "hub/log/schema.h"
#include "hub/log/sqlite_event_reader.h"

#include <QFile>
#include <QFileInfo>

namespace cf::hub {

namespace {

constexpr int epochBytes = 16;
const QString walSuffix = QStringLiteral("-wal");
const QString shmSuffix = QStringLiteral("-shm");

Error named(const QString &path, const Error &error)
{
    return error.detail.contains(path)
               ? error
               : Error{error.code, QStringLiteral("%1: %2").arg(path, error.detail)};
}

// In one read transaction, page by page in the order of the tables: what SQLite cannot read, it
// does not copy.
Status copyInto(const QString &from, const QString &to)
{
    Result<Database> db = Database::open(from, Database::Mode::Read);
    if (!db)
        return db.error();
    const Result<qint64> mark = db->integer(QByteArrayLiteral("PRAGMA application_id"));
    if (!mark)
        return Error{ErrorCode::ValidationFailed, mark.error().detail};
    if (*mark != logApplicationId)
        return Error{ErrorCode::ValidationFailed, QStringLiteral("this is not a CounterFire log")};
    // The connection itself cannot write; the copy is another file.
    Status ready = db->exec(QByteArrayLiteral("PRAGMA query_only=OFF"));
    Result<Statement> copy = db->prepare(QByteArrayLiteral("VACUUM INTO ?1"));
    if (!ready || !copy)
        return ready ? copy.error() : ready.error();
    Query query(*copy);
    query.bindText(1, QFile::encodeName(to));
    return query.run();
}

Result<VerifyReport> provenSound(const QString &path)
{
    Result<VerifyReport> report = verifyLog(path);
    if (!report || report->isSound())
        return report;
    const VerifyProblem problem =
        report->problems.empty() ? VerifyProblem{0, QStringLiteral("it could not be read whole")}
                                 : report->problems.front();
    const QString where = problem.pos == 0
                              ? QStringLiteral("damaged")
                              : QStringLiteral("damaged at position %1").arg(problem.pos);
    return Error{ErrorCode::Internal, QStringLiteral("%1: %2").arg(where, problem.what)};
}

// SQLite's words for a page that cannot be read are about the file, not about the place.
Error sourceError(const QString &from, const Error &error)
{
    const bool isDamaged = error.detail.contains(QLatin1StringView("malformed"));
    return named(from, {isDamaged ? ErrorCode::Internal : error.code, error.detail});
}

// A copy under a name of its own, not yet proven.
Result<TemporaryFile> copyBeside(const QString &from, const QString &path)
{
    if (!Database::exists(from))
        return Error{ErrorCode::NotFound, QStringLiteral("there is no log at %1").arg(from)};
    Result<TemporaryFile> copy = TemporaryFile::beside(path);
    if (!copy)
        return copy;
    Status copied = copyInto(from, copy->path());
    if (!copied)
        return sourceError(from, copied.error());
    return copy;
}

} // namespace

Result<VerifyReport> backUpLog(const QString &logPath, const QString &to, bool replace)
{
    if (!replace && QFile::exists(to))
        return Error{ErrorCode::ValidationFailed, QStringLiteral("there is a %1 already").arg(to)};
    // By whatever name: renaming onto the log would be the end of it.
    const QString log = QFileInfo(logPath).canonicalFilePath();
    if (!log.isEmpty() && QFileInfo(to).canonicalFilePath() == log)
        return Error{ErrorCode::ValidationFailed, QStringLiteral("%1 is the log itself").arg(to)};
    Result<TemporaryFile> copy = copyBeside(logPath, to);
    if (!copy)
        return copy.error();
    Result<VerifyReport> report = provenSound(copy->path());
    if (!report)
        return named(logPath, report.error());
    Status installed = copy->install(to, replace);
    return installed ? report : Result<VerifyReport>(installed.error());
}

// --- the way back --------------------------------------------------------------------------------

namespace {

// The copy becomes a log that a hub can open: of this version, with an epoch of its own.
Result<QByteArray> mintEpoch(const QString &path, const QString &why, const Clock &clock,
                             Random &random)
{
    Result<std::unique_ptr<LogConnection>> log = LogConnection::open(path, 0);
    if (!log)
        return log.error();
    (*log)->db().setCheckpointOnClose(true); // nobody else has written this copy
    const Result<LogTail> tail = (*log)->checkedTail();
    if (!tail)
        return Error{ErrorCode::Internal, tail.error().detail};
    const QByteArray epoch = randomHex(epochBytes, random);
    Transaction transaction((*log)->db());
    Status done = transaction.begin(Transaction::Kind::Write);
    if (done)
        done = (*log)->setEpoch(epoch, tail->head.pos, clock.now(), why);
    if (done)
        done = transaction.commit();
    return done ? Result<QByteArray>(epoch) : done.error();
}

// Closing a log writes its WAL back; what is left beside it says nothing any more.
Status dropSideFiles(const QString &path)
{
    if (QFileInfo(path + walSuffix).size() > 0)
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1 could not be written back").arg(path + walSuffix)};
    QFile::remove(path + walSuffix);
    QFile::remove(path + shmSuffix);
    return ok();
}

// What is there now, before it is replaced: whose it is and how far it is, if it can be read.
struct Present {
    QString restaurantId;
    qint64 pos = 0;
    [[nodiscard]] bool isReadable() const { return !restaurantId.isEmpty(); }
};
Present readPresent(const QString &path)
{
    Present present;
    const auto reader = SqliteEventReader::open(path);
    if (!reader)
        return present;
    if (const Result<LogHead> head = (*reader)->head())
        present.pos = head->pos;
    if (const Result<QString> restaurant = (*reader)->restaurantId())
        present.restaurantId = *restaurant;
    return present;
}

Status checkRestaurant(const QString &backup, const QString &restaurantId)
{
    const auto reader = SqliteEventReader::open(backup);
    const Result<QString> theirs =
        reader ? (*reader)->restaurantId() : Result<QString>(reader.error());
    if (!theirs)
        return theirs.error();
    if (restaurantId.isEmpty() || *theirs == restaurantId)
        return ok();
    return Error{ErrorCode::ValidationFailed,
                 QStringLiteral("it is restaurant \"%1\"'s, and the log is \"%2\"'s; to replace it "
                                "nevertheless, move the log away first")
                     .arg(*theirs, restaurantId)};
}

// Its WAL belongs to it, and must not be taken for the new one's: written back, or moved with it.
// There may be a WAL without a log: somebody moved only the one.
Status keepLog(const QString &logPath, const Present &present, const QString &keptAs)
{
    const bool exists = QFile::exists(logPath);
    if (present.isReadable()) { // one that is not stays byte for byte
        Result<Database> db = Database::open(logPath, Database::Mode::Write);
        if (db)
            static_cast<void>(db->exec(QByteArrayLiteral("PRAGMA wal_checkpoint(TRUNCATE)")));
    }
    Status kept = exists ? keepAs(logPath, keptAs) : ok();
    if (kept && QFile::exists(logPath + walSuffix)
        && !QFile::rename(logPath + walSuffix, keptAs + walSuffix))
        kept = Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1 cannot be moved").arg(logPath + walSuffix)};
    if (!kept)
        return kept;
    QFile::remove(logPath + shmSuffix);
    // Before the new log gets the name: the old WAL must not come back beside it.
    return syncDirectoryOf(logPath);
}

QString nameToKeep(const QString &logPath, Timestamp now)
{
    QString stamp = QString::fromLatin1(formatTimestamp(now));
    stamp.remove(u'-').remove(u':').remove(u'.');
    const QString base = logPath + QStringLiteral(".replaced-") + stamp;
    QString name = base;
    for (int i = 2; QFile::exists(name); ++i)
        name = QStringLiteral("%1-%2").arg(base).arg(i);
    return name;
}

// The copy, proven, of this restaurant, with its new epoch; not in its place yet.
Status prepare(const QString &from, const QString &copy, const Present &present, const Clock &clock,
               Random &random, Restored &restored)
{
    const QString why = QStringLiteral("restored from %1").arg(QFileInfo(from).fileName());
    const Result<QByteArray> epoch = mintEpoch(copy, why, clock, random);
    if (!epoch)
        return epoch.error();
    restored.epoch = *epoch;
    Result<VerifyReport> report = provenSound(copy);
    if (!report)
        return report.error();
    restored.report = std::move(*report);
    Status ours = checkRestaurant(copy, present.restaurantId);
    if (ours)
        ours = dropSideFiles(copy);
    if (ours)
        ours = giveToOwnerOfDirectory(copy);
    return ours;
}

} // namespace

Result<Restored> restoreLog(const QString &from, const QString &logPath, const Clock &clock,
                            Random &random)
{
    Result<std::unique_ptr<LogLock>> lock = posixLogFiles().lock(logPath);
    if (!lock)
        return lock.error();
    Status ours = giveToOwnerOfDirectory(logPath + QStringLiteral(".lock"));
    if (!ours)
        return ours.error();
    Result<TemporaryFile> copy = copyBeside(from, logPath);
    if (!copy)
        return copy.error();
    Restored restored;
    const Present present = readPresent(logPath);
    Status done = prepare(from, copy->path(), present, clock, random, restored);
    if (!done) {
        static_cast<void>(dropSideFiles(copy->path()));
        return named(from, done.error());
    }
    if (QFile::exists(logPath) || QFile::exists(logPath + walSuffix)) {
        restored.keptAs = nameToKeep(logPath, clock.now());
        restored.keptPos = present.pos;
        done = keepLog(logPath, present, restored.keptAs);
    }
    if (done)
        done = copy->install(logPath, true);
    if (!done)
        return done.error();
    (*lock)->writeWitness({restored.epoch, restored.report.head.pos, restored.report.head.chain,
                           restored.report.records});
    return restored;
}

} // namespace cf::hub
