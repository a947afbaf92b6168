// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/kds_cache.h"

#include "kds-app/store/kds_cache_schema.h"
#include "kds-app/store/salvage.h"
#include "shared/base/mutant.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::kds {

namespace {

Error contradiction(const QString &what)
{
    return {ErrorCode::Internal, what};
}

// Commands whose sender cannot be named any more cannot be sent: nobody could tell whether the hub
// has them already. They are not dropped silently either.
void giveUpUnanswered(std::vector<OutboxEntry> &entries, Timestamp now)
{
    for (OutboxEntry &entry : entries) {
        if (entry.result)
            continue;
        CommandResult result;
        result.n = entry.command.n;
        result.status = CommandStatus::Rejected;
        result.code = errorCodeName(ErrorCode::StorageFailed);
        result.detail = QStringLiteral("this display's file was damaged before the hub answered");
        entry.result = result;
        entry.state = OutboxState::Finished;
        entry.answeredAt = now;
    }
}

// And what was accepted under the lost name cannot be offered under another: the hub would not know
// it again.
void forgetAccepted(std::vector<OutboxEntry> &entries)
{
    std::erase_if(entries, [](const OutboxEntry &entry) { return !entry.isRejected(); });
}

QString describe(const CachedKitchen &saved, const Error &why, const QString &aside)
{
    const qint64 last = saved.outbox.empty() ? 0 : saved.outbox.back().command.n;
    QString text = QStringLiteral("the display's file could not be used (%1) and was set aside as "
                                  "%2; %3 commands were carried over")
                       .arg(why.detail, aside)
                       .arg(saved.outbox.size());
    if (saved.outboxNext - 1 > last)
        text += QStringLiteral(", those after number %1 could not be read").arg(last);
    return text;
}

} // namespace

Result<std::unique_ptr<KdsCache>> KdsCache::open(const QString &path, Timestamp now, Random &random,
                                                 CacheFiles &files)
{
    Result<std::unique_ptr<KdsCache>> cache = tryOpen(path);
    CachedKitchen saved;
    QString report;
    if (!cache) {
        const Error why = cache.error();
        if (why.code == ErrorCode::StorageFailed)
            return why;
        const Result<QString> aside = setAside(files, path, now);
        if (!aside)
            return aside.error();
        saved = salvage(*aside);
        report = describe(saved, why, *aside);
        if (saved.deviceId.isEmpty()) {
            giveUpUnanswered(saved.outbox, now);
            forgetAccepted(saved.outbox);
        }
        cache = tryOpen(path);
        if (!cache)
            return cache;
    }
    if ((*cache)->m_loaded.deviceId.isEmpty()) {
        if (const Status started = (*cache)->firstStart(std::move(saved), now, random); !started)
            return started.error();
    }
    (*cache)->m_report = report;
    return cache;
}

Result<std::unique_ptr<KdsCache>> KdsCache::tryOpen(const QString &path)
{
    Result<Database> database = Database::open(path);
    if (!database)
        return database.error();
    std::unique_ptr<KdsCache> cache(new KdsCache(std::move(*database)));
    if (const Status done = cache->m_database.enterWal(); !done)
        return done.error();
    if (const Status done = cache->m_database.exec("PRAGMA synchronous = FULL"); !done)
        return done.error();
    const Result<QByteArray> check = cache->m_database.text("PRAGMA quick_check(1)");
    if (!check)
        return check.error();
    if (*check != "ok")
        return contradiction(QString::fromUtf8(*check));
    if (const Status done = cache->m_database.makeWalDurable(); !done)
        return done.error();
    if (const Status done = migrate(cache->m_database); !done)
        return done.error();
    if (const Status done = cache->prepare(); !done)
        return done.error();
    if (const Status done = cache->load(); !done)
        return done.error();
    return cache;
}

