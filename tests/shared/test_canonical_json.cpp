// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <bit>

using namespace cf;

class TestCanonicalJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 8785, appendix B.
    void numbers_data()
    {
        QTest::addColumn<quint64>("bits");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](quint64 bits, const char *text) {
            QTest::newRow(text) << bits << QByteArray(text);
        };
        row(0x0000000000000000, "0");
        QTest::newRow("-0") << quint64(0x8000000000000000) << QByteArray("0");
        row(0x0000000000000001, "5e-324");
        row(0x8000000000000001, "-5e-324");
        row(0x7fefffffffffffff, "1.7976931348623157e+308");
        row(0x4340000000000000, "9007199254740992");
        row(0xc340000000000000, "-9007199254740992");
        row(0x4430000000000000, "295147905179352830000");
        row(0x44b52d02c7e14af5, "9.999999999999997e+22");
        row(0x44b52d02c7e14af6, "1e+23");
        row(0x44b52d02c7e14af7, "1.0000000000000001e+23");
        row(0x444b1ae4d6e2ef4e, "999999999999999700000");
        row(0x444b1ae4d6e2ef4f, "999999999999999900000");
        row(0x444b1ae4d6e2ef50, "1e+21");
        row(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7");
        row(0x3eb0c6f7a0b5ed8d, "0.000001");
        row(0x41b3de4355555553, "333333333.3333332");
        row(0x41b3de4355555554, "333333333.33333325");
        row(0xbecbf647612f3696, "-0.0000033333333333333333");
        row(0x43143ff3c1cb0959, "1424953923781206.2");
    }

    void numbers()
    {
        QFETCH(quint64, bits);
        QFETCH(QByteArray, text);
        QCOMPARE(canonicalJson(QJsonValue(std::bit_cast<double>(bits))), text);
    }

    void integers()
    {
        QCOMPARE(canonicalJson(QJsonValue(-42)), QByteArray("-42"));
        // beyond 2^53 a JSON reader sees a double
        QCOMPARE(canonicalJson(QJsonValue(Q_INT64_C(9007199254740993))),
                 QByteArray("9007199254740992"));
        QCOMPARE(canonicalJson(QJsonValue(std::numeric_limits<qint64>::min() + 1)),
                 QByteArray("-9223372036854776000"));
    }

    void strings()
    {
        const QString text = QString::fromUtf8("\xE2\x82\xAC$\x0F\nA'B\"\\\\\"/\b\t\f\r\x7f");
        QCOMPARE(canonicalJson(QJsonValue(text)),
                 QByteArray("\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\x7f\""));
        QCOMPARE(canonicalJson(QJsonValue(QString::fromUtf8("\xF0\x9F\x8D\x94"))),
                 QByteArray("\"\xF0\x9F\x8D\x94\""));
    }

    // Sorted by UTF-16 code units: the surrogates of U+1F600 come before U+FB33.
    void keys()
    {
        const QJsonObject json{{QString::fromUtf8("\xEF\xAC\xB3"), 1},
                               {QString::fromUtf8("\xF0\x9F\x98\x80"), 2},
                               {QStringLiteral("1"), 3},
                               {QStringLiteral("\r"), 4},
                               {QString::fromUtf8("\xC3\xB6"), 5}};
        QCOMPARE(canonicalJson(json), QByteArray("{\"\\r\":4,\"1\":3,\"\xC3\xB6\":5,"
                                                 "\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}"));
    }

    // QJsonObject keeps what it parsed in an order of its own, in which it does not find such keys.
    void keysThatWereParsed()
    {
        const QByteArray emoji = "\xF0\x9F\x98\x80";
        const QByteArray ligature = "\xEF\xAC\xB3";
        for (int count = 1; count < 6; ++count) {
            QByteArrayList members;
            for (int i = 0; i < count; ++i) {
                const QByteArray number = QByteArray::number(i);
                members << "\"" + ligature + number + "\":" + number;
                members << "\"" + emoji + number + "\":" + number;
            }
            const Result<QJsonObject> json = parseJsonObject("{" + members.join(',') + "}");
            QVERIFY(json);
            QVERIFY2(!canonicalJson(*json).contains("null"), canonicalJson(*json).constData());
            QCOMPARE(canonicalJson(*json).count(':'), 2 * count);
        }
    }

    void halfCharacters()
    {
        QString half(u'a');
        half += QChar(0xd800);
        QCOMPARE(canonicalJson(QJsonValue(half)), QByteArray("\"a\xEF\xBF\xBD\""));
        half += QChar(0xd83d);
        half += QChar(0xde00);
        half += QChar(0xde00);
        QCOMPARE(canonicalJson(QJsonValue(half)),
                 QByteArray("\"a\xEF\xBF\xBD\xF0\x9F\x98\x80\xEF\xBF\xBD\""));
        // Two keys that differ in nothing else would be one in the log, and its chain broken.
        for (const char *bad :
             {R"({"\ud800":1,"\ud801":2})", R"({"a":"\udc00"})", R"({"a":"\ud800x"})",
              R"({"a":"\ud800\u0041"})", R"({"a":["\ud83d\ud83d\ude00"]})", R"({"a":"\uD800"})"})
            QVERIFY2(!parseJsonObject(bad), bad);
        for (const char *good :
             {R"({"a":"\ud83d\ude00"})", R"({"a":"\\ud800"})", R"({"a":"\ue000"})"})
            QVERIFY2(parseJsonObject(good), good);
    }

    void structures()
    {
        const QByteArray text = R"({"a":[],"b":{},"c":[null,true,false,[1,{"x":"y"}]]})";
        QCOMPARE(canonicalJson(QJsonDocument::fromJson(text).object()), text);
        QCOMPARE(canonicalJson(QJsonValue(QJsonValue::Undefined)), QByteArray("null"));
    }

    void parsing()
    {
        QVERIFY(parseJsonObject("{\"a\":\"[[[{{{\"}"));
        QVERIFY(parseJsonObject("{\"a\":\"\\\"[[\"}"));
        for (const char *bad : {"", "[]", "1", "{", "{\"a\":}", "{} x", "\"x\"", "{\"a\":\"\\"}) {
            const auto json = parseJsonObject(bad);
            QVERIFY2(!json, bad);
            QCOMPARE(json.error().code, ErrorCode::MalformedJson);
        }
    }

    void nestingIsBounded()
    {
        const auto nested = [](int depth) {
            return QByteArray("{\"a\":") + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']')
                   + "}";
        };
        QVERIFY(parseJsonObject(nested(32)));
        QVERIFY(!parseJsonObject(nested(33)));
        QVERIFY(!parseJsonObject(nested(200'000)));
    }
};

QTEST_GUILESS_MAIN(TestCanonicalJson)
#include "test_canonical_json.moc"
