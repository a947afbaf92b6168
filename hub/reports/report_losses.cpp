// SPDX-License-Identifier: Apache-2.0
// What was ordered and not eaten: lines that were voided, orders that were cancelled.
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

struct Loss {
    qint64 count = 0;
    qint64 pieces = 0;
    qint64 cooked = 0; // pieces, or orders, that were ready already
    qint64 amount = 0; // minor units
    qint64 priced = 0; // of how many the amount is known

    void add(qint64 piecesLost, bool wasCooked, std::optional<qint64> worth)
    {
        ++count;
        pieces += piecesLost;
        cooked += wasCooked ? 1 : 0;
        amount += worth.value_or(0);
        priced += worth ? 1 : 0;
    }
    [[nodiscard]] Cell worth() const { return priced > 0 ? Cell(amount) : Cell(); }
};

Table lossTable(const char *name, const char *counted, const GroupNames &names,
                const Groups<Loss> &groups)
{
    Table table{name,
                {{"group", CellType::Text},
                 {counted, CellType::Integer},
                 {"items", CellType::Integer},
                 {"already_ready", CellType::Integer},
                 {"amount", CellType::Integer},
                 {"priced", CellType::Integer}},
                {}};
    for (const auto &[group, loss] :
         groups.sorted(names.isByTime(), [](const Loss &one) { return one.count; })) {
        table.rows.push_back(
            {group, loss->count, loss->pieces, loss->cooked, loss->worth(), loss->priced});
    }
    return table;
}

// How far the order had come.
QString stageOf(const OrderRow &order)
{
    if (order.readyAt)
        return QStringLiteral("ready");
    if (order.startedAt)
        return QStringLiteral("in_kitchen");
    if (order.acceptedAt)
        return QStringLiteral("accepted");
    return order.paidAt ? QStringLiteral("paid") : QStringLiteral("placed");
}

} // namespace

Result<Report> reportVoids(Database &db, const ReportRequest &request)
{
    GroupNames names(request);
    Groups<Loss> groups;
    const auto nameOf = [&](const LineRow &line) {
        if (request.group == L1("reason"))
            return QString::fromUtf8(line.voidReason);
        return request.group == L1("by") ? QString::fromUtf8(line.voidedBy) : names.ofLine(line);
    };
    Status read = forEachLine(db, request.from, request.to, [&](const LineRow &line) {
        if (line.status != QByteArrayView("voided"))
            return;
        if (!request.station.isEmpty() && names.stationOf(line) != request.station)
            return;
        groups[nameOf(line)].add(line.quantity, line.wasReady, line.price);
    });
    if (!read)
        return read.error();
    return Report{{lossTable("voids", "lines", names, groups)}, 0};
}

Result<Report> reportCancellations(Database &db, const ReportRequest &request)
{
    GroupNames names(request);
    Groups<Loss> groups;
    const auto nameOf = [&](const OrderRow &order) {
        if (request.group == L1("reason"))
            return QString::fromUtf8(order.cancelReason);
        if (request.group == L1("by"))
            return QString::fromUtf8(order.cancelledBy);
        return request.group == L1("stage") ? stageOf(order) : names.ofOrder(order);
    };
    Status read = forEachOrder(db, request.from, request.to, [&](const OrderRow &order) {
        if (order.cancelledAt)
            groups[nameOf(order)].add(order.items, order.readyAt.has_value(), order.total);
    });
    if (!read)
        return read.error();
    return Report{{lossTable("cancellations", "orders", names, groups)}, 0};
}

} // namespace cf::hub
