// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/channel.h"
#include "hub/net/services.h"

namespace cf::hub {

// A screen's stream of server-sent events: the whole pickup board whenever it is another than the
// last one, at most every limits::pickupPause, and a heartbeat. Net thread.
class PickupSession final : public StreamUser
{
public:
    // `shownId`: of the board the screen shows already.
    PickupSession(Services &services, Channel &channel, QByteArray shownId);
    ~PickupSession() override;
    PickupSession(const PickupSession &) = delete;
    PickupSession &operator=(const PickupSession &) = delete;

    void start() override;
    void onWritten(const Outgoing &) override { }
    void onWritable() override { pump(); }
    void onShutdown() override { m_channel.close(); }

private:
    void pump();
    void watch();
    void sendHeartbeat();
    void armTick();

    Services &m_services;
    Channel &m_channel;
    QByteArray m_shownId;
    OrderHub::WatchId m_watch = 0;
    Timer m_pause;
    Timer m_tick;
    Monotonic m_saidAt{};
};

} // namespace cf::hub
