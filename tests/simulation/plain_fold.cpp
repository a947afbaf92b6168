// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/plain_fold.h"

#include <QCryptographicHash>

#include <vector>

namespace cf::sim {

namespace {

struct Move {
    const char *event;
    std::vector<const char *> from;
    const char *to; // null: stays
};

const std::vector<Move> &moves()
{
    static const std::vector<Move> table = {
        {"order_placed", {""}, "placed"},
        {"order_paid", {"placed"}, "paid"},
        {"order_accepted", {"paid"}, "accepted"},
        {"order_started", {"paid", "accepted"}, "in_kitchen"},
        {"order_ready", {"accepted", "in_kitchen"}, "ready"},
        {"order_completed", {"ready"}, "completed"},
        {"order_cancelled", {"placed", "paid", "accepted", "in_kitchen", "ready"}, "cancelled"},
        {"order_recalled", {"ready", "completed"}, "in_kitchen"},
    };
    return table;
}

bool isOpenStatus(const QByteArray &status)
{
    return !status.isEmpty() && status != "completed" && status != "cancelled";
}

quint64 termOf(const QUuid &orderId, int seq)
{
    const QByteArray text =
        orderId.toString(QUuid::WithoutBraces).toLatin1() + ':' + QByteArray::number(seq);
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    quint64 term = 0;
    for (int i = 0; i < 8; ++i)
        term = term * 256 + static_cast<quint8>(hash.at(i));
    return term;
}

} // namespace

void PlainFold::count(const QUuid &orderId, const Place &place, int sign)
{
    if (!isOpenStatus(place.status))
        return;
    m_openCount += sign;
    const quint64 term = termOf(orderId, place.seq);
    m_sum += sign > 0 ? term : ~term + 1;
}

QString PlainFold::apply(const OrderEvent &event)
{
    Place &place = m_orders[event.orderId];
    const QString type = event.typeName();
    QString wrong;
    if (event.seq != place.seq + 1) {
        wrong = QStringLiteral("seq %1 of order %2 follows %3")
                    .arg(event.seq)
                    .arg(event.orderId.toString(QUuid::WithoutBraces))
                    .arg(place.seq);
    }
    count(event.orderId, place, -1);
    place.seq = event.seq;
    const QByteArray before = place.status;
    bool isMove = false;
    for (const Move &move : moves()) {
        if (type != QLatin1StringView(move.event))
            continue;
        isMove = true;
        bool allowed = false;
        for (const char *from : move.from)
            allowed = allowed || before == from;
        if (!allowed && wrong.isEmpty())
            wrong = QStringLiteral("%1 out of status \"%2\"").arg(type, QString(before));
        place.status = move.to;
    }
    if (!isMove && before.isEmpty() && wrong.isEmpty())
        wrong = QStringLiteral("%1 of an order that was never placed").arg(type);
    count(event.orderId, place, +1);
    return wrong;
}

QByteArray PlainFold::digest() const
{
    return QByteArray::number(m_sum, 16).rightJustified(16, '0');
}

int PlainFold::seqOf(const QUuid &orderId) const
{
    const auto it = m_orders.find(orderId);
    return it == m_orders.end() ? 0 : it->second.seq;
}

} // namespace cf::sim
