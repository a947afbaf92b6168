// SPDX-License-Identifier: Apache-2.0
#include "hub/net/pickup_session.h"

#include "hub/net/event_text.h"
#include "shared/base/limits.h"

#include <algorithm>

namespace cf::hub {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int reconnectMs = 1'000;

} // namespace

PickupSession::PickupSession(Services &services, Channel &channel, QByteArray shownId)
    : m_services(services), m_channel(channel), m_shownId(std::move(shownId)),
      m_pause(services.scheduler), m_tick(services.scheduler)
{
}

PickupSession::~PickupSession()
{
    if (m_watch != 0)
        m_services.backend.hub().unwatch(m_watch);
}

void PickupSession::start()
{
    m_channel.send({retryText(reconnectMs), std::nullopt});
    const bool isShown = m_services.backend.hub().pickup()->id == m_shownId;
    pump();
    if (isShown) // the screen hears at once that it is connected
        sendHeartbeat();
    watch();
    armTick();
}

void PickupSession::watch()
{
    m_watch = m_services.backend.hub().watchBoard([this] {
        m_watch = 0; // one-shot
        // A rush moves many orders in a moment: the screen is told of all of them together.
        m_pause.start(limits::pickupPause, [this] {
            watch();
            pump();
        });
    });
}

void PickupSession::pump()
{
    if (!m_channel.canSend())
        return;
    const std::shared_ptr<const PickupView> view = m_services.backend.hub().pickup();
    if (view->id == m_shownId)
        return;
    m_shownId = view->id;
    m_saidAt = m_services.backend.clock().monotonic();
    m_channel.send({eventText("board"_L1, view->json, view->id), std::nullopt});
}

void PickupSession::sendHeartbeat()
{
    m_saidAt = m_services.backend.clock().monotonic();
    m_channel.send({eventText("hb"_L1, "{}", {}), std::nullopt});
}

// Time alone moves the board, too: what was ready for long enough leaves it.
void PickupSession::armTick()
{
    const std::chrono::milliseconds heartbeat = m_services.config.limits.trackerHeartbeat;
    m_tick.start(std::min<std::chrono::milliseconds>(limits::pickupTick, heartbeat), [this] {
        pump();
        const Monotonic now = m_services.backend.clock().monotonic();
        if (now - m_saidAt >= m_services.config.limits.trackerHeartbeat && m_channel.canSend())
            sendHeartbeat();
        armTick();
    });
}

} // namespace cf::hub
