// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"

#include "hub/log/event_row.h"
#include "hub/log/schema.h"
#include "hub/log/settings_row.h"
#include "shared/order/board.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"

#include <array>

namespace cf::hub {

Result<std::unique_ptr<SqliteEventReader>> SqliteEventReader::open(const QString &path)
{
    if (!Database::exists(path))
        return Error{ErrorCode::NotFound, QStringLiteral("there is no log at %1").arg(path)};
    Result<Database> db = Database::open(path, Database::Mode::Read);
    if (!db)
        return db.error();
    Status usable = checkSchema(*db);
    if (!usable) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1: %2").arg(path, usable.error().detail)};
    }
    std::unique_ptr<SqliteEventReader> reader(new SqliteEventReader(std::move(*db)));
    Status prepared = reader->prepare();
    if (!prepared)
        return prepared.error();
    return reader;
}

Status SqliteEventReader::prepare()
{
    const QByteArray columns(eventColumns);
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.events,
         "SELECT " + columns + " FROM event WHERE pos > ?1 AND pos <= ?2 ORDER BY pos LIMIT ?3"},
        {&m_sql.chainAt, "SELECT chain FROM event WHERE pos = ?1"},
        {&m_sql.bytesTo, "SELECT bytes_to FROM event WHERE pos = ?1"},
        {&m_sql.orderEvents,
         "SELECT " + columns + " FROM event WHERE order_id = ?1 AND seq > ?2 ORDER BY seq"},
        {&m_sql.orderForToken, "SELECT order_id FROM tracker WHERE token_hash = ?1"},
        {&m_sql.tokenForOrder, "SELECT token FROM tracker WHERE order_id = ?1"},
        {&m_sql.lastDeviceCommand,
         "SELECT coalesce(max(n), 0) FROM device_command WHERE device = ?1"},
        {&m_sql.timeAt, "SELECT at FROM event WHERE pos = ?1"},
        {&m_sql.lastPos, "SELECT coalesce(max(pos), 0) FROM event"},
        {&m_sql.counts,
         "SELECT type, count(*) FROM event WHERE pos >= ?1 GROUP BY type ORDER BY type"},
        {&m_sql.head, "SELECT m.epoch, m.head_pos, m.head_chain, coalesce(e.at, 0) FROM meta m "
                      "LEFT JOIN event e ON e.pos = m.head_pos"},
        {&m_sql.restaurant, "SELECT restaurant_id FROM meta"},
        {&m_sql.openPlaces, "SELECT order_id, seq FROM order_state WHERE closed_pos IS NULL"},
        {&m_sql.settingsAt, "SELECT " + QByteArray(settingsColumns)
                                + " FROM document WHERE name = ?1 AND at <= ?2"
                                  " ORDER BY rev DESC LIMIT 1"},
        {&m_sql.epochs, "SELECT epoch, pos, at, why FROM epoch_history ORDER BY n DESC LIMIT ?1"},
        {&m_sql.placed, "SELECT order_id, payload FROM event WHERE type = ?1 "
                        "AND instr(payload, ?2) > 0 ORDER BY pos DESC"},
        {&m_sql.settings, "SELECT " + QByteArray(settingsColumns)
                              + " FROM document WHERE name = ?1 AND rev < ?2"
                                " ORDER BY rev DESC LIMIT ?3"},
    });
    return m_db.prepareAll(list);
}

Result<std::vector<LoggedEvent>> SqliteEventReader::events(qint64 after, qint64 upTo, int limit,
                                                           qint64 bytesMax)
{
    std::vector<LoggedEvent> events;
    qint64 bytes = 0;
    Query query(m_sql.events);
    query.bind(1, after).bind(2, upTo).bind(3, limit);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return events;
        bytes += storedBytes(query);
        if (bytes > bytesMax && !events.empty())
            return events;
        Result<LoggedEvent> logged = readEvent(query);
        if (!logged)
            return logged.error();
        events.push_back(std::move(*logged));
    }
}

Result<std::optional<ChainHash>> SqliteEventReader::chainAt(qint64 pos)
{
    if (pos == 0)
        return std::optional(ChainHash{});
    Query query(m_sql.chainAt);
    query.bind(1, pos);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? chainFromBlob(query.view(0)) : std::nullopt;
}

Result<qint64> SqliteEventReader::bytesTo(qint64 pos)
{
    if (pos <= 0)
        return qint64(0);
    Query query(m_sql.bytesTo);
    query.bind(1, pos);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (!*row) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("the log has no position %1").arg(pos)};
    }
    return query.integer(0);
}

