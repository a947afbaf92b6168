// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/log_connection.h"
#include "hub/log/log_file.h"
#include "shared/base/ids.h"

#include <memory>

namespace cf::hub {

struct OpenOptions {
    // Must be the one the log was created with; empty takes whatever the log says.
    QString restaurantId;
    // Whose the log becomes when it is made and `restaurantId` is empty. A file may be there and
    // still be no log: the power can go while it is made.
    QString newRestaurantId;
    // Create the log if there is none (its directory must exist).
    bool create = true;
    // Bound on the file in SQLite pages, e.g. for a small disk; 0: none. A commit beyond it fails.
    qint64 pagesMax = 0;
    // Outlives the log; null: the machine's own.
    LogFiles *files = nullptr;
};

// The event log in one SQLite file (WAL, synchronous=FULL), and the only writer and checkpointer of
// that file: open() takes an exclusive lock that lasts as long as the object.
//
// Opening costs what is open, not what is logged: it checks the tail (head and chain) and the open
// orders' places, never the whole log. A log whose tail is wrong is refused; one that is sound but
// older than the hub's own last commit (a restored copy, a disk that lied) gets a new epoch.
//
// After a failed commit nothing of the batch can be seen, and every call fails with StorageFailed
// until reopen(). If the failure was the disk's, reopen() may find that the batch had reached it
// after all: then the head has moved, and the command records answer whoever asks again.
class SqliteEventLog final : public EventLog
{
public:
    // Errors: Unavailable when another hub has it; StorageFailed with what to do about it.
    static Result<std::unique_ptr<SqliteEventLog>>
    open(const QString &path, const OpenOptions &options, const Clock &clock, Random &random);
    ~SqliteEventLog() override;

    [[nodiscard]] LogHead head() const override { return m_head; }
    [[nodiscard]] QString restaurantId() const override { return m_restaurantId; }

    Result<std::vector<OrderState>> openOrders() override;
    Result<std::vector<OrderState>> recentlyClosed(int limit) override;
    Result<std::optional<DayNumber>> dayNumber() override;
    Result<Documents> settings() override;
    Result<std::optional<OrderState>> order(const QUuid &orderId) override;
    Result<std::optional<CommandRecord>> command(const QByteArray &scope,
                                                 const QByteArray &key) override;
    Result<std::optional<DeviceCommandRecord>> deviceCommand(const QString &device,
                                                             qint64 n) override;
    Result<qint64> lastDeviceCommand(const QString &device) override;

    Status commit(const LogBatch &batch) override;
    Status renewEpoch(const QByteArray &epoch, const QString &why) override;
    Status reopen() override;
    void idle() override;

    [[nodiscard]] const RecordTally &records() const { return m_records; }
    // Bytes in the WAL that a checkpoint has not written back yet.
    [[nodiscard]] qint64 walBytes() const;

private:
    SqliteEventLog(QString path, OpenOptions options, const Clock &clock, Random &random,
                   std::unique_ptr<LogLock> lock);

    Status connect();
    Status load();
    Status settle();
    Status checkWitness();
    Status write(const LogBatch &batch, const RecentOrders &recent,
                 const std::vector<QUuid> &forgotten);
    Status fail(const Error &error);
    [[nodiscard]] Status usable() const;
    void checkpoint();
    [[nodiscard]] Witness currentWitness() const;

    QString m_path;
    OpenOptions m_options;
    const Clock &m_clock;
    Random &m_random;
    std::unique_ptr<LogLock> m_lock;
    std::unique_ptr<LogConnection> m_connection; // null: reopen() could not open it
    LogHead m_head;
    QString m_restaurantId;
    RecentOrders m_recent;
    RecordTally m_records;
    qint64 m_bytesTo = 0;
    std::optional<Error> m_failed;
};

} // namespace cf::hub
