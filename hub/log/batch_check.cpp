// SPDX-License-Identifier: Apache-2.0
#include "hub/log/batch_check.h"

#include "shared/protocol/chain.h"

#include <QHash>

namespace cf::hub {

namespace {

struct Place {
    int seq = 0;
    qint64 pos = 0;
};

Error wrong(qint64 pos, const QString &what)
{
    return {ErrorCode::StorageFailed,
            QStringLiteral("a batch that does not follow the log was refused at position %1: %2")
                .arg(pos)
                .arg(what)};
}

Status checkOrders(QHash<QUuid, Place> places, const LogBatch &batch)
{
    for (const OrderState &order : batch.orders) {
        const auto it = places.constFind(order.id);
        if (it == places.constEnd())
            return wrong(order.pos, QStringLiteral("a folded order without an event"));
        if (it->seq != order.seq || it->pos != order.pos)
            return wrong(it->pos, QStringLiteral("the folded order is not at its last event"));
        places.erase(it);
    }
    if (!places.isEmpty())
        return wrong(places.begin()->pos, QStringLiteral("the folded order is missing"));
    return ok();
}

} // namespace

Status checkBatch(const LogHead &head, const LogBatch &batch)
{
    qint64 pos = head.pos;
    Timestamp at = head.at;
    ChainHash chain = head.chain;
    QHash<QUuid, Place> places;
    for (const LoggedEvent &logged : batch.events) {
        const OrderEvent &event = logged.event;
        if (event.pos != ++pos)
            return wrong(pos, QStringLiteral("the event says %1").arg(event.pos));
        if (event.at < at)
            return wrong(pos, QStringLiteral("time runs backwards"));
        chain = nextChain(chain, canonicalBytes(event));
        if (logged.chain != chain)
            return wrong(pos, QStringLiteral("the chain does not match the event"));
        at = event.at;
        places.insert(event.orderId, {event.seq, event.pos});
    }
    return checkOrders(std::move(places), batch);
}

} // namespace cf::hub
