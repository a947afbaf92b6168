// SPDX-License-Identifier: Apache-2.0
// Hub -> display.
#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/message_names.h"
#include "shared/protocol/wire_value.h"

#include <QJsonArray>

namespace cf {

using wire::Key;

namespace {

QJsonValue codeOrNull(const QString &text)
{
    return wire::textOrNull(text);
}

void appendList(QByteArray &out, const std::vector<QByteArray> &pieces)
{
    out.append('[');
    for (size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0)
            out.append(',');
        out.append(pieces[i]);
    }
    out.append(']');
}

qsizetype sizeOf(const std::vector<QByteArray> &pieces)
{
    qsizetype size = 0;
    for (const QByteArray &piece : pieces)
        size += piece.size() + 1;
    return size;
}

// What is an object by itself, with the message's own members before its.
QByteArray withHead(const char *t, qint64 sid, QByteArrayView object)
{
    QByteArray out = QByteArray(R"({"t":")") + t + R"(","sid":)" + QByteArray::number(sid) + ',';
    return out.append(object.sliced(1)); // after its own opening brace
}

} // namespace

QByteArray encode(const Welcome &m)
{
    QJsonObject json{{Key("t"), Key("welcome")},
                     {Key("v"), m.v},
                     {Key("sid"), m.sid},
                     {Key("mode"), streamModeName(m.mode)},
                     {Key("reason"), m.reason == SnapshotReason::None
                                         ? QJsonValue(QJsonValue::Null)
                                         : QJsonValue(snapshotReasonName(m.reason))},
                     {Key("epoch"), wire::text(m.epoch)},
                     {Key("head"), m.head},
                     {Key("floor"), m.floor},
                     {Key("hb_ms"), static_cast<qint64>(m.heartbeat.count())},
                     {Key("dead_ms"), static_cast<qint64>(m.dead.count())},
                     {Key("now"), wire::time(m.now)},
                     {Key("outbox_last"), m.outboxLast}};
    if (!m.restaurantId.isEmpty())
        json.insert(Key("restaurant_id"), m.restaurantId);
    return canonicalJson(json);
}

QByteArray encode(const SnapEnd &m)
{
    return canonicalJson(QJsonObject{{Key("t"), Key("snap_end")},
                                     {Key("sid"), m.sid},
                                     {Key("at"), m.at},
                                     {Key("h"), wire::text(m.h)},
                                     {Key("count"), m.count},
                                     {Key("digest"), wire::text(m.digest)}});
}

QByteArray encode(const Live &m)
{
    return canonicalJson(QJsonObject{{Key("t"), Key("live")},
                                     {Key("sid"), m.sid},
                                     {Key("at"), m.at},
                                     {Key("count"), m.count},
                                     {Key("digest"), wire::text(m.digest)}});
}

QByteArray encode(const Heartbeat &m)
{
    return canonicalJson(QJsonObject{{Key("t"), Key("hb")},
                                     {Key("sid"), m.sid},
                                     {Key("head"), m.head},
                                     {Key("h"), wire::text(m.h)},
                                     {Key("count"), m.count},
                                     {Key("digest"), wire::text(m.digest)},
                                     {Key("now"), wire::time(m.now)}});
}

QJsonObject resultToJson(const CommandResult &m)
{
    QJsonValue current(QJsonValue::Null);
    if (m.current) {
        current = QJsonObject{{Key("status"), orderStatusName(m.current->status)},
                              {Key("seq"), m.current->seq}};
    }
    return {{Key("t"), Key("res")},
            {Key("n"), m.n},
            {Key("status"), commandStatusName(m.status)},
            {Key("pos"), m.pos > 0 ? QJsonValue(m.pos) : QJsonValue()},
            {Key("seq"), m.seq > 0 ? QJsonValue(m.seq) : QJsonValue()},
            {Key("code"), codeOrNull(m.code)},
            {Key("detail"), codeOrNull(m.detail)},
            {Key("current"), current}};
}

QByteArray encode(const CommandResult &m)
{
    return canonicalJson(resultToJson(m));
}

QByteArray encode(const Bye &m)
{
    return canonicalJson(QJsonObject{{Key("t"), Key("bye")},
                                     {Key("code"), closeCodeName(m.code)},
                                     {Key("retry_ms"), static_cast<qint64>(m.retry.count())}});
}

QByteArray encodeEventsFrame(qint64 sid, qint64 prev, qint64 to, QByteArrayView h,
                             const std::vector<QByteArray> &events)
{
    QByteArray out;
    out.reserve(128 + sizeOf(events));
    out.append(R"({"t":"ev","sid":)").append(QByteArray::number(sid));
    out.append(R"(,"prev":)").append(QByteArray::number(prev));
    out.append(R"(,"to":)").append(QByteArray::number(to));
    out.append(R"(,"h":")").append(h).append(R"(","events":)");
    appendList(out, events);
    return out.append('}');
}

QByteArray encodeSnapPart(qint64 sid, qint64 at, int part, int parts,
                          const std::vector<QByteArray> &orders,
                          const std::vector<QByteArray> &recent)
{
    QByteArray out;
    out.reserve(128 + sizeOf(orders) + sizeOf(recent));
    out.append(R"({"t":"snap","sid":)").append(QByteArray::number(sid));
    out.append(R"(,"at":)").append(QByteArray::number(at));
    out.append(R"(,"part":)").append(QByteArray::number(part));
    out.append(R"(,"parts":)").append(QByteArray::number(parts));
    out.append(R"(,"orders":)");
    appendList(out, orders);
    out.append(R"(,"recent":)");
    appendList(out, recent);
    return out.append('}');
}

QByteArray encodeSettings(qint64 sid, QByteArrayView settings)
{
    return withHead("settings", sid, settings);
}

QJsonArray alarmsToJson(const std::vector<StationAlarm> &stations)
{
    QJsonArray list;
    for (const StationAlarm &alarm : stations) {
        list.append(QJsonObject{{Key("station"), alarm.station},
                                {Key("reason"), alarmReasonName(alarm.reason)},
                                {Key("since"), wire::time(alarm.since)},
                                {Key("tickets"), alarm.tickets}});
    }
    return list;
}

QByteArray alarmsId(const std::vector<StationAlarm> &stations)
{
    return stations.empty() ? QByteArray() : contentId(canonicalJson(alarmsToJson(stations)));
}

QByteArray alarmsBody(const std::vector<StationAlarm> &stations)
{
    return canonicalJson(QJsonObject{{Key("id"), wire::text(alarmsId(stations))},
                                     {Key("stations"), alarmsToJson(stations)}});
}

QByteArray encodeAlarms(qint64 sid, QByteArrayView body)
{
    return withHead("alarms", sid, body);
}

} // namespace cf
