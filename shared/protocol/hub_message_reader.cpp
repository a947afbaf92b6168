// SPDX-License-Identifier: Apache-2.0
// What a display reads from the hub. A field that is missing or wrong is named; a display never
// guesses its board.
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/message_names.h"
#include "shared/protocol/wire_value.h"

#include <QJsonArray>

namespace cf {

using wire::Key;

namespace {

// Reads required members; the first one that is wrong is remembered.
class Reader
{
public:
    Reader(const QJsonObject &json, Key message) : m_json(json), m_message(message) { }

    qint64 integer(const char *key, qint64 min = 0)
    {
        const auto number = wire::integerOf(m_json.value(Key(key)), min);
        if (!number)
            fail(key);
        return number.value_or(0);
    }

    int smallInteger(const char *key, int min = 0)
    {
        const auto number = wire::intOf(m_json.value(Key(key)), min);
        if (!number)
            fail(key);
        return number.value_or(0);
    }

    QByteArray hex(const char *key, qsizetype digits)
    {
        QByteArray text = m_json.value(Key(key)).toString().toLatin1();
        if (text.size() != digits || !isLowerHex(text))
            fail(key);
        return text;
    }

    Timestamp time(const char *key)
    {
        const auto at = wire::timeOf(m_json.value(Key(key)));
        if (!at)
            fail(key);
        return at.value_or(Timestamp{});
    }

    QJsonArray array(const char *key)
    {
        if (!m_json.value(Key(key)).isArray())
            fail(key);
        return m_json.value(Key(key)).toArray();
    }

    template<typename Enum>
    Enum named(const char *key, std::optional<Enum> (*fromName)(QStringView), Enum otherwise)
    {
        const auto value = fromName(m_json.value(Key(key)).toString());
        if (!value)
            fail(key);
        return value.value_or(otherwise);
    }

    void fail(const char *key)
    {
        if (m_bad.isEmpty())
            m_bad = Key(key);
    }

    template<typename Message>
    Result<FromHub> done(Message message) const
    {
        if (!m_bad.isEmpty()) {
            return Error{ErrorCode::ValidationFailed,
                         QStringLiteral("%1: bad or missing \"%2\"").arg(m_message, m_bad)};
        }
        return FromHub(std::move(message));
    }

