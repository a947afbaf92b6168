// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/report.h"

#include <QHash>

namespace cf::hub {

// Durations, and what can be said of them. Quantiles are by nearest rank: the smallest value that
// at least so many of all do not exceed, so each is one that was measured. Milliseconds in, seconds
// out.
class Samples
{
public:
    void add(qint64 milliseconds)
    {
        m_values.push_back(milliseconds);
        m_isSorted = false;
    }
    void add(const Samples &other);
    [[nodiscard]] qint64 count() const { return std::ssize(m_values); }

    // Cells: nothing where there is no value.
    [[nodiscard]] Cell quantile(int percent) const;
    [[nodiscard]] Cell median() const { return quantile(50); }
    [[nodiscard]] Cell p90() const { return quantile(90); }
    [[nodiscard]] Cell longest() const { return quantile(100); }
    // How many are in [from, to).
    [[nodiscard]] qint64 between(qint64 from, qint64 to) const;

private:
    void sort() const;

    mutable std::vector<qint64> m_values;
    mutable bool m_isSorted = false;
};

// part / whole, to four decimals; nothing when there is no whole.
Cell share(qint64 part, qint64 whole);
Cell seconds(qint64 milliseconds);

} // namespace cf::hub
