// SPDX-License-Identifier: Apache-2.0
#include "hub/log/log_connection.h"

#include "hub/log/event_row.h"
#include "hub/log/schema.h"
#include "hub/log/settings_row.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/protocol/chain.h"
#include "shared/sqlite/enter_wal.h"
#include "shared/sqlite/rewrite_wal.h"

#include <algorithm>
#include <array>

namespace cf::hub {

LogConnection::LogConnection(Database db) : m_db(std::move(db))
{
    // Replaces SQLite's own automatic checkpoint: it only counts.
    sqlite3_wal_hook(
        m_db.handle(),
        [](void *self, sqlite3 *, const char *, int pages) {
            static_cast<LogConnection *>(self)->noteWal(pages);
            return SQLITE_OK;
        },
        this);
}

Result<std::unique_ptr<LogConnection>> LogConnection::open(const QString &path, qint64 pagesMax)
{
    Result<Database> db = Database::open(path, Database::Mode::Write);
    if (!db)
        return db.error();
    std::unique_ptr<LogConnection> connection(new LogConnection(std::move(*db)));
    // Not even by giving up: see makeWalDurable().
    connection->m_db.setCheckpointOnClose(false);
    // The schema's owner first: a file that is not ours, or newer, must stay as it is.
    Status done = checkUpgradable(connection->m_db);
    if (done)
        done = connection->configure(pagesMax);
    if (done)
        done = migrate(connection->m_db);
    if (done)
        done = connection->prepare();
    if (!done)
        return done.error();
    return connection;
}

Status LogConnection::configure(qint64 pagesMax)
{
    const int wal = enterWal(m_db.handle());
    if (wal == SQLITE_CANTOPEN)
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("this file system cannot hold a log: no WAL mode")};
    if (wal != SQLITE_OK)
        return sqliteError(m_db.handle(), wal, QStringLiteral("entering WAL mode"));
    const QByteArray size = QByteArray::number(limits::walBytesMax);
    Status set = m_db.exec("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=" + size);
    if (set && isPlanted(Mutant::SyncNormal))
        set = m_db.exec(QByteArrayLiteral("PRAGMA synchronous=NORMAL"));
    if (set && pagesMax > 0)
        set = m_db.exec("PRAGMA max_page_count=" + QByteArray::number(pagesMax));
    if (!set)
        return set;
    const Result<qint64> pageBytes = m_db.integer(QByteArrayLiteral("PRAGMA page_size"));
    if (!pageBytes)
        return pageBytes.error();
    m_pageBytes = *pageBytes;
    return ok();
}

Status LogConnection::prepare()
{
    const QByteArray columns(eventColumns);
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.eventAt, "SELECT " + columns + " FROM event WHERE pos = ?1"},
        {&m_sql.orderEvents, "SELECT " + columns + " FROM event WHERE order_id = ?1 ORDER BY seq"},
        {&m_sql.chainAt, "SELECT chain FROM event WHERE pos = ?1"},
        {&m_sql.insertEvent,
         "INSERT INTO event (" + columns + ") VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"},
        {&m_sql.meta, "SELECT restaurant_id, epoch, head_pos, head_chain, "
                      "(SELECT coalesce(max(pos), 0) FROM event), record_count, record_digest "
                      "FROM meta"},
        {&m_sql.putMeta, "INSERT INTO meta (id, restaurant_id, created_at, epoch, head_pos, "
                         "head_chain) VALUES (1, ?1, ?2, ?3, 0, zeroblob(32))"},
        {&m_sql.setHead, "UPDATE meta SET head_pos = ?1, head_chain = ?2, record_count = ?3, "
                         "record_digest = ?4"},
        {&m_sql.setEpoch, "UPDATE meta SET epoch = ?1"},
        {&m_sql.putEpoch, "INSERT INTO epoch_history (epoch, pos, at, why) VALUES (?1,?2,?3,?4)"},
    });
    Status done = m_db.prepareAll(list);
    if (done)
        done = prepareOrders();
    if (done)
        done = prepareRecords();
    return done;
}