    [[nodiscard]] QJsonValue value(const char *key) const { return m_json.value(Key(key)); }

private:
    QJsonObject m_json;
    Key m_message;
    QString m_bad;
};

Result<FromHub> readWelcome(Reader &r)
{
    Welcome m;
    m.v = r.smallInteger("v", 1);
    m.sid = r.integer("sid");
    m.mode = r.named("mode", streamModeFromName, StreamMode::Snapshot);
    // A reason that a newer hub gives is as good as none: the mode says what to do.
    m.reason = snapshotReasonFromName(r.value("reason").toString()).value_or(SnapshotReason::None);
    m.epoch = r.hex("epoch", 32);
    m.head = r.integer("head");
    m.floor = r.integer("floor");
    m.heartbeat = std::chrono::milliseconds(r.integer("hb_ms", 1));
    m.dead = std::chrono::milliseconds(r.integer("dead_ms", 1));
    m.now = r.time("now");
    m.outboxLast = r.integer("outbox_last");
    m.restaurantId = r.value("restaurant_id").toString();
    return r.done(m);
}

std::vector<OrderState> readOrders(Reader &r, const char *key)
{
    std::vector<OrderState> orders;
    for (const QJsonValue &entry : r.array(key)) {
        Result<OrderState> order = orderFromJson(entry.toObject());
        if (!order)
            r.fail(key);
        else
            orders.push_back(std::move(*order));
    }
    return orders;
}

Result<FromHub> readSnap(Reader &r)
{
    SnapPart m;
    m.sid = r.integer("sid");
    m.at = r.integer("at");
    m.part = r.smallInteger("part", 1);
    m.parts = r.smallInteger("parts", 1);
    m.orders = readOrders(r, "orders");
    m.recent = readOrders(r, "recent");
    return r.done(std::move(m));
}

Result<FromHub> readSnapEnd(Reader &r)
{
    SnapEnd m;
    m.sid = r.integer("sid");
    m.at = r.integer("at");
    m.h = r.hex("h", 16);
    m.count = r.smallInteger("count");
    m.digest = r.hex("digest", 16);
    return r.done(m);
}

Result<FromHub> readEvents(Reader &r)
{
    Events m;
    m.sid = r.integer("sid");
    m.prev = r.integer("prev");
    m.to = r.integer("to");
    m.h = r.hex("h", 16);
    for (const QJsonValue &entry : r.array("events")) {
        const QJsonObject json = entry.toObject();
        Result<OrderEvent> event = eventFromJson(json);
        StreamEvent streamed;
        if (!event) {
            r.fail("events");
            break;
        }
        streamed.event = std::move(*event);
        if (json.value(Key("order")).isObject()) {
            Result<OrderState> order = orderFromJson(json.value(Key("order")).toObject());
            if (!order)
                r.fail("order");
            else
                streamed.order = std::move(*order);
        }
        m.events.push_back(std::move(streamed));
    }
    return r.done(std::move(m));
}

Result<FromHub> readLive(Reader &r)
{
    Live m;
    m.sid = r.integer("sid");
    m.at = r.integer("at");
    m.count = r.smallInteger("count");
    m.digest = r.hex("digest", 16);
    return r.done(m);
}

Result<FromHub> readSettings(Reader &r)
{
    SettingsMessage m;
    m.sid = r.integer("sid");
    m.rev = r.integer("rev");
    if (r.value("id").toString().isEmpty() ? m.rev > 0 : r.hex("id", 16).isEmpty())
        r.fail("id");
    m.id = r.value("id").toString().toLatin1();
    if (!r.value("settings").isObject())
        r.fail("settings");
    m.settings = r.value("settings").toObject();
    return r.done(m);
}

// A reason that a newer hub gives: something is wrong there all the same.
StationAlarm readAlarm(Reader &r, const QJsonObject &json)
{
    StationAlarm alarm;
    alarm.station = json.value(Key("station")).toString();
    alarm.reason =
        alarmReasonFromName(json.value(Key("reason")).toString()).value_or(AlarmReason::Behind);
    const auto since = wire::timeOf(json.value(Key("since")));
    const auto tickets = wire::intOf(json.value(Key("tickets")));
    if (!since || !tickets)
        r.fail("stations");
    alarm.since = since.value_or(Timestamp{});
    alarm.tickets = tickets.value_or(0);
    return alarm;
}

Result<FromHub> readAlarms(Reader &r)
{
    AlarmsMessage m;
    m.sid = r.integer("sid");
    const QJsonArray stations = r.array("stations");
    if (stations.size() > limits::stationsMax)
        r.fail("stations");
    for (const QJsonValue &one : stations)
        m.stations.push_back(readAlarm(r, one.toObject()));
    if (!stations.isEmpty())
        m.id = r.hex("id", 16);
    return r.done(m);
}

Result<FromHub> readHeartbeat(Reader &r)
{
    Heartbeat m;
    m.sid = r.integer("sid");
    m.head = r.integer("head");
    m.h = r.hex("h", 16);
    m.count = r.smallInteger("count");
    m.digest = r.hex("digest", 16);
    m.now = r.time("now");
    return r.done(m);
}

Result<FromHub> readResult(Reader &r)
{
    CommandResult m;
    m.n = r.integer("n", 1);
    m.status = r.named("status", commandStatusFromName, CommandStatus::Rejected);
    m.pos = wire::integerOf(r.value("pos")).value_or(0);
    m.seq = wire::intOf(r.value("seq")).value_or(0);
    m.code = r.value("code").toString();
    m.detail = r.value("detail").toString();
    // A status that a newer hub names is as good as none.
    const QJsonObject current = r.value("current").toObject();
    const auto status = orderStatusFromName(current.value(Key("status")).toString());
    const auto seq = wire::intOf(current.value(Key("seq")), 1);
    if (status && seq)
        m.current = CurrentState{*status, *seq};
    return r.done(m);
}

Result<FromHub> readBye(Reader &r)
{
    Bye m;
    // A code that a newer hub gives: come back, as after a shutdown.
    m.code = closeCodeFromName(r.value("code").toString()).value_or(CloseCode::Shutdown);
    m.retry = std::chrono::milliseconds(wire::integerOf(r.value("retry_ms")).value_or(0));
    return r.done(m);
}

} // namespace

Result<CommandResult> resultFromJson(const QJsonObject &json)
{
    Reader reader(json, Key("res"));
    Result<FromHub> read = readResult(reader);
    if (!read)
        return read.error();
    return std::get<CommandResult>(std::move(read).value());
}

Result<FromHub> decodeFromHub(QByteArrayView bytes)
{
    using Read = Result<FromHub> (*)(Reader &);
    static constexpr std::pair<Key, Read> readers[] = {
        {Key("welcome"), readWelcome}, {Key("snap"), readSnap}, {Key("snap_end"), readSnapEnd},
        {Key("ev"), readEvents},       {Key("live"), readLive}, {Key("hb"), readHeartbeat},
        {Key("res"), readResult},      {Key("bye"), readBye},   {Key("settings"), readSettings},
        {Key("alarms"), readAlarms},
    };
    const Result<QJsonObject> json = parseJsonObject(bytes);
    if (!json)
        return json.error();
    const QString t = json->value(Key("t")).toString();
    for (const auto &[name, read] : readers) {
        if (t == name) {
            Reader reader(*json, name);
            return read(reader);
        }
    }
    return FromHub(UnknownMessage{t});
}

namespace {

template<typename Message>
Result<Message> withoutSid(QJsonObject json, Key name, Result<FromHub> (*read)(Reader &))
{
    json.insert(Key("sid"), 0);
    Reader reader(json, name);
    const Result<FromHub> message = read(reader);
    return message ? Result<Message>(std::get<Message>(*message)) : message.error();
}

} // namespace

Result<SettingsMessage> settingsMessageFromJson(const QJsonObject &json)
{
    return withoutSid<SettingsMessage>(json, Key("settings"), readSettings);
}

Result<AlarmsMessage> alarmsMessageFromJson(const QJsonObject &json)
{
    return withoutSid<AlarmsMessage>(json, Key("alarms"), readAlarms);
}

} // namespace cf
