// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/print_store.h"

#include "hub/log/event_row.h"
#include "hub/log/log_file.h"
#include "shared/base/limits.h"
#include "shared/sqlite/enter_wal.h"

#include <array>

namespace cf::hub {

namespace {

constexpr qint64 applicationId = 0x43465031; // "CFP1"
constexpr qint64 schemaVersion = 1;

constexpr const char *schema = R"sql(
CREATE TABLE birth (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT NOT NULL) STRICT;
CREATE TABLE printer (id TEXT PRIMARY KEY, cursor TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE job (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  printer TEXT NOT NULL,
  kind INTEGER NOT NULL,
  order_id BLOB NOT NULL CHECK (length(order_id) = 16),
  seq INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  body BLOB NOT NULL,
  state INTEGER NOT NULL,
  possible_copy INTEGER NOT NULL,
  cuts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX job_receipt ON job (order_id, printer, copy) WHERE kind = 0;
CREATE INDEX job_waiting ON job (printer, n) WHERE state <= 1;
CREATE TABLE ticket (
  printer TEXT NOT NULL,
  station TEXT NOT NULL,
  order_id BLOB NOT NULL CHECK (length(order_id) = 16),
  print BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (printer, station, order_id)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char *jobColumns =
    "n, printer, kind, order_id, seq, copy, body, state, possible_copy, cuts, created_at";

PrintJob jobOf(const Query &query)
{
    PrintJob job;
    job.n = query.integer(0);
    job.printer = query.text(1);
    job.kind = query.integer(2) == 0 ? JobKind::Receipt : JobKind::Ticket;
    job.orderId = idFromBlob(query.view(3));
    job.seq = static_cast<int>(query.integer(4));
    job.copy = static_cast<int>(query.integer(5));
    job.body = query.bytes(6);
    job.state = static_cast<JobState>(query.integer(7));
    job.possibleCopy = query.integer(8) != 0;
    job.cuts = static_cast<int>(query.integer(9));
    job.createdAt = fromMilliseconds(query.integer(10));
    return job;
}

Result<std::optional<Cursor>> cursorOf(Query &query)
{
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? parseCursor(query.view(0)) : std::nullopt;
}

Result<std::optional<PrintJob>> firstJob(Query &query)
{
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? std::optional(jobOf(query)) : std::nullopt;
}

} // namespace

Result<std::unique_ptr<PrintStore>> PrintStore::open(const QString &path, Timestamp now)
{
    if (const Status made = createPrivateFile(path); !made)
        return made.error();
    Result<Database> db = Database::open(path, Database::Mode::Write);
    if (!db)
        return db.error();
    std::unique_ptr<PrintStore> store(new PrintStore(std::move(*db)));
    if (const Status done = store->setUp(now); !done)
        return done.error();
    return store;
}

Status PrintStore::setUp(Timestamp now)
{
    const Result<qint64> id = m_db.integer("PRAGMA application_id");
    const Result<qint64> version = m_db.integer("PRAGMA user_version");
    if (!id || !version)
        return id ? version.error() : id.error();
    m_isNew = *id == 0 && *version == 0;
    if (!m_isNew && (*id != applicationId || *version != schemaVersion))
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("the printers' file is of another program or version")};
    if (const int wal = enterWal(m_db.handle()); wal != SQLITE_OK)
        return sqliteError(m_db.handle(), wal, QStringLiteral("entering WAL mode"));
    // The only connection there is: it may write the WAL back whenever it likes.
    Status done = m_db.exec("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=500");
    if (done && m_isNew) {
        Transaction transaction(m_db);
        done = transaction.begin(Transaction::Kind::Write);
        if (done)
            done = m_db.exec(schema);
        if (done)
            done = m_db.exec("PRAGMA application_id=" + QByteArray::number(applicationId)
                             + "; PRAGMA user_version=" + QByteArray::number(schemaVersion));
        if (done)
            done = transaction.commit();
    }
    if (done)
        done = m_db.exec("UPDATE job SET state = 0, possible_copy = 1, changed_at = "
                         + QByteArray::number(toMilliseconds(now)) + " WHERE state = 1");
    if (!done)
        return done;
    m_interrupted = sqlite3_changes(m_db.handle());
    return prepare();
}

Status PrintStore::prepare()
{
    const QByteArray columns(jobColumns);
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.cursor, "SELECT cursor FROM printer WHERE id = ?1"},
        {&m_sql.putCursor, "INSERT INTO printer (id, cursor) VALUES (?1, ?2) "
                           "ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor"},
        {&m_sql.printers, "SELECT id FROM printer"},
        {&m_sql.dropPrinter, "DELETE FROM printer WHERE id = ?1"},
        {&m_sql.dropJobs,
         "UPDATE job SET state = 6, changed_at = ?2 WHERE printer = ?1 AND state <= 1"},
        {&m_sql.dropTickets, "DELETE FROM ticket WHERE printer = ?1"},
        {&m_sql.insert, "INSERT OR IGNORE INTO job (printer, kind, order_id, seq, copy, body, "
                        "state, possible_copy, cuts, created_at, changed_at) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, 0, ?8, ?8)"},
        {&m_sql.lastCopy,
         "SELECT coalesce(max(copy), 0) FROM job WHERE kind = 0 AND order_id = ?1"},
        {&m_sql.next,
         "SELECT " + columns + " FROM job WHERE printer = ?1 AND state <= 1 ORDER BY n LIMIT 1"},
        {&m_sql.waiting, "SELECT count(*) FROM job WHERE printer = ?1 AND state <= 1"},
        {&m_sql.begin, "UPDATE job SET state = 1, changed_at = ?2 WHERE n = ?1"},
        {&m_sql.putBack, "UPDATE job SET state = 0, possible_copy = max(possible_copy, ?2), "
                         "cuts = cuts + ?2, "
                         "changed_at = ?3 WHERE n = ?1 AND state = 1"},
        {&m_sql.finish, "UPDATE job SET state = ?2, changed_at = ?3 WHERE n = ?1 AND state <= 1"},
        {&m_sql.job, "SELECT " + columns + " FROM job WHERE n = ?1"},
        {&m_sql.prune, "DELETE FROM job WHERE state > 1 AND n <= "
                       "(SELECT max(n) FROM job) - ?1"},
        {&m_sql.ticket, "SELECT print FROM ticket WHERE printer = ?1 AND station = ?2 "
                        "AND order_id = ?3"},
        {&m_sql.putTicket, "INSERT INTO ticket (printer, station, order_id, print, at) "
                           "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE "
                           "SET print = excluded.print, at = excluded.at"},
        {&m_sql.pruneTickets, "DELETE FROM ticket WHERE at < ?1"},
        {&m_sql.birth, "SELECT cursor FROM birth"},
        {&m_sql.putBirth, "INSERT OR REPLACE INTO birth (id, cursor) VALUES (1, ?1)"},
    });
    return m_db.prepareAll(list);
}

