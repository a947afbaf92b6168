// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/outbox.h"

#include "shared/base/limits.h"
#include "shared/base/mutant.h"

namespace cf::kds {

bool OutboxEntry::isRejected() const
{
    return result && (result->status == CommandStatus::Rejected || !result->code.isEmpty());
}

std::optional<Rejection> rejectionOf(const OutboxEntry &entry)
{
    if (entry.state != OutboxState::Finished || entry.dismissed || !entry.isRejected())
        return std::nullopt;
    return Rejection{entry.command.n,       entry.command.orderId,
                     entry.orderNumber,     eventTypeFromName(entry.command.type),
                     entry.command.payload, entry.result->code,
                     entry.result->detail,  entry.result->current,
                     entry.answeredAt};
}

void Outbox::load(std::vector<OutboxEntry> entries, qint64 next)
{
    m_entries.clear();
    m_waiting.clear();
    m_sent.clear();
    m_next = std::max<qint64>(next, 1);
    for (OutboxEntry &entry : entries) {
        const qint64 n = entry.command.n;
        entry.state = entry.result ? OutboxState::Finished : OutboxState::Waiting;
        entry.offeredAgain = !entry.result && !entry.answeredEpoch.isEmpty();
        if (!entry.result)
            m_waiting.insert(n);
        m_next = std::max(m_next, n + 1);
        m_entries.insert_or_assign(n, std::move(entry));
    }
    if (isPlanted(Mutant::OutboxRenumbered) && m_waiting.empty())
        m_next = 1;
}

Result<OutboxEntry> Outbox::draft(DeviceCommand command, const QString &orderNumber) const
{
    if (unanswered() >= limits::outboxMax) {
        return Error{
            ErrorCode::Unavailable,
            QStringLiteral("%1 commands are already waiting for the hub").arg(unanswered())};
    }
    OutboxEntry entry;
    entry.command = std::move(command);
    entry.command.n = m_next;
    entry.orderNumber = orderNumber;
    return entry;
}

void Outbox::add(OutboxEntry entry)
{
    const qint64 n = entry.command.n;
    entry.state = OutboxState::Waiting;
    m_next = std::max(m_next, n + 1);
    m_waiting.insert(n);
    m_entries.insert_or_assign(n, std::move(entry));
}

const OutboxEntry *Outbox::find(qint64 n) const
{
    const auto it = m_entries.find(n);
    return it == m_entries.end() ? nullptr : &it->second;
}

std::vector<const OutboxEntry *> Outbox::unansweredEntries() const
{
    std::set<qint64> numbers = m_waiting;
    numbers.insert(m_sent.begin(), m_sent.end());
    std::vector<const OutboxEntry *> entries;
    entries.reserve(numbers.size());
    for (const qint64 n : numbers)
        entries.push_back(&m_entries.at(n));
    return entries;
}

void Outbox::connectionLost()
{
    for (const qint64 n : m_sent)
        m_entries.at(n).state = OutboxState::Waiting;
    if (!isPlanted(Mutant::OutboxNotResent))
        m_waiting.merge(m_sent);
    m_sent.clear();
}

std::vector<qint64> Outbox::onWelcome(qint64 outboxLast, const QByteArray &epoch)
{
    m_next = std::max(m_next, outboxLast + 1);
    for (auto it = m_entries.begin(); it != m_entries.end() && it->first <= outboxLast; ++it) {
        OutboxEntry &entry = it->second;
        if (entry.state != OutboxState::Finished || entry.isRejected()
            || entry.answeredEpoch == epoch)
            continue;
        entry.state = OutboxState::Waiting;
        m_waiting.insert(it->first);
    }
    std::vector<qint64> again;
    for (auto it = m_entries.upper_bound(outboxLast); it != m_entries.end(); ++it) {
        OutboxEntry &entry = it->second;
        if (entry.state != OutboxState::Finished || entry.isRejected()
            || isPlanted(Mutant::NothingOfferedAgain))
            continue;
        entry.state = OutboxState::Waiting;
        entry.offeredAgain = true;
        entry.result.reset();
        m_waiting.insert(it->first);
        again.push_back(it->first);
    }
    return again;
}

qint64 Outbox::acceptedBefore(qint64 n) const
{
    for (auto it = m_entries.lower_bound(n); it != m_entries.begin();) {
        --it;
        if (it->second.state == OutboxState::Finished && !it->second.isRejected())
            return it->first;
    }
    return 0;
}

std::vector<DeviceCommand> Outbox::takeToSend(int window)
{
    std::vector<DeviceCommand> commands;
    while (!m_waiting.empty() && static_cast<int>(m_sent.size()) < window) {
        const qint64 n = *m_waiting.begin();
        m_waiting.erase(m_waiting.begin());
        m_sent.insert(n);
        OutboxEntry &entry = m_entries.at(n);
        entry.state = OutboxState::Sent;
        commands.push_back(entry.command);
    }
    return commands;
}

std::optional<OutboxEntry> Outbox::finish(const CommandResult &result, const QByteArray &epoch,
                                          Timestamp hubNow)
{
    if (m_sent.erase(result.n) + m_waiting.erase(result.n) == 0)
        return std::nullopt;
    OutboxEntry &entry = m_entries.at(result.n);
    const bool isAskedAgain = entry.offeredAgain || entry.result;
    entry.state = OutboxState::Finished;
    entry.result = result;
    entry.answeredEpoch = epoch;
    entry.answeredAt = hubNow;
    // To a hub that has lost the order as well: gone from every screen, it is no news.
    if (isAskedAgain && result.code == errorCodeName(ErrorCode::UnknownOrder))
        entry.dismissed = true;
    return entry;
}

std::vector<qint64> Outbox::trim()
{
    std::vector<qint64> dropped;
    auto excess = static_cast<qint64>(m_entries.size()) - unanswered() - limits::outboxFinishedKept;
    for (auto it = m_entries.begin(); it != m_entries.end() && excess > 0;) {
        const OutboxEntry &entry = it->second;
        if (entry.state != OutboxState::Finished || rejectionOf(entry)) {
            ++it;
            continue;
        }
        dropped.push_back(it->first);
        it = m_entries.erase(it);
        --excess;
    }
    return dropped;
}

std::vector<Rejection> Outbox::rejections() const
{
    std::vector<Rejection> rejections;
    for (const auto &numbered : m_entries) {
        if (std::optional<Rejection> rejection = rejectionOf(numbered.second))
            rejections.push_back(std::move(*rejection));
    }
    return rejections;
}

std::optional<OutboxEntry> Outbox::dismiss(qint64 n)
{
    const auto it = m_entries.find(n);
    if (it == m_entries.end() || !rejectionOf(it->second))
        return std::nullopt;
    it->second.dismissed = true;
    return it->second;
}

} // namespace cf::kds
