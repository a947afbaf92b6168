// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/ledger.h"

#include "hub/log/event_row.h"
#include "hub/log/log_file.h"
#include "hub/reports/ledger_schema.h"
#include "shared/sqlite/enter_wal.h"

#include <QFile>

#include <array>

namespace cf::hub {

namespace {

Error unusable(const QString &why)
{
    return {ErrorCode::StorageFailed, QStringLiteral("the ledger ") + why};
}

Status removeFiles(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm"}) {
        QFile file(path + QLatin1StringView(suffix));
        if (file.exists() && !file.remove())
            return unusable(QStringLiteral("cannot be removed: ") + file.errorString());
    }
    return ok();
}

// Damage that a look at the pages can find. Wrong figures in sound pages it cannot; nobody but the
// hub writes here.
Status checkPages(Database &db)
{
    Result<Statement> check = db.prepare(QByteArrayLiteral("PRAGMA quick_check(1)"));
    if (!check)
        return check.error();
    Query query(*check);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row && query.view(0) == QByteArrayView("ok")
               ? ok()
               : Status(unusable(QStringLiteral("is damaged")));
}

bool isSmall(const QString &path)
{
    return QFile(path).size() <= report_limits::ledgerCheckedBytes;
}

Status checkVersion(Database &db)
{
    const Result<qint64> id = db.integer(QByteArrayLiteral("PRAGMA application_id"));
    if (!id)
        return id.error();
    const Result<qint64> version = db.integer(QByteArrayLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    return *id == ledgerApplicationId && *version == ledgerVersion
               ? ok()
               : Status(unusable(QStringLiteral("is of another version")));
}

// Into a file that is empty.
Status makeTables(Database &db)
{
    Transaction transaction(db);
    Status done = transaction.begin(Transaction::Kind::Write);
    if (done)
        done = db.exec(ledgerSchema);
    if (done) {
        done = db.exec("PRAGMA application_id=" + QByteArray::number(ledgerApplicationId)
                       + "; PRAGMA user_version=" + QByteArray::number(ledgerVersion));
    }
    return done ? transaction.commit() : done;
}

Status makeFile(const QString &path)
{
    Status made = createPrivateFile(path);
    if (!made)
        return made;
    Result<Database> db = Database::open(path, Database::Mode::Write);
    if (!db)
        return db.error();
    if (enterWal(db->handle()) != SQLITE_OK)
        return unusable(QStringLiteral("cannot have a write-ahead log where it is"));
    return makeTables(*db);
}

} // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(const QString &path, Check check)
{
    if (!path.isEmpty() && Database::exists(path)) {
        Result<std::unique_ptr<Ledger>> found = tryOpen(path, check);
        if (found)
            return found;
    }
    if (!path.isEmpty()) {
        Status made = removeFiles(path);
        if (made)
            made = makeFile(path);
        if (!made)
            return made.error();
    }
    return tryOpen(path, check);
}

Result<std::unique_ptr<Ledger>> Ledger::tryOpen(const QString &path, Check check)
{
    const bool inMemory = path.isEmpty();
    Result<Database> db =
        Database::open(path, inMemory ? Database::Mode::Memory : Database::Mode::Write);
    if (!db)
        return db.error();
    Status usable = inMemory ? makeTables(*db) : checkVersion(*db);
    if (usable && (check == Check::Always || isSmall(path)))
        usable = checkPages(*db);
    if (usable)
        usable = db->exec(QByteArrayLiteral("PRAGMA synchronous=NORMAL"));
    std::unique_ptr<Ledger> ledger(new Ledger(std::move(*db)));
    if (usable)
        usable = ledger->prepare();
    if (usable)
        usable = ledger->readPlace();
    if (!usable)
        return usable.error();
    return ledger;
}

Status Ledger::readPlace()
{
    m_place = {};
    Query query(m_sql.place);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (!*row)
        return ok(); // nothing read yet
    const std::optional<ChainHash> chain = chainFromBlob(query.view(1));
    if (!chain)
        return unusable(QStringLiteral("does not know where it stands"));
    m_place = {query.integer(0), *chain};
    return ok();
}

Status Ledger::startAgain()
{
    ++m_restarts;
    m_orders.clear();
    Transaction transaction(m_db);
    Status done = transaction.begin(Transaction::Kind::Write);
    for (const char *table : {"place", "orders", "search", "lines", "bumps", "recalls"}) {
        if (done)
            done = m_db.exec(QByteArrayLiteral("DELETE FROM ") + table);
    }
    if (done)
        done = transaction.commit();
    m_place = {};
    return done;
}

Result<bool> Ledger::isOfThis(EventReader &log)
{
    const Result<std::optional<ChainHash>> chain = log.chainAt(m_place.pos);
    if (!chain)
        return chain.error();
    return *chain && **chain == m_place.chain;
}

Result<int> Ledger::follow(EventReader &log, qint64 head, int eventsMax)
{
    const Result<bool> isOurs = isOfThis(log);
    if (!isOurs)
        return isOurs.error();
    if (!*isOurs) {
        if (Status again = startAgain(); !again)
            return again.error();
    }
    const Result<std::vector<LoggedEvent>> events =
        log.events(m_place.pos, head, eventsMax, report_limits::ledgerBatchBytes);
    if (!events)
        return events.error();
    if (events->empty())
        return 0;
    Status done = takeAll(log, *events);
    m_touched.clear();
    if (!done) {
        m_orders.clear(); // they are ahead of the file
        return done.error();
    }
    m_place = {events->back().event.pos, events->back().chain};
    forgetClosed();
    done = keepWalSmall();
    return done ? Result<int>(static_cast<int>(events->size())) : done.error();
}

// In one transaction with the place that they lead to.
Status Ledger::takeAll(EventReader &log, const std::vector<LoggedEvent> &events)
{
    Transaction transaction(m_db);
    Status done = transaction.begin(Transaction::Kind::Write);
    for (const LoggedEvent &logged : events) {
        if (done)
            done = take(log, logged.event);
    }
    for (const QUuid &id : std::as_const(m_touched)) {
        if (done)
            done = write(*m_orders.constFind(id));
    }
    if (done)
        done = writePlace({events.back().event.pos, events.back().chain});
    return done ? transaction.commit() : done;
}

// The order as it was before the event: remembered, or folded from the log once more.
Result<LedgerOrder *> Ledger::orderBefore(EventReader &log, const OrderEvent &event)
{
    const auto known = m_orders.find(event.orderId);
    if (known != m_orders.end())
        return &*known;
    LedgerOrder order;
    if (event.seq > 1) {
        const Result<std::vector<OrderEvent>> earlier = log.orderEvents(event.orderId, 0);
        if (!earlier)
            return earlier.error();
        for (const OrderEvent &one : *earlier) {
            if (one.seq < event.seq)
                applyToLedger(order, one);
        }
    }
    if (order.state.seq + 1 != event.seq) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("the order of position %1 has a hole").arg(event.pos)};
    }
    return &*m_orders.insert(event.orderId, order);
}