Status KdsCache::prepare()
{
    m_statements = std::make_unique<Statements>();
    const std::pair<Statement *, const char *> all[] = {
        {&m_statements->upsertOrder,
         "INSERT INTO orders (id, closed_rank, state) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO"
         " UPDATE SET closed_rank = excluded.closed_rank, state = excluded.state"},
        {&m_statements->deleteOrder, "DELETE FROM orders WHERE id = ?1"},
        {&m_statements->deleteOrders, "DELETE FROM orders"},
        {&m_statements->upsertEntry,
         "INSERT OR REPLACE INTO outbox (n, command, order_number, answer, answered_epoch,"
         " answered_at, dismissed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
        {&m_statements->deleteEntry, "DELETE FROM outbox WHERE n = ?1"},
        {&m_statements->upsertMeta, "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)"},
    };
    for (const auto &entry : all) {
        Result<Statement> statement = m_database.prepare(entry.second);
        if (!statement)
            return statement.error();
        *entry.first = std::move(*statement);
    }
    return ok();
}

Status KdsCache::firstStart(CachedKitchen salvaged, Timestamp now, Random &random)
{
    m_loaded = std::move(salvaged);
    if (m_loaded.deviceId.isEmpty())
        m_loaded.deviceId = QString::fromLatin1(uuidText(makeUuidV7(now, random)));
    if (!m_loaded.outbox.empty())
        m_loaded.outboxNext = std::max(m_loaded.outboxNext, m_loaded.outbox.back().command.n + 1);
    CacheWrite write;
    write.outbox = m_loaded.outbox;
    write.outboxNext = m_loaded.outboxNext;
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction)
        return transaction.error();
    if (const Status done = saveMeta(meta::device, m_loaded.deviceId.toUtf8()); !done)
        return done;
    if (const Status done = saveOutbox(write); !done)
        return done;
    return transaction->commit();
}

Status KdsCache::load()
{
    QByteArray values[10];
    const char *const keys[] = {
        meta::device, meta::cursor,    meta::count,      meta::digest,   meta::outboxNext,
        meta::asOf,   meta::hubOffset, meta::settingsId, meta::settings, meta::settingsUnderstood};
    for (size_t i = 0; i < std::size(keys); ++i) {
        const Result<std::optional<QByteArray>> value = readMeta(m_database, keys[i]);
        if (!value)
            return value.error();
        values[i] = value->value_or(QByteArray());
    }
    m_loaded.deviceId = QString::fromUtf8(values[0]);
    m_loaded.outboxNext = std::max<qint64>(1, values[4].toLongLong());
    if (!values[5].isEmpty())
        m_loaded.asOf = Timestamp(std::chrono::milliseconds(values[5].toLongLong()));
    m_loaded.hubOffset = std::chrono::milliseconds(values[6].toLongLong());
    m_loaded.settings = {values[7], values[8], values[9]};
    if (const Status done = loadOrders(); !done)
        return done;
    Result<std::vector<OutboxEntry>> entries = readOutbox(m_database, false);
    if (!entries)
        return entries.error();
    m_loaded.outbox = std::move(*entries);
    if (values[1].isEmpty())
        return ok();
    m_loaded.cursor = parseCursor(values[1]);
    const Board &board = m_loaded.board;
    if (!m_loaded.cursor || values[2].toInt() != board.count()
        || values[3] != digestText(board.digest()))
        return contradiction(QStringLiteral("its orders are not those of its cursor"));
    return ok();
}

Status KdsCache::loadOrders()
{
    Result<Statement> rows =
        m_database.prepare("SELECT state, closed_rank FROM orders ORDER BY closed_rank");
    if (!rows)
        return rows.error();
    std::vector<OrderState> open;
    std::vector<OrderState> recent;
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        const Result<QJsonObject> json = parseJsonObject(rows->text(0));
        if (!json)
            return json.error();
        Result<OrderState> order = orderFromJson(*json);
        if (!order)
            return order.error();
        if (!rows->isNull(1))
            m_closedRank = std::max(m_closedRank, rows->integer(1));
        (rows->isNull(1) ? open : recent).push_back(std::move(*order));
    }
    m_loaded.board.reset(std::move(open), std::move(recent));
    return ok();
}

Status KdsCache::save(const CacheWrite &write)
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction)
        return transaction.error();
    if (write.tickets && !write.tickets->dirty().isEmpty()) {
        const Status done = isPlanted(Mutant::CursorBeforeEvents)
                                ? saveMeta(meta::cursor, write.tickets->cursor()->text())
                                : saveBoard(*write.tickets);
        if (!done)
            return done;
    }
    if (const Status done = saveOutbox(write); !done)
        return done;
    if (const Status done = saveMetas(write); !done)
        return done;
    return transaction->commit();
}

