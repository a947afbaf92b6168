// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/wire_value.h"

namespace cf {

using wire::Key;

QJsonObject actorToJson(const Actor &actor, EventView view)
{
    QJsonObject json{{Key("kind"), actorKindName(actor.kind)}, {Key("id"), actor.id}};
    if (view == EventView::Whole && !actor.address.isEmpty())
        json.insert(Key("address"), actor.address);
    if (view == EventView::Whole && !actor.userAgent.isEmpty())
        json.insert(Key("user_agent"), actor.userAgent);
    return json;
}

Actor actorFromJson(const QJsonObject &json)
{
    Actor actor;
    actor.kind = actorKindFromName(json.value(Key("kind")).toString()).value_or(ActorKind::System);
    actor.id = json.value(Key("id")).toString();
    actor.address = json.value(Key("address")).toString();
    actor.userAgent = json.value(Key("user_agent")).toString();
    return actor;
}

QJsonObject eventToJson(const OrderEvent &event, EventView view)
{
    return {{Key("pos"), event.pos},
            {Key("id"), wire::text(uuidText(event.id))},
            {Key("order_id"), wire::text(uuidText(event.orderId))},
            {Key("seq"), event.seq},
            {Key("type"), event.typeName()},
            {Key("v"), event.v},
            {Key("at"), wire::time(event.at)},
            {Key("actor"), actorToJson(event.actor, view)},
            {Key("payload"), event.payload}};
}

Result<OrderEvent> eventFromJson(const QJsonObject &json)
{
    const auto bad = [](const char *field) {
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("event: bad or missing \"%1\"").arg(Key(field))};
    };
    OrderEvent event;
    const auto pos = wire::integerOf(json.value(Key("pos")), 1);
    const auto id = parseUuid(json.value(Key("id")).toString());
    const auto orderId = parseUuid(json.value(Key("order_id")).toString());
    const auto seq = wire::intOf(json.value(Key("seq")), 1);
    const auto at = wire::timeOf(json.value(Key("at")));
    const QString type = json.value(Key("type")).toString();
    if (!pos)
        return bad("pos");
    if (!id)
        return bad("id");
    if (!orderId)
        return bad("order_id");
    if (!seq)
        return bad("seq");
    if (!at)
        return bad("at");
    if (type.isEmpty())
        return bad("type");
    event.pos = *pos;
    event.id = *id;
    event.orderId = *orderId;
    event.seq = *seq;
    event.at = *at;
    event.type = eventTypeFromName(type);
    if (event.type == EventType::Unknown)
        event.unknownType = type;
    event.v = wire::intOf(json.value(Key("v")), 1).value_or(1);
    event.actor = actorFromJson(json.value(Key("actor")).toObject());
    event.payload = json.value(Key("payload")).toObject();
    return event;
}

QByteArray encodeStreamEvent(const OrderEvent &event, const OrderState *whole)
{
    QJsonObject json = eventToJson(event, EventView::Stream);
    if (whole)
        json.insert(Key("order"), orderToJson(*whole));
    return canonicalJson(json);
}

} // namespace cf
