// SPDX-License-Identifier: Apache-2.0
#include "hub/order/answers.h"

#include "hub/settings/documents.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

using L1 = QLatin1StringView;

Answer refusal(Error error, const OrderState *order)
{
    Answer answer;
    answer.outcome = Outcome::Refused;
    answer.error = std::move(error);
    if (order)
        answer.current = currentOf(*order);
    return answer;
}

Answer storageRefusal()
{
    return refusal(
        {ErrorCode::StorageFailed, QStringLiteral("the log could not be used; nothing was kept")});
}

Answer replay(const CommandRecord &record)
{
    Answer answer;
    answer.outcome = Outcome::Replayed;
    answer.body = record.answer;
    return answer;
}

Answer replayOrMismatch(const CommandRecord &record, const QByteArray &fingerprint)
{
    if (record.fingerprint == fingerprint)
        return replay(record);
    return refusal({ErrorCode::IdempotencyMismatch,
                    QStringLiteral("the same key was seen before with another request")});
}

CurrentState currentOf(const OrderState &order)
{
    return {order.status, order.seq};
}

namespace {

void putState(QJsonObject &body, const OrderState &order)
{
    body.insert(L1("status"), orderStatusName(order.status));
    body.insert(L1("seq"), order.seq);
    body.insert(L1("pos"), order.pos);
}

} // namespace

QByteArray placedBody(const OrderState &order, const QByteArray &trackerToken)
{
    const QString token = QString::fromLatin1(trackerToken);
    QJsonObject body;
    body.insert(L1("order_id"), QString::fromLatin1(uuidText(order.id)));
    body.insert(L1("number"), order.number);
    body.insert(L1("tracker_token"), token);
    body.insert(L1("tracker_url"), QStringLiteral("/t/") + token);
    putState(body, order);
    return canonicalJson(body);
}

QByteArray appendedBody(const OrderEvent &event, const OrderState &after)
{
    QJsonObject body;
    body.insert(L1("event"), eventToJson(event, EventView::Stream));
    putState(body, after);
    return canonicalJson(body);
}

QByteArray settingsBody(const SettingsRecord &settings)
{
    return "{\"id\":\"" + contentId(settings.body)
           + "\",\"rev\":" + QByteArray::number(settings.rev) + ",\"settings\":"
           + (settings.rev > 0 ? settings.body : unsaidDocument(settings.name)) + '}';
}

} // namespace cf::hub
