// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/shown_history.h"

#include "shared/base/limits.h"

#include <algorithm>

namespace cf::hub {

void ShownHistory::note(const QString &device, qint64 pos, Timestamp at)
{
    if (device.isEmpty() || pos <= m_start)
        return;
    Past &past = m_displays[device];
    past.knownAfter = std::max(past.knownAfter, m_start);
    const qint64 last = past.steps.empty() ? past.knownAfter : past.steps.back().pos;
    if (pos <= last) // said again; or a display that was wiped shows what it had shown before
        return;
    past.steps.push_back({pos, at});
    ++m_steps;
    if (m_steps > static_cast<size_t>(limits::shownStepsMax))
        dropOldest();
}

void ShownHistory::forget(const QString &device)
{
    const auto it = m_displays.find(device);
    if (it == m_displays.end())
        return;
    m_steps -= it->second.steps.size();
    m_displays.erase(it);
}

void ShownHistory::restart(qint64 head, Timestamp now)
{
    m_displays.clear();
    m_steps = 0;
    m_start = head;
    m_since = now;
}

qint64 ShownHistory::knownAfter(const QString &device) const
{
    const auto it = m_displays.find(device);
    return it == m_displays.end() ? m_start : it->second.knownAfter;
}

std::optional<Timestamp> ShownHistory::shownAt(const QString &device, qint64 pos) const
{
    const auto it = m_displays.find(device);
    if (it == m_displays.end() || pos <= it->second.knownAfter)
        return std::nullopt;
    const std::deque<Step> &steps = it->second.steps;
    const auto first =
        std::lower_bound(steps.begin(), steps.end(), pos,
                         [](const Step &step, qint64 wanted) { return step.pos < wanted; });
    return first == steps.end() ? std::nullopt : std::optional(first->at);
}

// Of all displays: one that acknowledges often does not push out what a quiet one had said later.
void ShownHistory::dropOldest()
{
    auto oldest = m_displays.end();
    for (auto it = m_displays.begin(); it != m_displays.end(); ++it) {
        const std::deque<Step> &steps = it->second.steps;
        const bool isOlder =
            oldest == m_displays.end()
            || (!steps.empty() && steps.front().at < oldest->second.steps.front().at);
        if (!steps.empty() && isOlder)
            oldest = it;
    }
    if (oldest == m_displays.end())
        return;
    oldest->second.knownAfter = oldest->second.steps.front().pos;
    oldest->second.steps.pop_front();
    --m_steps;
}

} // namespace cf::hub
