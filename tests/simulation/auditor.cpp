// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/auditor.h"

#include "shared/protocol/json_codec.h"

namespace cf::sim {

namespace {

// More of them say nothing new.
constexpr qsizetype breachesMax = 20;

QString shortId(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces);
}

} // namespace

void Auditor::expect(bool holds, const QString &breach)
{
    if (holds || m_breaches.size() >= breachesMax)
        return;
    const qint64 at = m_agenda.now().time_since_epoch().count() - 1'000'000;
    m_breaches.append(QStringLiteral("%1 ms: %2").arg(at).arg(breach));
}

void Auditor::committing(const hub::LogBatch &batch)
{
    m_uncertain = batch.events;
}

void Auditor::committed(const hub::LogBatch &batch, const QByteArray &epoch, bool isOk)
{
    if (!isOk)
        return;
    m_uncertain.clear();
    expect(epoch == m_epoch, QStringLiteral("a commit in an epoch that nobody was told of"));
    for (const hub::LoggedEvent &logged : batch.events)
        append(logged);
    m_answers += static_cast<qint64>(batch.commands.size() + batch.deviceCommands.size());
}

void Auditor::append(const hub::LoggedEvent &logged)
{
    const OrderEvent &event = logged.event;
    expect(event.pos == head() + 1,
           QStringLiteral("position %1 follows %2").arg(event.pos).arg(head()));
    const QString wrong = m_fold.apply(event);
    expect(wrong.isEmpty(), QStringLiteral("at position %1: %2").arg(event.pos).arg(wrong));
    m_log.push_back(logged);
    m_orders[event.orderId].push_back(event);
    prove(event.pos, logged.chain);
}

void Auditor::prove(qint64 pos, const ChainHash &chain)
{
    const Cursor cursor{m_epoch, pos, chainPrefix(chain)};
    m_proofs[cursor.text()] = Proof{m_fold.digest(), m_fold.openCount(), true};
}

// The log is what it is now; what was promised beyond it is gone.
void Auditor::rebuild(const std::vector<hub::LoggedEvent> &events)
{
    for (auto &proof : m_proofs)
        proof.second.isCurrent = false;
    m_log.clear();
    m_orders.clear();
    m_fold = PlainFold();
    prove(0, ChainHash{});
    for (const hub::LoggedEvent &event : events)
        append(event);
}

void Auditor::opened(const hub::LogHead &head, const std::vector<hub::LoggedEvent> &events,
                     qint64 answers, bool mayLose, bool mustNotice)
{
    size_t same = 0;
    while (same < events.size() && same < m_log.size() && events[same].event == m_log[same].event)
        ++same;
    const qint64 lost = static_cast<qint64>(m_log.size() - same);
    expect(lost == 0 || mayLose,
           QStringLiteral("%1 committed events are gone from position %2").arg(lost).arg(same + 1));
    // What is new can only be the batch whose commit did not return.
    const bool explained = lost > 0 || events.size() == same
                           || (events.size() - same == m_uncertain.size()
                               && std::equal(m_uncertain.begin(), m_uncertain.end(),
                                             events.begin() + static_cast<qint64>(same)));
    expect(explained || mayLose || !m_isOpened,
           QStringLiteral("events after position %1 that nobody has appended").arg(same));
    expect(lost == 0 || !mustNotice || head.epoch != m_epoch,
           QStringLiteral("%1 events are gone, and the epoch is still the same").arg(lost));
    const qint64 lostAnswers = std::max<qint64>(0, m_answers - answers);
    expect(lostAnswers == 0 || mayLose,
           QStringLiteral("%1 recorded answers are gone").arg(lostAnswers));
    expect(lostAnswers == 0 || !mustNotice || head.epoch != m_epoch,
           QStringLiteral("%1 answers are gone, and the epoch is still the same").arg(lostAnswers));
    m_lostEvents += lost;
    m_lostAnswers += lostAnswers;
    m_answers = answers;
    m_uncertain.clear();
    m_isOpened = true;
    m_epoch = head.epoch;
    m_acknowledged.erase(m_acknowledged.upper_bound(static_cast<qint64>(same)),
                         m_acknowledged.end());
    rebuild(events);
    expect(
        head.pos == this->head(),
        QStringLiteral("the head says %1, the last event is %2").arg(head.pos).arg(this->head()));
}

void Auditor::epochRenewed(const QByteArray &epoch)
{
    expect(epoch != m_epoch, QStringLiteral("a new epoch that is the old one"));
    m_epoch = epoch;
    const std::vector<hub::LoggedEvent> events = m_log;
    rebuild(events);
}

Cursor Auditor::headCursor() const
{
    const ChainHash chain = m_log.empty() ? ChainHash{} : m_log.back().chain;
    return {m_epoch, head(), chainPrefix(chain)};
}

void Auditor::acknowledged(const QString &who, const QUuid &orderId, int seq, qint64 pos)
{
    ++m_acknowledgements;
    // An answer may be older than a loss: it is held against the log only if it can be found there.
    const auto at = static_cast<size_t>(pos - 1);
    const bool isThere = pos >= 1 && at < m_log.size() && m_log[at].event.orderId == orderId
                         && m_log[at].event.seq == seq;
    expect(isThere || m_lostEvents > 0,
           QStringLiteral("%1 was told of seq %2 of order %3 at position %4, which is not there")
               .arg(who)
               .arg(seq)
               .arg(shortId(orderId))
               .arg(pos));
    if (isThere)
        m_acknowledged[pos] = {orderId, seq, who};
}

Auditor::Standing Auditor::standing(const Cursor &cursor) const
{
    const auto it = m_proofs.find(cursor.text());
    if (it == m_proofs.end())
        return {};
    return {true, it->second.isCurrent && cursor.epoch == m_epoch};
}

void Auditor::checkBoard(const QString &who, const Cursor &cursor, const Board &board, bool whole)
{
    const auto it = m_proofs.find(cursor.text());
    if (it == m_proofs.end()) {
        expect(false, QStringLiteral("%1 stands at %2, where no log has ever been; the head is %3")
                          .arg(who, QString::fromLatin1(cursor.text()),
                               QString::fromLatin1(headCursor().text())));
        return;
    }
    const Proof &proof = it->second;
    expect(board.count() == proof.count && digestText(board.digest()) == proof.digest,
           QStringLiteral("%1's board at %2 has %3 orders, digest %4; the log says %5, %6")
               .arg(who)
               .arg(cursor.pos)
               .arg(board.count())
               .arg(QString::fromLatin1(digestText(board.digest())))
               .arg(proof.count)
               .arg(QString::fromLatin1(proof.digest)));
    if (whole && proof.isCurrent)
        checkWhole(who, cursor, board);
}

// Not only which orders at which seq, but every field of them.
void Auditor::checkWhole(const QString &who, const Cursor &cursor, const Board &board)
{
    for (const OrderState *order : board.openOrders()) {
        const auto events = m_orders.find(order->id);
        if (events == m_orders.end()) {
            expect(false, QStringLiteral("%1 shows order %2, which the log does not know")
                              .arg(who, shortId(order->id)));
            continue;
        }
        std::vector<OrderEvent> upTo;
        for (const OrderEvent &event : events->second) {
            if (event.pos <= cursor.pos)
                upTo.push_back(event);
        }
        const std::optional<OrderState> folded = foldOrder(upTo);
        // As the stream shows it: without what stays in the log.
        expect(folded && orderToJson(*folded) == orderToJson(*order),
               QStringLiteral("%1's order %2 at %3 is not its events folded")
                   .arg(who, order->number)
                   .arg(cursor.pos));
    }
}

} // namespace cf::sim
