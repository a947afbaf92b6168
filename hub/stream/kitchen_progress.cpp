// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/subscriber.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;

// A subscriber's other half: what the display tells, and how long the hub waits for it.

namespace {

// A display that was slow is given the time to get rid of what slowed it down.
constexpr std::chrono::milliseconds slowRetry = 1'000ms;

} // namespace

void KitchenSubscriber::onAck(const Ack &ack)
{
    // Of another stream, or of what was never sent: not for this place.
    if (m_state != State::Welcomed || ack.sid != m_sid || ack.pos > m_sent || ack.pos < 0)
        return;
    const bool progressed = ack.pos > m_acked || (ack.shown && ack.pos > m_shown) || !m_hasAcked;
    m_hasAcked = true;
    m_acked = std::max(m_acked, ack.pos);
    if (ack.shown)
        m_shown = std::max(m_shown, ack.pos);
    m_hub.noteSeen(*this);
    noteAcknowledging(progressed);
    noteProgress(progressed);
}

void KitchenSubscriber::onWritten()
{
    m_unwritten = false;
    noteProgress(true);
}

void KitchenSubscriber::sendResult(const CommandResult &result)
{
    if (m_state == State::Closed || m_bye)
        return;
    m_hub.noteSeen(*this);
    if (m_results.size() >= static_cast<size_t>(limits::resultQueueMax)) {
        m_hub.noteSlow();
        close(CloseCode::Slow, slowRetry);
        return;
    }
    if (isPlanted(Mutant::ResultDropped) && m_sent < m_hub.head().pos)
        return;
    m_results.push_back(result);
    noteProgress(false);
    wake();
}

// Not before the event it names: a display that hears "applied" first would show the order as it
// was for a moment.
bool KitchenSubscriber::isResultDue() const
{
    if (m_results.empty())
        return false;
    return m_results.front().pos <= m_sent || (!m_snapshot && m_sent == m_hub.head().pos);
}

void KitchenSubscriber::close(CloseCode code, std::chrono::milliseconds retry)
{
    if (m_state == State::Closed || m_bye)
        return;
    m_bye = Bye{code, retry};
    wake();
}

void KitchenSubscriber::published()
{
    noteProgress(false);
    if (m_state == State::Welcomed && !m_bye)
        wake();
}

void KitchenSubscriber::epochChanged()
{
    if (m_state == State::Welcomed) {
        close(CloseCode::Epoch, 0ms);
        return;
    }
    if (m_state == State::Closed)
        return;
    // Not welcomed yet: it is welcomed into the new epoch. One that was ahead of the old epoch
    // hears why it gets a snapshot.
    m_reason = m_state == State::Renewing ? SnapshotReason::PosAhead : SnapshotReason::None;
    m_checked = false;
    m_state = State::New;
    wake();
}

Monotonic KitchenSubscriber::nextDeadline() const
{
    const Monotonic now = m_clock.monotonic();
    if (m_bye && m_state != State::Closed)
        return now;
    Monotonic deadline = now + limits::heartbeatInterval;
    if (m_state == State::Welcomed)
        deadline = m_lastHeartbeat + limits::heartbeatInterval;
    if (m_state == State::Renewing)
        deadline = m_renewingSince + limits::noProgressMax;
    if (m_owingSince && m_state != State::Closed)
        deadline = std::min(deadline, *m_owingSince + limits::noProgressMax);
    if (m_ackOwedSince && m_state != State::Closed)
        deadline = std::min(deadline, *m_ackOwedSince + limits::ackSilenceMax);
    return deadline;
}

bool KitchenSubscriber::isOwing() const
{
    if (m_unwritten)
        return true;
    if (m_state != State::Welcomed)
        return false;
    const bool acknowledges = !m_hello.device.isEmpty() && m_hasAcked;
    if (acknowledges && m_acked < m_sent)
        return true;
    // While the log is being read it is the hub's turn, not the display's.
    const bool unsentEvents = m_sent < m_hub.head().pos && !m_reading;
    return unsentEvents || m_snapshot || isResultDue();
}

// The time without progress begins when something becomes owing.
void KitchenSubscriber::noteProgress(bool progressed)
{
    if (!isOwing())
        m_owingSince.reset();
    else if (progressed || !m_owingSince)
        m_owingSince = m_clock.monotonic();
    noteAcknowledging(false);
}

// One that never did is no display: nothing but its socket tells how it is.
void KitchenSubscriber::noteAcknowledging(bool progressed)
{
    const bool owes = m_state == State::Welcomed && m_hasAcked && m_acked < m_sent;
    if (!owes)
        m_ackOwedSince.reset();
    else if (progressed || !m_ackOwedSince)
        m_ackOwedSince = m_clock.monotonic();
}

void KitchenSubscriber::closeIfStalled()
{
    if (m_state == State::Closed || m_bye)
        return;
    const Monotonic now = m_clock.monotonic();
    const bool isStuck = m_owingSince && now - *m_owingSince >= limits::noProgressMax;
    const bool isSilent = m_ackOwedSince && now - *m_ackOwedSince >= limits::ackSilenceMax;
    if (!isStuck && !isSilent)
        return;
    m_bye = Bye{CloseCode::Slow, slowRetry};
    m_hub.noteSlow();
}

void KitchenSubscriber::wake()
{
    if (!m_waiting || !m_wake)
        return;
    m_waiting = false;
    const std::function<void()> wake = m_wake; // outlives this, should it destroy it
    wake();
}

} // namespace cf::hub