Result<std::optional<Cursor>> PrintStore::cursor(const QString &printer)
{
    Query query(m_sql.cursor);
    query.bindString(1, printer);
    return cursorOf(query);
}

Result<std::optional<Cursor>> PrintStore::birth()
{
    Query query(m_sql.birth);
    return cursorOf(query);
}

Status PrintStore::setBirth(const Cursor &at)
{
    return Query(m_sql.putBirth).bindText(1, at.text()).run();
}

Status PrintStore::putCursor(const QString &printer, const Cursor &at)
{
    return Query(m_sql.putCursor).bindString(1, printer).bindText(2, at.text()).run();
}

Status PrintStore::forget(const QString &printer, Timestamp now)
{
    Status done = Query(m_sql.dropPrinter).bindString(1, printer).run();
    if (done)
        done = Query(m_sql.dropJobs).bindString(1, printer).bind(2, toMilliseconds(now)).run();
    if (done)
        done = Query(m_sql.dropTickets).bindString(1, printer).run();
    return done;
}

Status PrintStore::keepOnly(const QStringList &printers, Timestamp now)
{
    QStringList gone;
    {
        Query query(m_sql.printers);
        for (;;) {
            const Result<bool> row = query.step();
            if (!row)
                return row.error();
            if (!*row)
                break;
            if (!printers.contains(query.text(0)))
                gone.append(query.text(0));
        }
    }
    if (gone.isEmpty())
        return ok();
    Transaction transaction(m_db);
    Status done = transaction.begin(Transaction::Kind::Write);
    for (const QString &printer : gone) {
        if (done)
            done = forget(printer, now);
    }
    return done ? transaction.commit() : done;
}