Result<qint64> SqliteEventReader::gapBytes(qint64 after, qint64 upTo)
{
    if (upTo <= after)
        return qint64(0);
    const Result<qint64> low = bytesTo(after);
    if (!low)
        return low.error();
    const Result<qint64> high = bytesTo(upTo);
    return high ? Result<qint64>(*high - *low) : high;
}

Result<std::vector<OrderEvent>> SqliteEventReader::orderEvents(const QUuid &orderId, int afterSeq)
{
    std::vector<OrderEvent> events;
    Query query(m_sql.orderEvents);
    query.bindBlob(1, idBlob(orderId)).bind(2, afterSeq);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return events;
        Result<LoggedEvent> logged = readEvent(query);
        if (!logged)
            return logged.error();
        events.push_back(std::move(logged->event));
    }
}

Result<std::optional<QUuid>> SqliteEventReader::orderForTracker(const QByteArray &token)
{
    Query query(m_sql.orderForToken);
    query.bindBlob(1, tokenHash(token));
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? std::optional(idFromBlob(query.view(0))) : std::nullopt;
}

Result<std::optional<QByteArray>> SqliteEventReader::trackerForOrder(const QUuid &orderId)
{
    Query query(m_sql.tokenForOrder);
    query.bindBlob(1, idBlob(orderId));
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? std::optional(query.bytes(0)) : std::nullopt;
}

Result<qint64> SqliteEventReader::lastDeviceCommand(const QString &device)
{
    Query query(m_sql.lastDeviceCommand);
    query.bindString(1, device);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return query.integer(0);
}

Result<qint64> SqliteEventReader::firstSince(Timestamp since)
{
    qint64 low = 1;
    qint64 high = 1;
    {
        Query query(m_sql.lastPos);
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        high = query.integer(0) + 1;
    }
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        Query query(m_sql.timeAt);
        query.bind(1, middle);
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (*row && fromMilliseconds(query.integer(0)) < since)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<std::vector<std::pair<QString, qint64>>> SqliteEventReader::countsSince(Timestamp since)
{
    const Result<qint64> first = firstSince(since);
    if (!first)
        return first.error();
    std::vector<std::pair<QString, qint64>> counts;
    Query query(m_sql.counts);
    query.bind(1, *first);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return counts;
        counts.emplace_back(query.text(0), query.integer(1));
    }
}

Result<std::vector<SettingsRecord>> SqliteEventReader::settingsHistory(const QByteArray &name,
                                                                       qint64 before, int limit)
{
    std::vector<SettingsRecord> history;
    Query query(m_sql.settings);
    query.bindText(1, name).bind(2, before).bind(3, limit);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return history;
        Result<SettingsRecord> record = readSettings(query);
        if (!record)
            return record.error();
        history.push_back(std::move(*record));
    }
}

Result<LogHead> SqliteEventReader::head()
{
    Query query(m_sql.head);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    const std::optional<ChainHash> chain = *row ? chainFromBlob(query.view(2)) : std::nullopt;
    if (!chain) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("the log's own record of its head is missing")};
    }
    return LogHead{query.bytes(0), query.integer(1), *chain, fromMilliseconds(query.integer(3))};
}

Result<QString> SqliteEventReader::restaurantId()
{
    Query query(m_sql.restaurant);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? query.text(0) : QString();
}

Result<TableDigest> SqliteEventReader::tableDigest()
{
    // One snapshot for the position and the places, even when there is no open order.
    Transaction snapshot(m_db);
    Status begun = snapshot.begin(Transaction::Kind::Read);
    if (!begun)
        return begun.error();
    const Result<LogHead> at = head();
    if (!at)
        return at.error();
    TableDigest table;
    table.pos = at->pos;
    quint64 digest = 0;
    Query query(m_sql.openPlaces);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        digest += digestTerm(idFromBlob(query.view(0)), static_cast<int>(query.integer(1)));
        ++table.count;
    }
    table.digest = digestText(digest);
    return table;
}

Result<std::vector<QUuid>> SqliteEventReader::ordersByNumber(const QString &number, int limit)
{
    // The quoted number anywhere in the payload is a cheap sieve; the payload's reader decides.
    QByteArray quoted;
    appendCanonicalString(quoted, number);
    std::vector<QUuid> orders;
    Query query(m_sql.placed);
    query.bindString(1, eventTypeName(EventType::OrderPlaced)).bindText(2, quoted);
    while (orders.size() < static_cast<size_t>(limit)) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        const Result<QJsonObject> payload = parseJsonObject(query.view(1));
        OrderState order;
        if (payload)
            readPlaced(*payload, order);
        if (payload && order.number == number)
            orders.push_back(idFromBlob(query.view(0)));
    }
    return orders;
}

} // namespace cf::hub