Status Ledger::take(EventReader &log, const OrderEvent &event)
{
    const Result<LedgerOrder *> order = orderBefore(log, event);
    if (!order)
        return order.error();
    const LedgerEffects effects = applyToLedger(**order, event);
    m_touched.insert(event.orderId);
    const qint64 openedPos = (*order)->state.openedPos;
    Status done = ok();
    if (effects.bump)
        done = write(*effects.bump, openedPos);
    if (done && effects.recall)
        done = write(*effects.recall, openedPos);
    return done;
}

void Ledger::forgetClosed()
{
    if (m_orders.size() > report_limits::ledgerOrdersHeld) {
        m_orders.clear();
        return;
    }
    m_orders.removeIf([](const std::pair<const QUuid &, LedgerOrder &> &entry) {
        return !isOpen(entry.second.state.status);
    });
}

// A reader that stands in the way is waited for next time.
Status Ledger::keepWalSmall()
{
    sqlite3 *db = m_db.handle();
    const QByteArray file = QByteArray(sqlite3_db_filename(db, "main")) + "-wal";
    if (QFile(QFile::decodeName(file)).size() < report_limits::ledgerWalBytes)
        return ok();
    const int code =
        sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code == SQLITE_OK || code == SQLITE_BUSY)
        return ok();
    return sqliteError(db, code, QStringLiteral("writing the ledger back"));
}

} // namespace cf::hub