Status LogConnection::prepareOrders()
{
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.openOrders,
         "SELECT state FROM order_state WHERE closed_pos IS NULL ORDER BY opened_pos"},
        {&m_sql.recentOrders, "SELECT state FROM order_state WHERE closed_pos IS NOT NULL "
                              "ORDER BY closed_pos DESC LIMIT ?1"},
        {&m_sql.recentPlaces, "SELECT order_id, closed_pos FROM order_state "
                              "WHERE closed_pos IS NOT NULL ORDER BY closed_pos"},
        {&m_sql.orderById, "SELECT state FROM order_state WHERE order_id = ?1"},
        {&m_sql.putOrder,
         "INSERT INTO order_state (opened_pos, order_id, closed_pos, seq, pos, state) "
         "VALUES (?1,?2,?3,?4,?5,?6) ON CONFLICT (opened_pos) DO UPDATE SET "
         "closed_pos = excluded.closed_pos, seq = excluded.seq, pos = excluded.pos, "
         "state = excluded.state WHERE order_id = excluded.order_id"},
        {&m_sql.deleteOrder, "DELETE FROM order_state WHERE order_id = ?1"},
        {&m_sql.misplaced,
         "SELECT s.pos FROM order_state s LEFT JOIN event e "
         "ON e.order_id = s.order_id AND e.seq = s.seq WHERE e.pos IS NOT s.pos OR EXISTS "
         "(SELECT 1 FROM event n WHERE n.order_id = s.order_id AND n.seq = s.seq + 1) LIMIT 1"},
    });
    return m_db.prepareAll(list);
}

Status LogConnection::prepareRecords()
{
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.command, "SELECT fingerprint, answer FROM command WHERE scope = ?1 AND key = ?2"},
        {&m_sql.putCommand, "INSERT INTO command (scope, key, fingerprint, answer, pos) "
                            "VALUES (?1,?2,?3,?4,?5)"},
        {&m_sql.deviceCommand,
         "SELECT fingerprint, answer FROM device_command WHERE device = ?1 AND n = ?2"},
        {&m_sql.putDeviceCommand, "INSERT INTO device_command (device, n, fingerprint, answer, "
                                  "pos) VALUES (?1,?2,?3,?4,?5)"},
        {&m_sql.lastDeviceCommand,
         "SELECT coalesce(max(n), 0) FROM device_command WHERE device = ?1"},
        {&m_sql.putTracker, "INSERT INTO tracker (token_hash, token, order_id) VALUES (?1,?2,?3)"},
        {&m_sql.dayNumber, "SELECT day, last FROM day_number"},
        {&m_sql.settings, "SELECT " + QByteArray(settingsColumns)
                              + " FROM document AS d WHERE rev ="
                                " (SELECT max(rev) FROM document WHERE name = d.name)"},
        {&m_sql.putSettings,
         "INSERT INTO document (" + QByteArray(settingsColumns) + ") VALUES (?1, ?2, ?3, ?4, ?5)"},
        {&m_sql.putDayNumber, "INSERT INTO day_number (id, day, last) VALUES (1, ?1, ?2) "
                              "ON CONFLICT (id) DO UPDATE SET day = excluded.day, "
                              "last = excluded.last"},
    });
    return m_db.prepareAll(list);
}

Result<bool> LogConnection::isNew()
{
    const Result<qint64> rows = m_db.integer(QByteArrayLiteral("SELECT count(*) FROM meta"));
    if (!rows)
        return rows.error();
    return *rows == 0;
}

Status LogConnection::create(const QString &restaurantId, const QByteArray &epoch, Timestamp now)
{
    Transaction transaction(m_db);
    Status done = transaction.begin(Transaction::Kind::Write);
    if (done) {
        Query query(m_sql.putMeta);
        query.bindString(1, restaurantId).bind(2, toMilliseconds(now)).bindText(3, epoch);
        done = query.run();
    }
    if (done)
        done = setEpoch(epoch, 0, now, QStringLiteral("created"));
    if (done)
        done = transaction.commit();
    return done;
}

