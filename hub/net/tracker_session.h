// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/channel.h"
#include "hub/net/services.h"
#include "hub/stream/subscriber.h"

namespace cf::hub {

// What a tracker is told first.
struct TrackerStart {
    QUuid orderId;
    bool snapshot = true; // one view, the present one; else the missed ones, perhaps none
    std::vector<TrackerSubscriber::View> views;
    int seq = 0; // where it stands after them
};

// One customer's stream of server-sent events: a snapshot or what was missed, then every seq once,
// in order, and a heartbeat that the page can see. Net thread.
class TrackerSession final : public StreamUser,
                             public Pumpable,
                             public std::enable_shared_from_this<TrackerSession>
{
public:
    TrackerSession(Services &services, Channel &channel, TrackerStart start);

    void start() override;
    void onWritten(const Outgoing &) override { }
    void onWritable() override { pump(); }
    void onShutdown() override { m_channel.close(); }
    void pump() override;

private:
    void requestPump();
    void send(QLatin1StringView name, const TrackerSubscriber::View &view);
    void sendHeartbeat();
    void armHeartbeat();

    Services &m_services;
    Channel &m_channel;
    TrackerStart m_start;
    TrackerSubscriber m_subscriber;
    Timer m_heartbeat;
    bool m_pumpQueued = false;
};

} // namespace cf::hub
