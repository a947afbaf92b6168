// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_event.h"
#include "shared/protocol/messages.h"

#include <QMetaType>

#include <map>
#include <set>
#include <vector>

namespace cf::kds {

enum class OutboxState : quint8 {
    Waiting,  // to be sent, or sent again after a lost connection
    Sent,     // on this connection, no answer yet
    Finished, // `result` is the hub's answer
};

struct OutboxEntry {
    DeviceCommand command;
    QString orderNumber; // as the cook knew it, for a banner
    OutboxState state = OutboxState::Waiting;
    std::optional<CommandResult> result;
    QByteArray answeredEpoch; // of the log that answered
    Timestamp answeredAt{};   // hub time
    // To a log that does not have it; `answeredEpoch` is of the one that had answered. Kept on disk
    // like that: the old answer is not to come back.
    bool offeredAgain = false;
    bool dismissed = false; // a person has seen that it was refused
    bool operator==(const OutboxEntry &) const = default;

    // Refused by the hub, also when it says so a second time.
    [[nodiscard]] bool isRejected() const;
};

// A wish the hub refused, for a banner that stays until somebody has seen it.
struct Rejection {
    qint64 n = 0;
    QUuid orderId;
    QString orderNumber;
    EventType wished = EventType::Unknown;
    QJsonObject payload;
    QString code;   // an ErrorCode's name
    QString detail; // in words
    std::optional<CurrentState> current;
    Timestamp at{}; // hub time of the refusal
    bool operator==(const Rejection &) const = default;
};

// What this display has asked of the hub: n = 1, 2, 3 ... per install, in order, never renumbered.
// Sans-IO: it decides, LocalKitchen keeps it on disk. An entry must be stored before it is add()ed
// and so before it can be sent. At most limits::outboxMax unanswered ones; of the finished ones
// limits::outboxFinishedKept are kept, so that a hub restored from a backup can be offered them.
class Outbox
{
public:
    void load(std::vector<OutboxEntry> entries, qint64 next);

    // The entry to store and then add(). Unavailable: too many are waiting already.
    [[nodiscard]] Result<OutboxEntry> draft(DeviceCommand command,
                                            const QString &orderNumber) const;
    void add(OutboxEntry entry);

    [[nodiscard]] qint64 next() const { return m_next; }
    [[nodiscard]] int unanswered() const
    {
        return static_cast<int>(m_waiting.size() + m_sent.size());
    }
    [[nodiscard]] const OutboxEntry *find(qint64 n) const;
    [[nodiscard]] std::vector<const OutboxEntry *> unansweredEntries() const; // by n

    // Sent ones without an answer wait again.
    void connectionLost();
    // `outboxLast` is the highest n the hub's log has recorded. It recorded each answer before it
    // gave it, so an accepted entry above that is one which the log has lost: it waits again
    // (returned, by n, to be stored); refused ones stay refused. Numbers the hub has seen are never
    // given out again. What was accepted by a log of another epoch and is recorded in this one may
    // have been answered otherwise there, where an older copy was put in the place of a log that
    // had gone another way: it is asked for once more, and keeps its answer meanwhile.
    std::vector<qint64> onWelcome(qint64 outboxLast, const QByteArray &epoch);
    // The last command below n that the hub has answered and not refused; 0: none.
    [[nodiscard]] qint64 acceptedBefore(qint64 n) const;
    // The next commands, by n, while fewer than `window` are unanswered on this connection.
    std::vector<DeviceCommand> takeToSend(int window);
    // The entry to store; nullopt for an n that is not waiting for an answer.
    std::optional<OutboxEntry> finish(const CommandResult &result, const QByteArray &epoch,
                                      Timestamp hubNow);
    // Drops the oldest finished entries beyond the bound, never an unseen refusal; returns their n.
    std::vector<qint64> trim();

    [[nodiscard]] std::vector<Rejection> rejections() const; // not dismissed, by n
    // The entry to store; nullopt when n is no refusal.
    std::optional<OutboxEntry> dismiss(qint64 n);

private:
    std::map<qint64, OutboxEntry> m_entries;
    std::set<qint64> m_waiting;
    std::set<qint64> m_sent;
    qint64 m_next = 1;
};

// nullopt unless refused and not dismissed. An offer that a hub refuses because it does not know
// the order at all is dismissed at once: that order is gone from every screen.
std::optional<Rejection> rejectionOf(const OutboxEntry &entry);

} // namespace cf::kds

Q_DECLARE_METATYPE(cf::kds::Rejection)
