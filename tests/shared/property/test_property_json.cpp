// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/cursor.h"
#include "tests/shared/property/generators.h"
#include "tests/shared/property/property_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <map>

using namespace cf;
using namespace cf::prop;

namespace {

// RFC 8785 written down a second time: keys in a map of UTF-16 strings, numbers by trial.
class Reference
{
public:
    static std::string canonical(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Bool: return value.toBool() ? "true" : "false";
        case QJsonValue::Double: return number(value.toDouble());
        case QJsonValue::String: return string(value.toString());
        case QJsonValue::Array: return array(value.toArray());
        case QJsonValue::Object: return object(value.toObject());
        default: return "null";
        }
    }

private:
    static std::string array(const QJsonArray &values)
    {
        std::string out;
        for (const QJsonValue &value : values)
            out += (out.empty() ? "" : ",") + canonical(value);
        return "[" + out + "]";
    }

    static std::string object(const QJsonObject &json)
    {
        std::map<std::u16string, std::string> members;
        for (auto it = json.begin(); it != json.end(); ++it)
            members[it.key().toStdU16String()] = string(it.key()) + ":" + canonical(it.value());
        std::string out;
        for (const auto &[key, member] : members)
            out += (out.empty() ? "" : ",") + member;
        return "{" + out + "}";
    }

    static std::string string(const QString &text)
    {
        static const std::map<uint, std::string> shorts{{'"', "\\\""}, {'\\', "\\\\"}, {8, "\\b"},
                                                        {9, "\\t"},    {10, "\\n"},    {12, "\\f"},
                                                        {13, "\\r"}};
        std::string out = "\"";
        for (const uint point : text.toUcs4()) { // a lone surrogate comes as U+FFFD
            char escape[8];
            if (const auto it = shorts.find(point); it != shorts.end()) {
                out += it->second;
            } else if (point < 0x20) {
                snprintf(escape, sizeof escape, "\\u%04x", point);
                out += escape;
            } else {
                out += utf8(point);
            }
        }
        return out + "\"";
    }

    static std::string utf8(uint point)
    {
        if (point < 0x80)
            return {static_cast<char>(point)};
        std::string out;
        for (uint mark = 0x40, lead = 0xc0;; mark >>= 1U, lead = lead >> 1U | 0x80U) {
            out.insert(out.begin(), static_cast<char>(0x80U | (point & 0x3fU)));
            point >>= 6U;
            if (point < mark >> 1U)
                return static_cast<char>((lead & 0xffU) | point) + out;
        }
    }

    // The shortest of the printf forms that reads back, laid out as ECMAScript does.
    static std::string number(double value)
    {
        if (value == 0)
            return "0";
        char text[64];
        int precision = 0;
        do
            snprintf(text, sizeof text, "%.*e", precision, std::abs(value));
        while (strtod(text, nullptr) != std::abs(value) && ++precision < 20);
        const std::string printed = text;
        const size_t e = printed.find('e');
        std::string digits = printed.substr(0, 1) + (e > 2 ? printed.substr(2, e - 2) : "");
        const int n = std::stoi(printed.substr(e + 1)) + 1;
        const int k = static_cast<int>(digits.size());
        std::string out;
        if (n > 21 || n <= -6) {
            out = digits.substr(0, 1) + (k > 1 ? "." + digits.substr(1) : "") + "e"
                  + (n > 0 ? "+" : "-") + std::to_string(std::abs(n - 1));
        } else if (n <= 0) {
            out = "0." + std::string(static_cast<size_t>(-n), '0') + digits;
        } else if (k <= n) {
            out = digits + std::string(static_cast<size_t>(n - k), '0');
        } else {
            out = digits.substr(0, static_cast<size_t>(n)) + "."
                  + digits.substr(static_cast<size_t>(n));
        }
        return (value < 0 ? "-" : "") + out;
    }
};

rc::Gen<Cursor> anyCursor()
{
    return rc::gen::exec([] {
        return Cursor{*hex(32),
                      *rc::gen::weightedOneOf<qint64>(
                          {{3, within<qint64>(0, 1'000'000)},
                           {1, oneOf<qint64>({0, 9, 10, INT64_MAX, INT64_MAX - 1})}}),
                      *hex(16)};
    });
}

// A text with one or a few of its bytes changed, left out, doubled or put in.
rc::Gen<QByteArray> mangled(const QByteArray &text)
{
    return rc::gen::exec([text] {
        QByteArray out = text;
        const int changes = *within(0, 3);
        for (int i = 0; i < changes && !out.isEmpty(); ++i) {
            const auto at = *within<qsizetype>(0, out.size());
            const char with =
                *rc::gen::oneOf(rc::gen::elementOf(std::string("0123456789abcdefABCDEF.-+ x\n")),
                                rc::gen::cast<char>(within<int>(-128, 128)));
            switch (*within(0, 4)) {
            case 0: out[at] = with; break;
            case 1: out.remove(at, 1); break;
            case 2: out.insert(at, with); break;
            default: out.insert(at, out.mid(at, 5)); break;
            }
        }
        return out;
    });
}

} // namespace

class TestPropertyJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatTheStandardSays()
    {
        CF_HOLDS("canonical JSON is RFC 8785's", [] {
            const QJsonObject json = *jsonObject(3, *rc::gen::arbitrary<bool>());
            RC_ASSERT(canonicalJson(json).toStdString() == Reference::canonical(json));
        });
        CF_HOLDS("and so is every number", [] {
            const double value = *number();
            RC_ASSERT(canonicalJson(QJsonValue(value)).toStdString()
                      == Reference::canonical(value));
        });
    }

    void isItsOwnCanonicalForm()
    {
        CF_HOLDS("what is canonical reads back as the same value and is written the same", [] {
            const QJsonObject json = *jsonObject(3);
            const QByteArray canonical = canonicalJson(json);
            const Result<QJsonObject> read = parseJsonObject(canonical);
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == json);
            RC_ASSERT(canonicalJson(*read) == canonical);
        });
        CF_HOLDS("in whatever order QJsonObject keeps its keys", [] {
            static const std::vector<QString> keys{"\u00e9", "\u8000", "\ue000",     "\uff21",
                                                   "a",      "\ufffd", "\U00010000", "\U0001f600"};
            QJsonObject json;
            for (const QString &key :
                 *rc::gen::container<std::vector<QString>>(rc::gen::elementOf(keys)))
                json.insert(key + *rc::gen::elementOf(keys), 1);
            const QByteArray canonical = canonicalJson(json);
            RC_ASSERT(canonicalJson(*parseJsonObject(canonical)) == canonical);
            RC_ASSERT(canonical.toStdString() == Reference::canonical(json));
        });
        CF_HOLDS("text that is no Unicode becomes some", [] {
            const QByteArray canonical = canonicalJson(*jsonObject(2, true));
            QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
            const QString text = utf8(canonical);
            RC_ASSERT(!utf8.hasError());
            RC_ASSERT(parseJsonObject(canonical).has_value());
        });
    }

    void readsNoHalfCharacters()
    {
        CF_HOLDS("half a surrogate pair, spelt out, is refused; a whole one is read", [] {
            const QString text = *brokenText();
            QByteArray spelt;
            for (const QChar c : text)
                spelt += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
            const bool isKey = *rc::gen::arbitrary<bool>();
            const QByteArray json =
                isKey ? "{\"" + spelt + "\":1}" : "{\"a\":\"\\\\" + spelt + "\"}";
            const Result<QJsonObject> read = parseJsonObject(json);
            RC_ASSERT(read.has_value() == text.isValidUtf16());
            if (read)
                RC_ASSERT((isKey ? read->contains(text)
                                 : read->value(QStringLiteral("a")).toString() == u'\\' + text));
        });
    }

    void readsWhateverWhiteSpace()
    {
        CF_HOLDS("indented or not, it is one object with one canonical form", [] {
            const QJsonObject json = *jsonObject(3);
            const QByteArray indented = QJsonDocument(json).toJson(QJsonDocument::Indented);
            const Result<QJsonObject> read = parseJsonObject(indented);
            RC_ASSERT((read.has_value() && canonicalJson(*read) == canonicalJson(json)));
        });
    }

    void cursorsReadBack()
    {
        CF_HOLDS("a cursor's text is that cursor", [] {
            const Cursor cursor = *anyCursor();
            RC_ASSERT(parseCursor(cursor.text()) == std::optional(cursor));
        });
        CF_HOLDS("a tracker's likewise", [] {
            const TrackerCursor cursor{*hex(32), *oneOf<int>({0, 1, 10, 9999, INT_MAX})};
            RC_ASSERT(parseTrackerCursor(cursor.text()) == std::optional(cursor));
        });
    }

    void nothingElseIsACursor()
    {
        CF_HOLDS("what is read as a cursor is written just so", [] {
            const Cursor whole = *anyCursor();
            const QByteArray number = *oneOf<QByteArray>(
                {"0", "00", "01", "+1", "-1", " 1", "1 ", "", "9223372036854775808", "1e3", "0x1"});
            const QByteArray text = *rc::gen::oneOf(
                mangled(whole.text()), rc::gen::just(whole.epoch + '.' + number + '.' + whole.h));
            if (const std::optional<Cursor> cursor = parseCursor(text))
                RC_ASSERT(cursor->text() == text);
            const QByteArray seqText = *mangled(TrackerCursor{*hex(32), 17}.text());
            if (const std::optional<TrackerCursor> cursor = parseTrackerCursor(seqText))
                RC_ASSERT(cursor->text() == seqText);
        });
        CF_HOLDS("any other bytes are none", [] {
            const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            RC_ASSERT(!parseCursor(QByteArray::fromStdString(bytes)));
            RC_ASSERT(!parseTrackerCursor(QByteArray::fromStdString(bytes)));
        });
    }

    void momentsReadBack()
    {
        CF_HOLDS("a moment between the years 1 and 9999 reads back to the millisecond", [] {
            const Timestamp at = *moment();
            RC_ASSERT(parseTimestamp(QString::fromLatin1(formatTimestamp(at)))
                      == std::optional(at));
        });
        CF_HOLDS("whatever is read as a moment can be written as one", [] {
            const QByteArray year = *oneOf<QByteArray>({"0000", "0001", "2026", "9999"});
            const QByteArray rest = *oneOf<QByteArray>({"-01-01T00:00:00", "-12-31T23:59:59.999"});
            const QByteArray offset = *oneOf<QByteArray>({"Z", "+14:00", "-14:00", "+23:59"});
            if (const auto at = parseTimestamp(QString::fromLatin1(year + rest + offset)))
                RC_ASSERT(parseTimestamp(QString::fromLatin1(formatTimestamp(*at))) == at);
        });
    }
};

QTEST_GUILESS_MAIN(TestPropertyJson)
#include "test_property_json.moc"
