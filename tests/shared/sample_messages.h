// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/shared/sample_orders.h"

#include <QJsonArray>

// One of each message of the kitchen stream, with every field set.
namespace cf::test {

inline QByteArray epoch()
{
    return "00112233445566778899aabbccddeeff";
}

inline Hello sampleHello()
{
    return {1, QStringLiteral("d-1"), QStringLiteral("Grill 1"),
            Cursor{epoch(), 18234, "9f3c00112233aabb"}, 42};
}

// What says nothing is named by the empty id.
inline SettingsMessage sampleSettings()
{
    return {17, "44136fa355b3678a", 3, {{"stations", QJsonArray{QJsonObject{{"id", "grill"}}}}}};
}

inline QByteArray encode(const SettingsMessage &m)
{
    return encodeSettings(m.sid, canonicalJson(QJsonObject{{"id", QString::fromLatin1(m.id)},
                                                           {"rev", m.rev},
                                                           {"settings", m.settings}}));
}

inline std::vector<StationAlarm> sampleAlarms()
{
    return {{"grill", AlarmReason::Off, at(60), 2}, {"fry", AlarmReason::Behind, at(61), 0}};
}

inline QByteArray encode(const AlarmsMessage &m)
{
    return encodeAlarms(m.sid, alarmsBody(m.stations));
}

inline Ack sampleAck()
{
    return {17, 18243, true};
}

inline DeviceCommand sampleCommand()
{
    return {39, uuid(1), QStringLiteral("item_ready"), linesPayload({QStringLiteral("1")}),
            5,  at(1)};
}

inline Welcome sampleWelcome()
{
    Welcome m;
    m.sid = 17;
    m.mode = StreamMode::Snapshot;
    m.reason = SnapshotReason::GapTooLarge;
    m.epoch = epoch();
    m.head = 18240;
    m.floor = 1;
    m.heartbeat = std::chrono::milliseconds(5000);
    m.dead = std::chrono::milliseconds(12000);
    m.now = at(0);
    m.outboxLast = 38;
    m.restaurantId = QStringLiteral("main");
    return m;
}

inline SnapEnd sampleSnapEnd()
{
    return {17, 18240, "9f3c00112233aabb", 57, "00000000deadbeef"};
}

inline Live sampleLive()
{
    return {17, 18243, 57, "00000000deadbeef"};
}

inline Heartbeat sampleHeartbeat()
{
    return {17, 18243, "9f3c00112233aabb", 57, "00000000deadbeef", at(7)};
}

inline CommandResult sampleResult()
{
    return {39,
            CommandStatus::Rejected,
            18241,
            6,
            QStringLiteral("transition_not_allowed"),
            QStringLiteral("order_ready is not possible while the order is cancelled"),
            CurrentState{OrderStatus::Cancelled, 6}};
}

} // namespace cf::test
