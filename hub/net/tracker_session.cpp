// SPDX-License-Identifier: Apache-2.0
#include "hub/net/tracker_session.h"

#include "hub/net/event_text.h"

namespace cf::hub {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int reconnectMs = 1'000;

} // namespace

TrackerSession::TrackerSession(Services &services, Channel &channel, TrackerStart start)
    : m_services(services), m_channel(channel), m_start(std::move(start)),
      m_subscriber(services.backend.hub(), m_start.orderId, m_start.seq, [this] { requestPump(); }),
      m_heartbeat(services.scheduler)
{
}

void TrackerSession::start()
{
    m_channel.send({retryText(reconnectMs), std::nullopt});
    for (const TrackerSubscriber::View &view : m_start.views)
        send(m_start.snapshot ? "snapshot"_L1 : "status"_L1, view);
    if (m_start.views.empty()) // the page hears at once that it is connected
        sendHeartbeat();
    m_start.views = {};
    armHeartbeat();
}

void TrackerSession::requestPump()
{
    if (m_pumpQueued)
        return;
    m_pumpQueued = true;
    m_services.pumps.add(weak_from_this());
}

void TrackerSession::pump()
{
    m_pumpQueued = false;
    if (m_subscriber.isOver()) {
        m_channel.close();
        return;
    }
    while (m_channel.canSend()) {
        const std::optional<TrackerSubscriber::View> view = m_subscriber.pull();
        if (!view)
            return;
        send("status"_L1, *view);
    }
}

void TrackerSession::send(QLatin1StringView name, const TrackerSubscriber::View &view)
{
    const TrackerCursor cursor{m_services.backend.hub().head().epoch, view.seq};
    m_channel.send({eventText(name, view.json, cursor.text()), std::nullopt});
}

void TrackerSession::sendHeartbeat()
{
    m_channel.send({eventText("hb"_L1, "{}", {}), std::nullopt});
}

void TrackerSession::armHeartbeat()
{
    m_heartbeat.start(m_services.config.limits.trackerHeartbeat, [this] {
        if (m_channel.canSend())
            sendHeartbeat();
        armHeartbeat();
    });
}

} // namespace cf::hub
