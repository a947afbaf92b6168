// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verifier.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

// Whichever table a transaction cannot write, nothing of it is kept.
class TestLogWrites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachTableCanRefuse_data();
    void eachTableCanRefuse();
    void anEpochThatCannotBeWrittenIsNotUsed_data();
    void anEpochThatCannotBeWrittenIsNotUsed();
    void aNewLogThatCannotBeWrittenIsNotOpened();
};

namespace {

QByteArray refuse(const QByteArray &what)
{
    return "CREATE TRIGGER refuse BEFORE " + what + " BEGIN SELECT RAISE(ABORT, 'no room'); END";
}

} // namespace

void TestLogWrites::eachTableCanRefuse_data()
{
    QTest::addColumn<QByteArray>("write");
    for (const char *write :
         {"INSERT ON event", "INSERT ON order_state", "UPDATE ON order_state",
          "DELETE ON order_state", "UPDATE ON meta", "INSERT ON command",
          "INSERT ON device_command", "INSERT ON tracker", "INSERT ON day_number"})
        QTest::newRow(write) << QByteArray(write);
}

void TestLogWrites::eachTableCanRefuse()
{
    QFETCH(QByteArray, write);
    LogFixture f;
    f.open();
    const QUuid open = f.maker.place("open");
    for (int i = 0; i < 50; ++i) // the next one to close pushes the first one out
        f.maker.placeAndComplete("closed");
    QVERIFY(f.commit());
    const LogHead head = f.log->head();
    QCOMPARE(rawSql(f.path(), refuse(write)), QString());
    const auto fill = [&] {
        f.maker.add(open, EventType::OrderPaid);
        f.maker.placeAndComplete("new");
        f.maker.place("newer", true);
        LogBatch batch = f.maker.take();
        batch.commands = {{"idem", "k", "fp", "{}"}};
        batch.deviceCommands = {{"grill", 1, "fp", "{}"}};
        batch.dayNumber = DayNumber{"2026-11-21", 7};
        return batch;
    };
    const Status refused = f.log->commit(fill());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::StorageFailed);
    QVERIFY2(refused.error().detail.contains("no room"), qPrintable(refused.error().detail));
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER refuse"), QString());
    QVERIFY(f.log->reopen());
    QVERIFY(f.log->head() == head);
    const auto orders = f.log->openOrders();
    QVERIFY(orders);
    f.maker.start(head, *orders);
    QVERIFY(f.log->commit(fill()));
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(),
             report->problems.empty() ? "stopped" : qPrintable(report->problems.front().what));
}

void TestLogWrites::anEpochThatCannotBeWrittenIsNotUsed_data()
{
    QTest::addColumn<QByteArray>("write");
    QTest::newRow("meta") << QByteArray("UPDATE ON meta");
    QTest::newRow("history") << QByteArray("INSERT ON epoch_history");
}

void TestLogWrites::anEpochThatCannotBeWrittenIsNotUsed()
{
    QFETCH(QByteArray, write);
    LogFixture f;
    f.open();
    const LogHead head = f.log->head();
    QVERIFY(!f.log->renewEpoch("not an epoch", "x"));
    QCOMPARE(rawSql(f.path(), refuse(write)), QString());
    QVERIFY(!f.log->renewEpoch(QByteArray(32, 'b'), "x"));
    QVERIFY(f.log->head() == head);
    QVERIFY(!f.log->commit({}));
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER refuse"), QString());
    QVERIFY(f.log->reopen());
    QVERIFY(f.log->head() == head);
    QVERIFY(f.log->renewEpoch(QByteArray(32, 'b'), "x"));
    QCOMPARE(f.log->head().epoch, QByteArray(32, 'b'));
}

void TestLogWrites::aNewLogThatCannotBeWrittenIsNotOpened()
{
    LogFixture f;
    f.open();
    f.close();
    // As a crash between the schema and the first row would leave it.
    QCOMPARE(rawSql(f.path(), "DELETE FROM meta; DELETE FROM epoch_history"), QString());
    QCOMPARE(rawSql(f.path(), refuse("INSERT ON meta")), QString());
    QVERIFY(!f.tryOpen());
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER refuse"), QString());
    OpenOptions anybody;
    anybody.restaurantId.clear();
    const auto unnamed = SqliteEventLog::open(f.path(), anybody, f.clock, f.random);
    QVERIFY2(!unnamed, "a log of no restaurant");
    const auto log = f.tryOpen();
    QVERIFY2(log, log ? "" : qPrintable(log.error().detail));
    QCOMPARE((*log)->head().pos, 0);
}

QTEST_GUILESS_MAIN(TestLogWrites)
#include "test_log_writes.moc"
