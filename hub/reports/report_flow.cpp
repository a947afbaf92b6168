// SPDX-License-Identifier: Apache-2.0
// How many orders came when, and how many of them were late.
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"

#include <map>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr qint64 quarter = 15 * 60 * 1'000;

struct Flow {
    qint64 orders = 0;
    qint64 items = 0;
    qint64 cancelled = 0;

    void add(const OrderRow &order)
    {
        ++orders;
        items += order.items;
        cancelled += order.cancelledAt ? 1 : 0;
    }
};

// Where the group of this time begins: what a chart puts on its axis.
qint64 beginningOf(const ReportRequest &request, qint64 at)
{
    const Timestamp time{std::chrono::milliseconds(at)};
    const QDate day = request.days.dayOf(time);
    if (request.group == L1("day"))
        return request.days.startOf(day).time_since_epoch().count();
    if (request.group == L1("week"))
        return request.days.startOf(day.addDays(1 - day.dayOfWeek())).time_since_epoch().count();
    const qint64 first = at / quarter * quarter;
    return request.group == L1("hour") ? first - request.days.minuteOf(time) % 60 / 15 * quarter
                                       : first;
}

Table ordersTable(const ReportRequest &request, const std::map<qint64, Flow> &flows)
{
    Table table{"orders",
                {{"start", CellType::Time},
                 {"day", CellType::Text},
                 {"clock", CellType::Text},
                 {"orders", CellType::Integer},
                 {"items", CellType::Integer},
                 {"cancelled", CellType::Integer}},
                {}};
    for (const auto &[start, flow] : flows) {
        table.rows.push_back({Timestamp(std::chrono::milliseconds(start)),
                              timeName(request.days, QStringLiteral("day"), start),
                              timeName(request.days, QStringLiteral("quarter"), start), flow.orders,
                              flow.items, flow.cancelled});
    }
    return table;
}

// A usual day: all 96 quarters of an hour, whatever the days.
Table clockTable(const std::map<int, Flow> &clock, qint64 days)
{
    Table table{"clock",
                {{"clock", CellType::Text},
                 {"orders", CellType::Integer},
                 {"items", CellType::Integer},
                 {"orders_a_day", CellType::Real}},
                {}};
    for (int minute = 0; minute < 24 * 60; minute += 15) {
        const auto it = clock.find(minute);
        const Flow flow = it == clock.end() ? Flow() : it->second;
        const QString name = QStringLiteral("%1:%2")
                                 .arg(minute / 60, 2, 10, QLatin1Char('0'))
                                 .arg(minute % 60, 2, 10, QLatin1Char('0'));
        table.rows.push_back({name, flow.orders, flow.items, share(flow.orders, days)});
    }
    return table;
}

struct Late {
    Samples took;
    qint64 orders = 0;
    qint64 warned = 0;
    qint64 late = 0;
    qint64 waiting = 0;
};

// From paid for, as the ticket's own clock counts, to ready for the first time; what is not ready
// yet has waited until now. nullopt: never the kitchen's, or cancelled before it was ready.
std::optional<qint64> ageOf(const OrderRow &order, qint64 now)
{
    if (!order.paidAt && !order.acceptedAt && !order.startedAt && !order.readyAt)
        return std::nullopt;
    if (!order.readyAt && order.cancelledAt)
        return std::nullopt;
    const qint64 from = order.paidAt.value_or(order.placedAt);
    return std::max<qint64>(0, order.readyAt.value_or(now) - from);
}

} // namespace

Result<Report> reportQuarters(Database &db, const ReportRequest &request)
{
    std::map<qint64, Flow> flows;
    std::map<int, Flow> clock;
    QHash<qint64, qint64> beginnings; // by quarter
    Status read = forEachOrder(db, request.from, request.to, [&](const OrderRow &order) {
        const qint64 first = order.placedAt / quarter;
        auto known = beginnings.find(first);
        if (known == beginnings.end())
            known = beginnings.insert(first, beginningOf(request, order.placedAt));
        flows[*known].add(order);
        const Timestamp at{std::chrono::milliseconds(first * quarter)};
        clock[request.days.minuteOf(at) / 15 * 15].add(order);
    });
    if (!read)
        return read.error();
    const Timestamp last = std::min(request.to, std::max(request.now, request.from));
    const qint64 days = 1
                        + request.days.dayOf(request.from)
                              .daysTo(request.days.dayOf(last - std::chrono::milliseconds(1)));
    return Report{{ordersTable(request, flows), clockTable(clock, days)}, 0};
}

Result<Report> reportLate(Database &db, const ReportRequest &request)
{
    GroupNames names(request);
    Groups<Late> groups;
    const qint64 now = request.now.time_since_epoch().count();
    Status read = forEachOrder(db, request.from, request.to, [&](const OrderRow &order) {
        const std::optional<qint64> age = ageOf(order, now);
        if (!age)
            return;
        const AgeLimits ages =
            request.settings.ageLimits(serviceTypeFromName(QString::fromUtf8(order.serviceType)));
        Late &late = groups[names.ofOrder(order)];
        ++late.orders;
        late.warned += *age >= std::chrono::milliseconds(ages.warning).count() ? 1 : 0;
        late.late += *age >= std::chrono::milliseconds(ages.late).count() ? 1 : 0;
        if (order.readyAt)
            late.took.add(*age);
        else
            ++late.waiting;
    });
    if (!read)
        return read.error();
    Table table{"orders",
                {{"group", CellType::Text},
                 {"orders", CellType::Integer},
                 {"warned", CellType::Integer},
                 {"late", CellType::Integer},
                 {"late_share", CellType::Real},
                 {"waiting", CellType::Integer},
                 {"median_s", CellType::Real},
                 {"p90_s", CellType::Real}},
                {}};
    for (const auto &[name, late] :
         groups.sorted(names.isByTime(), [](const Late &one) { return one.orders; })) {
        table.rows.push_back({name, late->orders, late->warned, late->late,
                              share(late->late, late->orders), late->waiting, late->took.median(),
                              late->took.p90()});
    }
    return Report{{std::move(table)}, 0};
}

} // namespace cf::hub
