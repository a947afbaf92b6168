// SPDX-License-Identifier: Apache-2.0
// How the ledger's rows are written: the one place that knows its columns' order.
#include "hub/reports/ledger.h"

#include "hub/log/event_row.h"
#include "hub/reports/search_text.h"
#include "hub/reports/totals.h"

#include <array>

namespace cf::hub {

namespace {

// Binds one column after the other.
class Row
{
public:
    explicit Row(Statement &statement) : m_query(statement) { }

    Row &add(qint64 value)
    {
        m_query.bind(++m_index, value);
        return *this;
    }
    Row &add(const QString &text)
    {
        m_query.bindString(++m_index, text);
        return *this;
    }
    Row &add(QByteArrayView utf8)
    {
        m_query.bindText(++m_index, utf8);
        return *this;
    }
    Row &addBlob(QByteArrayView bytes)
    {
        m_query.bindBlob(++m_index, bytes);
        return *this;
    }
    Row &add(Timestamp at) { return add(toMilliseconds(at)); }
    template<typename T>
    Row &add(const std::optional<T> &value)
    {
        if (value)
            return add(*value);
        m_query.bindNull(++m_index);
        return *this;
    }
    Status run() { return m_query.run(); }

private:
    Query m_query;
    int m_index = 0;
};

QByteArray placeholders(int count)
{
    return '(' + QByteArrayLiteral("?,").repeated(count - 1) + "?)";
}

std::optional<Timestamp> closedAt(const LedgerOrder &order)
{
    switch (order.state.status) {
    case OrderStatus::Completed: return order.state.completedAt;
    case OrderStatus::Cancelled: return order.state.cancelledAt;
    default: return std::nullopt;
    }
}

} // namespace

Status Ledger::prepare()
{
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.place, "SELECT pos, chain FROM place"},
        {&m_sql.setPlace, "INSERT OR REPLACE INTO place VALUES (1,?,?)"},
        {&m_sql.order, "INSERT OR REPLACE INTO orders VALUES " + placeholders(26)},
        {&m_sql.search, "INSERT OR REPLACE INTO search VALUES (?,?)"},
        {&m_sql.line, "INSERT OR REPLACE INTO lines VALUES " + placeholders(23)},
        {&m_sql.bump, "INSERT OR REPLACE INTO bumps VALUES (?,?,?,?,?,?,?,NULL)"},
        {&m_sql.recall, "INSERT OR REPLACE INTO recalls VALUES " + placeholders(9)},
        {&m_sql.recalled,
         "UPDATE bumps SET recalled_at = ?2 WHERE pos = ?1 AND recalled_at IS NULL"},
    });
    return m_db.prepareAll(list);
}

Status Ledger::writePlace(const LedgerPlace &place)
{
    return Row(m_sql.setPlace).add(place.pos).addBlob(chainBlob(place.chain)).run();
}

Status Ledger::write(const Bump &bump, qint64 openedPos)
{
    return Row(m_sql.bump)
        .add(bump.pos)
        .add(openedPos)
        .add(bump.at)
        .add(QString(actorKindName(bump.kind)))
        .add(bump.by)
        .add(qint64(bump.lines))
        .add(qint64(bump.age.count()))
        .run();
}

Status Ledger::write(const Recall &recall, qint64 openedPos)
{
    for (const qint64 pos : recall.bumps) {
        const Status noted = Row(m_sql.recalled).add(pos).add(recall.at).run();
        if (!noted)
            return noted;
    }
    return Row(m_sql.recall)
        .add(recall.pos)
        .add(openedPos)
        .add(recall.at)
        .add(QString(actorKindName(recall.kind)))
        .add(recall.by)
        .add(qint64(recall.lines))
        .add(qint64(recall.wholeOrder ? 1 : 0))
        .add(qint64(recall.wasCompleted ? 1 : 0))
        .add(recall.bumpedAt)
        .run();
}

Status Ledger::write(const LedgerOrder &order)
{
    const OrderState &state = order.state;
    Row row(m_sql.order);
    row.add(state.openedPos).addBlob(idBlob(state.id)).add(state.number);
    row.add(QByteArrayView(numberKey(state.number))).add(state.customerName);
    row.add(state.sourceName).add(state.externalId);
    row.add(state.serviceType ? QString(serviceTypeName(*state.serviceType)) : QString());
    row.add(state.table).add(state.currency).add(QString(orderStatusName(state.status)));
    row.add(qint64(state.priority ? 1 : 0)).add(itemCount(state)).add(totalOf(state));
    row.add(state.placedAt).add(state.paidAt).add(state.acceptedAt).add(state.startedAt);
    row.add(order.readyAt).add(order.completedAt).add(state.cancelledAt).add(closedAt(order));
    row.add(qint64(order.recalls)).add(state.cancelReason).add(order.cancelledBy);
    row.add(qint64(state.seq));
    Status done = row.run();
    for (size_t i = 0; i < state.lines.size(); ++i) {
        if (done)
            done = writeLine(order, i);
    }
    return done ? writeSearch(state) : done;
}

Status Ledger::writeLine(const LedgerOrder &order, size_t index)
{
    const OrderLine &line = order.state.lines[index];
    const Item &item = line.item;
    const LedgerLine &known = order.lines[index];
    Row row(m_sql.line);
    row.add(order.state.openedPos).add(qint64(index)).add(item.lineId).add(item.sku);
    row.add(item.name).add(item.category).add(item.station).add(line.movedTo);
    row.add(qint64(item.course)).add(qint64(item.quantity)).add(priceOf(item));
    row.add(QString(lineStatusName(line.status))).add(qint64(line.addedSeq));
    row.add(known.addedAt.value_or(order.state.placedAt));
    row.add(known.firedAt).add(known.startedAt).add(known.readyAt).add(known.readyPos);
    row.add(known.voidedAt).add(known.voidReason).add(known.voidedBy);
    row.add(qint64(known.wasReadyWhenVoided ? 1 : 0)).add(qint64(known.recalls));
    return row.run();
}

Status Ledger::writeSearch(const OrderState &order)
{
    return Row(m_sql.search).add(order.openedPos).add(QByteArrayView(searchText(order))).run();
}

} // namespace cf::hub
