// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/app/gated_log.h"

namespace cf::test {

using namespace cf::hub;

namespace {

Error broken()
{
    return {ErrorCode::StorageFailed, QStringLiteral("the test's disk is broken")};
}

} // namespace

void LogControl::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_held = false;
}

void LogControl::open()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = false;
    }
    m_changed.notify_all();
}

void LogControl::waitUntilHeld()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_held; });
}

void LogControl::failCommits(int count)
{
    const std::lock_guard lock(m_mutex);
    m_commitFailures = count;
}

void LogControl::failReopens(int count)
{
    const std::lock_guard lock(m_mutex);
    m_reopenFailures = count;
}

int LogControl::commits() const
{
    const std::lock_guard lock(m_mutex);
    return m_commits;
}

int LogControl::reopens() const
{
    const std::lock_guard lock(m_mutex);
    return m_reopens;
}

int LogControl::idles() const
{
    const std::lock_guard lock(m_mutex);
    return m_idles;
}

void LogControl::pass()
{
    std::unique_lock lock(m_mutex);
    m_held = m_closed;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return !m_closed; });
}

bool LogControl::takeCommitFailure()
{
    const std::lock_guard lock(m_mutex);
    if (m_commitFailures > 0) {
        --m_commitFailures;
        return true;
    }
    ++m_commits;
    return false;
}

bool LogControl::takeReopenFailure()
{
    const std::lock_guard lock(m_mutex);
    if (m_reopenFailures > 0) {
        --m_reopenFailures;
        return true;
    }
    ++m_reopens;
    return false;
}

GatedLog::GatedLog(std::unique_ptr<EventLog> log, LogControl &control)
    : m_log(std::move(log)), m_control(control)
{
}

Result<std::vector<OrderState>> GatedLog::openOrders()
{
    if (m_failed)
        return broken();
    return m_log->openOrders();
}

Result<std::vector<OrderState>> GatedLog::recentlyClosed(int limit)
{
    if (m_failed)
        return broken();
    return m_log->recentlyClosed(limit);
}

Result<std::optional<DayNumber>> GatedLog::dayNumber()
{
    if (m_failed)
        return broken();
    return m_log->dayNumber();
}

Result<Documents> GatedLog::settings()
{
    if (m_failed)
        return broken();
    return m_log->settings();
}

Result<std::optional<OrderState>> GatedLog::order(const QUuid &orderId)
{
    if (m_failed)
        return broken();
    return m_log->order(orderId);
}

Result<std::optional<CommandRecord>> GatedLog::command(const QByteArray &scope,
                                                       const QByteArray &key)
{
    if (m_failed)
        return broken();
    return m_log->command(scope, key);
}

Result<std::optional<DeviceCommandRecord>> GatedLog::deviceCommand(const QString &device, qint64 n)
{
    if (m_failed)
        return broken();
    return m_log->deviceCommand(device, n);
}

Result<qint64> GatedLog::lastDeviceCommand(const QString &device)
{
    if (m_failed)
        return broken();
    return m_log->lastDeviceCommand(device);
}

Status GatedLog::commit(const LogBatch &batch)
{
    m_control.pass();
    if (m_failed || m_control.takeCommitFailure()) {
        m_failed = true;
        return broken();
    }
    return m_log->commit(batch);
}

Status GatedLog::renewEpoch(const QByteArray &epoch, const QString &why)
{
    m_control.pass();
    if (m_failed)
        return broken();
    return m_log->renewEpoch(epoch, why);
}

Status GatedLog::reopen()
{
    if (m_control.takeReopenFailure())
        return broken();
    m_failed = false;
    return m_log->reopen();
}

void GatedLog::idle()
{
    {
        const std::lock_guard lock(m_control.m_mutex);
        ++m_control.m_idles;
    }
    m_log->idle();
}

} // namespace cf::test
