// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/ready_time.h"
#include "shared/protocol/messages.h"

namespace cf {

// The only place where the wire's keys are spelt (payloads and items: order/payload.h). Encoders
// write canonical JSON; decoders ignore what they do not know and name the field that is wrong.

// --- events -------------------------------------------------------------------------------------
enum class EventView : quint8 {
    Whole,  // everything: the log's canonical form, timelines
    Stream, // without the actor's address and user agent
};
QJsonObject eventToJson(const OrderEvent &event, EventView view);
Result<OrderEvent> eventFromJson(const QJsonObject &json);
QJsonObject actorToJson(const Actor &actor, EventView view);
Actor actorFromJson(const QJsonObject &json);

// EVENT of the kitchen stream, ready to be spliced into an `ev` frame; with the whole order when
// the event (re)opens it.
QByteArray encodeStreamEvent(const OrderEvent &event, const OrderState *whole);

// --- folded orders ------------------------------------------------------------------------------
// orderFromJson(orderToJson(x)) == x for every x.
QJsonObject orderToJson(const OrderState &order);
Result<OrderState> orderFromJson(const QJsonObject &json);

// --- display -> hub -----------------------------------------------------------------------------
QByteArray encode(const Hello &message);
QByteArray encode(const Ack &message);
QByteArray encode(const DeviceCommand &message);
Result<FromDisplay> decodeFromDisplay(QByteArrayView bytes);
// The members of a `cmd`; each field that is wrong is named by its pointer. Also how a command that
// comes over plain HTTP is read, so that it is the same command whatever its transport.
Result<DeviceCommand> commandFromJson(const QJsonObject &json);
// What a resent command must equal: its canonical JSON without n and made_at.
QByteArray commandFingerprint(const DeviceCommand &command);

// --- hub -> display -----------------------------------------------------------------------------
QByteArray encode(const Welcome &message);
QByteArray encode(const SnapEnd &message);
QByteArray encode(const Live &message);
QByteArray encode(const Heartbeat &message);
QByteArray encode(const CommandResult &message);
QByteArray encode(const Bye &message);
// Frames around pieces that are already encoded, shared by all subscribers.
QByteArray encodeEventsFrame(qint64 sid, qint64 prev, qint64 to, QByteArrayView h,
                             const std::vector<QByteArray> &events);
QByteArray encodeSnapPart(qint64 sid, qint64 at, int part, int parts,
                          const std::vector<QByteArray> &orders,
                          const std::vector<QByteArray> &recent);
// `{id, rev, settings}` as one object, already encoded.
QByteArray encodeSettings(qint64 sid, QByteArrayView settings);
// `{id, stations}` as one object; what the message and an answer to a poll carry.
QJsonArray alarmsToJson(const std::vector<StationAlarm> &stations);
QByteArray alarmsId(const std::vector<StationAlarm> &stations);
QByteArray alarmsBody(const std::vector<StationAlarm> &stations);
QByteArray encodeAlarms(qint64 sid, QByteArrayView body);
Result<FromHub> decodeFromHub(QByteArrayView bytes);
// Of `{id, rev, settings}`, wherever it stands; `sid` 0.
Result<SettingsMessage> settingsMessageFromJson(const QJsonObject &json);
// Of `{id, stations}`, likewise.
Result<AlarmsMessage> alarmsMessageFromJson(const QJsonObject &json);
// `res` as an object: plain HTTP carries it within its answer.
QJsonObject resultToJson(const CommandResult &result);
Result<CommandResult> resultFromJson(const QJsonObject &json);

// --- tracker ------------------------------------------------------------------------------------
// What a customer may see of an order, as the tracker's `data`.
QByteArray encodeTrackerView(const OrderState &order, const ReadyTime &ready);

} // namespace cf
