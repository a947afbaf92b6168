// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/tablet_link.h"

#include "shared/base/limits.h"
#include "shared/protocol/json_codec.h"

namespace cf::sim {

using namespace std::chrono_literals;

namespace {

constexpr int pollFailuresMax = 2;
constexpr milliseconds pollAnswerMax = limits::pollWaitMax + 10s;

} // namespace

TabletLink::TabletLink(Dialer &dialer, LinkPtr link, Agenda &agenda, const Clock &clock, Dice &dice,
                       kds::LocalKitchen &kitchen, const QString &name, TabletLinkUser &user)
    : m_dialer(dialer), m_link(std::move(link)), m_agenda(agenda), m_turns(agenda), m_clock(clock),
      m_kitchen(kitchen), m_user(user), m_book(kitchen), m_session(kitchen, m_book, name),
      m_poll(kitchen, m_book), m_backoff(dice), m_pollBackoff(dice)
{
}

TabletLink::~TabletLink()
{
    if (m_wire)
        m_wire->detach(End::Client);
}

void TabletLink::later(std::optional<Agenda::Id> &timer, milliseconds wait,
                       void (TabletLink::*what)())
{
    if (timer)
        m_turns.cancel(*timer);
    timer = m_turns.after(wait, [this, &timer, what] {
        timer.reset();
        (this->*what)();
    });
}

// --- the stream ---------------------------------------------------------------------------------

void TabletLink::tryStream()
{
    if (m_commanding) {
        later(m_retryTimer, limits::pollPause, &TabletLink::tryStream);
        return;
    }
    m_held = true;
    if (!m_polling)
        m_book.connecting();
    hangUp();
    ++m_dials;
    m_user.onDialled();
    m_wire = m_dialer.dial(m_link, this, kitchenStreamRequest());
    later(m_connectTimer, limits::connectTimeoutMax, &TabletLink::onClosed);
}

void TabletLink::tryStreamLater(milliseconds atLeast)
{
    later(m_retryTimer, std::max(atLeast, m_backoff.next()), &TabletLink::tryStream);
}

void TabletLink::onMessage(const Message &message)
{
    if (message.response) {
        if (message.response->status != 101) {
            onClosed();
            return;
        }
        if (m_connectTimer)
            m_turns.cancel(*std::exchange(m_connectTimer, std::nullopt));
        m_open = true;
        stopPolling();
        take(m_session.opened(m_clock.monotonic()));
        watchSilence();
        return;
    }
    if (const Result<FromHub> heard = decodeFromHub(message.bytes); heard && m_open)
        m_user.onHeard(*heard);
    take(m_session.received(message.bytes, m_clock.monotonic()));
    if (m_open && !m_drainDue) {
        m_drainDue = true;
        m_turns.after(0ms, [this] { drain(); });
    }
}

void TabletLink::drain()
{
    m_drainDue = false;
    if (!m_open)
        return;
    const bool wasWelcomed = m_session.isWelcomed();
    const bool isLive = m_session.isLive();
    take(m_session.drained());
    watchSilence();
    if (wasWelcomed)
        m_failedAttempts = 0;
    if (isLive)
        m_backoff.reset();
    m_user.onDrained();
}

void TabletLink::watchSilence()
{
    if (!m_open)
        return;
    take(m_session.tick(m_clock.monotonic()));
    if (!m_open)
        return;
    const auto left = m_session.deadline() - m_clock.monotonic();
    later(m_silenceTimer, std::max<milliseconds>(left, 1ms), &TabletLink::watchSilence);
}

void TabletLink::take(const kds::SessionStep &step)
{
    for (const QByteArray &frame : step.send) {
        m_unsent.push_back(frame);
        const Result<FromDisplay> said = decodeFromDisplay(frame);
        if (const auto *ack = said ? std::get_if<Ack>(&*said) : nullptr)
            m_user.onAcknowledged(ack->pos);
    }
    while (m_wire && !m_unsent.empty() && m_wire->send(End::Client, {m_unsent.front()}))
        m_unsent.erase(m_unsent.begin());
    for (const kds::Rejection &rejection : step.rejected)
        m_user.onRejected(rejection);
    if (step.close)
        onClosed();
}

void TabletLink::hangUp()
{
    if (m_wire) {
        m_wire->detach(End::Client);
        m_wire->close(End::Client);
    }
    m_wire.reset();
    m_unsent.clear();
    m_open = false;
    for (std::optional<Agenda::Id> *timer : {&m_silenceTimer, &m_connectTimer}) {
        if (*timer)
            m_turns.cancel(*std::exchange(*timer, std::nullopt));
    }
}

void TabletLink::onClosed()
{
    const bool wasWelcomed = m_session.isWelcomed();
    hangUp();
    if (m_polling) { // the stream was only tried; what works goes on
        m_held = false;
        sendCommand();
        later(m_retryTimer, limits::streamRetryWhilePolling, &TabletLink::tryStream);
        return;
    }
    const kds::ReconnectAdvice advice = m_session.closed();
    if (advice.stop) {
        m_stopped = true;
        return;
    }
    m_failedAttempts = wasWelcomed ? 0 : m_failedAttempts + 1;
    if (m_failedAttempts >= limits::streamAttemptsBeforePolling && advice.atLeast == 0ms)
        startPolling();
    else
        tryStreamLater(advice.atLeast);
}

void TabletLink::submitted()
{
    if (m_polling)
        sendCommand();
    else
        take(m_session.submitted());
}

void TabletLink::painted(qint64 position)
{
    take(m_session.painted(position));
    m_poll.painted(position);
}

// --- polling ------------------------------------------------------------------------------------

void TabletLink::startPolling()
{
    m_polling = true;
    m_held = false;
    m_pollFailures = 0;
    m_poll.restart();
    read();
}

void TabletLink::stopPolling()
{
    m_polling = false;
    for (std::optional<Agenda::Id> *timer : {&m_readTimer, &m_commandTimer}) {
        if (*timer)
            m_turns.cancel(*std::exchange(*timer, std::nullopt));
    }
    m_reading.reset();
    if (m_commanding) {
        m_commanding.reset();
        m_poll.commandLost();
    }
}

void TabletLink::read()
{
    const kds::PollRequest request = m_poll.nextRead();
    m_reading = std::make_unique<HttpCall>(
        m_dialer, m_link, m_agenda, requestTo(request.path, request.body, request.isPost),
        pollAnswerMax, [this](const hub::HttpResponse *response) { onRead(response); });
}

void TabletLink::onRead(const hub::HttpResponse *response)
{
    const kds::PollOutcome outcome = m_poll.onRead(
        response ? response->status : 0, response ? response->body : QByteArray(), std::nullopt);
    const auto finished = std::move(m_reading); // it is calling
    if (outcome.unauthorised) {
        stopPolling();
        m_stopped = true;
        return;
    }
    if (!outcome.ok && ++m_pollFailures >= pollFailuresMax) {
        stopPolling();
        m_book.offline(QStringLiteral("the hub does not answer"));
        tryStreamLater(0ms);
        return;
    }
    if (!outcome.ok) {
        later(m_readTimer, m_pollBackoff.next(), &TabletLink::read);
        return;
    }
    m_pollFailures = 0;
    m_pollBackoff.reset();
    later(m_readTimer, outcome.pause, &TabletLink::read);
    if (!m_retryTimer && !m_wire)
        later(m_retryTimer, limits::reconnectMin, &TabletLink::tryStream);
    m_user.onDrained();
    sendCommand();
}

void TabletLink::sendCommand()
{
    if (!m_polling || m_held || m_commanding || m_commandTimer)
        return;
    const std::optional<kds::PollRequest> request = m_poll.nextCommand();
    if (!request)
        return;
    m_user.onDialled();
    m_commanding = std::make_unique<HttpCall>(
        m_dialer, m_link, m_agenda, requestTo(request->path, request->body, true),
        limits::requestReadMax, [this](const hub::HttpResponse *response) { onCommand(response); });
}

void TabletLink::onCommand(const hub::HttpResponse *response)
{
    const kds::PollOutcome outcome =
        m_poll.onCommand(response ? response->status : 0, response ? response->body : QByteArray());
    const auto finished = std::move(m_commanding);
    for (const kds::Rejection &rejection : outcome.rejected)
        m_user.onRejected(rejection);
    m_user.onDrained();
    if (outcome.unauthorised) {
        stopPolling();
        m_stopped = true;
    } else if (!outcome.ok) {
        later(m_commandTimer, m_pollBackoff.next(), &TabletLink::sendCommand);
    } else {
        sendCommand();
    }
}

} // namespace cf::sim
