// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_state.h"
#include "shared/protocol/chain.h"

#include <map>
#include <optional>
#include <vector>

namespace cf::hub {

// Where a log stands. `at` is the last event's time: the next is never earlier.
struct LogHead {
    QByteArray epoch; // 32 lower-case hex digits
    qint64 pos = 0;
    ChainHash chain{};
    Timestamp at{};
    bool operator==(const LogHead &) const = default;
};

struct LoggedEvent {
    OrderEvent event;
    ChainHash chain{}; // chain hash at event.pos
    bool operator==(const LoggedEvent &) const = default;
};

// Proof that a command was handled: the same key again gets the same answer.
struct CommandRecord {
    // "idem", "source", "cmd:<order id>"; device commands have a table of their own.
    QByteArray scope;
    QByteArray key;
    QByteArray fingerprint; // SHA-256 of what was asked, canonical
    QByteArray answer;      // JSON
    bool operator==(const CommandRecord &) const = default;
};

struct DeviceCommandRecord {
    QString device;
    qint64 n = 0;
    QByteArray fingerprint;
    QByteArray answer; // the `res` message as first sent, JSON
    bool operator==(const DeviceCommandRecord &) const = default;
};

struct TrackerRecord {
    QByteArray token; // 32 lower-case hex digits: 128 random bits
    QUuid orderId;
    bool operator==(const TrackerRecord &) const = default;
};

// Order numbers restart at 1 each (local) day.
struct DayNumber {
    QString day; // YYYY-MM-DD
    int last = 0;
    bool operator==(const DayNumber &) const = default;
};

// What the restaurant has said of its kitchen (shared/kitchen) and of itself (hub/settings): a
// document of each name, one revision after the other.
struct SettingsRecord {
    qint64 rev = 0;  // 1, 2, 3 ... of this name; 0: nothing was said yet
    QByteArray body; // canonical JSON of the settings
    Timestamp at{};
    Actor actor;
    QByteArray name = QByteArrayLiteral("kitchen");
    bool operator==(const SettingsRecord &) const = default;
};
// The last revision of each document of which anything was said, by name.
using Documents = std::map<QByteArray, SettingsRecord>;

// One incarnation of the log: where it began, and why.
struct EpochRecord {
    QByteArray epoch;
    qint64 pos = 0;
    Timestamp at{};
    QString why;
    bool operator==(const EpochRecord &) const = default;
};

// All that one transaction writes. Events are consecutive from head.pos + 1; `orders` holds the
// folded state, after the batch, of every order the batch touched.
struct LogBatch {
    std::vector<LoggedEvent> events;
    std::vector<OrderState> orders;
    std::vector<CommandRecord> commands;
    std::vector<DeviceCommandRecord> deviceCommands;
    std::vector<TrackerRecord> trackers;
    std::optional<DayNumber> dayNumber;
    std::vector<SettingsRecord> settings; // the next revision, of one or more documents

    [[nodiscard]] bool isEmpty() const
    {
        return events.empty() && commands.empty() && deviceCommands.empty() && settings.empty();
    }
};

// The writing side of one restaurant's log. One thread; the only writer and the only one that
// checkpoints. Nothing is acknowledged before commit() returned ok; after it failed nothing more
// is written: every further call fails until reopen() has verified the tail and reloaded the head.
class EventLog
{
public:
    virtual ~EventLog() = default;

    [[nodiscard]] virtual LogHead head() const = 0;
    [[nodiscard]] virtual QString restaurantId() const = 0;

    // Cold start costs what is open, not what is logged.
    virtual Result<std::vector<OrderState>> openOrders() = 0;              // by openedPos
    virtual Result<std::vector<OrderState>> recentlyClosed(int limit) = 0; // oldest closed first
    virtual Result<std::optional<DayNumber>> dayNumber() = 0;
    virtual Result<Documents> settings() = 0;

    // Any order, open or closed, folded; nullopt when there is none.
    virtual Result<std::optional<OrderState>> order(const QUuid &orderId) = 0;
    virtual Result<std::optional<CommandRecord>> command(const QByteArray &scope,
                                                         const QByteArray &key) = 0;
    virtual Result<std::optional<DeviceCommandRecord>> deviceCommand(const QString &device,
                                                                     qint64 n) = 0;
    virtual Result<qint64> lastDeviceCommand(const QString &device) = 0; // 0: none

    // One transaction, one sync. On success the batch is on disk and head() has moved.
    virtual Status commit(const LogBatch &batch) = 0;
    // A new epoch for the same events: displays take a snapshot. `why` is logged in the meta table.
    virtual Status renewEpoch(const QByteArray &epoch, const QString &why) = 0;
    // After a failed commit: drop the connection, open again, verify, reload the head.
    virtual Status reopen() = 0;
    // Called when no command waits: checkpoints if that is worth it.
    virtual void idle() = 0;
};

// The reading side: its own connection, one thread at a time; never blocks the writer.
class EventReader
{
public:
    virtual ~EventReader() = default;

    // Events (after, upTo], at most `limit`, stopping before their stored size passes `bytesMax`
    // (but always at least one).
    virtual Result<std::vector<LoggedEvent>> events(qint64 after, qint64 upTo, int limit,
                                                    qint64 bytesMax) = 0;
    // Chain hash at pos; zero bytes for 0; nullopt beyond the head or below the floor.
    virtual Result<std::optional<ChainHash>> chainAt(qint64 pos) = 0;
    // Stored bytes of (after, upTo]: payloads, actors and a fixed cost each.
    virtual Result<qint64> gapBytes(qint64 after, qint64 upTo) = 0;
    // One order's events with seq > afterSeq, in seq order.
    virtual Result<std::vector<OrderEvent>> orderEvents(const QUuid &orderId, int afterSeq) = 0;
    virtual Result<std::optional<QUuid>> orderForTracker(const QByteArray &token) = 0;
    virtual Result<std::optional<QByteArray>> trackerForOrder(const QUuid &orderId) = 0;
    virtual Result<qint64> lastDeviceCommand(const QString &device) = 0; // 0: none
    // Events by type name since `since`.
    virtual Result<std::vector<std::pair<QString, qint64>>> countsSince(Timestamp since) = 0;
    // The revisions of a document below `before`, newest first, at most `limit`.
    virtual Result<std::vector<SettingsRecord>> settingsHistory(const QByteArray &name,
                                                                qint64 before, int limit) = 0;
    // The first position whose time is not before `since`; one past the head when there is none.
    // Costs some look-ups, however long the log: positions are in the order of time.
    virtual Result<qint64> firstSince(Timestamp since) = 0;
    // The revision of a document that was in force at this time; 0 when nothing was said yet.
    virtual Result<SettingsRecord> settingsAt(const QByteArray &name, Timestamp at) = 0;
    // The log's epochs, newest first.
    virtual Result<std::vector<EpochRecord>> epochs(int limit) = 0;
};

} // namespace cf::hub
