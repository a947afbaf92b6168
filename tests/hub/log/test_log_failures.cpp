// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"
#include "hub/log/verifier.h"
#include "shared/base/limits.h"
#include "tests/hub/log/log_fixture.h"

#include <QFileInfo>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

class TestLogFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongBatchIsRefused_data();
    void wrongBatchIsRefused();
    void failedCommitLeavesNothing();
    void everyCallFailsUntilReopened();
    void fullFileFails();
    void failedWriteFails();
    void failedReopenStaysFailed();
    void secondWriterIsRefused();
    void readersDoNotBlockTheWriter();
    void idleWritesBack();
    void largeWalIsWrittenBack();
};

namespace {

void compareDetail(const Status &status, const char *part)
{
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::StorageFailed);
    QVERIFY2(status.error().detail.contains(part), qPrintable(status.error().detail));
}

// The log's events are what the maker made, and everything agrees with them.
void compareSound(LogFixture &f, qint64 pos)
{
    QCOMPARE(f.log->head().pos, pos);
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(),
             report->problems.empty() ? "stopped" : qPrintable(report->problems.front().what));
    QCOMPARE(report->head.pos, pos);
}

void resume(LogFixture &f)
{
    const Status reopened = f.log->reopen();
    QVERIFY2(reopened, reopened ? "" : qPrintable(reopened.error().detail));
    const auto open = f.log->openOrders();
    QVERIFY(open);
    f.maker.start(f.log->head(), *open);
}

} // namespace

void TestLogFailures::wrongBatchIsRefused_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("says");
    QTest::newRow("hole") << 0 << "the event says 4";
    QTest::newRow("pos again") << 1 << "the event says 1";
    QTest::newRow("time") << 2 << "time runs backwards";
    QTest::newRow("chain") << 3 << "chain does not match";
    QTest::newRow("no order") << 4 << "folded order is missing";
    QTest::newRow("stale order") << 5 << "not at its last event";
    QTest::newRow("strange order") << 6 << "without an event";
}

void TestLogFailures::wrongBatchIsRefused()
{
    QFETCH(int, fault);
    QFETCH(QString, says);
    LogFixture f;
    f.open();
    const QUuid order = f.maker.place("1");
    const QUuid other = f.maker.place("2");
    QVERIFY(f.commit());
    f.maker.add(order, EventType::OrderPaid);
    LogBatch batch = f.maker.take();
    switch (fault) {
    case 0: batch.events.front().event.pos = 4; break;
    case 1: batch.events.front().event.pos = 1; break;
    case 2: batch.events.front().event.at -= std::chrono::hours{1}; break;
    case 3: batch.events.front().chain[31] ^= 1; break;
    case 4: batch.orders.clear(); break;
    case 5: batch.orders.front().seq = 1; break;
    default: batch.orders.push_back(f.maker.order(other)); break;
    }
    compareDetail(f.log->commit(batch), qPrintable(says));
    resume(f);
    compareSound(f, 2);
}

// Everything of the batch is undone, also what came before the failure in it.
void TestLogFailures::failedCommitLeavesNothing()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    LogBatch first = f.maker.take();
    first.commands = {{"idem", "k", "fp", "{}"}};
    QVERIFY(f.log->commit(first));
    const LogHead head = f.log->head();
    const QUuid second = f.maker.place("2", true);
    LogBatch batch = f.maker.take();
    batch.dayNumber = DayNumber{"2026-11-21", 2};
    batch.deviceCommands = {{"tablet-1", 1, "fp", "{}"}};
    batch.commands = {{"idem", "new", "fp", "{}"}, {"idem", "k", "fp", "{}"}}; // seen before
    compareDetail(f.log->commit(batch), "UNIQUE");
    QVERIFY(f.log->head() == head);
    resume(f);
    QVERIFY(f.log->head() == head);
    QVERIFY(!*f.log->order(second));
    QVERIFY(!*f.log->command("idem", "new"));
    QVERIFY(!*f.log->dayNumber());
    QCOMPARE(*f.log->lastDeviceCommand("tablet-1"), 0);
    auto reader = SqliteEventReader::open(f.path());
    QVERIFY(reader);
    QVERIFY(!*(*reader)->trackerForOrder(second));
    f.maker.place("3");
    QVERIFY(f.commit());
    compareSound(f, 2);
}

void TestLogFailures::everyCallFailsUntilReopened()
{
    LogFixture f;
    f.open();
    const QUuid order = f.maker.place("1");
    LogBatch batch = f.maker.take();
    batch.events.front().chain = {};
    QVERIFY(!f.log->commit(batch));
    const auto failed = [](const auto &result) {
        return !result && result.error().code == ErrorCode::StorageFailed;
    };
    QVERIFY(failed(f.log->commit({})));
    QVERIFY(failed(f.log->renewEpoch(QByteArray(32, 'a'), "x")));
    QVERIFY(failed(f.log->openOrders()));
    QVERIFY(failed(f.log->recentlyClosed(50)));
    QVERIFY(failed(f.log->dayNumber()));
    QVERIFY(failed(f.log->order(order)));
    QVERIFY(failed(f.log->command("idem", "k")));
    QVERIFY(failed(f.log->deviceCommand("tablet-1", 1)));
    QVERIFY(failed(f.log->lastDeviceCommand("tablet-1")));
    f.log->idle(); // does nothing, and does not crash
    resume(f);
    QVERIFY(f.log->openOrders());
}

