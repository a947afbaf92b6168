// SPDX-License-Identifier: Apache-2.0
#include "hub/app/log_ring.h"

namespace cf::hub {

void LogRing::add(LoggedLine line)
{
    const std::lock_guard lock(m_mutex);
    ++m_counts[line.level];
    m_lines.push_back(std::move(line));
    if (m_lines.size() > static_cast<size_t>(limits::logLinesKept))
        m_lines.pop_front();
}

std::vector<LoggedLine> LogRing::lines() const
{
    const std::lock_guard lock(m_mutex);
    return {m_lines.begin(), m_lines.end()};
}

std::map<QByteArray, qint64> LogRing::counts() const
{
    const std::lock_guard lock(m_mutex);
    return m_counts;
}

} // namespace cf::hub
