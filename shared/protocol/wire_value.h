// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QJsonObject>
#include <QJsonValue>

#include <limits>
#include <optional>

// How the codecs write and read the wire's scalar values.
namespace cf::wire {

using Key = QLatin1StringView;

inline QString text(const QByteArray &latin1)
{
    return QString::fromLatin1(latin1);
}

inline QJsonValue time(Timestamp t)
{
    return text(formatTimestamp(t));
}

inline QJsonValue time(const std::optional<Timestamp> &t)
{
    return t ? time(*t) : QJsonValue(QJsonValue::Null);
}

inline QJsonValue textOrNull(const QString &value)
{
    return value.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(value);
}

inline std::optional<Timestamp> timeOf(const QJsonValue &value)
{
    return parseTimestamp(value.toString());
}

// A whole number from min on; nullopt for anything else.
inline std::optional<qint64> integerOf(const QJsonValue &value, qint64 min = 0)
{
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const qint64 number = value.isDouble() ? value.toInteger(none) : none;
    return number == none || number < min ? std::nullopt : std::optional(number);
}

inline std::optional<int> intOf(const QJsonValue &value, int min = 0)
{
    const std::optional<qint64> number = integerOf(value, min);
    return number && *number <= std::numeric_limits<int>::max()
               ? std::optional(static_cast<int>(*number))
               : std::nullopt;
}

} // namespace cf::wire
