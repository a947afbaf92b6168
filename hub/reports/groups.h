// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/ledger_rows.h"
#include "hub/reports/report.h"
#include "hub/reports/report_limits.h"
#include "shared/kitchen/routing.h"

#include <QHash>

#include <algorithm>
#include <map>

namespace cf::hub {

// Names the group that something belongs to. Asked for many thousand rows, so it remembers.
class GroupNames
{
public:
    explicit GroupNames(const ReportRequest &request);

    // By "all", "day", "week", "hour" and "quarter": of a time.
    [[nodiscard]] QString ofTime(qint64 at);
    // Also by "service_type" and "source".
    [[nodiscard]] QString ofOrder(const OrderRow &order);
    // Also by "station", "dish" and "category".
    [[nodiscard]] QString ofLine(const LineRow &line);
    // The station that makes the line, by today's settings; empty for none.
    [[nodiscard]] QString stationOf(const LineRow &line);
    // Of a group by time the rows are in the order of time, of others in that of size.
    [[nodiscard]] bool isByTime() const { return m_isByTime; }

private:
    const ReportRequest &m_request;
    Routing m_routing;
    QString m_group;
    bool m_isByTime = false;
    QHash<QByteArray, QString> m_stations;
    QHash<qint64, QString> m_times; // by quarter of an hour
};

// A day's, week's, hour's or quarter's name, "" for all.
QString timeName(const LocalDays &days, const QString &group, qint64 at);

// What adds up under a name, at most groupsMax of them: what comes later goes to "(others)".
template<typename T>
class Groups
{
public:
    T &operator[](const QString &name)
    {
        const auto it = m_groups.find(name);
        if (it != m_groups.end())
            return *it;
        const bool isFull = m_groups.size() >= report_limits::groupsMax;
        return m_groups[isFull ? QStringLiteral("(others)") : name];
    }
    // In the order in which they are shown: by name where that is a time, else by `size`, the
    // largest first.
    template<typename Size>
    [[nodiscard]] std::vector<std::pair<QString, const T *>> sorted(bool byName, Size size) const
    {
        std::vector<std::pair<QString, const T *>> list;
        list.reserve(static_cast<size_t>(m_groups.size()));
        for (auto it = m_groups.cbegin(); it != m_groups.cend(); ++it)
            list.emplace_back(it.key(), &it.value());
        std::sort(list.begin(), list.end(), [&](const auto &a, const auto &b) {
            if (!byName && size(*a.second) != size(*b.second))
                return size(*a.second) > size(*b.second);
            return a.first < b.first;
        });
        return list;
    }
    [[nodiscard]] bool isEmpty() const { return m_groups.isEmpty(); }

private:
    QHash<QString, T> m_groups;
};

} // namespace cf::hub
