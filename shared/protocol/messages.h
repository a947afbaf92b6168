// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/kitchen/station_alarm.h"
#include "shared/order/order_state.h"
#include "shared/protocol/close_code.h"
#include "shared/protocol/cursor.h"

#include <variant>

namespace cf {

// The kitchen stream's messages as facts; json_codec turns them into bytes and back.

enum class StreamMode : quint8 { Resume, Snapshot };
enum class SnapshotReason : quint8 {
    None, // mode resume
    First,
    EpochChanged,
    PosAhead,
    ChainMismatch,
    Compacted,
    GapTooLarge,
};

// --- display -> hub -----------------------------------------------------------------------------
struct Hello {
    int v = 1;
    QString device;
    QString name;
    std::optional<Cursor> cursor; // absent or unreadable: first time
    qint64 outboxNext = 1;
    // Where it stood, when it wants a snapshot all the same and so sends no cursor.
    std::optional<Cursor> seen = {};
    // The id of the settings that it holds; absent: it wants none.
    std::optional<QByteArray> settings = {};
    // Likewise of the station alarms.
    std::optional<QByteArray> alarms = {};
    bool operator==(const Hello &) const = default;
};

struct Ack {
    qint64 sid = 0;
    qint64 pos = 0;
    bool shown = false;
    bool operator==(const Ack &) const = default;
};

struct DeviceCommand {
    qint64 n = 0;
    QUuid orderId;
    QString type; // as spelt: an unknown one is refused with its name
    QJsonObject payload;
    std::optional<int> expectedSeq;
    std::optional<Timestamp> madeAt;
    bool operator==(const DeviceCommand &) const = default;
};

// --- hub -> display -----------------------------------------------------------------------------
struct Welcome {
    int v = 1;
    qint64 sid = 0;
    StreamMode mode = StreamMode::Snapshot;
    SnapshotReason reason = SnapshotReason::None;
    QByteArray epoch;
    qint64 head = 0;
    qint64 floor = 1; // first position the log still holds
    std::chrono::milliseconds heartbeat{};
    std::chrono::milliseconds dead{};
    Timestamp now{};
    qint64 outboxLast = 0;
    QString restaurantId;
    bool operator==(const Welcome &) const = default;
};

struct SnapPart {
    qint64 sid = 0;
    qint64 at = 0;
    int part = 1;
    int parts = 1;
    std::vector<OrderState> orders;
    std::vector<OrderState> recent;
    bool operator==(const SnapPart &) const = default;
};

struct SnapEnd {
    qint64 sid = 0;
    qint64 at = 0;
    QByteArray h;
    int count = 0;
    QByteArray digest;
    bool operator==(const SnapEnd &) const = default;
};

struct StreamEvent {
    OrderEvent event;
    std::optional<OrderState> order; // the whole order, when the event (re)opens it
    bool operator==(const StreamEvent &) const = default;
};

struct Events {
    qint64 sid = 0;
    qint64 prev = 0;
    qint64 to = 0;
    QByteArray h;
    std::vector<StreamEvent> events;
    bool operator==(const Events &) const = default;
};

struct Live {
    qint64 sid = 0;
    qint64 at = 0;
    int count = 0;
    QByteArray digest;
    bool operator==(const Live &) const = default;
};

struct Heartbeat {
    qint64 sid = 0;
    qint64 head = 0;
    QByteArray h;
    int count = 0;
    QByteArray digest;
    Timestamp now{};
    bool operator==(const Heartbeat &) const = default;
};

enum class CommandStatus : quint8 { Applied, Duplicate, Noop, Rejected };

struct CurrentState {
    OrderStatus status = OrderStatus::Placed;
    int seq = 0;
    bool operator==(const CurrentState &) const = default;
};

struct CommandResult {
    qint64 n = 0;
    CommandStatus status = CommandStatus::Rejected;
    // Position and seq of the command's last event; 0 when it appended none.
    qint64 pos = 0;
    int seq = 0;
    QString code; // empty unless rejected: an ErrorCode's name
    QString detail;
    std::optional<CurrentState> current;
    bool operator==(const CommandResult &) const = default;
};

struct Bye {
    CloseCode code = CloseCode::Shutdown;
    std::chrono::milliseconds retry{};
    bool operator==(const Bye &) const = default;
};

// A `t` this version does not know: ignored and counted.
struct UnknownMessage {
    QString t;
    bool operator==(const UnknownMessage &) const = default;
};

// What the restaurant has said of its kitchen, to a display that holds something else. Not read
// further here: a newer hub may say more than this display understands.
struct SettingsMessage {
    qint64 sid = 0;
    QByteArray id; // of what they say; empty: nothing
    qint64 rev = 0;
    QJsonObject settings;
    bool operator==(const SettingsMessage &) const = default;
};

// The stations that nobody looks after, to a display that holds something else.
struct AlarmsMessage {
    qint64 sid = 0;
    QByteArray id; // of what they say; empty: there is none
    std::vector<StationAlarm> stations;
    bool operator==(const AlarmsMessage &) const = default;
};

using FromDisplay = std::variant<Hello, Ack, DeviceCommand, UnknownMessage>;
using FromHub = std::variant<Welcome, SnapPart, SnapEnd, Events, Live, Heartbeat, CommandResult,
                             SettingsMessage, AlarmsMessage, Bye, UnknownMessage>;

} // namespace cf
