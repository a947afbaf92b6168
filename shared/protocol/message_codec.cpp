// SPDX-License-Identifier: Apache-2.0
// Display -> hub. The other direction is hub_message_codec.cpp.
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/wire_value.h"

#include <QCryptographicHash>

namespace cf {

using wire::Key;

namespace {

QJsonObject commandJson(const DeviceCommand &message)
{
    QJsonObject json{{Key("order_id"), wire::text(uuidText(message.orderId))},
                     {Key("type"), message.type},
                     {Key("payload"), message.payload}};
    if (message.expectedSeq)
        json.insert(Key("expected_seq"), *message.expectedSeq);
    return json;
}

Error bad(const char *message, const char *field)
{
    return {ErrorCode::ValidationFailed,
            QStringLiteral("%1: bad or missing \"%2\"").arg(Key(message), Key(field)),
            {{QLatin1Char('/') + QString(Key(field)), QStringLiteral("bad or missing")}}};
}

Result<FromDisplay> decodeHello(const QJsonObject &json)
{
    Hello message;
    message.v = wire::intOf(json.value(Key("v")), 1).value_or(1);
    message.device = json.value(Key("device")).toString();
    message.name = json.value(Key("name")).toString();
    message.cursor = parseCursor(json.value(Key("cursor")).toString().toLatin1());
    message.outboxNext = wire::integerOf(json.value(Key("outbox_next")), 1).value_or(1);
    message.seen = parseCursor(json.value(Key("seen")).toString().toLatin1());
    if (json.value(Key("settings")).isString()) // longer than any: none of ours
        message.settings = json.value(Key("settings")).toString().left(32).toLatin1();
    if (json.value(Key("alarms")).isString())
        message.alarms = json.value(Key("alarms")).toString().left(32).toLatin1();
    if (message.device.isEmpty())
        return bad("hello", "device");
    return FromDisplay(message);
}

Result<FromDisplay> decodeAck(const QJsonObject &json)
{
    const auto pos = wire::integerOf(json.value(Key("pos")));
    if (!pos)
        return bad("ack", "pos");
    return FromDisplay(Ack{wire::integerOf(json.value(Key("sid"))).value_or(0), *pos,
                           json.value(Key("shown")).toBool(false)});
}

} // namespace

QByteArray encode(const Hello &message)
{
    QJsonObject json{{Key("t"), Key("hello")},
                     {Key("v"), message.v},
                     {Key("device"), message.device},
                     {Key("name"), message.name},
                     {Key("cursor"), message.cursor ? QJsonValue(wire::text(message.cursor->text()))
                                                    : QJsonValue(QJsonValue::Null)},
                     {Key("outbox_next"), message.outboxNext}};
    if (message.seen)
        json.insert(Key("seen"), wire::text(message.seen->text()));
    if (message.settings)
        json.insert(Key("settings"), wire::text(*message.settings));
    if (message.alarms)
        json.insert(Key("alarms"), wire::text(*message.alarms));
    return canonicalJson(json);
}

QByteArray encode(const Ack &message)
{
    return canonicalJson(QJsonObject{{Key("t"), Key("ack")},
                                     {Key("sid"), message.sid},
                                     {Key("pos"), message.pos},
                                     {Key("shown"), message.shown}});
}

QByteArray encode(const DeviceCommand &message)
{
    QJsonObject json = commandJson(message);
    json.insert(Key("t"), Key("cmd"));
    json.insert(Key("n"), message.n);
    if (message.madeAt)
        json.insert(Key("made_at"), wire::time(message.madeAt));
    return canonicalJson(json);
}

QByteArray commandFingerprint(const DeviceCommand &command)
{
    return QCryptographicHash::hash(canonicalJson(commandJson(command)),
                                    QCryptographicHash::Sha256);
}

Result<DeviceCommand> commandFromJson(const QJsonObject &json)
{
    DeviceCommand message;
    const auto n = wire::integerOf(json.value(Key("n")), 1);
    const auto orderId = parseUuid(json.value(Key("order_id")).toString());
    const QJsonValue payload = json.value(Key("payload"));
    const QJsonValue expectedSeq = json.value(Key("expected_seq"));
    if (!n)
        return bad("cmd", "n");
    if (!orderId)
        return bad("cmd", "order_id");
    if (!json.value(Key("type")).isString())
        return bad("cmd", "type");
    if (!payload.isObject() && !payload.isUndefined() && !payload.isNull())
        return bad("cmd", "payload");
    message.expectedSeq = wire::intOf(expectedSeq, 1);
    if (!message.expectedSeq && !expectedSeq.isUndefined() && !expectedSeq.isNull())
        return bad("cmd", "expected_seq");
    message.n = *n;
    message.orderId = *orderId;
    message.type = json.value(Key("type")).toString();
    message.payload = payload.toObject();
    message.madeAt = wire::timeOf(json.value(Key("made_at")));
    return message;
}

Result<FromDisplay> decodeFromDisplay(QByteArrayView bytes)
{
    const Result<QJsonObject> json = parseJsonObject(bytes, limits::inputDepthMax);
    if (!json)
        return json.error();
    const QString t = json->value(Key("t")).toString();
    if (t == Key("hello"))
        return decodeHello(*json);
    if (t == Key("ack"))
        return decodeAck(*json);
    if (t == Key("cmd")) {
        Result<DeviceCommand> command = commandFromJson(*json);
        return command ? FromDisplay(std::move(*command)) : Result<FromDisplay>(command.error());
    }
    return FromDisplay(UnknownMessage{t});
}

} // namespace cf
