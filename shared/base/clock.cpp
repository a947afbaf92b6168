// SPDX-License-Identifier: Apache-2.0
#include "shared/base/clock.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <array>

namespace cf {

using namespace std::chrono;

Timestamp SystemClock::now() const
{
    return time_point_cast<milliseconds>(system_clock::now());
}

Monotonic SystemClock::monotonic() const
{
    return time_point_cast<milliseconds>(steady_clock::now());
}

namespace {

void putDigits(char *to, unsigned value, int width)
{
    for (int i = width - 1; i >= 0; --i) {
        to[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

// By hand: this runs for every event, and QDateTime::toString costs more than the rest of it.
QByteArray formatTimestamp(Timestamp t)
{
    const auto day = floor<days>(t);
    const year_month_day date{day};
    const hh_mm_ss<milliseconds> time{t - day};
    QByteArray out("0000-00-00T00:00:00.000Z");
    char *p = out.data();
    putDigits(p, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    putDigits(p + 5, static_cast<unsigned>(date.month()), 2);
    putDigits(p + 8, static_cast<unsigned>(date.day()), 2);
    putDigits(p + 11, static_cast<unsigned>(time.hours().count()), 2);
    putDigits(p + 14, static_cast<unsigned>(time.minutes().count()), 2);
    putDigits(p + 17, static_cast<unsigned>(time.seconds().count()), 2);
    putDigits(p + 20, static_cast<unsigned>(time.subseconds().count()), 3);
    return out;
}

std::optional<Timestamp> parseTimestamp(QStringView text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
                       "([Zz]|[+-][0-9]{2}:[0-9]{2})\\z"));
    if (text.size() > 40 || !form.match(text).hasMatch())
        return std::nullopt;
    const QDateTime parsed = QDateTime::fromString(text.toString().toUpper(), Qt::ISODateWithMs);
    if (!parsed.isValid())
        return std::nullopt;
    const Timestamp at{milliseconds{parsed.toMSecsSinceEpoch()}};
    // An offset can lead out of the years that can be written.
    constexpr sys_days first = year{1} / January / 1;
    constexpr sys_days end = year{10'000} / January / 1;
    return at >= first && at < end ? std::optional(at) : std::nullopt;
}

} // namespace cf
