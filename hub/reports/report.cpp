// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/report.h"

#include <algorithm>

namespace cf::hub {

QLatin1StringView cellTypeName(CellType type)
{
    switch (type) {
    case CellType::Text: return QLatin1StringView("text");
    case CellType::Integer: return QLatin1StringView("integer");
    case CellType::Real: return QLatin1StringView("real");
    case CellType::Time: return QLatin1StringView("time");
    }
    return QLatin1StringView("text");
}

const Table *Report::table(QStringView name) const
{
    if (name.isEmpty())
        return tables.empty() ? nullptr : &tables.front();
    const auto it = std::find_if(tables.begin(), tables.end(), [&](const Table &table) {
        return name == QLatin1StringView(table.name);
    });
    return it == tables.end() ? nullptr : &*it;
}

std::span<const ReportKind> reportKinds()
{
    static const std::vector<ReportKind> kinds = {
        {"funnel", {"all", "day", "week", "service_type", "source"}, false, {"stages"}},
        {"prep",
         {"station", "dish", "category", "service_type", "day", "week", "hour", "all"},
         true,
         {"times", "distribution"}},
        {"quarters", {"quarter", "day", "week", "hour"}, false, {"orders", "clock"}},
        {"late", {"service_type", "day", "week", "hour", "source", "all"}, false, {"orders"}},
        {"voids", {"reason", "dish", "by", "day", "week"}, true, {"voids"}},
        {"cancellations",
         {"reason", "by", "stage", "source", "service_type", "day", "week"},
         false,
         {"cancellations"}},
        {"recalls", {"by", "day", "week", "hour"}, false, {"recalls", "list"}},
        {"bumps", {"by", "day", "week", "hour"}, false, {"bumps", "times", "list"}},
    };
    return kinds;
}

const ReportKind *reportKind(QStringView name)
{
    const std::span<const ReportKind> kinds = reportKinds();
    const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const ReportKind &kind) {
        return name == QLatin1StringView(kind.name);
    });
    return it == kinds.end() ? nullptr : &*it;
}

} // namespace cf::hub
