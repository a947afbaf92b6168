// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verify_walk.h"

#include "hub/log/event_row.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/order/transition.h"
#include "shared/protocol/chain.h"

#include <array>

namespace cf::hub {

void ProblemList::add(qint64 pos, const QString &what)
{
    if (!isFull())
        m_list.push_back({pos, what});
}

bool ProblemList::isFull() const
{
    return m_list.size() >= static_cast<size_t>(limits::verifyProblemsMax);
}

Status EventWalk::prepare()
{
    const QByteArray columns(eventColumns);
    const std::array list = std::to_array<Database::Preparation>({
        {&m_rows, "SELECT " + columns + " FROM event WHERE pos > ?1 ORDER BY pos LIMIT ?2"},
        {&m_orderRows, "SELECT " + columns
                           + " FROM event WHERE order_id = ?1 AND seq < ?2 "
                             "AND pos < ?3 ORDER BY seq"},
    });
    return m_db.prepareAll(list);
}

Result<bool> EventWalk::readMore()
{
    Query query(m_rows);
    query.bind(1, m_cursor).bind(2, limits::logScanEvents);
    for (int rows = 0; !m_problems.isFull(); ++rows) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return rows == limits::logScanEvents;
        check(query);
    }
    return false;
}

void EventWalk::check(const Query &query)
{
    const qint64 pos = query.integer(0);
    const qint64 expected = m_head.pos + 1;
    const bool afterHole = pos != expected;
    if (pos < 1)
        m_problems.add(pos, QStringLiteral("positions begin at 1"));
    else if (pos == expected + 1)
        m_problems.add(expected, QStringLiteral("the event is missing"));
    else if (afterHole)
        m_problems.add(expected, QStringLiteral("the events up to %1 are missing").arg(pos - 1));
    const Result<LoggedEvent> logged = readEvent(query);
    if (logged) {
        const QString wrong = wrongWith(query, *logged, afterHole);
        if (!wrong.isEmpty())
            m_problems.add(pos, wrong);
        m_head.at = logged->event.at;
        fold(logged->event);
    } else {
        // "the log is damaged at position N: ..." is for the log's users; here N is beside it.
        m_problems.add(pos, logged.error().detail.section(QStringLiteral(": "), 1));
        m_broken.insert(idFromBlob(query.view(2)));
    }
    m_cursor = pos;
    m_head.pos = pos;
    m_head.chain = chainFromBlob(query.view(8)).value_or(ChainHash{});
    m_bytesTo = bytesTo(query);
    ++m_events;
}

QString EventWalk::wrongWith(const Query &query, const LoggedEvent &logged, bool afterHole) const
{
    const OrderEvent &event = logged.event;
    const EventTexts texts = eventTexts(event);
    if (storedPayload(query) != texts.payload)
        return QStringLiteral("the payload is not as it was written");
    if (storedActor(query) != texts.actor)
        return QStringLiteral("the actor is not as it was written");
    if (afterHole)
        return {};
    if (nextChain(m_head.chain, canonicalBytes(event)) != logged.chain)
        return QStringLiteral("the chain does not match: this event was changed");
    if (event.at < m_head.at)
        return QStringLiteral("its time is before the last event's");
    if (bytesTo(query) != m_bytesTo + texts.storedBytes())
        return QStringLiteral("the running size is not the sum of the events");
    return {};
}

void EventWalk::fold(const OrderEvent &event)
{
    if (m_broken.contains(event.orderId))
        return;
    Result<OrderState> before = stateBefore(event);
    if (!before) {
        m_problems.add(event.pos, before.error().detail);
        m_broken.insert(event.orderId);
        m_orders.remove(event.orderId);
        return;
    }
    const bool isFirst = event.seq == 1;
    const bool isPlaced = event.type == EventType::OrderPlaced;
    if (isFirst)
        ++m_ordersPlaced;
    if (isFirst != isPlaced) {
        m_problems.add(event.pos, QStringLiteral("%1 at seq %2: an order begins with order_placed, "
                                                 "once")
                                      .arg(event.typeName())
                                      .arg(event.seq));
    } else if (!isFirst && event.type != EventType::Unknown
               && !isAllowed(event.type, before->status)) {
        m_problems.add(event.pos, QStringLiteral("%1 is not allowed while the order is %2")
                                      .arg(event.typeName(), orderStatusName(before->status)));
    }
    applyEvent(*before, event);
    before->id = event.orderId;
    const bool isClosed = !isOpen(before->status);
    m_orders.emplace(event.orderId, std::move(*before));
    m_recent.apply(event);
    if (isClosed && !m_recent.contains(event.orderId))
        m_orders.remove(event.orderId);
    forget();
}

Result<OrderState> EventWalk::stateBefore(const OrderEvent &event)
{
    const auto held = m_orders.constFind(event.orderId);
    if (held == m_orders.constEnd())
        return event.seq == 1 ? OrderState() : refold(event);
    if (event.seq == held->seq + 1)
        return *held;
    return Error{ErrorCode::StorageFailed, QStringLiteral("seq %1 of order %2 follows seq %3")
                                               .arg(event.seq)
                                               .arg(QString::fromLatin1(uuidText(event.orderId)))
                                               .arg(held->seq)};
}

// An order that closed long ago, which the walk no longer holds, and has come back.
Result<OrderState> EventWalk::refold(const OrderEvent &event)
{
    std::vector<OrderEvent> events;
    Query query(m_orderRows);
    query.bindBlob(1, idBlob(event.orderId)).bind(2, event.seq).bind(3, event.pos);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        Result<LoggedEvent> logged = readEvent(query);
        if (!logged)
            return logged.error();
        events.push_back(std::move(logged->event));
    }
    std::optional<OrderState> folded = foldOrder(events);
    if (!folded || folded->seq != event.seq - 1) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("seq %1 of order %2 does not follow: before it there are %3 "
                                    "events of that order")
                         .arg(event.seq)
                         .arg(QString::fromLatin1(uuidText(event.orderId)))
                         .arg(events.size())};
    }
    return std::move(*folded);
}

void EventWalk::forget()
{
    for (const QUuid &id : m_recent.takeForgotten()) {
        const auto it = m_orders.constFind(id);
        if (it != m_orders.constEnd() && !isOpen(it->status))
            m_orders.erase(it);
    }
}

} // namespace cf::hub
