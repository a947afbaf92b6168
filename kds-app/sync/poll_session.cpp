// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/poll_session.h"

#include "kds-app/sync/poll_codec.h"
#include "shared/base/limits.h"

#include <QUrl>

#include <algorithm>

namespace cf::kds {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::seconds;

namespace {

bool isRefusedForGood(int httpStatus)
{
    return httpStatus == 401 || httpStatus == 403;
}

// A refusal of the command itself; anything else is the hub's trouble, and asked again.
bool isAnswer(int httpStatus)
{
    return httpStatus >= 400 && httpStatus < 500 && httpStatus != 408 && httpStatus != 429;
}

// Plain HTTP refuses what is already so, where the stream answers `noop`: a cook's second bump is
// not an error on either.
bool isAlreadySo(const CommandResult &result, const QString &type)
{
    if (result.code != errorCodeName(ErrorCode::TransitionNotAllowed) || !result.current)
        return false;
    const OrderStatus now = result.current->status;
    switch (eventTypeFromName(type)) {
    case EventType::OrderAccepted: return now == OrderStatus::Accepted;
    case EventType::OrderStarted:
    case EventType::OrderRecalled: return now == OrderStatus::InKitchen;
    case EventType::OrderReady:
    case EventType::ItemReady: return now == OrderStatus::Ready;
    case EventType::OrderCompleted: return now == OrderStatus::Completed;
    case EventType::OrderCancelled: return now == OrderStatus::Cancelled;
    default: return false;
    }
}

} // namespace

PollRequest PollSession::nextRead()
{
    const std::optional<Cursor> &cursor = m_kitchen.tickets().cursor();
    m_isReadingSnapshot = !cursor || m_book.wantsSnapshot();
    m_isAsking = m_isReadingSnapshot || !m_isWelcomed;
    if (m_isReadingSnapshot) {
        QString path = QStringLiteral("/v1/kds/snapshot?device=%1").arg(m_kitchen.deviceId());
        if (cursor) // a log that is behind it has lost events, and begins a new epoch first
            path += QStringLiteral("&since=%1").arg(QString::fromLatin1(cursor->text()));
        return {false, path, {}};
    }
    // What is not on the screen yet will be in a moment, and the hub waits to hear of it.
    auto wait = m_painted < cursor->pos ? 1s : duration_cast<seconds>(limits::pollWaitMax);
    if (!m_isCaughtUp)
        wait = 0s;
    QStringList query;
    const auto add = [&](const char *key, const QString &value) {
        query.append(QLatin1StringView(key) + QLatin1Char('=')
                     + QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add("since", QString::fromLatin1(cursor->text()));
    add("settings", QString::fromLatin1(m_kitchen.settingsId()));
    add("alarms", QString::fromLatin1(m_book.alarmsId()));
    add("display", m_kitchen.deviceId());
    add("name", m_name);
    add("shown", QString::number(std::min(m_painted, cursor->pos)));
    add("limit", QString::number(limits::pollEventsDefault));
    add("wait", QString::number(wait.count()));
    if (m_isAsking)
        add("device", m_kitchen.deviceId());
    return {false, QStringLiteral("/v1/kds/events?") + query.join(QLatin1Char('&')), {}};
}

void PollSession::restart()
{
    m_isCaughtUp = false;
    m_isWelcomed = false;
}

// An older hub says nothing of the outbox: its answer is the welcome all the same.
void PollSession::welcomed(std::optional<qint64> outboxLast)
{
    if (!m_isAsking) // it was on its way before there was something to ask
        return;
    // No command is sent before the first of them, so what it says is exact: as on the stream, an
    // accepted command above it is one that the hub's log has lost.
    if (outboxLast && (!m_isWelcomed || m_isCursorRefused))
        m_kitchen.welcomed(*outboxLast, m_kitchen.tickets().cursor()->epoch);
    m_isWelcomed = true;
    m_isCursorRefused = false;
}

PollOutcome PollSession::onRead(int httpStatus, const QByteArray &body,
                                std::optional<Timestamp> hubNow)
{
    PollOutcome outcome;
    outcome.unauthorised = isRefusedForGood(httpStatus);
    if (httpStatus == 200 || httpStatus == 410) {
        // An HTTP date has whole seconds: a better idea of the hub's time is not given up for it.
        if (hubNow && std::chrono::abs(*hubNow - m_kitchen.hubNow()) > 2s)
            m_kitchen.setHubTime(*hubNow);
    }
    if (httpStatus == 410 && !m_isReadingSnapshot) {
        m_isCaughtUp = false;
        m_isCursorRefused = true;
        m_book.catchingUp(0);
        m_book.askForSnapshot();
        outcome.ok = true;
    } else if (httpStatus == 200) {
        outcome = m_isReadingSnapshot ? onSnapshot(body) : onPage(body);
    }
    if (!outcome.ok) // the hub that answers next may be one that was restored meanwhile
        restart();
    m_kitchen.flush();
    return outcome;
}

PollOutcome PollSession::differed(const QString &what)
{
    PollOutcome outcome;
    outcome.ok = true;
    m_isCaughtUp = false;
    outcome.pause = m_book.differed(what);
    return outcome;
}

bool PollSession::proveOrAsk(qint64 pos, int count, const QByteArray &digest, PollOutcome &outcome)
{
    if (m_kitchen.tickets().compare(pos, count, digest) != DigestOutcome::Equal) {
        outcome = differed(QStringLiteral("caught up, and the digest is not the hub's"));
        return false;
    }
    m_isCaughtUp = true;
    m_book.proven(LinkPhase::Polling);
    return true;
}

PollOutcome PollSession::onPage(const QByteArray &body)
{
    PollOutcome outcome;
    const Result<PollPage> page = decodePollPage(body);
    TicketStore &tickets = m_kitchen.tickets();
    if (!page || page->cursor.epoch != tickets.cursor()->epoch)
        return outcome;
    Events frame;
    frame.prev = tickets.position();
    frame.to = page->cursor.pos;
    frame.h = page->cursor.h;
    frame.events = page->events;
    switch (tickets.applyEvents(frame)) {
    case EventsOutcome::Applied: break;
    case EventsOutcome::Hole:
        return differed(QStringLiteral("an earlier event of an order is missing"));
    case EventsOutcome::WrongPosition:
    case EventsOutcome::Malformed: return outcome;
    }
    outcome.ok = true;
    welcomed(page->outboxLast);
    if (page->settings)
        m_kitchen.setSettings(*page->settings);
    if (page->alarms)
        m_book.setAlarms(*page->alarms);
    if (page->more) {
        m_isCaughtUp = false;
        m_book.catchingUp(frame.to + 1); // at least one more
        return outcome;
    }
    if (proveOrAsk(page->cursor.pos, page->count, page->digest, outcome) && page->events.empty())
        outcome.pause = limits::pollPause;
    return outcome;
}

PollOutcome PollSession::onSnapshot(const QByteArray &body)
{
    PollOutcome outcome;
    Result<PollSnapshot> snapshot = decodePollSnapshot(body);
    if (!snapshot)
        return outcome;
    TicketStore &tickets = m_kitchen.tickets();
    const qint64 at = snapshot->cursor.pos;
    tickets.beginSnapshot(snapshot->cursor.epoch);
    (void)tickets.addSnapshotPart(
        {0, at, 1, 1, std::move(snapshot->orders), std::move(snapshot->recent)});
    const SnapshotOutcome ended =
        tickets.endSnapshot({0, at, snapshot->cursor.h, snapshot->count, snapshot->digest});
    if (ended == SnapshotOutcome::Differs)
        return differed(QStringLiteral("a snapshot is not what its digest says"));
    if (ended == SnapshotOutcome::Malformed)
        return outcome;
    outcome.ok = true;
    m_book.snapshotTaken();
    m_painted = 0;
    welcomed(snapshot->outboxLast);
    (void)proveOrAsk(at, snapshot->count, snapshot->digest, outcome);
    return outcome;
}

std::optional<PollRequest> PollSession::nextCommand()
{
    if (m_commandN != 0 || !m_isWelcomed)
        return std::nullopt;
    const std::vector<DeviceCommand> commands = m_kitchen.takeToSend(1);
    if (commands.empty())
        return std::nullopt;
    const DeviceCommand &command = commands.front();
    m_commandN = command.n;
    return PollRequest{
        true,
        QStringLiteral("/v1/orders/%1/events").arg(command.orderId.toString(QUuid::WithoutBraces)),
        encodeEventRequest(command, m_kitchen.deviceId(), m_name,
                           m_kitchen.outbox().acceptedBefore(command.n))};
}

// What an older hub, which does not say it in the stream's words, means.
CommandResult PollSession::guessResult(bool isAccepted, const QByteArray &body) const
{
    CommandResult result = decodeEventAnswer(m_commandN, isAccepted, body);
    const OutboxEntry *entry = m_kitchen.outbox().find(m_commandN);
    if (entry && isAlreadySo(result, entry->command.type)) {
        result = {};
        result.n = m_commandN;
        result.status = CommandStatus::Noop;
    }
    return result;
}

PollOutcome PollSession::onCommand(int httpStatus, const QByteArray &body)
{
    PollOutcome outcome;
    const bool isAccepted = httpStatus >= 200 && httpStatus < 300;
    if (isRefusedForGood(httpStatus) || (!isAccepted && !isAnswer(httpStatus))) {
        outcome.unauthorised = isRefusedForGood(httpStatus);
        commandLost();
        if (httpStatus == 0)
            restart();
        return outcome;
    }
    outcome.ok = true;
    if (saysCommandsMissing(httpStatus, body)) { // a new welcome tells which ones to offer again
        commandLost();
        restart();
        outcome.askNow = true;
        return outcome;
    }
    const CommandResult result =
        decodeEventResult(m_commandN, body).value_or(guessResult(isAccepted, body));
    const std::optional<Cursor> &cursor = m_kitchen.tickets().cursor();
    m_commandN = 0;
    if (auto refused = m_kitchen.answered(result, cursor ? cursor->epoch : QByteArray()))
        outcome.rejected.push_back(std::move(*refused));
    m_kitchen.flush();
    return outcome;
}

void PollSession::commandLost()
{
    m_commandN = 0;
    m_kitchen.outbox().connectionLost();
}

} // namespace cf::kds
