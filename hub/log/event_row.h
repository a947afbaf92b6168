// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/event_log.h"

namespace cf::hub {

// How events and ids are stored: the one place that knows the event table's columns.

// For SELECT; readEvent() reads a row of exactly these.
inline constexpr const char *eventColumns =
    "pos, id, order_id, seq, type, v, at, bytes_to, chain, actor, payload";

// What a row costs beside its texts: ids, numbers, chain and keys. Counted into a gap's size.
inline constexpr qint64 eventFixedBytes = 150;

// An event ready to be bound: its texts are made once, for the row and for its size.
struct EventTexts {
    QByteArray actor;
    QByteArray payload;
    [[nodiscard]] qint64 storedBytes() const
    {
        return eventFixedBytes + actor.size() + payload.size();
    }
};
EventTexts eventTexts(const OrderEvent &event);
// Binds ?1 to ?11 in the order of eventColumns.
void bindEvent(Query &query, const LoggedEvent &logged, const EventTexts &texts, qint64 bytesTo);

// Lenient as to what the event says (a type of a newer version reads back as it was written), an
// error that names the position when the row cannot be what was written.
Result<LoggedEvent> readEvent(const Query &query);
qint64 storedBytes(const Query &query);
inline qint64 bytesTo(const Query &query)
{
    return query.integer(7);
}
inline QByteArrayView storedActor(const Query &query)
{
    return query.view(9);
}
inline QByteArrayView storedPayload(const Query &query)
{
    return query.view(10);
}

QByteArray idBlob(const QUuid &id);
QUuid idFromBlob(QByteArrayView blob); // null unless it is 16 bytes
QByteArrayView chainBlob(const ChainHash &chain);
std::optional<ChainHash> chainFromBlob(QByteArrayView blob);
// How a tracker token is looked up: by a hash, so that the time a look-up takes tells nothing.
QByteArray tokenHash(const QByteArray &token);

inline qint64 toMilliseconds(Timestamp at)
{
    return at.time_since_epoch().count();
}
inline Timestamp fromMilliseconds(qint64 ms)
{
    return Timestamp{std::chrono::milliseconds{ms}};
}

} // namespace cf::hub
