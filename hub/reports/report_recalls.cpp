// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/order_labels.h"
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"

namespace cf::hub {

namespace {

struct Recalled {
    qint64 recalls = 0;
    qint64 lines = 0;
    qint64 wholeOrders = 0;
    qint64 afterCompleted = 0;
    Samples afterBump;
};

Table recallsTable(const GroupNames &names, const Groups<Recalled> &groups)
{
    Table table{"recalls",
                {{"group", CellType::Text},
                 {"recalls", CellType::Integer},
                 {"lines", CellType::Integer},
                 {"whole_orders", CellType::Integer},
                 {"after_completed", CellType::Integer},
                 {"median_after_bump_s", CellType::Real}},
                {}};
    for (const auto &[name, one] :
         groups.sorted(names.isByTime(), [](const Recalled &all) { return all.recalls; })) {
        table.rows.push_back({name, one->recalls, one->lines, one->wholeOrders, one->afterCompleted,
                              one->afterBump.median()});
    }
    return table;
}

// The newest, one by one.
Result<Table> recallList(Database &db, const std::vector<RecallRow> &rows)
{
    Table table{"list",
                {{"at", CellType::Time},
                 {"by", CellType::Text},
                 {"number", CellType::Text},
                 {"order_id", CellType::Text},
                 {"lines", CellType::Integer},
                 {"after_bump_s", CellType::Real}},
                {}};
    OrderLabels labels(db);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (std::ssize(table.rows) >= report_limits::listRowsMax)
            break;
        const Result<OrderLabel> label = labels.of(row->openedPos);
        if (!label)
            return label.error();
        table.rows.push_back({Timestamp(std::chrono::milliseconds(row->at)), row->by, label->number,
                              label->id, row->lines, seconds(row->at - row->bumpedAt)});
    }
    return table;
}

} // namespace

Result<Report> reportRecalls(Database &db, const ReportRequest &request)
{
    GroupNames names(request);
    Groups<Recalled> groups;
    std::vector<RecallRow> rows;
    Status read = forEachRecall(db, request.from, request.to, [&](const RecallRow &row) {
        Recalled &one = groups[names.isByTime() ? names.ofTime(row.at) : row.by];
        ++one.recalls;
        one.lines += row.lines;
        one.wholeOrders += row.wholeOrder ? 1 : 0;
        one.afterCompleted += row.wasCompleted ? 1 : 0;
        one.afterBump.add(row.at - row.bumpedAt);
        rows.push_back(row);
    });
    if (!read)
        return read.error();
    Result<Table> list = recallList(db, rows);
    if (!list)
        return list.error();
    return Report{{recallsTable(names, groups), std::move(*list)}, 0};
}

} // namespace cf::hub
