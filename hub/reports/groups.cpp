// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/groups.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr qint64 quarter = 15 * 60 * 1'000;

Timestamp timeOf(qint64 at)
{
    return Timestamp(std::chrono::milliseconds(at));
}

QString clockText(int minute)
{
    return QStringLiteral("%1:%2")
        .arg(minute / 60, 2, 10, QLatin1Char('0'))
        .arg(minute % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

QString timeName(const LocalDays &days, const QString &group, qint64 at)
{
    if (group == L1("day"))
        return days.dayOf(timeOf(at)).toString(Qt::ISODate);
    if (group == L1("week")) {
        int year = 0;
        const int week = days.dayOf(timeOf(at)).weekNumber(&year);
        return QStringLiteral("%1-W%2").arg(year).arg(week, 2, 10, QLatin1Char('0'));
    }
    const int minute = days.minuteOf(timeOf(at));
    if (group == L1("hour"))
        return clockText(minute / 60 * 60);
    if (group == L1("quarter"))
        return clockText(minute / 15 * 15);
    return {};
}

GroupNames::GroupNames(const ReportRequest &request)
    : m_request(request), m_routing(request.settings), m_group(request.group)
{
    m_isByTime = m_group == L1("day") || m_group == L1("week") || m_group == L1("hour")
                 || m_group == L1("quarter");
}

// Every zone's offset is whole quarters of an hour, so one quarter is one day, week and hour.
QString GroupNames::ofTime(qint64 at)
{
    if (!m_isByTime)
        return {};
    QString &name = m_times[at / quarter];
    if (name.isEmpty())
        name = timeName(m_request.days, m_group, at);
    return name;
}

QString GroupNames::ofOrder(const OrderRow &order)
{
    if (m_group == L1("service_type"))
        return QString::fromUtf8(order.serviceType);
    if (m_group == L1("source"))
        return QString::fromUtf8(order.source);
    return ofTime(order.placedAt);
}

QString GroupNames::ofLine(const LineRow &line)
{
    if (m_group == L1("station"))
        return stationOf(line);
    if (m_group == L1("dish"))
        return QString::fromUtf8(line.name);
    if (m_group == L1("category"))
        return QString::fromUtf8(line.category);
    return ofOrder(line.order);
}

QString GroupNames::stationOf(const LineRow &line)
{
    QByteArray key;
    for (const QByteArrayView part :
         {line.movedTo, line.namedStation, line.sku, line.category, line.order.serviceType})
        key.append(part).append('\0');
    const auto known = m_stations.constFind(key);
    if (known != m_stations.constEnd())
        return *known;
    OrderState order;
    order.serviceType = serviceTypeFromName(QString::fromUtf8(line.order.serviceType));
    OrderLine plain;
    plain.movedTo = QString::fromUtf8(line.movedTo);
    plain.item.station = QString::fromUtf8(line.namedStation);
    plain.item.sku = QString::fromUtf8(line.sku);
    plain.item.category = QString::fromUtf8(line.category);
    // A till's own ids could be many; then each is looked up every time.
    if (m_stations.size() >= report_limits::groupsMax)
        m_stations.clear();
    return m_stations[key] = m_routing.stationOf(order, plain);
}

} // namespace cf::hub
