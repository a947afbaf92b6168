// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/subscriber.h"

#include "shared/base/limits.h"

namespace cf::hub {

TrackerSubscriber::TrackerSubscriber(OrderHub &hub, const QUuid &orderId, int sentSeq,
                                     std::function<void()> wake)
    : m_hub(hub), m_orderId(orderId), m_serial(hub.nextSid()), m_queuedSeq(sentSeq),
      m_wake(std::move(wake))
{
    m_hub.attach(this);
}

TrackerSubscriber::~TrackerSubscriber()
{
    m_hub.detach(this);
}

void TrackerSubscriber::push(int seq, const QByteArray &view)
{
    if (seq <= m_queuedSeq)
        return;
    m_queuedSeq = seq;
    const bool wasEmpty = m_queue.empty();
    if (m_queue.size() >= static_cast<size_t>(limits::trackerQueueMax))
        m_queue.clear();
    m_queue.push_back({seq, view});
    if (wasEmpty)
        wake();
}

void TrackerSubscriber::epochChanged()
{
    m_isOver = true;
    m_queue.clear();
    wake();
}

void TrackerSubscriber::wake()
{
    if (!m_wake)
        return;
    const std::function<void()> wake = m_wake; // outlives this, should it destroy it
    wake();
}

std::optional<TrackerSubscriber::View> TrackerSubscriber::pull()
{
    if (m_queue.empty())
        return std::nullopt;
    View view = std::move(m_queue.front());
    m_queue.pop_front();
    return view;
}

} // namespace cf::hub
