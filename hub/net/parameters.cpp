// SPDX-License-Identifier: Apache-2.0
#include "hub/net/parameters.h"

#include "shared/order/fields.h"

namespace cf::hub {

bool Parameters::has(QByteArrayView name) const
{
    return !m_request.parameter(name).value_or(QByteArray()).isEmpty();
}

void Parameters::fail(QByteArrayView name, const QString &detail)
{
    m_errors.push_back({QLatin1Char('/') + QString::fromLatin1(name), detail});
}

QString Parameters::text(QByteArrayView name, qsizetype lengthMax)
{
    const QString text = QString::fromUtf8(m_request.parameter(name).value_or(QByteArray()));
    if (text.size() <= lengthMax)
        return text;
    fail(name, QStringLiteral("is longer than %1").arg(lengthMax));
    return {};
}

qint64 Parameters::integer(QByteArrayView name, qint64 min, qint64 max, qint64 absent)
{
    if (!has(name))
        return absent;
    bool isNumber = false;
    const qint64 value = m_request.parameter(name)->toLongLong(&isNumber);
    if (isNumber && value >= min && value <= max)
        return value;
    fail(name, QStringLiteral("must be a number from %1 to %2").arg(min).arg(max));
    return absent;
}

QStringList Parameters::list(QByteArrayView name, qsizetype lengthMax)
{
    return text(name, lengthMax).split(QLatin1Char(','), Qt::SkipEmptyParts);
}

std::optional<Timestamp> Parameters::moment(QByteArrayView name, const LocalDays &days,
                                            int daysLater)
{
    if (!has(name))
        return std::nullopt;
    const QString text = QString::fromUtf8(*m_request.parameter(name));
    if (const std::optional<QDate> day = LocalDays::parseDay(text))
        return days.startOf(day->addDays(daysLater));
    if (const std::optional<Timestamp> at = parseTimestamp(text))
        return at;
    fail(name, QStringLiteral("must be a day (2026-11-29) or a time (2026-11-29T12:00:00Z)"));
    return std::nullopt;
}

std::optional<Timestamp> Parameters::from(QByteArrayView name, const LocalDays &days)
{
    return moment(name, days, 0);
}

std::optional<Timestamp> Parameters::to(QByteArrayView name, const LocalDays &days)
{
    return moment(name, days, 1);
}

Error Parameters::error() const
{
    return invalidFields(m_errors);
}

} // namespace cf::hub
