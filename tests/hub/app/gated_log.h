// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace cf::test {

// What a test does to a log from its own thread: hold commits back, make them fail. Thread-safe.
class LogControl
{
public:
    // Commits wait until open(); waitUntilHeld() returns once one does.
    void close();
    void open();
    void waitUntilHeld();

    void failCommits(int count);
    void failReopens(int count);

    [[nodiscard]] int commits() const; // that reached the disk
    [[nodiscard]] int reopens() const; // that worked
    [[nodiscard]] int idles() const;

private:
    friend class GatedLog;

    void pass();
    bool takeCommitFailure();
    bool takeReopenFailure();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_closed = false;
    bool m_held = false;
    int m_commitFailures = 0;
    int m_reopenFailures = 0;
    int m_commits = 0;
    int m_reopens = 0;
    int m_idles = 0;
};

// A real log with a test's hand on it. After a failed commit every call fails until reopen(), as
// the interface promises.
class GatedLog final : public hub::EventLog
{
public:
    GatedLog(std::unique_ptr<hub::EventLog> log, LogControl &control);

    [[nodiscard]] hub::LogHead head() const override { return m_log->head(); }
    [[nodiscard]] QString restaurantId() const override { return m_log->restaurantId(); }
    Result<std::vector<OrderState>> openOrders() override;
    Result<std::vector<OrderState>> recentlyClosed(int limit) override;
    Result<std::optional<hub::DayNumber>> dayNumber() override;
    Result<hub::Documents> settings() override;
    Result<std::optional<OrderState>> order(const QUuid &orderId) override;
    Result<std::optional<hub::CommandRecord>> command(const QByteArray &scope,
                                                      const QByteArray &key) override;
    Result<std::optional<hub::DeviceCommandRecord>> deviceCommand(const QString &device,
                                                                  qint64 n) override;
    Result<qint64> lastDeviceCommand(const QString &device) override;
    Status commit(const hub::LogBatch &batch) override;
    Status renewEpoch(const QByteArray &epoch, const QString &why) override;
    Status reopen() override;
    void idle() override;

private:
    std::unique_ptr<hub::EventLog> m_log;
    LogControl &m_control;
    bool m_failed = false;
};

} // namespace cf::test
