// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"

#include <array>

namespace cf::hub {

namespace {

constexpr std::array stageNames = {"placed",     "paid",  "accepted",
                                   "in_kitchen", "ready", "completed"};
constexpr size_t stageCount = stageNames.size();
using Times = std::array<OptionalTime, stageCount>;

struct Stage {
    qint64 orders = 0;    // that came as far, or further
    qint64 cancelled = 0; // that came as far and no further, and were cancelled
    qint64 open = 0;      // or are still there
    Samples took;         // from the last stage before that was entered
};
using Funnel = std::array<Stage, stageCount>;

// How long each stage took that was entered: an order that was begun without being accepted went
// from paid to the kitchen.
void addTimes(Funnel &funnel, const Times &times)
{
    OptionalTime before = times.front();
    for (size_t i = 1; i < stageCount; ++i) {
        if (!times[i] || !before)
            continue;
        funnel[i].took.add(std::max<qint64>(0, *times[i] - *before));
        before = times[i];
    }
}

void addOrder(Funnel &funnel, const OrderRow &order)
{
    const Times times = {order.placedAt,  order.paidAt,  order.acceptedAt,
                         order.startedAt, order.readyAt, order.completedAt};
    size_t furthest = 0;
    for (size_t i = 0; i < stageCount; ++i) {
        if (times[i])
            furthest = i;
    }
    for (size_t i = 0; i <= furthest; ++i)
        ++funnel[i].orders;
    if (order.cancelledAt)
        ++funnel[furthest].cancelled;
    else if (furthest + 1 < stageCount)
        ++funnel[furthest].open;
    addTimes(funnel, times);
}

void addRows(Table &table, const QString &group, const Funnel &funnel)
{
    const qint64 placed = funnel.front().orders;
    for (size_t i = 0; i < stageCount; ++i) {
        const Stage &stage = funnel[i];
        const qint64 lost = i > 0 ? funnel[i - 1].orders - stage.orders : 0;
        table.rows.push_back({group, QString::fromLatin1(stageNames[i]), stage.orders,
                              share(stage.orders, placed), lost, stage.cancelled, stage.open,
                              stage.took.median(), stage.took.p90()});
    }
}

} // namespace

Result<Report> reportFunnel(Database &db, const ReportRequest &request)
{
    GroupNames names(request);
    Groups<Funnel> groups;
    if (request.group == QLatin1StringView("all"))
        groups[QString()]; // a funnel of nothing is one too
    Status read = forEachOrder(db, request.from, request.to, [&](const OrderRow &order) {
        addOrder(groups[names.ofOrder(order)], order);
    });
    if (!read)
        return read.error();
    Table table{"stages",
                {{"group", CellType::Text},
                 {"stage", CellType::Text},
                 {"orders", CellType::Integer},
                 {"share", CellType::Real},
                 {"lost", CellType::Integer},
                 {"cancelled", CellType::Integer},
                 {"open", CellType::Integer},
                 {"median_s", CellType::Real},
                 {"p90_s", CellType::Real}},
                {}};
    for (const auto &[name, funnel] :
         groups.sorted(names.isByTime(), [](const Funnel &one) { return one.front().orders; }))
        addRows(table, name, *funnel);
    return Report{{std::move(table)}, 0};
}

} // namespace cf::hub
