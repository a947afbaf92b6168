// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/event_log.h"
#include "hub/log/recent_orders.h"
#include "hub/log/record_tally.h"

#include <memory>

namespace cf::hub {

// What opening a log finds in it.
struct LogTail {
    LogHead head;
    QString restaurantId;
    RecordTally records;
    qint64 bytesTo = 0;
};

// The writing connection with its statements, prepared once; knows the tables, decides nothing.
// Never moves: its statements and SQLite's WAL hook point into it.
class LogConnection
{
public:
    // Opens, brings the schema up to date, sets WAL and FULL. `pagesMax` 0: no bound.
    static Result<std::unique_ptr<LogConnection>> open(const QString &path, qint64 pagesMax);

    LogConnection(const LogConnection &) = delete;
    LogConnection &operator=(const LogConnection &) = delete;

    Database &db() { return m_db; }

    // --- opening --------------------------------------------------------------------------------
    Result<bool> isNew(); // no meta row yet
    Status create(const QString &restaurantId, const QByteArray &epoch, Timestamp now);
    // Reads the head and checks it: last row, its chain from the row before, the meta row, and that
    // every open order stands where the log says. An error names the position.
    Result<LogTail> checkedTail();
    Result<RecentOrders> recent();

    // --- reading --------------------------------------------------------------------------------
    Result<std::vector<OrderState>> openOrders();
    Result<std::vector<OrderState>> recentlyClosed(int limit);
    Result<std::optional<OrderState>> order(const QUuid &orderId);
    Result<std::optional<DayNumber>> dayNumber();
    Result<Documents> settings();
    Result<std::optional<CommandRecord>> command(const QByteArray &scope, const QByteArray &key);
    Result<std::optional<DeviceCommandRecord>> deviceCommand(const QString &device, qint64 n);
    Result<qint64> lastDeviceCommand(const QString &device);
    Result<std::optional<ChainHash>> chainAt(qint64 pos);

    // --- writing, inside a Transaction ----------------------------------------------------------
    // `bytesTo` runs along: the sum of all stored bytes.
    Status insertEvents(const std::vector<LoggedEvent> &events, qint64 &bytesTo);
    Status putOrders(const std::vector<OrderState> &orders, const RecentOrders &recent,
                     const std::vector<QUuid> &forgotten);
    // `records` runs along.
    Status insertRecords(const LogBatch &batch, qint64 headPos, RecordTally &records);
    Status insertSettings(const SettingsRecord &settings);
    Status setHead(qint64 pos, const ChainHash &chain, const RecordTally &records);
    Status setEpoch(const QByteArray &epoch, qint64 pos, Timestamp at, const QString &why);

    // Writes back what no reader needs any more; never waits. Busy is not an error.
    Status checkpoint();
    // See rewriteWal(). Until then closing does not checkpoint either.
    Status makeWalDurable();
    // In the WAL and not written back yet, as of the last commit or checkpoint.
    [[nodiscard]] qint64 walBytes() const { return (m_walPages - m_walDone) * m_pageBytes; }
    // The file's own length in use, written back or not: it shrinks only when SQLite begins anew.
    [[nodiscard]] qint64 walFileBytes() const { return m_walPages * m_pageBytes; }
    // Enough is unwritten, and enough is new since the last attempt: a reader may pin the rest.
    [[nodiscard]] bool isCheckpointWorthIt() const;

private:
    explicit LogConnection(Database db);
    Status configure(qint64 pagesMax);
    Status prepare();
    Status prepareOrders();
    Status prepareRecords();
    Status putOrder(const OrderState &order, bool isRecent);
    Status deleteOrder(const QUuid &orderId);
    Result<LoggedEvent> eventAt(qint64 pos, qint64 *bytesTo);
    Result<LogTail> recordedTail(qint64 *lastPos);
    Status checkOpenPlaces();
    void noteWal(int pages);

    Database m_db;
    struct {
        Statement eventAt, orderEvents, insertEvent, chainAt;
        Statement openOrders, recentOrders, recentPlaces, orderById, putOrder, deleteOrder;
        Statement command, putCommand, deviceCommand, putDeviceCommand, lastDeviceCommand;
        Statement putTracker, dayNumber, putDayNumber, settings, putSettings;
        Statement meta, putMeta, setHead, setEpoch, putEpoch, misplaced;
    } m_sql;
    qint64 m_walPages = 0;
    qint64 m_walDone = 0;
    qint64 m_walTried = 0;
    qint64 m_pageBytes = 4096;
};

} // namespace cf::hub