namespace {

Error damaged(qint64 pos, const QString &what)
{
    return {ErrorCode::StorageFailed,
            QStringLiteral("the log is damaged at position %1: %2. Nothing was changed. "
                           "`counterfirectl verify` lists what is wrong; put the last good backup "
                           "in its place to go on")
                .arg(pos)
                .arg(what)};
}

} // namespace

Result<LoggedEvent> LogConnection::eventAt(qint64 pos, qint64 *bytesUpTo)
{
    Query query(m_sql.eventAt);
    query.bind(1, pos);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (!*row)
        return damaged(pos, QStringLiteral("the event is missing"));
    *bytesUpTo = bytesTo(query);
    return readEvent(query);
}

Result<LogTail> LogConnection::recordedTail(qint64 *lastPos)
{
    Query query(m_sql.meta);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    const std::optional<ChainHash> chain = *row ? chainFromBlob(query.view(3)) : std::nullopt;
    if (!chain)
        return damaged(0, QStringLiteral("the log's own record of its head is missing"));
    LogTail tail;
    tail.restaurantId = query.text(0);
    tail.head.epoch = query.bytes(1);
    tail.head.pos = query.integer(2);
    tail.head.chain = *chain;
    *lastPos = query.integer(4);
    tail.records = {query.integer(5), static_cast<quint64>(query.integer(6))};
    return tail;
}

Result<LogTail> LogConnection::checkedTail()
{
    qint64 lastPos = 0;
    Result<LogTail> tail = recordedTail(&lastPos);
    if (!tail)
        return tail;
    if (lastPos != tail->head.pos) {
        return damaged(std::min(lastPos, tail->head.pos) + 1,
                       QStringLiteral("the last event is %1, the head says %2")
                           .arg(lastPos)
                           .arg(tail->head.pos));
    }
    if (lastPos > 0) {
        const Result<LoggedEvent> last = eventAt(lastPos, &tail->bytesTo);
        if (!last)
            return last.error();
        const Result<std::optional<ChainHash>> before = chainAt(lastPos - 1);
        if (!before)
            return before.error();
        if (!*before)
            return damaged(lastPos - 1, QStringLiteral("the event is missing"));
        if (nextChain(**before, canonicalBytes(last->event)) != last->chain
            || last->chain != tail->head.chain)
            return damaged(lastPos, QStringLiteral("the chain does not match the event"));
        tail->head.at = last->event.at;
    }
    Status places = checkOpenPlaces();
    return places ? tail : Result<LogTail>(places.error());
}

Status LogConnection::checkOpenPlaces()
{
    Query query(m_sql.misplaced);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (*row) {
        return damaged(query.integer(0),
                       QStringLiteral("the order that was folded up to here is not where its "
                                      "events are"));
    }
    return ok();
}

Result<RecentOrders> LogConnection::recent()
{
    RecentOrders recent;
    Query query(m_sql.recentPlaces);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return recent;
        recent.append({idFromBlob(query.view(0)), query.integer(1)});
    }
}

Status LogConnection::makeWalDurable()
{
    const int code = rewriteWal(m_db.handle());
    if (code != SQLITE_OK)
        return sqliteError(nullptr, code, QStringLiteral("writing the WAL again"));
    m_db.setCheckpointOnClose(true);
    return ok();
}

Status LogConnection::checkpoint()
{
    int pagesInLog = 0;
    int pagesDone = 0;
    const int code = sqlite3_wal_checkpoint_v2(m_db.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &pagesInLog, &pagesDone);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        return sqliteError(m_db.handle(), code, QStringLiteral("checkpoint"));
    m_walTried = m_walPages;
    if (code == SQLITE_OK) {
        m_walPages = std::max(pagesInLog, 0);
        m_walTried = m_walPages;
        m_walDone = std::max(pagesDone, 0);
    }
    return ok();
}

void LogConnection::noteWal(int pages)
{
    if (pages < m_walDone || pages < m_walTried)
        m_walDone = m_walTried = 0; // SQLite began the WAL anew
    m_walPages = pages;
}

bool LogConnection::isCheckpointWorthIt() const
{
    return walBytes() >= limits::walIdleBytes
           && (m_walPages - m_walTried) * m_pageBytes >= limits::walIdleBytes;
}

} // namespace cf::hub
