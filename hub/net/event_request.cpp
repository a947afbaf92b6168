// SPDX-License-Identifier: Apache-2.0
#include "hub/net/event_request.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/wire_value.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cmath>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

QByteArray fingerprintOf(const QJsonObject &body)
{
    return QCryptographicHash::hash(canonicalJson(body), QCryptographicHash::Sha256);
}

Error invalid(const QString &pointer, const QString &detail)
{
    return {ErrorCode::ValidationFailed,
            QStringLiteral("%1: %2").arg(pointer, detail),
            {{pointer, detail}}};
}

bool isKey(const QByteArray &key)
{
    return key.size() <= limits::keyLengthMax
           && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
}

// What a body may call itself. JSON; from a program also nothing, or the form type that curl gives
// every body it is not told about. A browser names its Origin and must say JSON, which no form and
// no other site's script can do without asking this hub first.
bool isJsonType(const HttpRequest &request)
{
    const QByteArray header = request.header("content-type").toLower();
    const QByteArray type = header.split(';').first().trimmed();
    if (type == "application/json" || (type.startsWith("application/") && type.endsWith("+json")))
        return true;
    return request.header("origin").isEmpty()
           && (type.isEmpty() || type == "application/x-www-form-urlencoded");
}

Result<std::optional<int>> optionalSeq(const QJsonObject &body)
{
    const QJsonValue value = body.value(L1("expected_seq"));
    if (value.isUndefined() || value.isNull())
        return std::optional<int>();
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 0 || number > limits::eventsPerOrderMax
        || std::floor(number) != number)
        return invalid(QStringLiteral("/expected_seq"), QStringLiteral("must be a whole number"));
    return std::optional<int>(static_cast<int>(number));
}

Result<QByteArray> commandId(const QJsonObject &body)
{
    const QJsonValue value = body.value(L1("command_id"));
    if (value.isUndefined() || value.isNull())
        return QByteArray();
    const QByteArray id = value.toString().toUtf8();
    if (!value.isString() || id.isEmpty() || id.size() > limits::keyLengthMax)
        return invalid(
            QStringLiteral("/command_id"),
            QStringLiteral("must be a string of 1 to %1 bytes").arg(limits::keyLengthMax));
    return id;
}

Result<Command> parseCommand(const QUuid &orderId, const QJsonObject &body)
{
    Command command;
    command.orderId = orderId;
    command.type = eventTypeFromName(body.value(L1("type")).toString());
    if (command.type == EventType::Unknown)
        return invalid(QStringLiteral("/type"), QStringLiteral("must be the name of an event"));
    const QJsonValue payload = body.value(L1("payload"));
    if (!payload.isUndefined() && !payload.isNull() && !payload.isObject())
        return invalid(QStringLiteral("/payload"), QStringLiteral("must be an object"));
    Result<QJsonObject> checked = validatePayload(command.type, payload.toObject());
    if (!checked)
        return checked.error();
    command.payload = std::move(*checked);
    const Result<std::optional<int>> seq = optionalSeq(body);
    if (!seq)
        return seq.error();
    command.expectedSeq = *seq;
    return command;
}

} // namespace

Result<QJsonObject> bodyObject(const HttpRequest &request)
{
    if (!isJsonType(request))
        return Error{ErrorCode::UnsupportedMediaType,
                     QStringLiteral("send Content-Type: application/json")};
    return parseJsonObject(request.body, limits::inputDepthMax);
}

Result<PlaceOrder> parsePlaceOrder(const HttpRequest &request)
{
    const Result<QJsonObject> body = bodyObject(request);
    if (!body)
        return body.error();
    PlaceOrder place;
    place.idempotencyKey = request.header("idempotency-key");
    if (request.headerCount("idempotency-key") > 1 || !isKey(place.idempotencyKey))
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("Idempotency-Key must be one word of at most %1 characters")
                         .arg(limits::keyLengthMax)};
    Result<OrderRequest> order = parseOrderRequest(*body);
    if (!order)
        return order.error();
    place.request = std::move(*order);
    place.fingerprint = fingerprintOf(*body);
    return place;
}

