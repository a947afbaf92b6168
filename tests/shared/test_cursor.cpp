// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/cursor.h"

#include <QTest>

using namespace cf;

class TestCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip()
    {
        const Cursor cursor{QByteArray(32, 'a'), 18234, "9f3c00112233aabb"};
        QCOMPARE(cursor.text(), QByteArray(32, 'a') + ".18234.9f3c00112233aabb");
        QCOMPARE(parseCursor(cursor.text()), cursor);
        const TrackerCursor tracker{QByteArray(32, 'b'), 7};
        QCOMPARE(parseTrackerCursor(tracker.text()), tracker);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray e(32, '0');
        const QByteArray h(16, '1');
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("dots") << QByteArray("..");
        QTest::newRow("two parts") << e + ".1";
        QTest::newRow("no pos") << e + ".." + h;
        QTest::newRow("short epoch") << e.first(31) + ".1." + h;
        QTest::newRow("upper case") << QByteArray(32, 'A') + ".1." + h;
        QTest::newRow("short hash") << e + ".1." + h.first(15);
        QTest::newRow("long hash") << e + ".1." + h + "1";
        QTest::newRow("negative") << e + ".-1." + h;
        QTest::newRow("plus") << e + ".+1." + h;
        QTest::newRow("leading zero") << e + ".01." + h;
        QTest::newRow("too large") << e + ".9223372036854775808." + h;
        QTest::newRow("many digits") << e + "." + QByteArray(5000, '9') + "." + h;
        QTest::newRow("four parts") << e + ".1.2." + h;
        QTest::newRow("nul") << e + QByteArray(".1\0.", 4) + h;
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseCursor(text));
        QVERIFY(!parseTrackerCursor(text) || text.endsWith(".1"));
    }

    void trackerRefuses()
    {
        QVERIFY(!parseTrackerCursor("x"));
        QVERIFY(!parseTrackerCursor(QByteArray(32, 'b') + ".2147483648"));
        QVERIFY(!parseTrackerCursor(QByteArray(32, 'b') + "."));
    }
};

QTEST_GUILESS_MAIN(TestCursor)
#include "test_cursor.moc"
