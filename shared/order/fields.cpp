// SPDX-License-Identifier: Apache-2.0
#include "shared/order/fields.h"

#include <limits>

namespace cf {

namespace {

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const qint64 number = value.isDouble() ? value.toInteger(none) : none;
    return number == none ? std::nullopt : std::optional(number);
}

} // namespace

Fields::Fields(QJsonObject json, QString pointer, std::vector<FieldError> &errors)
    : m_json(std::move(json)), m_pointer(std::move(pointer)), m_errors(errors)
{
}

QString Fields::pointer(Key key) const
{
    return m_pointer + QLatin1Char('/') + key;
}

// null is how many tills write "none"
bool Fields::has(Key key) const
{
    return !value(key).isUndefined() && !value(key).isNull();
}

void Fields::fail(const QString &at, const QString &detail) const
{
    m_errors.push_back({at, detail});
}

void Fields::fail(Key key, const QString &detail) const
{
    fail(pointer(key), detail);
}

QString Fields::text(Key key, int lengthMax) const
{
    if (!has(key))
        return {};
    if (!value(key).isString()) {
        fail(key, QStringLiteral("must be a string"));
        return {};
    }
    return bounded(pointer(key), value(key).toString(), lengthMax);
}

QString Fields::required(Key key, int lengthMax) const
{
    if (!has(key) || (value(key).isString() && value(key).toString().trimmed().isEmpty())) {
        fail(key, QStringLiteral("is required"));
        return {};
    }
    return text(key, lengthMax);
}

QString Fields::label(Key key, int lengthMax) const
{
    const std::optional<qint64> number = wholeNumber(value(key));
    return number ? QString::number(*number) : text(key, lengthMax);
}

std::optional<qint64> Fields::integer(Key key, qint64 min, qint64 max) const
{
    if (!has(key))
        return std::nullopt;
    const std::optional<qint64> number = wholeNumber(value(key));
    if (!number || *number < min || *number > max) {
        fail(key, QStringLiteral("must be an integer from %1 to %2").arg(min).arg(max));
        return std::nullopt;
    }
    return number;
}

std::optional<bool> Fields::boolean(Key key) const
{
    if (!has(key))
        return std::nullopt;
    if (!value(key).isBool())
        fail(key, QStringLiteral("must be true or false"));
    return value(key).toBool();
}

QJsonObject Fields::object(Key key) const
{
    if (has(key) && !value(key).isObject())
        fail(key, QStringLiteral("must be an object"));
    return value(key).toObject();
}

QJsonArray Fields::array(Key key, int min, int max) const
{
    if (min == 0 && !has(key))
        return {};
    QJsonArray entries = value(key).toArray();
    if (!value(key).isArray() || entries.size() < min || entries.size() > max) {
        fail(key, QStringLiteral("must be an array of %1 to %2 entries").arg(min).arg(max));
        return {};
    }
    return entries;
}

QStringList Fields::labels(Key key, int min, int max, int lengthMax) const
{
    QStringList labels;
    const QJsonArray entries = array(key, min, max);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString at = QStringLiteral("%1/%2").arg(pointer(key)).arg(i);
        const std::optional<qint64> number = wholeNumber(entries.at(i));
        if (!number && (!entries.at(i).isString() || entries.at(i).toString().isEmpty()))
            fail(at, QStringLiteral("must be a non-empty string"));
        else
            labels.append(number ? QString::number(*number)
                                 : bounded(at, entries.at(i).toString(), lengthMax));
    }
    return labels;
}

QString Fields::bounded(const QString &at, const QString &text, int lengthMax) const
{
    if (text.size() <= lengthMax)
        return text;
    fail(at, QStringLiteral("must be at most %1 characters").arg(lengthMax));
    return {};
}

Error invalidFields(std::vector<FieldError> errors)
{
    const FieldError &first = errors.front();
    const QString detail = first.pointer + QLatin1Char(' ') + first.detail;
    return {ErrorCode::ValidationFailed, detail, std::move(errors)};
}

} // namespace cf
