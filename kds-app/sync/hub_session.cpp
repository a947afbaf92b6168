// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/hub_session.h"

#include "shared/base/limits.h"
#include "shared/base/mutant.h"

#include <QLoggingCategory>

#include <algorithm>

namespace cf::kds {

using namespace std::chrono_literals;

namespace {
Q_LOGGING_CATEGORY(lcSession, "counterfire.session")
// A hub's dead_ms is obeyed within these: neither a hot loop nor a board that looks live for long.
constexpr std::chrono::milliseconds deadMin = 100ms;
constexpr std::chrono::milliseconds deadMax = 60s;

bool isTransient(const QString &code)
{
    return code == errorCodeName(ErrorCode::StorageFailed)
           || code == errorCodeName(ErrorCode::Unavailable)
           || code == errorCodeName(ErrorCode::TooManyRequests);
}
} // namespace

HubSession::HubSession(LocalKitchen &kitchen, LinkBook &book, QString displayName)
    : m_kitchen(kitchen), m_book(book), m_name(std::move(displayName))
{
}

SessionStep HubSession::takeStep()
{
    return std::exchange(m_step, {});
}

SessionStep HubSession::opened(Monotonic now)
{
    (void)closed();
    m_isOpen = true;
    m_heardAt = now;
    m_dead = limits::deadInterval;
    m_advice = {};
    m_why.clear();
    m_acked = m_kitchen.tickets().position();
    m_shownAcked = 0;
    m_askedForSnapshot = m_book.wantsSnapshot() || !m_kitchen.tickets().cursor();
    Hello hello;
    hello.device = m_kitchen.deviceId();
    hello.name = m_name;
    hello.outboxNext = m_kitchen.outbox().next();
    hello.settings = m_kitchen.settingsId();
    hello.alarms = m_book.alarmsId();
    if (!m_askedForSnapshot)
        hello.cursor = m_kitchen.tickets().cursor();
    else
        hello.seen = m_kitchen.tickets().cursor();
    m_step.send.push_back(encode(hello));
    return takeStep();
}

SessionStep HubSession::received(QByteArrayView frame, Monotonic now)
{
    heard(now);
    if (!m_isOpen)
        return {};
    Result<FromHub> message = decodeFromHub(frame);
    if (!message) {
        endMalformed(message.error().detail);
        return takeStep();
    }
    ++m_counts.frames;
    std::visit([this](auto &m) { on(m); }, *message);
    return takeStep();
}

bool HubSession::isOurs(qint64 sid)
{
    if (m_welcome && m_welcome->sid == sid)
        return true;
    ++m_counts.otherSid;
    return false;
}

void HubSession::on(const Welcome &message)
{
    if (m_welcome)
        return endMalformed(QStringLiteral("welcomed twice"));
    TicketStore &tickets = m_kitchen.tickets();
    const bool isResume = message.mode == StreamMode::Resume;
    if (isResume
        && (m_askedForSnapshot || tickets.cursor()->epoch != message.epoch
            || message.head < tickets.position()))
        return endMalformed(QStringLiteral("resumed from a place that was not asked for"));
    m_welcome = message;
    m_dead = std::clamp(message.dead, deadMin, deadMax);
    m_kitchen.setHubTime(message.now);
    // Read before the hub takes any command of this connection, so it is exact, even if this
    // board's cursor still fits a log that has lost some.
    m_kitchen.welcomed(message.outboxLast, message.epoch);
    m_book.catchingUp(message.head);
    if (isResume)
        ++m_counts.resumes;
    else
        tickets.beginSnapshot(message.epoch);
    sendCommands();
}

void HubSession::on(SnapPart &message)
{
    if (isOurs(message.sid) && !m_kitchen.tickets().addSnapshotPart(std::move(message)))
        endMalformed(QStringLiteral("a snapshot's parts do not fit together"));
}

void HubSession::on(const SnapEnd &message)
{
    if (!isOurs(message.sid))
        return;
    switch (m_kitchen.tickets().endSnapshot(message)) {
    case SnapshotOutcome::Replaced:
        ++m_counts.snapshots;
        m_book.snapshotTaken();
        m_acked = 0;
        m_shownAcked = 0;
        m_painted = 0;
        return;
    case SnapshotOutcome::Differs:
        return endDifferent(QStringLiteral("a snapshot is not what its digest says"));
    case SnapshotOutcome::Malformed:
        return endMalformed(QStringLiteral("a snapshot ended before it was whole"));
    }
}

void HubSession::on(const Events &message)
{
    if (!isOurs(message.sid))
        return;
    if (m_kitchen.tickets().isInSnapshot())
        return endMalformed(QStringLiteral("events in the middle of a snapshot"));
    switch (m_kitchen.tickets().applyEvents(message)) {
    case EventsOutcome::Applied:
        m_book.heardOf(message.to);
        if (m_isLive)
            m_kitchen.noteCurrent();
        return;
    case EventsOutcome::WrongPosition:
        m_book.wrongPosition();
        return end(QStringLiteral("the hub went on from another position"));
    case EventsOutcome::Hole:
        return endDifferent(QStringLiteral("an earlier event of an order is missing"));
    case EventsOutcome::Malformed: return endMalformed(QStringLiteral("events out of their range"));
    }
}

void HubSession::on(const Live &message)
{
    if (!isOurs(message.sid))
        return;
    switch (m_kitchen.tickets().compare(message.at, message.count, message.digest)) {
    case DigestOutcome::Equal:
        m_isLive = true;
        m_book.proven(LinkPhase::Live);
        return;
    case DigestOutcome::Different:
        return endDifferent(QStringLiteral("caught up, and the digest is not the hub's"));
    case DigestOutcome::NotComparable:
        m_book.wrongPosition();
        return end(QStringLiteral("caught up, and at another position than the hub"));
    }
}

void HubSession::on(const Heartbeat &message)
{
    if (!isOurs(message.sid))
        return;
    m_kitchen.setHubTime(message.now);
    m_book.heardOf(message.head);
    const std::optional<Cursor> &cursor = m_kitchen.tickets().cursor();
    if (!m_isLive || !cursor || message.head > cursor->pos)
        return; // the rest is on its way
    if (message.head < cursor->pos) {
        m_book.wrongPosition();
        return end(QStringLiteral("the hub is behind this board"));
    }
    const auto outcome = m_kitchen.tickets().compare(message.head, message.count, message.digest);
    if (outcome != DigestOutcome::Equal || message.h != cursor->h)
        return endDifferent(QStringLiteral("the heartbeat's digest is not this board's"));
    m_book.proven(LinkPhase::Live);
}

void HubSession::on(const CommandResult &message)
{
    if (!m_welcome)
        return;
    // Nothing was decided, the hub is in trouble: offered again, in order, on the next connection.
    if (message.status == CommandStatus::Rejected && isTransient(message.code))
        return end(QStringLiteral("the hub could not decide: %1").arg(message.code));
    if (std::optional<Rejection> refused = m_kitchen.answered(message, m_welcome->epoch))
        m_step.rejected.push_back(std::move(*refused));
    sendCommands();
}

void HubSession::on(const Bye &message)
{
    ReconnectAdvice advice;
    switch (message.code) {
    case CloseCode::Unauthorised:
        advice.stop = true;
        m_book.trouble(LinkTrouble::Unauthorised,
                       QStringLiteral("the hub does not accept this display"));
        break;
    case CloseCode::Superseded:
        advice.atLeast = limits::supersededBackoff;
        m_book.trouble(LinkTrouble::Superseded,
                       QStringLiteral("another display runs with this one's identity"));
        break;
    case CloseCode::Slow:
    case CloseCode::Shutdown:
    case CloseCode::Epoch:
        advice.atLeast =
            std::clamp<std::chrono::milliseconds>(message.retry, 0ms, limits::supersededBackoff);
        break;
    }
    end(QStringLiteral("the hub said good-bye: %1").arg(closeCodeName(message.code)), advice);
}

void HubSession::on(const SettingsMessage &message)
{
    if (isOurs(message.sid))
        m_kitchen.setSettings(message);
}

void HubSession::on(const AlarmsMessage &message)
{
    if (isOurs(message.sid))
        m_book.setAlarms(message);
}

void HubSession::on(const UnknownMessage & /*message*/)
{
    ++m_counts.unknown;
}

void HubSession::end(const QString &why, ReconnectAdvice advice)
{
    qCInfo(lcSession, "closing: %s", qPrintable(why));
    m_why = why;
    m_advice = advice;
    m_isOpen = false;
    m_step.close = true;
}

void HubSession::endMalformed(const QString &why)
{
    ++m_counts.malformed;
    end(QStringLiteral("not understood: %1").arg(why));
}

void HubSession::endDifferent(const QString &what)
{
    ReconnectAdvice advice;
    advice.atLeast = m_book.differed(what);
    end(what, advice);
}

SessionStep HubSession::drained()
{
    if (!isPlanted(Mutant::AckBeforeWrite))
        m_kitchen.flush();
    const qint64 position = m_kitchen.tickets().position();
    if (m_isOpen && m_welcome && !m_kitchen.tickets().isInSnapshot() && position > m_acked) {
        m_acked = position;
        m_step.send.push_back(encode(Ack{m_welcome->sid, position, false}));
    }
    sendShown();
    if (m_welcome)
        sendCommands(); // they may have waited for the file
    return takeStep();
}

SessionStep HubSession::painted(qint64 position)
{
    m_painted = position;
    sendShown();
    return takeStep();
}

void HubSession::sendShown()
{
    if (!m_isOpen || !m_isLive || m_painted <= m_shownAcked || m_painted > m_acked)
        return;
    m_shownAcked = m_painted;
    m_step.send.push_back(encode(Ack{m_welcome->sid, m_painted, true}));
}

SessionStep HubSession::submitted()
{
    if (m_welcome)
        sendCommands();
    return takeStep();
}

void HubSession::sendCommands()
{
    if (!m_isOpen)
        return;
    for (const DeviceCommand &command : m_kitchen.takeToSend(limits::commandWindow))
        m_step.send.push_back(encode(command));
}

SessionStep HubSession::tick(Monotonic now)
{
    if (m_isOpen && now >= deadline())
        end(QStringLiteral("nothing heard for %1 ms").arg(m_dead.count()));
    return takeStep();
}

ReconnectAdvice HubSession::closed()
{
    m_kitchen.tickets().dropSnapshot();
    m_kitchen.outbox().connectionLost();
    m_kitchen.flush();
    m_welcome.reset();
    m_isOpen = false;
    m_isLive = false;
    m_step = {};
    m_book.offline(m_why.isEmpty() ? QStringLiteral("the connection is gone") : m_why);
    return std::exchange(m_advice, {});
}

} // namespace cf::kds
