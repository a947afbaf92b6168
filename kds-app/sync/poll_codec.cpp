// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/poll_codec.h"

#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/wire_value.h"

#include <QJsonArray>

namespace cf {

using wire::Key;

namespace {

Error bad(const char *key)
{
    return {ErrorCode::ValidationFailed,
            QStringLiteral("poll: bad or missing \"%1\"").arg(Key(key))};
}

Result<std::vector<OrderState>> readOrders(const QJsonObject &json, const char *key)
{
    std::vector<OrderState> orders;
    if (!json.value(Key(key)).isArray())
        return bad(key);
    for (const QJsonValue &entry : json.value(Key(key)).toArray()) {
        Result<OrderState> order = orderFromJson(entry.toObject());
        if (!order)
            return order.error();
        orders.push_back(std::move(*order));
    }
    return orders;
}

Result<StreamEvent> readStreamEvent(const QJsonObject &json)
{
    Result<OrderEvent> event = eventFromJson(json);
    if (!event)
        return event.error();
    StreamEvent streamed;
    streamed.event = std::move(*event);
    if (!json.value(Key("order")).isObject())
        return streamed;
    Result<OrderState> order = orderFromJson(json.value(Key("order")).toObject());
    if (!order)
        return order.error();
    streamed.order = std::move(*order);
    return streamed;
}

// What page and snapshot have in common.
template<typename Answer>
Status readPlace(const QJsonObject &json, Answer &into)
{
    const auto cursor = parseCursor(json.value(Key("cursor")).toString().toLatin1());
    if (!cursor)
        return bad("cursor");
    const auto count = wire::intOf(json.value(Key("count")));
    if (!count)
        return bad("count");
    into.cursor = *cursor;
    into.count = *count;
    into.digest = json.value(Key("digest")).toString().toLatin1();
    into.outboxLast = wire::integerOf(json.value(Key("outbox_last")));
    return into.digest.size() == 16 && isLowerHex(into.digest) ? ok() : bad("digest");
}

} // namespace

Result<PollPage> decodePollPage(QByteArrayView bytes)
{
    const Result<QJsonObject> json = parseJsonObject(bytes);
    if (!json)
        return json.error();
    PollPage page;
    if (const Status place = readPlace(*json, page); !place)
        return place.error();
    if (!json->value(Key("events")).isArray())
        return bad("events");
    for (const QJsonValue &entry : json->value(Key("events")).toArray()) {
        Result<StreamEvent> event = readStreamEvent(entry.toObject());
        if (!event)
            return event.error();
        page.events.push_back(std::move(*event));
    }
    page.more = json->value(Key("more")).toBool();
    if (json->value(Key("settings")).isObject()) {
        Result<SettingsMessage> settings =
            settingsMessageFromJson(json->value(Key("settings")).toObject());
        if (!settings)
            return settings.error();
        page.settings = std::move(*settings);
    }
    if (json->value(Key("alarms")).isObject()) {
        Result<AlarmsMessage> alarms = alarmsMessageFromJson(json->value(Key("alarms")).toObject());
        if (!alarms)
            return alarms.error();
        page.alarms = std::move(*alarms);
    }
    return page;
}

Result<PollSnapshot> decodePollSnapshot(QByteArrayView bytes)
{
    const Result<QJsonObject> json = parseJsonObject(bytes);
    if (!json)
        return json.error();
    PollSnapshot snapshot;
    if (const Status place = readPlace(*json, snapshot); !place)
        return place.error();
    Result<std::vector<OrderState>> orders = readOrders(*json, "orders");
    if (!orders)
        return orders.error();
    Result<std::vector<OrderState>> recent = readOrders(*json, "recent");
    if (!recent)
        return recent.error();
    snapshot.orders = std::move(*orders);
    snapshot.recent = std::move(*recent);
    return snapshot;
}

QByteArray encodeEventRequest(const DeviceCommand &command, const QString &device,
                              const QString &name, qint64 after)
{
    QJsonObject json{{Key("type"), command.type},
                     {Key("payload"), command.payload},
                     {Key("device"), device},
                     {Key("n"), command.n},
                     {Key("command_id"), QStringLiteral("%1-%2").arg(device).arg(command.n)}};
    if (!name.isEmpty())
        json.insert(Key("name"), name);
    if (command.expectedSeq)
        json.insert(Key("expected_seq"), *command.expectedSeq);
    if (after > 0)
        json.insert(Key("after"), after);
    return canonicalJson(json);
}

bool saysCommandsMissing(int httpStatus, QByteArrayView bytes)
{
    if (httpStatus != 409)
        return false;
    const Result<QJsonObject> json = parseJsonObject(bytes);
    return json && json->value(Key("code")).toString() == errorCodeName(ErrorCode::CommandsMissing);
}

std::optional<CommandResult> decodeEventResult(qint64 n, QByteArrayView bytes)
{
    const Result<QJsonObject> json = parseJsonObject(bytes);
    if (!json || !json->value(Key("res")).isObject())
        return std::nullopt;
    Result<CommandResult> result = resultFromJson(json->value(Key("res")).toObject());
    return result && result->n == n ? std::optional(std::move(*result)) : std::nullopt;
}

CommandResult decodeEventAnswer(qint64 n, bool isAccepted, QByteArrayView bytes)
{
    const Result<QJsonObject> parsed = parseJsonObject(bytes);
    const QJsonObject json = parsed ? *parsed : QJsonObject();
    CommandResult result;
    result.n = n;
    if (isAccepted) {
        const bool appended = json.value(Key("event")).isObject();
        result.status = appended ? CommandStatus::Applied : CommandStatus::Noop;
        result.pos = appended ? wire::integerOf(json.value(Key("pos"))).value_or(0) : 0;
        result.seq = appended ? wire::intOf(json.value(Key("seq"))).value_or(0) : 0;
        return result;
    }
    result.status = CommandStatus::Rejected;
    result.code = json.value(Key("code")).toString();
    if (result.code.isEmpty())
        result.code = errorCodeName(ErrorCode::BadRequest);
    result.detail = json.value(Key("detail")).toString();
    const QJsonObject current = json.value(Key("current")).toObject();
    const auto status = orderStatusFromName(current.value(Key("status")).toString());
    const auto seq = wire::intOf(current.value(Key("seq")), 1);
    if (status && seq)
        result.current = CurrentState{*status, *seq};
    return result;
}

} // namespace cf
