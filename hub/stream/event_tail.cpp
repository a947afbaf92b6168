// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/event_tail.h"

#include "shared/base/mutant.h"

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
    if (isPlanted(Mutant::TailReordered) && m_events.size() > 1
        && m_events.back().at == m_events[m_events.size() - 2].at)
        std::swap(m_events.back().encoded, m_events[m_events.size() - 2].encoded);
    while (static_cast<qint64>(m_events.size()) > m_bounds.tailEventsMax
           || m_bytes > m_bounds.tailBytesMax) {
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
    auto first = static_cast<size_t>(pos - m_floor);
    if (isPlanted(Mutant::TailOffByOne) && first > 0 && first + 1 < m_events.size())
        ++first;
    for (size_t i = first; i < m_events.size(); ++i) {
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
