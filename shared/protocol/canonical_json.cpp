// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"

#include "shared/base/limits.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace cf {

namespace {

// ECMAScript's Number::toString, as RFC 8785 demands: the shortest digits that read back, laid out
// without an exponent between 1e-6 and 1e21. Not for 0, which is an integer.
void appendNumber(QByteArray &out, double value)
{
    if (value < 0.0)
        out.append('-');
    char text[32];
    const auto end =
        std::to_chars(text, text + sizeof text, std::abs(value), std::chars_format::scientific).ptr;
    const char *e = std::find(text, end, 'e');
    int exponent = 0;
    std::from_chars(e + (e[1] == '+' ? 2 : 1), end, exponent);
    QByteArray digits(text, 1);
    if (e - text > 2)
        digits.append(text + 2, e - text - 2);
    const auto k = static_cast<int>(digits.size());
    const int n = exponent + 1; // the value is 0.digits * 10^n
    if (k <= n && n <= 21) {
        out.append(digits).append(n - k, '0');
    } else if (0 < n && n <= 21) {
        out.append(digits.first(n)).append('.').append(digits.sliced(n));
    } else if (-6 < n && n <= 0) {
        out.append("0.").append(-n, '0').append(digits);
    } else {
        out.append(digits.first(1));
        if (k > 1)
            out.append('.').append(digits.sliced(1));
        out.append(exponent < 0 ? "e-" : "e+").append(QByteArray::number(std::abs(exponent)));
    }
}

void appendValue(QByteArray &out, const QJsonValue &value)
{
    constexpr qint64 exactMax = Q_INT64_C(1) << 53;
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const qint64 integer = value.toInteger(none);
    if (integer != none && std::abs(integer) <= exactMax)
        out.append(QByteArray::number(integer));
    else
        appendNumber(out, value.toDouble());
}

void appendEscaped(QByteArray &out, char16_t c)
{
    static constexpr char hex[] = "0123456789abcdef";
    switch (c) {
    case u'"': out.append("\\\""); return;
    case u'\\': out.append("\\\\"); return;
    case u'\b': out.append("\\b"); return;
    case u'\f': out.append("\\f"); return;
    case u'\n': out.append("\\n"); return;
    case u'\r': out.append("\\r"); return;
    case u'\t': out.append("\\t"); return;
    default: out.append("\\u00").append(hex[(c >> 4) & 0xf]).append(hex[c & 0xf]);
    }
}

bool isLoneSurrogate(QStringView text, qsizetype i)
{
    if (text[i].isHighSurrogate())
        return i + 1 == text.size() || !text[i + 1].isLowSurrogate();
    return text[i].isLowSurrogate() && (i == 0 || !text[i - 1].isHighSurrogate());
}

} // namespace

void appendCanonicalString(QByteArray &out, QStringView text)
{
    out.append('"');
    qsizetype plainFrom = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text.utf16()[i];
        if (isLoneSurrogate(text, i)) { // which Qt itself would write as "?"
            out.append(text.sliced(plainFrom, i - plainFrom).toUtf8()).append("\xef\xbf\xbd");
            plainFrom = i + 1;
            continue;
        }
        if (c >= 0x20 && c != u'"' && c != u'\\')
            continue;
        out.append(text.sliced(plainFrom, i - plainFrom).toUtf8());
        appendEscaped(out, c);
        plainFrom = i + 1;
    }
    out.append(text.sliced(plainFrom).toUtf8());
    out.append('"');
}

void appendCanonical(QByteArray &out, const QJsonObject &object)
{
    // By UTF-16 code units, as QString's operator< compares. QJsonObject's own order is another for
    // what was parsed than for what was inserted, and value() does not find every key in the first.
    std::vector<std::pair<QString, QJsonValue>> members;
    members.reserve(static_cast<size_t>(object.size()));
    for (auto it = object.begin(); it != object.end(); ++it)
        members.emplace_back(it.key(), it.value());
    std::sort(members.begin(), members.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    out.append('{');
    const char *separator = "";
    for (const auto &member : members) {
        out.append(separator);
        appendCanonicalString(out, member.first);
        out.append(':');
        appendCanonical(out, member.second);
        separator = ",";
    }
    out.append('}');
}

void appendCanonical(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool: out.append(value.toBool() ? "true" : "false"); return;
    case QJsonValue::Double: appendValue(out, value); return;
    case QJsonValue::String: appendCanonicalString(out, value.toString()); return;
    case QJsonValue::Object: appendCanonical(out, value.toObject()); return;
    case QJsonValue::Array: {
        const char *separator = "[";
        for (const QJsonValue &entry : value.toArray()) {
            out.append(separator);
            appendCanonical(out, entry);
            separator = ",";
        }
        out.append(*separator == '[' ? "[]" : "]");
        return;
    }
    default: out.append("null");
    }
}

QByteArray canonicalJson(const QJsonValue &value)
{
    QByteArray out;
    appendCanonical(out, value);
    return out;
}

QByteArray canonicalJson(const QJsonObject &object)
{
    QByteArray out;
    appendCanonical(out, object);
    return out;
}

namespace {

// The UTF-16 unit of an escape that begins at i; -1 when none does.
int escapedUnit(QByteArrayView bytes, qsizetype i)
{
    if (i + 6 > bytes.size() || bytes[i] != '\\' || bytes[i + 1] != 'u')
        return -1;
    int unit = 0;
    const auto parsed = std::from_chars(bytes.data() + i + 2, bytes.data() + i + 6, unit, 16);
    return parsed.ptr == bytes.data() + i + 6 ? unit : -1;
}

bool isHighSurrogate(int unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool isLowSurrogate(int unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

// What QJsonDocument takes and we do not.
enum class Oddity : quint8 { None, TooDeep, LoneSurrogate };

// Before QJsonDocument sees the bytes. Nesting: a bound that does not depend on Qt's own. Half a
// surrogate pair can be spelt in JSON and not written in UTF-8: two keys that differ in nothing
// else would become one in the log.
Oddity oddityOf(QByteArrayView bytes, int depthMax)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (inString) {
            inString = c != '"';
            if (c != '\\')
                continue;
            const int unit = escapedUnit(bytes, i);
            const bool isPair = isHighSurrogate(unit) && isLowSurrogate(escapedUnit(bytes, i + 6));
            if (!isPair && (isHighSurrogate(unit) || isLowSurrogate(unit)))
                return Oddity::LoneSurrogate;
            i += isPair ? 11 : 1;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > depthMax)
                return Oddity::TooDeep;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return Oddity::None;
}

} // namespace

Result<QJsonObject> parseJsonObject(QByteArrayView bytes, int depthMax)
{
    switch (oddityOf(bytes, depthMax)) {
    case Oddity::None: break;
    case Oddity::TooDeep:
        return Error{ErrorCode::MalformedJson,
                     QStringLiteral("JSON is nested deeper than %1 levels").arg(depthMax)};
    case Oddity::LoneSurrogate:
        return Error{ErrorCode::MalformedJson,
                     QStringLiteral("a string has half of a surrogate pair")};
    }
    QJsonParseError parse;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &parse);
    if (parse.error != QJsonParseError::NoError) {
        return Error{ErrorCode::MalformedJson,
                     QStringLiteral("%1 at byte %2").arg(parse.errorString()).arg(parse.offset)};
    }
    if (!document.isObject())
        return Error{ErrorCode::MalformedJson, QStringLiteral("the body must be one JSON object")};
    return document.object();
}

} // namespace cf