Status KdsCache::saveBoard(const TicketStore &tickets)
{
    const TicketStore::Dirty &dirty = tickets.dirty();
    const Board &board = tickets.folded();
    if (dirty.whole) {
        if (const Status done = m_statements->deleteOrders.run(); !done)
            return done;
    }
    for (const QUuid &id : dirty.orders) {
        if (board.find(id))
            continue;
        m_statements->deleteOrder.bind(1, uuidText(id));
        if (const Status done = m_statements->deleteOrder.run(); !done)
            return done;
    }
    for (const OrderState *order : board.openOrders()) {
        if (!dirty.whole && !dirty.orders.contains(order->id))
            continue;
        if (const Status done = saveOrder(*order, std::nullopt); !done)
            return done;
    }
    for (const OrderState *order : board.recentOrders()) { // in the order of their ranks
        if (!dirty.whole && !dirty.orders.contains(order->id))
            continue;
        if (const Status done = saveOrder(*order, ++m_closedRank); !done)
            return done;
    }
    if (const Status done = saveMeta(meta::count, QByteArray::number(board.count())); !done)
        return done;
    if (const Status done = saveMeta(meta::digest, digestText(board.digest())); !done)
        return done;
    return saveMeta(meta::cursor, tickets.cursor() ? tickets.cursor()->text() : QByteArray());
}

Status KdsCache::saveOrder(const OrderState &order, std::optional<qint64> closedRank)
{
    Statement &upsert = m_statements->upsertOrder;
    upsert.bind(1, uuidText(order.id)).bind(3, canonicalJson(orderToJson(order)));
    if (closedRank)
        upsert.bind(2, *closedRank);
    else
        upsert.bindNull(2);
    return upsert.run();
}

Status KdsCache::saveOutbox(const CacheWrite &write)
{
    if (isPlanted(Mutant::OutboxTruncated)) {
        const Status done = m_database.exec(
            "CREATE TEMP TABLE kept AS SELECT * FROM outbox; DELETE FROM outbox; COMMIT;"
            "BEGIN IMMEDIATE; INSERT INTO outbox SELECT * FROM kept; DROP TABLE kept");
        if (!done)
            return done;
    }
    for (const OutboxEntry &entry : write.outbox) {
        Statement &upsert = m_statements->upsertEntry;
        upsert.bind(1, entry.command.n).bind(2, encode(entry.command)).bind(3, entry.orderNumber);
        if (entry.result)
            upsert.bind(4, encode(*entry.result));
        else
            upsert.bindNull(4);
        upsert.bind(5, entry.answeredEpoch);
        upsert.bind(6, static_cast<qint64>(entry.answeredAt.time_since_epoch().count()));
        upsert.bind(7, entry.dismissed ? 1 : 0);
        if (const Status done = upsert.run(); !done)
            return done;
    }
    for (const qint64 n : write.outboxDropped) {
        m_statements->deleteEntry.bind(1, n);
        if (const Status done = m_statements->deleteEntry.run(); !done)
            return done;
    }
    return saveMeta(meta::outboxNext, QByteArray::number(write.outboxNext));
}

Status KdsCache::saveMetas(const CacheWrite &write)
{
    if (write.asOf) {
        const auto ms = static_cast<qint64>(write.asOf->time_since_epoch().count());
        if (const Status done = saveMeta(meta::asOf, QByteArray::number(ms)); !done)
            return done;
    }
    if (write.settings) {
        if (const Status done = saveMeta(meta::settingsId, write.settings->id); !done)
            return done;
        const bool isForgotten = isPlanted(Mutant::SettingsByNameOnly);
        const QByteArray json = isForgotten ? QByteArray() : write.settings->json;
        if (const Status done = saveMeta(meta::settings, json); !done)
            return done;
        const QByteArray &understood = write.settings->understood;
        if (const Status done = saveMeta(meta::settingsUnderstood, understood); !done)
            return done;
    }
    return saveMeta(meta::hubOffset,
                    QByteArray::number(static_cast<qint64>(write.hubOffset.count())));
}

Status KdsCache::saveMeta(const char *key, const QByteArray &value)
{
    m_statements->upsertMeta.bind(1, QByteArray(key)).bind(2, value);
    return m_statements->upsertMeta.run();
}

} // namespace cf::kds
