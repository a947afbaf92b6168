// SPDX-License-Identifier: Apache-2.0
#include "hub/net/services.h"

namespace cf::hub {

namespace {

// Sockets served in one turn of the loop: some hundred microseconds of sending.
constexpr int sliceMax = 64;
// The longest method there is has 17 letters; this is for the log.
constexpr qsizetype methodLengthMax = 20;

} // namespace

void PumpQueue::add(std::weak_ptr<Pumpable> one)
{
    m_queue.push_back(std::move(one));
    if (m_posted)
        return;
    m_posted = true;
    m_scheduler.post([this, alive = std::weak_ptr<bool>(m_alive)] {
        if (!alive.expired())
            runSlice();
    });
}

void PumpQueue::runSlice()
{
    for (int i = 0; i < sliceMax && !m_queue.empty(); ++i) {
        const std::shared_ptr<Pumpable> one = m_queue.front().lock();
        m_queue.pop_front();
        if (one)
            one->pump();
    }
    m_posted = false;
    if (m_queue.empty())
        return;
    m_posted = true;
    m_scheduler.post([this, alive = std::weak_ptr<bool>(m_alive)] {
        if (!alive.expired())
            runSlice();
    });
}

void recordAnswer(Services &services, const HttpRequest *request, int status, qint64 bytes,
                  std::chrono::milliseconds took)
{
    ++services.stats.responses[status];
    if (!request)
        return;
    services.stats.requestSeconds.add(static_cast<double>(took.count()) / 1000);
    if (services.config.accessLog)
        services.config.accessLog({request->address, request->method.left(methodLengthMax),
                                   loggablePath(request->path), status, bytes, took});
}

} // namespace cf::hub
