// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/event_tail.h"

#include "shared/base/limits.h"

namespace cf::hub {

void EventTail::reset(qint64 pos, const QByteArray &h)
{
    m_events.clear();
    m_bytes = 0;
    m_floor = pos;
    m_floorHash = h;
}

void EventTail::append(TailEvent event)
{
    m_bytes += event.encoded.size();
    m_events.push_back(std::move(event));
    while (static_cast<qint64>(m_events.size()) > limits::tailEventsMax
           || m_bytes > limits::tailBytesMax) {
        const TailEvent &oldest = m_events.front();
        m_bytes -= oldest.encoded.size();
        m_floor = oldest.pos;
        m_floorHash = oldest.h;
        m_events.pop_front();
    }
}

bool EventTail::covers(qint64 pos) const
{
    return pos >= m_floor && pos <= end();
}

std::vector<const TailEvent *> EventTail::after(qint64 pos, int eventsMax, qint64 bytesMax) const
{
    std::vector<const TailEvent *> events;
    qint64 bytes = 0;
    for (auto i = static_cast<size_t>(pos - m_floor); i < m_events.size(); ++i) {
        const TailEvent &event = m_events[i];
        bytes += event.encoded.size();
        const bool full = static_cast<qint64>(events.size()) >= eventsMax || bytes > bytesMax;
        if (full && !events.empty())
            break;
        events.push_back(&event);
    }
    return events;
}

std::optional<QByteArray> EventTail::hashAt(qint64 pos) const
{
    if (!covers(pos))
        return std::nullopt;
    return pos == m_floor ? m_floorHash : m_events[static_cast<size_t>(pos - m_floor - 1)].h;
}

} // namespace cf::hub