Status PrintStore::insert(const PrintJob &job, Timestamp now)
{
    Query query(m_sql.insert);
    query.bindString(1, job.printer).bind(2, job.kind == JobKind::Receipt ? 0 : 1);
    query.bindBlob(3, idBlob(job.orderId)).bind(4, job.seq).bind(5, job.copy);
    query.bindBlob(6, job.body).bind(7, job.possibleCopy ? 1 : 0).bind(8, toMilliseconds(now));
    return query.run();
}

Status PrintStore::advance(const QString &printer, const Cursor &to,
                           const std::vector<PrintJob> &jobs, Timestamp now)
{
    Transaction transaction(m_db);
    Status done = transaction.begin(Transaction::Kind::Write);
    for (const PrintJob &job : jobs) {
        if (done)
            done = insert(job, now);
    }
    if (done)
        done = putCursor(printer, to);
    if (done)
        done = prune();
    return done ? transaction.commit() : done;
}

Result<PrintJob> PrintStore::addCopy(PrintJob job, bool isUnprinted, Timestamp now)
{
    Transaction transaction(m_db);
    if (const Status begun = transaction.begin(Transaction::Kind::Write); !begun)
        return begun.error();
    {
        Query query(m_sql.lastCopy);
        query.bindBlob(1, idBlob(job.orderId));
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        const int last = static_cast<int>(query.integer(0));
        job.copy = last == 0 && !isUnprinted ? 2 : last + 1;
    }
    job.createdAt = now;
    Status done = insert(job, now);
    job.n = sqlite3_last_insert_rowid(m_db.handle());
    if (done)
        done = transaction.commit();
    if (!done)
        return done.error();
    return job;
}

Result<QByteArray> PrintStore::ticketPrint(const TicketKey &key)
{
    Query query(m_sql.ticket);
    query.bindString(1, key.printer).bindString(2, key.station).bindBlob(3, idBlob(key.orderId));
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? query.bytes(0) : QByteArray();
}

Status PrintStore::addTicket(const PrintJob &job, const TicketKey &key, const QByteArray &print,
                             Timestamp now)
{
    Transaction transaction(m_db);
    Status done = transaction.begin(Transaction::Kind::Write);
    if (done)
        done = insert(job, now);
    if (done) {
        Query query(m_sql.putTicket);
        query.bindString(1, key.printer).bindString(2, key.station);
        query.bindBlob(3, idBlob(key.orderId)).bindBlob(4, print).bind(5, toMilliseconds(now));
        done = query.run();
    }
    if (done) // of an order that old nothing is cooked any more
        done =
            Query(m_sql.pruneTickets).bind(1, toMilliseconds(now - limits::receiptJobAgeMax)).run();
    return done ? transaction.commit() : done;
}

Result<std::optional<PrintJob>> PrintStore::next(const QString &printer)
{
    Query query(m_sql.next);
    query.bindString(1, printer);
    return firstJob(query);
}

Result<std::optional<PrintJob>> PrintStore::job(qint64 n)
{
    Query query(m_sql.job);
    query.bind(1, n);
    return firstJob(query);
}

Result<qint64> PrintStore::waiting(const QString &printer)
{
    Query query(m_sql.waiting);
    query.bindString(1, printer);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return query.integer(0);
}

Status PrintStore::begin(qint64 n, Timestamp now)
{
    return Query(m_sql.begin).bind(1, n).bind(2, toMilliseconds(now)).run();
}

Status PrintStore::putBack(qint64 n, bool mayBePrinted, Timestamp now)
{
    Query query(m_sql.putBack);
    return query.bind(1, n).bind(2, mayBePrinted ? 1 : 0).bind(3, toMilliseconds(now)).run();
}

Status PrintStore::finish(qint64 n, JobState state, Timestamp now)
{
    Query query(m_sql.finish);
    return query.bind(1, n).bind(2, static_cast<qint64>(state)).bind(3, toMilliseconds(now)).run();
}

Status PrintStore::prune()
{
    return Query(m_sql.prune).bind(1, limits::printJobsKept).run();
}

} // namespace cf::hub
