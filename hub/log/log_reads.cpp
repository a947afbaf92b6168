// SPDX-License-Identifier: Apache-2.0
#include "hub/log/event_row.h"
#include "hub/log/log_connection.h"
#include "hub/log/settings_row.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>

// What the writing connection reads.
namespace cf::hub {

namespace {

Result<OrderState> parseState(QByteArrayView text)
{
    const Result<QJsonObject> json = parseJsonObject(text);
    Result<OrderState> order = json ? orderFromJson(*json) : Result<OrderState>(json.error());
    if (!order) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("a folded order in the log cannot be read: %1. "
                                    "`counterfirectl verify` names it")
                         .arg(order.error().detail)};
    }
    return order;
}

Result<std::vector<OrderState>> readStates(Query &query)
{
    std::vector<OrderState> orders;
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return orders;
        Result<OrderState> order = parseState(query.view(0));
        if (!order)
            return order.error();
        orders.push_back(std::move(*order));
    }
}

} // namespace

Result<std::vector<OrderState>> LogConnection::openOrders()
{
    Query query(m_sql.openOrders);
    return readStates(query);
}

Result<std::vector<OrderState>> LogConnection::recentlyClosed(int limit)
{
    Query query(m_sql.recentOrders);
    query.bind(1, limit);
    Result<std::vector<OrderState>> orders = readStates(query);
    if (orders)
        std::reverse(orders->begin(), orders->end());
    return orders;
}

Result<std::optional<OrderState>> LogConnection::order(const QUuid &orderId)
{
    {
        Query query(m_sql.orderById);
        query.bindBlob(1, idBlob(orderId));
        Result<std::vector<OrderState>> held = readStates(query);
        if (!held)
            return held.error();
        if (!held->empty())
            return std::optional(std::move(held->front()));
    }
    std::vector<OrderEvent> events;
    Query query(m_sql.orderEvents);
    query.bindBlob(1, idBlob(orderId));
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
    if (events.empty())
        return std::optional<OrderState>();
    std::optional<OrderState> folded = foldOrder(events);
    if (!folded) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("the events of order %1 do not follow each other")
                         .arg(orderId.toString(QUuid::WithoutBraces))};
    }
    return folded;
}

Result<std::optional<DayNumber>> LogConnection::dayNumber()
{
    Query query(m_sql.dayNumber);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<DayNumber>();
    return std::optional(DayNumber{query.text(0), static_cast<int>(query.integer(1))});
}

Result<Documents> LogConnection::settings()
{
    Documents documents;
    Query query(m_sql.settings);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return documents;
        Result<SettingsRecord> record = readSettings(query);
        if (!record)
            return record.error();
        const QByteArray name = record->name;
        documents.insert_or_assign(name, std::move(*record));
    }
}

Result<std::optional<CommandRecord>> LogConnection::command(const QByteArray &scope,
                                                            const QByteArray &key)
{
    Query query(m_sql.command);
    query.bindText(1, scope).bindText(2, key);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<CommandRecord>();
    return std::optional(CommandRecord{scope, key, query.bytes(0), query.bytes(1)});
}

Result<std::optional<DeviceCommandRecord>> LogConnection::deviceCommand(const QString &device,
                                                                        qint64 n)
{
    Query query(m_sql.deviceCommand);
    query.bindString(1, device).bind(2, n);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<DeviceCommandRecord>();
    return std::optional(DeviceCommandRecord{device, n, query.bytes(0), query.bytes(1)});
}

Result<qint64> LogConnection::lastDeviceCommand(const QString &device)
{
    Query query(m_sql.lastDeviceCommand);
    query.bindString(1, device);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return query.integer(0);
}

Result<std::optional<ChainHash>> LogConnection::chainAt(qint64 pos)
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

} // namespace cf::hub
