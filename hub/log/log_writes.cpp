// SPDX-License-Identifier: Apache-2.0
#include "hub/log/event_row.h"
#include "hub/log/log_connection.h"
#include "shared/base/mutant.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>

// What one transaction writes, table by table.
namespace cf::hub {

Status LogConnection::insertEvents(const std::vector<LoggedEvent> &events, qint64 &bytesUpTo)
{
    for (const LoggedEvent &logged : events) {
        const EventTexts texts = eventTexts(logged.event);
        bytesUpTo += texts.storedBytes();
        Query query(m_sql.insertEvent);
        bindEvent(query, logged, texts, bytesUpTo);
        Status done = query.run();
        if (!done)
            return done;
    }
    return ok();
}

Status LogConnection::putOrders(const std::vector<OrderState> &orders, const RecentOrders &recent,
                                const std::vector<QUuid> &forgotten)
{
    for (const OrderState &order : orders) {
        const bool isRecent = !isOpen(order.status);
        if ((isRecent && isPlanted(Mutant::ClosedOrderKept))
            || (order.seq > 2 && isPlanted(Mutant::OpenOrderNotWritten)))
            continue;
        Status done = isRecent && !recent.contains(order.id) ? deleteOrder(order.id)
                                                             : putOrder(order, isRecent);
        if (!done)
            return done;
    }
    for (const QUuid &id : forgotten) {
        // It may have been recalled, or closed again, since it fell out.
        const bool isBack = recent.contains(id)
                            || std::any_of(orders.begin(), orders.end(),
                                           [&](const OrderState &o) { return o.id == id; });
        Status done = isBack ? ok() : deleteOrder(id);
        if (!done)
            return done;
    }
    return ok();
}

Status LogConnection::putOrder(const OrderState &order, bool isRecent)
{
    Query query(m_sql.putOrder);
    query.bind(1, order.openedPos).bindBlob(2, idBlob(order.id));
    if (isRecent)
        query.bind(3, order.pos);
    else
        query.bindNull(3);
    query.bind(4, order.seq).bind(5, order.pos).bindText(6, canonicalJson(orderToJson(order)));
    Status done = query.run();
    if (done && sqlite3_changes(m_db.handle()) != 1) {
        return Error{
            ErrorCode::StorageFailed,
            QStringLiteral("two orders claim to be opened at position %1").arg(order.openedPos)};
    }
    return done;
}

Status LogConnection::deleteOrder(const QUuid &orderId)
{
    Query query(m_sql.deleteOrder);
    query.bindBlob(1, idBlob(orderId));
    return query.run();
}

Status LogConnection::insertRecords(const LogBatch &batch, qint64 headPos, RecordTally &records)
{
    Status done = ok();
    for (const CommandRecord &record : batch.commands) {
        if (isPlanted(Mutant::CommandNotRecorded))
            break;
        Query query(m_sql.putCommand);
        query.bindText(1, record.scope).bindText(2, record.key).bindBlob(3, record.fingerprint);
        query.bindText(4, record.answer).bind(5, headPos);
        if (done)
            done = query.run();
        records.add(record, headPos);
    }
    for (const DeviceCommandRecord &record : batch.deviceCommands) {
        if (isPlanted(Mutant::DeviceNotRecorded))
            break;
        Query query(m_sql.putDeviceCommand);
        query.bindString(1, record.device).bind(2, record.n).bindBlob(3, record.fingerprint);
        query.bindText(4, record.answer).bind(5, headPos);
        if (done)
            done = query.run();
        records.add(record, headPos);
    }
    for (const TrackerRecord &record : batch.trackers) {
        Query query(m_sql.putTracker);
        query.bindBlob(1, tokenHash(record.token)).bindText(2, record.token);
        query.bindBlob(3, idBlob(record.orderId));
        if (done)
            done = query.run();
    }
    if (done && batch.dayNumber) {
        Query query(m_sql.putDayNumber);
        query.bindString(1, batch.dayNumber->day).bind(2, batch.dayNumber->last);
        done = query.run();
    }
    return done;
}

Status LogConnection::insertSettings(const SettingsRecord &settings)
{
    Query query(m_sql.putSettings);
    query.bindText(1, settings.name).bind(2, settings.rev).bind(3, toMilliseconds(settings.at));
    query.bindText(4, canonicalJson(actorToJson(settings.actor, EventView::Whole)));
    query.bindText(5, settings.body);
    return query.run();
}

Status LogConnection::setHead(qint64 pos, const ChainHash &chain, const RecordTally &records)
{
    Query query(m_sql.setHead);
    query.bind(1, pos).bindBlob(2, chainBlob(chain));
    query.bind(3, records.count).bind(4, static_cast<qint64>(records.digest));
    return query.run();
}

Status LogConnection::setEpoch(const QByteArray &epoch, qint64 pos, Timestamp at,
                               const QString &why)
{
    {
        Query query(m_sql.setEpoch);
        query.bindText(1, epoch);
        Status done = query.run();
        if (!done)
            return done;
    }
    Query query(m_sql.putEpoch);
    query.bindText(1, epoch).bind(2, pos).bind(3, toMilliseconds(at)).bindString(4, why);
    return query.run();
}

} // namespace cf::hub
