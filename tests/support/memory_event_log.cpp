// SPDX-License-Identifier: Apache-2.0
#include "tests/support/memory_event_log.h"

#include <algorithm>

namespace cf::test {

using hub::CommandRecord;
using hub::DayNumber;
using hub::DeviceCommandRecord;
using hub::LogBatch;
using hub::LoggedEvent;

namespace {

Error unusable()
{
    return {ErrorCode::StorageFailed, QStringLiteral("the test's log is made to fail")};
}

} // namespace

MemoryEventLog::MemoryEventLog(QByteArray epoch)
{
    m_head.epoch = std::move(epoch);
    m_epochs.push_back({m_head.epoch, 0, {}, QStringLiteral("created")});
}

Result<std::vector<OrderState>> MemoryEventLog::openOrders()
{
    if (!isUsable())
        return unusable();
    std::vector<OrderState> open;
    for (const auto &[id, order] : m_orders) {
        if (isOpen(order.status))
            open.push_back(order);
    }
    std::sort(open.begin(), open.end(),
              [](const OrderState &a, const OrderState &b) { return a.openedPos < b.openedPos; });
    return open;
}

Result<std::vector<OrderState>> MemoryEventLog::recentlyClosed(int limit)
{
    if (!isUsable())
        return unusable();
    std::vector<OrderState> closed;
    for (const auto &[id, order] : m_orders) {
        if (!isOpen(order.status))
            closed.push_back(order);
    }
    std::sort(closed.begin(), closed.end(), [](const OrderState &a, const OrderState &b) {
        return a.pos < b.pos; // of closing, the last event
    });
    if (closed.size() > static_cast<size_t>(limit))
        closed.erase(closed.begin(), closed.end() - limit);
    return closed;
}

Result<std::optional<DayNumber>> MemoryEventLog::dayNumber()
{
    if (!isUsable())
        return unusable();
    return m_dayNumber;
}

Result<hub::Documents> MemoryEventLog::settings()
{
    if (!isUsable())
        return unusable();
    return m_settings;
}

Result<std::optional<OrderState>> MemoryEventLog::order(const QUuid &orderId)
{
    if (!isUsable() || m_failOrders)
        return unusable();
    const auto it = m_orders.find(orderId);
    return it == m_orders.end() ? std::nullopt : std::optional(it->second);
}

Result<std::optional<CommandRecord>> MemoryEventLog::command(const QByteArray &scope,
                                                             const QByteArray &key)
{
    if (!isUsable())
        return unusable();
    const auto it = m_commands.find({scope, key});
    return it == m_commands.end() ? std::nullopt : std::optional(it->second);
}

Result<std::optional<DeviceCommandRecord>> MemoryEventLog::deviceCommand(const QString &device,
                                                                         qint64 n)
{
    if (!isUsable())
        return unusable();
    const auto it = m_deviceCommands.find({device, n});
    return it == m_deviceCommands.end() ? std::nullopt : std::optional(it->second);
}

Result<qint64> MemoryEventLog::lastDeviceCommand(const QString &device)
{
    if (!isUsable())
        return unusable();
    qint64 last = 0;
    for (const auto &[key, record] : m_deviceCommands) {
        if (key.first == device)
            last = std::max(last, key.second);
    }
    return last;
}

Status MemoryEventLog::commit(const LogBatch &batch)
{
    if (m_failed)
        return unusable();
    if (const QString broken = fault(batch); !broken.isEmpty()) {
        m_violations.append(broken);
        m_failed = true;
        return Error{ErrorCode::Internal, broken};
    }
    ++m_commits;
    if (!m_failCommit || *m_failCommit == CommitFailure::Kept)
        keep(batch);
    m_failed = m_failCommit.has_value();
    m_failCommit.reset();
    return m_failed ? Status(unusable()) : ok();
}

// Empty when the batch is as event_log.h wants it.
QString MemoryEventLog::fault(const LogBatch &batch) const
{
    if (batch.isEmpty())
        return QStringLiteral("an empty batch was committed");
    for (const hub::SettingsRecord &settings : batch.settings) {
        const auto last = m_settings.find(settings.name);
        if (settings.rev != (last == m_settings.end() ? 1 : last->second.rev + 1))
            return QStringLiteral("not the settings' next revision");
    }
    hub::LogHead at = m_head;
    std::map<QUuid, OrderState> after;
    for (const LoggedEvent &logged : batch.events) {
        const OrderEvent &event = logged.event;
        const QString where = QStringLiteral("event %1: ").arg(event.pos);
        if (event.pos != at.pos + 1)
            return where + QStringLiteral("pos is not the next");
        if (event.at < at.at)
            return where + QStringLiteral("time runs backwards");
        if (logged.chain != nextChain(at.chain, canonicalBytes(event)))
            return where + QStringLiteral("wrong chain hash");
        if (!after.contains(event.orderId)) {
            const auto known = m_orders.find(event.orderId);
            after[event.orderId] = known == m_orders.end() ? OrderState() : known->second;
        }
        OrderState &order = after[event.orderId];
        if (event.seq != order.seq + 1)
            return where + QStringLiteral("seq is not the order's next");
        applyEvent(order, event);
        at.pos = event.pos;
        at.at = event.at;
        at.chain = logged.chain;
    }
    if (batch.orders.size() != after.size())
        return QStringLiteral("not exactly the touched orders are given");
    const bool same = std::all_of(batch.orders.begin(), batch.orders.end(), [&](const auto &order) {
        return after.contains(order.id) && after.at(order.id) == order;
    });
    return same ? QString() : QStringLiteral("a folded order is not the fold of its events");
}

void MemoryEventLog::keep(const LogBatch &batch)
{
    for (const LoggedEvent &logged : batch.events) {
        m_events.push_back(logged);
        m_head.pos = logged.event.pos;
        m_head.at = logged.event.at;
        m_head.chain = logged.chain;
    }
    for (const OrderState &order : batch.orders)
        m_orders[order.id] = order;
    const size_t records = m_commands.size() + m_deviceCommands.size();
    for (const CommandRecord &record : batch.commands)
        m_commands.emplace(std::pair(record.scope, record.key), record);
    for (const DeviceCommandRecord &record : batch.deviceCommands)
        m_deviceCommands.emplace(std::pair(record.device, record.n), record);
    if (m_commands.size() + m_deviceCommands.size()
        != records + batch.commands.size() + batch.deviceCommands.size())
        m_violations.append(QStringLiteral("a command was recorded twice"));
    for (const hub::TrackerRecord &record : batch.trackers)
        m_trackers.emplace(record.token, record.orderId);
    if (batch.dayNumber)
        m_dayNumber = batch.dayNumber;
    for (const hub::SettingsRecord &settings : batch.settings) {
        m_settings.insert_or_assign(settings.name, settings);
        m_revisions.push_back(settings);
    }
}

Status MemoryEventLog::renewEpoch(const QByteArray &epoch, const QString &why)
{
    if (m_failed || m_failRenewals) {
        m_failed = true;
        return unusable();
    }
    m_head.epoch = epoch;
    m_epochs.insert(m_epochs.begin(), {epoch, m_head.pos, m_head.at, why});
    return ok();
}

Status MemoryEventLog::reopen()
{
    m_failed = false;
    return ok();
}

void MemoryEventLog::loseAfter(qint64 pos)
{
    m_events.resize(static_cast<size_t>(pos));
    m_orders.clear();
    m_head = {m_head.epoch, 0, {}, {}};
    for (const LoggedEvent &logged : m_events) {
        applyEvent(m_orders[logged.event.orderId], logged.event);
        m_head.pos = logged.event.pos;
        m_head.at = logged.event.at;
        m_head.chain = logged.chain;
    }
}

Result<std::vector<LoggedEvent>> MemoryEventLog::events(qint64 after, qint64 upTo, int limit,
                                                        qint64 bytesMax)
{
    if (!isUsable())
        return unusable();
    std::vector<LoggedEvent> page;
    qint64 bytes = 0;
    for (qint64 pos = after + 1; pos <= std::min(upTo, m_head.pos); ++pos) {
        const LoggedEvent &logged = m_events.at(static_cast<size_t>(pos - 1));
        bytes += canonicalBytes(logged.event).size();
        if (!page.empty() && (bytes > bytesMax || page.size() >= static_cast<size_t>(limit)))
            break;
        page.push_back(logged);
    }
    return page;
}

Result<std::optional<ChainHash>> MemoryEventLog::chainAt(qint64 pos)
{
    if (!isUsable())
        return unusable();
    if (pos < m_floor - 1 || pos > m_head.pos)
        return std::optional<ChainHash>();
    return std::optional(pos == 0 ? ChainHash() : m_events.at(static_cast<size_t>(pos - 1)).chain);
}

Result<qint64> MemoryEventLog::gapBytes(qint64 after, qint64 upTo)
{
    if (!isUsable())
        return unusable();
    qint64 bytes = 0;
    for (qint64 pos = after + 1; pos <= std::min(upTo, m_head.pos); ++pos)
        bytes += canonicalBytes(m_events.at(static_cast<size_t>(pos - 1)).event).size();
    return bytes;
}

Result<std::vector<OrderEvent>> MemoryEventLog::orderEvents(const QUuid &orderId, int afterSeq)
{
    if (!isUsable())
        return unusable();
    std::vector<OrderEvent> found;
    for (const LoggedEvent &logged : m_events) {
        if (logged.event.orderId == orderId && logged.event.seq > afterSeq)
            found.push_back(logged.event);
    }
    return found;
}

Result<std::optional<QUuid>> MemoryEventLog::orderForTracker(const QByteArray &token)
{
    if (!isUsable())
        return unusable();
    const auto it = m_trackers.find(token);
    return it == m_trackers.end() ? std::nullopt : std::optional(it->second);
}

Result<std::optional<QByteArray>> MemoryEventLog::trackerForOrder(const QUuid &orderId)
{
    if (!isUsable())
        return unusable();
    for (const auto &[token, id] : m_trackers) {
        if (id == orderId)
            return std::optional(token);
    }
    return std::optional<QByteArray>();
}

Result<std::vector<hub::SettingsRecord>> MemoryEventLog::settingsHistory(const QByteArray &name,
                                                                         qint64 before, int limit)
{
    if (!isUsable())
        return unusable();
    std::vector<hub::SettingsRecord> history;
    for (auto it = m_revisions.rbegin(); it != m_revisions.rend(); ++it) {
        if (it->name == name && it->rev < before && history.size() < static_cast<size_t>(limit))
            history.push_back(*it);
    }
    return history;
}

Result<std::vector<std::pair<QString, qint64>>> MemoryEventLog::countsSince(Timestamp since)
{
    if (!isUsable())
        return unusable();
    std::map<QString, qint64> counts;
    for (const LoggedEvent &logged : m_events) {
        if (logged.event.at >= since)
            ++counts[logged.event.typeName()];
    }
    return std::vector<std::pair<QString, qint64>>(counts.begin(), counts.end());
}

Result<qint64> MemoryEventLog::firstSince(Timestamp since)
{
    if (!isUsable())
        return unusable();
    for (const LoggedEvent &logged : m_events) {
        if (logged.event.at >= since)
            return logged.event.pos;
    }
    return m_head.pos + 1;
}

Result<hub::SettingsRecord> MemoryEventLog::settingsAt(const QByteArray &name, Timestamp at)
{
    if (!isUsable())
        return unusable();
    hub::SettingsRecord inForce;
    for (const hub::SettingsRecord &record : m_revisions) {
        if (record.name == name && record.at <= at)
            inForce = record;
    }
    return inForce;
}

Result<std::vector<hub::EpochRecord>> MemoryEventLog::epochs(int limit)
{
    if (!isUsable())
        return unusable();
    std::vector<hub::EpochRecord> epochs = m_epochs;
    epochs.resize(std::min(epochs.size(), static_cast<size_t>(limit)));
    return epochs;
}

} // namespace cf::test
