// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/ledger.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace cf::crash {

namespace {
// As the digest spells it: 8-4-4-4-12.
QByteArray dashed(QByteArray id)
{
    for (const qsizetype dash : {8, 13, 18, 23})
        id.insert(dash, '-');
    return id;
}
} // namespace

QByteArray digestText(quint64 digest)
{
    return QByteArray::number(digest, 16).rightJustified(16, '0');
}

quint64 digestPart(const QByteArray &order, int seq)
{
    const QByteArray text = dashed(order) + ':' + QByteArray::number(seq);
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    return qFromBigEndian<quint64>(hash.constData());
}

void Ledger::append(const LogEvent &event)
{
    if (event.pos != head() + 1)
        m_findings.push_back(
            {"log: no holes in pos",
             QStringLiteral("%1 follows position %2").arg(event.text()).arg(head())});
    Order &order = m_orders[event.order];
    if (event.seq != order.seq + 1)
        m_findings.push_back(
            {"log: no holes in seq",
             QStringLiteral("%1 follows seq %2").arg(event.text()).arg(order.seq)});
    Board board = m_boards.empty() ? Board() : m_boards.back();
    if (order.isOpen) {
        board.digest -= digestPart(event.order, order.seq);
        --board.count;
    }
    order.seq = event.seq;
    if (event.type == "order_placed" || event.type == "order_recalled")
        order.isOpen = true;
    else if (event.type == "order_completed" || event.type == "order_cancelled")
        order.isOpen = false;
    if (order.isOpen) {
        board.digest += digestPart(event.order, order.seq);
        ++board.count;
    }
    m_events.push_back(event);
    m_boards.push_back(board);
}

void Ledger::sawEpoch(const QByteArray &epoch)
{
    if (!m_epoch.isEmpty() && epoch != m_epoch)
        m_findings.push_back(
            {"log: one epoch", QStringLiteral("the epoch became %1 after position %2, it was %3")
                                   .arg(QString::fromLatin1(epoch))
                                   .arg(head())
                                   .arg(QString::fromLatin1(m_epoch))});
    m_epoch = epoch;
}

void Ledger::sawHead(qint64 pos, const QByteArray &chain)
{
    if (pos != head() || chain != chainAt(head()))
        m_findings.push_back({"log: its head is its last event",
                              QStringLiteral("the log says it ends at position %1 with %2, its "
                                             "events end at %3 with %4")
                                  .arg(pos)
                                  .arg(QString::fromLatin1(chain))
                                  .arg(head())
                                  .arg(QString::fromLatin1(chainAt(head())))});
}

const LogEvent &Ledger::at(qint64 pos) const
{
    return m_events.at(static_cast<size_t>(pos - 1));
}

Ledger::Board Ledger::boardAt(qint64 pos) const
{
    return pos == 0 ? Board() : m_boards.at(static_cast<size_t>(pos - 1));
}

QByteArray Ledger::chainAt(qint64 pos) const
{
    return pos == 0 ? QByteArray(16, '0') : at(pos).chain;
}

std::vector<QByteArray> Ledger::open() const
{
    std::vector<QByteArray> open;
    for (auto it = m_orders.cbegin(); it != m_orders.cend(); ++it) {
        if (it->isOpen)
            open.push_back(it.key());
    }
    return open;
}

} // namespace cf::crash
