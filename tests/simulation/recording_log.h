// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/sqlite_event_log.h"
#include "tests/simulation/auditor.h"

#include <functional>
#include <memory>

namespace cf::sim {

// The product's log with the auditor at its elbow: what is about to be promised, what was, and,
// whenever the log was opened anew, all that is in it.
class RecordingLog final : public hub::EventLog
{
public:
    // `onReopened` is called after the log was opened anew by itself.
    RecordingLog(std::unique_ptr<hub::SqliteEventLog> log, Auditor &auditor,
                 std::function<void(const hub::SqliteEventLog &)> onReopened)
        : m_log(std::move(log)), m_auditor(auditor), m_onReopened(std::move(onReopened))
    {
    }

    [[nodiscard]] const hub::SqliteEventLog &log() const { return *m_log; }
    [[nodiscard]] hub::LogHead head() const override { return m_log->head(); }
    [[nodiscard]] QString restaurantId() const override { return m_log->restaurantId(); }
    Result<std::vector<OrderState>> openOrders() override { return m_log->openOrders(); }
    Result<std::vector<OrderState>> recentlyClosed(int limit) override
    {
        return m_log->recentlyClosed(limit);
    }
    Result<std::optional<hub::DayNumber>> dayNumber() override { return m_log->dayNumber(); }
    Result<hub::Documents> settings() override { return m_log->settings(); }
    Result<std::optional<OrderState>> order(const QUuid &orderId) override
    {
        return m_log->order(orderId);
    }
    Result<std::optional<hub::CommandRecord>> command(const QByteArray &scope,
                                                      const QByteArray &key) override
    {
        return m_log->command(scope, key);
    }
    Result<std::optional<hub::DeviceCommandRecord>> deviceCommand(const QString &device,
                                                                  qint64 n) override
    {
        return m_log->deviceCommand(device, n);
    }
    Result<qint64> lastDeviceCommand(const QString &device) override
    {
        return m_log->lastDeviceCommand(device);
    }
    Status commit(const hub::LogBatch &batch) override
    {
        m_auditor.committing(batch);
        Status done = m_log->commit(batch);
        m_auditor.committed(batch, m_log->head().epoch, done.has_value());
        return done;
    }
    Status renewEpoch(const QByteArray &epoch, const QString &why) override
    {
        Status done = m_log->renewEpoch(epoch, why);
        if (done)
            m_auditor.epochRenewed(epoch);
        return done;
    }
    Status reopen() override
    {
        Status done = m_log->reopen();
        if (done)
            m_onReopened(*m_log);
        return done;
    }
    void idle() override { m_log->idle(); }

private:
    std::unique_ptr<hub::SqliteEventLog> m_log;
    Auditor &m_auditor;
    std::function<void(const hub::SqliteEventLog &)> m_onReopened;
};

} // namespace cf::sim