// The kitchen keeps what was acknowledged, and goes on once there is room.
void TestLogFailures::fullFileFails()
{
    LogFixture f;
    OpenOptions small;
    small.pagesMax = 60;
    f.open(small);
    qint64 acknowledged = 0;
    Status done = ok();
    for (int i = 0; i < 2'000 && done; ++i) {
        f.maker.place(QString::number(i));
        done = f.commit();
        if (done)
            acknowledged = f.log->head().pos;
    }
    compareDetail(done, "full");
    QVERIFY(acknowledged > 10);
    resume(f);
    compareSound(f, acknowledged);
    f.maker.place("still too much");
    compareDetail(f.commit(), "full");
    f.close();
    f.open();
    f.maker.start(f.log->head());
    f.maker.place("room again");
    QVERIFY(f.commit());
    compareSound(f, acknowledged + 1);
}

// A real write error from the kernel (the file size limit), not one of SQLite's own.
void TestLogFailures::failedWriteFails()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    const qint64 walBytes = QFileInfo(f.path() + "-wal").size();
    QVERIFY(walBytes > 0);
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = static_cast<rlim_t>(walBytes + 1000);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    for (int i = 0; i < 200; ++i) // more than the WAL's file holds, wherever in it SQLite goes on
        f.maker.place("2");
    const Status done = f.commit();
    const LogHead head = f.log->head();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, oldHandler);
    compareDetail(done, "SQLite");
    QCOMPARE(head.pos, 1);
    resume(f);
    compareSound(f, 1);
    f.maker.place("2");
    QVERIFY(f.commit());
    compareSound(f, 2);
}

void TestLogFailures::failedReopenStaysFailed()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    QCOMPARE(rawSql(f.path(), "UPDATE meta SET head_pos = 9"), QString());
    const Status reopened = f.log->reopen();
    compareDetail(reopened, "damaged at position 2");
    compareDetail(f.log->commit({}), "waits to be reopened");
    QCOMPARE(rawSql(f.path(), "UPDATE meta SET head_pos = 1"), QString());
    resume(f);
    f.maker.place("2");
    QVERIFY(f.commit());
    compareSound(f, 2);
}

void TestLogFailures::secondWriterIsRefused()
{
    LogFixture f;
    f.open();
    const auto second = f.tryOpen();
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Unavailable);
    QVERIFY2(second.error().detail.contains("another hub"), qPrintable(second.error().detail));
    f.maker.place("1");
    QVERIFY(f.commit());
    f.close();
    const auto third = f.tryOpen();
    QVERIFY2(third, third ? "" : qPrintable(third.error().detail));
}

void TestLogFailures::readersDoNotBlockTheWriter()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    Result<Database> db = Database::open(f.path(), Database::Mode::Read);
    QVERIFY(db);
    Transaction snapshot(*db);
    QVERIFY(snapshot.begin(Transaction::Kind::Read));
    QCOMPARE(*db->integer("SELECT max(pos) FROM event"), 1);
    for (int i = 0; i < 300; ++i) {
        f.maker.place("2");
        QVERIFY(f.commit());
        f.log->idle();
    }
    QCOMPARE(*db->integer("SELECT max(pos) FROM event"), 1); // its own moment
    QVERIFY(snapshot.commit());
    QCOMPARE(*db->integer("SELECT max(pos) FROM event"), 301);
    QVERIFY(!db->exec("DELETE FROM order_state"));
}

void TestLogFailures::idleWritesBack()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    const qint64 little = f.log->walBytes();
    QVERIFY(little > 0);
    f.log->idle(); // not worth it
    QCOMPARE(f.log->walBytes(), little);
    while (f.log->walBytes() < limits::walIdleBytes) {
        for (int i = 0; i < 50; ++i)
            f.maker.place("more");
        QVERIFY(f.commit());
    }
    f.log->idle();
    QCOMPARE(f.log->walBytes(), 0);
    f.maker.place("after");
    QVERIFY(f.commit());
    QVERIFY2(f.log->walBytes() < limits::walIdleBytes, "the WAL did not begin anew");
    compareSound(f, f.log->head().pos);
}

void TestLogFailures::largeWalIsWrittenBack()
{
    LogFixture f;
    f.open();
    const QByteArray padding(60'000, 'x');
    const QUuid order = f.maker.place("1");
    qint64 largest = 0;
    for (qint64 written = 0; written < 2 * limits::walBytesMax; written += 4 * padding.size()) {
        for (int i = 0; i < 4; ++i)
            f.maker.add(order, EventType::CourseFired,
                        {{"course", 1}, {"meta", QString::fromLatin1(padding)}});
        QVERIFY(f.commit());
        largest = std::max(largest, QFileInfo(f.path() + "-wal").size());
    }
    QVERIFY2(largest < limits::walBytesMax + 2'000'000, qPrintable(QString::number(largest)));
    QVERIFY(f.log->walBytes() < limits::walBytesMax);
    compareSound(f, f.log->head().pos);
}

QTEST_GUILESS_MAIN(TestLogFailures)
#include "test_log_failures.moc"
