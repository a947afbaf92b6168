// SPDX-License-Identifier: Apache-2.0
// Can the kitchen's times be believed? Which bumps cannot be, and the times without them.
#include "hub/reports/bump_doubts.h"
#include "hub/reports/order_labels.h"
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"

namespace cf::hub {

namespace {

struct Bumped {
    qint64 bumps = 0;
    qint64 lines = 0;
    qint64 mass = 0;
    qint64 soon = 0;
    qint64 recalled = 0;
    qint64 doubted = 0;

    void add(const BumpRow &bump, const BumpDoubt &doubt)
    {
        ++bumps;
        lines += bump.lines;
        mass += doubt.isMass ? 1 : 0;
        soon += doubt.isSoon ? 1 : 0;
        recalled += doubt.isRecalled ? 1 : 0;
        doubted += doubt.any() ? 1 : 0;
    }
};

struct PrepTwice {
    Samples all;
    Samples believed;
};

struct Judged {
    std::vector<BumpRow> bumps;
    std::vector<BumpDoubt> doubts;
};

Table bumpsTable(const ReportRequest &request, const Judged &judged)
{
    GroupNames names(request);
    Groups<Bumped> groups;
    for (size_t i = 0; i < judged.bumps.size(); ++i) {
        const BumpRow &bump = judged.bumps[i];
        groups[names.isByTime() ? names.ofTime(bump.at) : bump.by].add(bump, judged.doubts[i]);
    }
    Table table{"bumps",
                {{"group", CellType::Text},
                 {"bumps", CellType::Integer},
                 {"lines", CellType::Integer},
                 {"mass", CellType::Integer},
                 {"soon", CellType::Integer},
                 {"recalled", CellType::Integer},
                 {"doubted", CellType::Integer},
                 {"doubted_share", CellType::Real}},
                {}};
    for (const auto &[name, one] :
         groups.sorted(names.isByTime(), [](const Bumped &all) { return all.bumps; })) {
        table.rows.push_back({name, one->bumps, one->lines, one->mass, one->soon, one->recalled,
                              one->doubted, share(one->doubted, one->bumps)});
    }
    return table;
}

// Of the lines that were ready first by one of these bumps.
Result<Table> timesTable(Database &db, const ReportRequest &request, const Judged &judged)
{
    QHash<qint64, bool> doubted;
    doubted.reserve(std::ssize(judged.bumps));
    for (size_t i = 0; i < judged.bumps.size(); ++i)
        doubted.insert(judged.bumps[i].pos, judged.doubts[i].any());
    GroupNames names(request);
    Groups<PrepTwice> groups;
    // Whoever was bumped in this time was placed before its end, and hardly a day before it.
    const Timestamp placedFrom = request.from - report_limits::bumpedAfterPlacedMax;
    Status read = forEachLine(db, placedFrom, request.to, [&](const LineRow &line) {
        const auto bump = doubted.constFind(line.readyPos);
        if (bump == doubted.constEnd() || !line.firedAt || !line.readyAt)
            return;
        PrepTwice &prep = groups[names.stationOf(line)];
        const qint64 took = std::max<qint64>(0, *line.readyAt - *line.firedAt);
        prep.all.add(took);
        if (!*bump)
            prep.believed.add(took);
    });
    if (!read)
        return read.error();
    Table table{"times",
                {{"station", CellType::Text},
                 {"lines", CellType::Integer},
                 {"median_s", CellType::Real},
                 {"p90_s", CellType::Real},
                 {"believed_lines", CellType::Integer},
                 {"believed_median_s", CellType::Real},
                 {"believed_p90_s", CellType::Real}},
                {}};
    for (const auto &[name, prep] :
         groups.sorted(false, [](const PrepTwice &one) { return one.all.count(); })) {
        table.rows.push_back({name, prep->all.count(), prep->all.median(), prep->all.p90(),
                              prep->believed.count(), prep->believed.median(),
                              prep->believed.p90()});
    }
    return table;
}

// The newest that are not believed, one by one.
Result<Table> doubtList(Database &db, const Judged &judged)
{
    Table table{"list",
                {{"at", CellType::Time},
                 {"by", CellType::Text},
                 {"number", CellType::Text},
                 {"order_id", CellType::Text},
                 {"lines", CellType::Integer},
                 {"age_s", CellType::Real},
                 {"why", CellType::Text}},
                {}};
    OrderLabels labels(db);
    for (size_t i = judged.bumps.size();
         i > 0 && std::ssize(table.rows) < report_limits::listRowsMax; --i) {
        const BumpRow &bump = judged.bumps[i - 1];
        const BumpDoubt &doubt = judged.doubts[i - 1];
        if (!doubt.any())
            continue;
        const Result<OrderLabel> label = labels.of(bump.openedPos);
        if (!label)
            return label.error();
        table.rows.push_back({Timestamp(std::chrono::milliseconds(bump.at)), bump.by, label->number,
                              label->id, bump.lines, seconds(bump.age), doubt.text()});
    }
    return table;
}

} // namespace

Result<Report> reportBumps(Database &db, const ReportRequest &request)
{
    Judged judged;
    Status read = forEachBump(db, request.from, request.to,
                              [&](const BumpRow &bump) { judged.bumps.push_back(bump); });
    if (!read)
        return read.error();
    judged.doubts = doubtsOf(judged.bumps, request.rules);
    Result<Table> times = timesTable(db, request, judged);
    if (!times)
        return times.error();
    Result<Table> list = doubtList(db, judged);
    if (!list)
        return list.error();
    return Report{{bumpsTable(request, judged), std::move(*times), std::move(*list)}, 0};
}

} // namespace cf::hub
