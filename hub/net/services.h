// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/backend.h"
#include "hub/net/metrics.h"
#include "hub/net/scheduler.h"
#include "hub/net/server_config.h"
#include "hub/net/staff_door.h"

#include <deque>
#include <map>
#include <memory>

namespace cf::hub {

// What the net room counts about itself.
struct NetStats {
    qint64 connectionsOpen = 0;
    qint64 connectionsAccepted = 0;
    qint64 connectionsRefused = 0; // over a cap
    qint64 timeouts = 0;           // closed for being too slow
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    qint64 webSockets = 0;           // open
    qint64 eventStreams = 0;         // open, kitchen and tracker
    qint64 badMessages = 0;          // from displays: closed for it
    std::map<int, qint64> responses; // by status
    Histogram requestSeconds;
    Histogram deliverySeconds;
};

// Something that was told there is work, and does it in a later turn of the loop.
class Pumpable
{
public:
    virtual ~Pumpable() = default;
    virtual void pump() = 0;
};

// A publish wakes every listener; what they then send is cut into slices, so that a POST never
// waits behind thousands of sockets. Each listener is queued at most once by its own flag.
class PumpQueue
{
public:
    explicit PumpQueue(Scheduler &scheduler) : m_scheduler(scheduler) { }
    void add(std::weak_ptr<Pumpable> one);

private:
    void runSlice();

    Scheduler &m_scheduler;
    std::deque<std::weak_ptr<Pumpable>> m_queue;
    bool m_posted = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

// Everything a route or a session works with. Outlives them all.
struct Services {
    Backend &backend;
    const ServerConfig &config;
    Scheduler &scheduler;
    PumpQueue &pumps;
    NetStats &stats;
    bool stopping = false;
    StaffDoor staffDoor = {};
};

// Counts an answer, and logs it if it answers a request. Nothing secret is passed on.
void recordAnswer(Services &services, const HttpRequest *request, int status, qint64 bytes,
                  std::chrono::milliseconds took);

} // namespace cf::hub
