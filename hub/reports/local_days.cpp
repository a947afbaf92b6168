// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/local_days.h"

namespace cf::hub {

LocalDays::LocalDays(const QString &zone) : m_zone(zone.toUtf8())
{
    if (!m_zone.isValid())
        m_zone = QTimeZone::systemTimeZone();
    if (!m_zone.isValid()) // a machine without time zones
        m_zone = QTimeZone::utc();
}

QDateTime LocalDays::local(Timestamp at) const
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), m_zone);
}

Timestamp LocalDays::startOf(QDate day) const
{
    return Timestamp(std::chrono::milliseconds(day.startOfDay(m_zone).toMSecsSinceEpoch()));
}

QDate LocalDays::dayOf(Timestamp at) const
{
    return local(at).date();
}

int LocalDays::minuteOf(Timestamp at) const
{
    const QTime time = local(at).time();
    return time.hour() * 60 + time.minute();
}

std::optional<QDate> LocalDays::parseDay(QStringView text)
{
    // Qt is lenient with what follows.
    if (text.size() != 10)
        return std::nullopt;
    const QDate day = QDate::fromString(text.toString(), Qt::ISODate);
    return day.isValid() && day.year() >= 1970 ? std::optional(day) : std::nullopt;
}

} // namespace cf::hub
