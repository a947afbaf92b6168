// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/agenda.h"

#include <algorithm>

namespace cf::sim {

Agenda::Id Agenda::after(milliseconds delay, std::function<void()> what)
{
    const Id id = ++m_last;
    const Monotonic at = m_now + std::max(delay, milliseconds(0));
    m_entries.emplace(Key(at, id), std::move(what));
    m_times.emplace(id, at);
    return id;
}

void Agenda::cancel(Id id)
{
    const auto it = m_times.find(id);
    if (it == m_times.end())
        return;
    m_entries.erase({it->second, id});
    m_times.erase(it);
}

bool Agenda::step(Monotonic until)
{
    if (m_entries.empty() || m_entries.begin()->first.first > until) {
        m_now = std::max(m_now, until);
        return false;
    }
    auto entry = m_entries.extract(m_entries.begin());
    m_times.erase(entry.key().second);
    m_now = entry.key().first;
    ++m_steps;
    entry.mapped()();
    return true;
}

} // namespace cf::sim
