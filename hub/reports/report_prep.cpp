// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"

#include <array>
#include <limits>

namespace cf::hub {

namespace {

struct Prep {
    Samples took;
    qint64 pieces = 0;
};

// Edges of the bars, minutes; the last bar has no end.
constexpr std::array binMinutes = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 45, 60};

using SortedPreps = std::vector<std::pair<QString, const Prep *>>;

Table timesTable(const SortedPreps &groups)
{
    Table table{"times",
                {{"group", CellType::Text},
                 {"lines", CellType::Integer},
                 {"pieces", CellType::Integer},
                 {"median_s", CellType::Real},
                 {"p90_s", CellType::Real},
                 {"longest_s", CellType::Real}},
                {}};
    for (const auto &[name, prep] : groups) {
        table.rows.push_back({name, prep->took.count(), prep->pieces, prep->took.median(),
                              prep->took.p90(), prep->took.longest()});
    }
    return table;
}

Table distributionTable(const SortedPreps &groups)
{
    Table table{"distribution",
                {{"group", CellType::Text},
                 {"from_s", CellType::Integer},
                 {"to_s", CellType::Integer},
                 {"lines", CellType::Integer}},
                {}};
    for (const auto &[name, prep] : groups) {
        if (table.rows.size() / binMinutes.size() >= report_limits::distributionsMax)
            break;
        for (size_t i = 0; i < binMinutes.size(); ++i) {
            const bool isLast = i + 1 == binMinutes.size();
            const qint64 from = qint64(60) * binMinutes[i];
            const qint64 to = isLast ? 0 : qint64(60) * binMinutes[i + 1];
            const qint64 past = isLast ? std::numeric_limits<qint64>::max() : to * 1'000;
            table.rows.push_back(
                {name, from, isLast ? Cell() : Cell(to), prep->took.between(from * 1'000, past)});
        }
    }
    return table;
}

} // namespace

Result<Report> reportPrep(Database &db, const ReportRequest &request)
{
    GroupNames names(request);
    Groups<Prep> groups;
    Status read = forEachLine(db, request.from, request.to, [&](const LineRow &line) {
        if (!line.firedAt || !line.readyAt)
            return;
        if (!request.station.isEmpty() && names.stationOf(line) != request.station)
            return;
        Prep &prep = groups[names.ofLine(line)];
        prep.took.add(std::max<qint64>(0, *line.readyAt - *line.firedAt));
        prep.pieces += line.quantity;
    });
    if (!read)
        return read.error();
    const SortedPreps sorted =
        groups.sorted(names.isByTime(), [](const Prep &prep) { return prep.took.count(); });
    return Report{{timesTable(sorted), distributionTable(sorted)}, 0};
}

} // namespace cf::hub
