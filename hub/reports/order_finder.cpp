// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/order_finder.h"

#include "hub/log/event_row.h"
#include "hub/reports/ledger_rows.h"
#include "hub/reports/report_limits.h"
#include "hub/reports/search_text.h"
#include "shared/base/ids.h"

#include <algorithm>
#include <array>
#include <limits>

namespace cf::hub {

namespace {

constexpr const char *columns =
    "opened_pos, order_id, number, name, source, external_id, service_type, table_name, status, "
    "currency, total, items, recalls, cancel_reason, placed_at, closed_at, number_key";

FoundOrder foundOrder(const Query &row)
{
    FoundOrder order;
    order.openedPos = row.integer(0);
    order.id = idFromBlob(row.view(1));
    order.number = row.text(2);
    order.name = row.text(3);
    order.source = row.text(4);
    order.externalId = row.text(5);
    order.serviceType = row.text(6);
    order.table = row.text(7);
    order.status = row.text(8);
    order.currency = row.text(9);
    if (!row.isNull(10))
        order.total = row.integer(10);
    order.items = row.integer(11);
    order.recalls = static_cast<int>(row.integer(12));
    order.cancelReason = row.text(13);
    order.placedAt = fromMilliseconds(row.integer(14));
    if (!row.isNull(15))
        order.closedAt = fromMilliseconds(row.integer(15));
    return order;
}

bool holdsAll(QByteArrayView text, const std::vector<QByteArray> &words)
{
    return std::all_of(words.begin(), words.end(),
                       [&](const QByteArray &word) { return text.contains(word); });
}

} // namespace

OrderFinder::OrderFinder(Database &db, const OrderSearch &search)
    : m_db(db), m_search(search), m_words(searchWords(search.text)),
      m_numberKey(numberKey(search.text.left(report_limits::searchLengthMax))),
      m_source(foldedText(search.source))
{
}

// The fewest rows that can be asked for: open ones and cancelled ones have an index of their own.
bool OrderFinder::isOnlyOpen() const
{
    return !m_search.statuses.empty()
           && std::all_of(m_search.statuses.begin(), m_search.statuses.end(),
                          [](OrderStatus status) { return isOpen(status); });
}

Status OrderFinder::prepare()
{
    QByteArray which;
    if (isOnlyOpen())
        which = " AND closed_at IS NULL";
    else if (m_search.statuses == std::vector{OrderStatus::Cancelled})
        which = " AND status = 'cancelled'";
    const QByteArray select = QByteArrayLiteral("SELECT ") + columns + " FROM orders WHERE ";
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.byId, select + "order_id = ?1"},
        {&m_sql.byNumber, select
                              + "number_key = ?1 AND opened_pos >= ?2 AND opened_pos < ?3 "
                                "ORDER BY opened_pos DESC"},
        {&m_sql.texts, "SELECT opened_pos, text FROM search WHERE opened_pos >= ?1 "
                       "AND opened_pos < ?2 ORDER BY opened_pos DESC"},
        {&m_sql.one, select + "opened_pos = ?1"},
        {&m_sql.any,
         select + "opened_pos >= ?1 AND opened_pos < ?2" + which + " ORDER BY opened_pos DESC"},
    });
    return m_db.prepareAll(list);
}

// Positions are in the order of time.
Status OrderFinder::findPlaces()
{
    m_before = std::numeric_limits<qint64>::max();
    if (m_search.from) {
        const Result<qint64> first = firstOpenedSince(m_db, *m_search.from);
        if (!first)
            return first.error();
        m_first = *first;
    }
    if (m_search.to) {
        const Result<qint64> past = firstOpenedSince(m_db, *m_search.to);
        if (!past)
            return past.error();
        m_before = *past;
    }
    const Result<qint64> pos = ledgerPos(m_db);
    if (!pos)
        return pos.error();
    m_found.asOf = *pos;
    return ok();
}

Result<FoundOrders> OrderFinder::find()
{
    Status done = prepare();
    if (done)
        done = findPlaces();
    const std::optional<SearchPlace> &after = m_search.after;
    m_amongNumbers = after ? after->amongNumbers : !m_words.empty();
    if (done && m_amongNumbers)
        done = !after ? findById() : ok();
    if (done && m_amongNumbers && !m_found.next)
        done = findByNumber();
    m_amongNumbers = false;
    if (done && !m_found.next)
        done = m_words.empty() ? findAny() : findByText();
    if (!done)
        return done.error();
    return std::move(m_found);
}

Status OrderFinder::findById()
{
    const std::optional<QUuid> id = parseUuid(m_search.text.trimmed().toLower());
    if (!id)
        return ok();
    Query query(m_sql.byId);
    query.bindBlob(1, idBlob(*id));
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (*row)
        keepIfWanted(query);
    return ok();
}

Status OrderFinder::findByNumber()
{
    const bool goesOn = m_search.after && m_search.after->amongNumbers;
    Query query(m_sql.byNumber);
    query.bindText(1, m_numberKey)
        .bind(2, m_first)
        .bind(3, goesOn ? std::min(m_before, m_search.after->before) : m_before);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row || !keepIfWanted(query))
            return ok();
        if (++m_seen >= report_limits::searchOrdersMax) {
            m_found.next = SearchPlace{query.integer(0), true};
            return ok();
        }
    }
}

Status OrderFinder::findByText()
{
    const bool goesOn = m_search.after && !m_search.after->amongNumbers;
    Query query(m_sql.texts);
    query.bind(1, m_first).bind(2, goesOn ? std::min(m_before, m_search.after->before) : m_before);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return ok();
        if (++m_seen > report_limits::searchOrdersMax) {
            m_found.next = SearchPlace{query.integer(0) + 1, false};
            return ok();
        }
        if (!holdsAll(query.view(1), m_words))
            continue;
        if (Status looked = lookAt(query.integer(0)); !looked || m_found.next)
            return looked;
    }
}

Status OrderFinder::lookAt(qint64 openedPos)
{
    Query query(m_sql.one);
    query.bind(1, openedPos);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    // Those of this number were listed before the others.
    if (*row && query.view(16) != QByteArrayView(m_numberKey))
        keepIfWanted(query);
    return ok();
}

Status OrderFinder::findAny()
{
    Query query(m_sql.any);
    query.bind(1, m_first)
        .bind(2, m_search.after ? std::min(m_before, m_search.after->before) : m_before);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row || !keepIfWanted(query))
            return ok();
        if (++m_seen >= report_limits::searchOrdersMax) {
            m_found.next = SearchPlace{query.integer(0), false};
            return ok();
        }
    }
}

bool OrderFinder::isWanted(const Query &row) const
{
    const QString status = row.text(8);
    const auto &statuses = m_search.statuses;
    const bool isStatus =
        statuses.empty() || std::any_of(statuses.begin(), statuses.end(), [&](OrderStatus one) {
            return status == orderStatusName(one);
        });
    return isStatus && (m_source.isEmpty() || foldedText(row.text(4)) == m_source);
}

bool OrderFinder::keepIfWanted(const Query &row)
{
    if (!isWanted(row))
        return true;
    if (m_found.orders.size() >= static_cast<size_t>(m_search.limit)) {
        // It is the first of the next page.
        m_found.next = SearchPlace{row.integer(0) + 1, m_amongNumbers};
        return false;
    }
    m_found.orders.push_back(foundOrder(row));
    return true;
}

} // namespace cf::hub
