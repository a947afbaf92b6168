// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_source.h"
#include "shared/base/limits.h"

#include <deque>
#include <map>
#include <mutex>

namespace cf::hub {

// The last limits::logLinesKept log lines of this run, for the console, and how many there were of
// each level. Any thread.
class LogRing
{
public:
    void add(LoggedLine line);
    [[nodiscard]] std::vector<LoggedLine> lines() const; // oldest first
    [[nodiscard]] std::map<QByteArray, qint64> counts() const;

private:
    mutable std::mutex m_mutex;
    std::deque<LoggedLine> m_lines;
    std::map<QByteArray, qint64> m_counts;
};

} // namespace cf::hub
