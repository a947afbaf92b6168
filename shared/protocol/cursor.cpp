// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/cursor.h"

#include "shared/base/ids.h"

#include <algorithm>
#include <limits>

namespace cf {

namespace {

constexpr qsizetype epochDigits = 32;
constexpr qsizetype hashDigits = 16;

// Plain decimal digits without a leading zero, up to max.
std::optional<qint64> parseDecimal(QByteArrayView text, qint64 max)
{
    const bool digits =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.isEmpty() || text.size() > 19 || !digits || (text.size() > 1 && text[0] == '0'))
        return std::nullopt;
    bool fits = false;
    const qint64 value = text.toByteArray().toLongLong(&fits);
    return fits && value <= max ? std::optional(value) : std::nullopt;
}

bool isHex(QByteArrayView text, qsizetype digits)
{
    return text.size() == digits && isLowerHex(text);
}

} // namespace

QByteArray Cursor::text() const
{
    return epoch + '.' + QByteArray::number(pos) + '.' + h;
}

std::optional<Cursor> parseCursor(QByteArrayView text)
{
    const qsizetype first = text.indexOf('.');
    const qsizetype last = text.lastIndexOf('.');
    if (first < 0 || last == first)
        return std::nullopt;
    const QByteArrayView epoch = text.first(first);
    const QByteArrayView h = text.sliced(last + 1);
    const auto pos =
        parseDecimal(text.sliced(first + 1, last - first - 1), std::numeric_limits<qint64>::max());
    if (!pos || !isHex(epoch, epochDigits) || !isHex(h, hashDigits))
        return std::nullopt;
    return Cursor{epoch.toByteArray(), *pos, h.toByteArray()};
}

QByteArray TrackerCursor::text() const
{
    return epoch + '.' + QByteArray::number(seq);
}

std::optional<TrackerCursor> parseTrackerCursor(QByteArrayView text)
{
    const qsizetype dot = text.indexOf('.');
    if (dot < 0 || !isHex(text.first(dot), epochDigits))
        return std::nullopt;
    const auto seq = parseDecimal(text.sliced(dot + 1), std::numeric_limits<int>::max());
    if (!seq)
        return std::nullopt;
    return TrackerCursor{text.first(dot).toByteArray(), static_cast<int>(*seq)};
}

} // namespace cf
