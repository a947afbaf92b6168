// SPDX-License-Identifier: Apache-2.0
#include "hub/log/event_row.h"

#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QCryptographicHash>

#include <algorithm>
#include <limits>

namespace cf::hub {

namespace {

Error unreadable(qint64 pos, const QString &what)
{
    return {ErrorCode::StorageFailed,
            QStringLiteral("the log is damaged at position %1: %2").arg(pos).arg(what)};
}

bool fitsInt(qint64 value)
{
    return value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max();
}

} // namespace

EventTexts eventTexts(const OrderEvent &event)
{
    return {canonicalJson(actorToJson(event.actor, EventView::Whole)),
            canonicalJson(event.payload)};
}

void bindEvent(Query &query, const LoggedEvent &logged, const EventTexts &texts, qint64 bytesTo)
{
    const OrderEvent &event = logged.event;
    query.bind(1, event.pos)
        .bindBlob(2, idBlob(event.id))
        .bindBlob(3, idBlob(event.orderId))
        .bind(4, event.seq)
        .bindString(5, event.typeName())
        .bind(6, event.v)
        .bind(7, toMilliseconds(event.at))
        .bind(8, bytesTo)
        .bindBlob(9, chainBlob(logged.chain))
        .bindText(10, texts.actor)
        .bindText(11, texts.payload);
}

Result<LoggedEvent> readEvent(const Query &query)
{
    LoggedEvent logged;
    OrderEvent &event = logged.event;
    event.pos = query.integer(0);
    event.id = idFromBlob(query.view(1));
    event.orderId = idFromBlob(query.view(2));
    if (event.id.isNull() || event.orderId.isNull())
        return unreadable(event.pos, QStringLiteral("an id is not 16 bytes"));
    if (!fitsInt(query.integer(3)) || !fitsInt(query.integer(5)))
        return unreadable(event.pos, QStringLiteral("a number is out of range"));
    event.seq = static_cast<int>(query.integer(3));
    const QString type = query.text(4);
    event.type = eventTypeFromName(type);
    if (event.type == EventType::Unknown)
        event.unknownType = type;
    event.v = static_cast<int>(query.integer(5));
    event.at = fromMilliseconds(query.integer(6));
    const std::optional<ChainHash> chain = chainFromBlob(query.view(8));
    if (!chain)
        return unreadable(event.pos, QStringLiteral("the chain hash is not 32 bytes"));
    logged.chain = *chain;
    const Result<QJsonObject> actor = parseJsonObject(storedActor(query));
    if (!actor)
        return unreadable(event.pos, QStringLiteral("actor: ") + actor.error().detail);
    event.actor = actorFromJson(*actor);
    Result<QJsonObject> payload = parseJsonObject(storedPayload(query));
    if (!payload)
        return unreadable(event.pos, QStringLiteral("payload: ") + payload.error().detail);
    event.payload = std::move(*payload);
    return logged;
}

qint64 storedBytes(const Query &query)
{
    return eventFixedBytes + storedActor(query).size() + storedPayload(query).size();
}

QByteArray idBlob(const QUuid &id)
{
    return id.toRfc4122();
}

QUuid idFromBlob(QByteArrayView blob)
{
    return blob.size() == 16 ? QUuid::fromRfc4122(blob) : QUuid();
}

QByteArrayView chainBlob(const ChainHash &chain)
{
    return {chain.data(), static_cast<qsizetype>(chain.size())};
}

std::optional<ChainHash> chainFromBlob(QByteArrayView blob)
{
    ChainHash chain{};
    if (blob.size() != static_cast<qsizetype>(chain.size()))
        return std::nullopt;
    std::copy(blob.begin(), blob.end(), chain.begin());
    return chain;
}

QByteArray tokenHash(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

} // namespace cf::hub
