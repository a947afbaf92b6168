// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/ledger_rows.h"

#include "hub/log/event_row.h"

#include <limits>

namespace cf::hub {

namespace {

OptionalTime optional(const Query &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
}

template<typename Take>
Status forEachRow(Database &db, const QByteArray &sql, qint64 first, qint64 past, Take take)
{
    Result<Statement> statement = db.prepare(sql);
    if (!statement)
        return statement.error();
    Query query(*statement);
    query.bind(1, first).bind(2, past);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return ok();
        take(query);
    }
}

// Positions are in the order of time, so a time is a range of keys.
template<typename Take>
Status forEachOpened(Database &db, const QByteArray &sql, Timestamp from, Timestamp to, Take take)
{
    const Result<qint64> first = firstOpenedSince(db, from);
    if (!first)
        return first.error();
    const Result<qint64> past = firstOpenedSince(db, to);
    if (!past)
        return past.error();
    return forEachRow(db, sql, *first, *past, take);
}

} // namespace

Result<qint64> firstOpenedSince(Database &db, Timestamp at)
{
    Result<Statement> statement =
        db.prepare(QByteArrayLiteral("SELECT min(opened_pos) FROM orders WHERE placed_at = "
                                     "(SELECT min(placed_at) FROM orders WHERE placed_at >= ?1)"));
    if (!statement)
        return statement.error();
    Query query(*statement);
    query.bind(1, toMilliseconds(at));
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row && !query.isNull(0) ? query.integer(0) : std::numeric_limits<qint64>::max();
}

Result<qint64> ledgerPos(Database &db)
{
    return db.integer(QByteArrayLiteral("SELECT pos FROM place"));
}

Status forEachOrder(Database &db, Timestamp from, Timestamp to,
                    const std::function<void(const OrderRow &)> &take)
{
    const QByteArray sql =
        "SELECT opened_pos, source, service_type, status, cancel_reason, cancelled_by, items, "
        "total, placed_at, paid_at, accepted_at, started_at, ready_at, completed_at, cancelled_at "
        "FROM orders WHERE opened_pos >= ?1 AND opened_pos < ?2 ORDER BY opened_pos";
    return forEachOpened(db, sql, from, to, [&](const Query &row) {
        OrderRow order;
        order.openedPos = row.integer(0);
        order.source = row.view(1);
        order.serviceType = row.view(2);
        order.status = row.view(3);
        order.cancelReason = row.view(4);
        order.cancelledBy = row.view(5);
        order.items = row.integer(6);
        order.total = optional(row, 7);
        order.placedAt = row.integer(8);
        order.paidAt = optional(row, 9);
        order.acceptedAt = optional(row, 10);
        order.startedAt = optional(row, 11);
        order.readyAt = optional(row, 12);
        order.completedAt = optional(row, 13);
        order.cancelledAt = optional(row, 14);
        take(order);
    });
}

Status forEachLine(Database &db, Timestamp from, Timestamp to,
                   const std::function<void(const LineRow &)> &take)
{
    const QByteArray sql =
        "SELECT o.opened_pos, o.source, o.service_type, o.placed_at, l.sku, l.name, l.category, "
        "l.named_station, l.moved_to, l.status, l.quantity, l.price, l.fired_at, l.ready_at, "
        "l.ready_pos, l.void_reason, l.voided_by, l.was_ready "
        "FROM lines l CROSS JOIN orders o ON o.opened_pos = l.opened_pos "
        "WHERE l.opened_pos >= ?1 AND l.opened_pos < ?2 ORDER BY l.opened_pos, l.n";
    return forEachOpened(db, sql, from, to, [&](const Query &row) {
        LineRow line;
        line.order.openedPos = row.integer(0);
        line.order.source = row.view(1);
        line.order.serviceType = row.view(2);
        line.order.placedAt = row.integer(3);
        line.sku = row.view(4);
        line.name = row.view(5);
        line.category = row.view(6);
        line.namedStation = row.view(7);
        line.movedTo = row.view(8);
        line.status = row.view(9);
        line.quantity = row.integer(10);
        line.price = optional(row, 11);
        line.firedAt = optional(row, 12);
        line.readyAt = optional(row, 13);
        line.readyPos = row.integer(14);
        line.voidReason = row.view(15);
        line.voidedBy = row.view(16);
        line.wasReady = row.integer(17) != 0;
        take(line);
    });
}

Status forEachBump(Database &db, Timestamp from, Timestamp to,
                   const std::function<void(const BumpRow &)> &take)
{
    const QByteArray sql = "SELECT pos, opened_pos, at, by, lines, age, recalled_at FROM bumps "
                           "WHERE at >= ?1 AND at < ?2 ORDER BY at, pos";
    return forEachRow(db, sql, toMilliseconds(from), toMilliseconds(to), [&](const Query &row) {
        take({row.integer(0), row.integer(1), row.integer(2), row.text(3), row.integer(4),
              row.integer(5), optional(row, 6)});
    });
}

Status forEachRecall(Database &db, Timestamp from, Timestamp to,
                     const std::function<void(const RecallRow &)> &take)
{
    const QByteArray sql =
        "SELECT pos, opened_pos, at, by, lines, whole_order, was_completed, bumped_at "
        "FROM recalls WHERE at >= ?1 AND at < ?2 ORDER BY at, pos";
    return forEachRow(db, sql, toMilliseconds(from), toMilliseconds(to), [&](const Query &row) {
        take({row.integer(0), row.integer(1), row.integer(2), row.text(3), row.integer(4),
              row.integer(5) != 0, row.integer(6) != 0, row.integer(7)});
    });
}

} // namespace cf::hub