Result<AppendEvent> parseAppendEvent(const QUuid &orderId, const QJsonObject &body)
{
    Result<Command> command = parseCommand(orderId, body);
    if (!command)
        return command.error();
    Result<QByteArray> id = commandId(body);
    if (!id)
        return id.error();
    AppendEvent append;
    append.command = std::move(*command);
    append.commandId = std::move(*id);
    append.fingerprint = fingerprintOf(body);
    return append;
}

Result<std::optional<DisplayCommand>> parseDisplayCommand(const QUuid &orderId,
                                                          const QJsonObject &body)
{
    const QJsonValue device = body.value(L1("device"));
    const QJsonValue n = body.value(L1("n"));
    const auto isNone = [](const QJsonValue &value) {
        return value.isUndefined() || value.isNull();
    };
    if (isNone(device) && isNone(n))
        return std::optional<DisplayCommand>();
    const QString name = device.toString();
    if (name.isEmpty() || name.size() > limits::deviceIdLengthMax)
        return invalid(
            QStringLiteral("/device"),
            QStringLiteral("must have 1 to %1 characters").arg(limits::deviceIdLengthMax));
    QJsonObject json = body;
    json.insert(L1("order_id"), QString::fromLatin1(uuidText(orderId)));
    Result<DeviceCommand> command = commandFromJson(json);
    if (!command)
        return command.error();
    const QJsonValue after = body.value(L1("after"));
    const auto answered = isNone(after) ? std::optional<qint64>(0) : wire::integerOf(after, 0);
    if (!answered || *answered >= command->n)
        return invalid(QStringLiteral("/after"), QStringLiteral("must be a number below /n"));
    return std::optional(DisplayCommand{name, std::move(*command), *answered});
}

Result<Actor> actingDisplay(const Caller &caller, const HttpRequest &request,
                            const QJsonObject &body)
{
    if (!isPermitted(Permission::Kitchen, caller))
        return Error{ErrorCode::Forbidden, QStringLiteral("this token is not a display's")};
    const QJsonValue named = body.value(L1("actor"));
    if (!named.isUndefined() && !named.isNull())
        return invalid(QStringLiteral("/actor"), QStringLiteral("a display acts as itself"));
    const QString name = body.value(L1("name")).toString();
    if (name.size() > limits::deviceNameLengthMax)
        return invalid(
            QStringLiteral("/name"),
            QStringLiteral("must have at most %1 characters").arg(limits::deviceNameLengthMax));
    Actor actor = actorOf(caller, request);
    actor.kind = ActorKind::Kitchen;
    actor.id = name.isEmpty() ? body.value(L1("device")).toString() : name;
    return actor;
}

Result<Actor> actingAs(const Caller &caller, const HttpRequest &request, const QJsonObject &body)
{
    Actor actor = actorOf(caller, request);
    const QJsonValue named = body.value(L1("actor"));
    if (named.isUndefined() || named.isNull())
        return actor;
    if (caller.role != Role::Manager)
        return Error{ErrorCode::Forbidden, QStringLiteral("only a manager may act as another")};
    const std::optional<ActorKind> kind =
        actorKindFromName(named.toObject().value(L1("kind")).toString());
    if (!kind || *kind == ActorKind::System)
        return invalid(QStringLiteral("/actor/kind"),
                       QStringLiteral("must be customer, kitchen, manager or integration"));
    const QString id = named.toObject().value(L1("id")).toString();
    if (id.isEmpty() || id.size() > limits::nameLengthMax)
        return invalid(QStringLiteral("/actor/id"),
                       QStringLiteral("must have 1 to %1 characters").arg(limits::nameLengthMax));
    actor.kind = *kind;
    actor.id = id;
    return actor;
}

} // namespace cf::hub
