// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/samples.h"

#include <algorithm>
#include <cmath>

namespace cf::hub {

void Samples::add(const Samples &other)
{
    m_values.insert(m_values.end(), other.m_values.begin(), other.m_values.end());
    m_isSorted = false;
}

void Samples::sort() const
{
    if (!m_isSorted)
        std::sort(m_values.begin(), m_values.end());
    m_isSorted = true;
}

Cell Samples::quantile(int percent) const
{
    if (m_values.empty())
        return {};
    sort();
    const qint64 rank = (count() * percent + 99) / 100;
    return seconds(m_values.at(static_cast<size_t>(std::max<qint64>(rank, 1) - 1)));
}

qint64 Samples::between(qint64 from, qint64 to) const
{
    sort();
    const auto first = std::lower_bound(m_values.begin(), m_values.end(), from);
    return std::lower_bound(first, m_values.end(), to) - first;
}

Cell share(qint64 part, qint64 whole)
{
    if (whole <= 0)
        return {};
    return std::round(static_cast<double>(part) * 10'000 / static_cast<double>(whole)) / 10'000;
}

Cell seconds(qint64 milliseconds)
{
    return static_cast<double>(milliseconds) / 1'000;
}

} // namespace cf::hub
