// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <QSet>
#include <QTest>

using namespace cf;

namespace {

class CountingRandom final : public Random
{
public:
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = m_next++;
    }

private:
    quint8 m_next = 0xf0;
};

} // namespace

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timestamps()
    {
        const Timestamp t{std::chrono::milliseconds{1'792'564'000'007}};
        QCOMPARE(formatTimestamp(t), QByteArray("2026-10-21T06:26:40.007Z"));
        QCOMPARE(parseTimestamp(u"2026-10-21T06:26:40.007Z"), t);
        QCOMPARE(parseTimestamp(u"2026-10-21t08:26:40.007+02:00"), t);
        QCOMPARE(formatTimestamp(*parseTimestamp(u"2026-10-21T06:26:40Z")),
                 QByteArray("2026-10-21T06:26:40.000Z"));
        QCOMPARE(formatTimestamp(Timestamp{}), QByteArray("1970-01-01T00:00:00.000Z"));
    }

    void timestampsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "2026-10-21", "2026-10-21T06:26:40", "2026-13-21T06:26:40Z",
              "2026-10-21 06:26:40Z", "2026-10-21T25:26:40Z", "now", "2026-10-21T06:26:40Z\n",
              "2026-10-21T06:26:40.Z", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
              "9999-12-31T23:59:59-00:01"})
            QTest::newRow(text) << QString::fromLatin1(text);
        QTest::newRow("long") << QString(10'000, u'1');
    }

    void timestampsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!parseTimestamp(text));
    }

    void uuids()
    {
        CountingRandom random;
        const Timestamp t{std::chrono::milliseconds{0x0192b3c4d5e6}};
        const QUuid id = makeUuidV7(t, random);
        QCOMPARE(uuidText(id).first(13), QByteArray("0192b3c4-d5e6"));
        QCOMPARE(uuidText(id).at(14), '7');
        QVERIFY(QByteArray("89ab").contains(uuidText(id).at(19)));
        QCOMPARE(parseUuid(QString::fromLatin1(uuidText(id))), id);
        QVERIFY(!parseUuid(QString::fromLatin1("{" + uuidText(id) + "}")));
        QVERIFY(!parseUuid(u"00000000-0000-0000-0000-000000000000"));
        QVERIFY(!parseUuid(u"0192b3c4-d5e6-7xxx-8000-000000000000"));
    }

    void uuidsAreUnique()
    {
        SystemRandom random;
        QSet<QUuid> seen;
        for (int i = 0; i < 1000; ++i)
            seen.insert(makeUuidV7(Timestamp{}, random));
        QCOMPARE(seen.size(), 1000);
    }

    void hex()
    {
        CountingRandom random;
        QCOMPARE(randomHex(3, random), QByteArray("f0f1f2"));
        QVERIFY(isLowerHex("09af"));
        QVERIFY(!isLowerHex("09AF"));
        QVERIFY(!isLowerHex("g"));
    }

    void contentIds()
    {
        QCOMPARE(contentId({}), QByteArray());
        QCOMPARE(contentId("{}"), QByteArray("44136fa355b3678a")); // sha256sum
        QVERIFY(contentId("{\"v\":1}") != contentId("{}"));
    }

    void results()
    {
        Result<int> value(7);
        QVERIFY(value);
        QCOMPARE(*value, 7);
        const Result<int> error(Error{ErrorCode::NotFound, "gone"});
        QVERIFY(!error.has_value());
        QCOMPARE(error.error().detail, QStringLiteral("gone"));
        QVERIFY(ok().has_value());
    }

    void errorNamesAreDistinct()
    {
        QSet<QString> names;
        const int last = static_cast<int>(ErrorCode::Internal);
        for (int i = 0; i <= last; ++i)
            names.insert(errorCodeName(static_cast<ErrorCode>(i)));
        QCOMPARE(names.size(), last + 1);
    }

    void systemClockMoves()
    {
        const SystemClock clock;
        QVERIFY(clock.now() > Timestamp{});
        const Monotonic before = clock.monotonic();
        QVERIFY(clock.monotonic() >= before);
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "test_base.moc"
