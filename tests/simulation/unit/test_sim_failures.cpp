// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"
#include "shared/base/limits.h"
#include "tests/simulation/unit/sim_box.h"
#include "tests/support/failing_memory.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::sim;

// Every call of the log's to its disk, and many of SQLite's for memory, fails once: none may be
// overlooked, and none may cost anything that was acknowledged.
class TestSimFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(test::FailingMemory::install(), "SQLite was used already"); }
    void cleanup() { test::FailingMemory::heal(); }
    void everyCallFailsOnce_data();
    void everyCallFailsOnce();
    void allocationsFailOnce();
    void everyQueryTells();
    void aFailedCheckpointStopsTheLog();
    void aCutWhileAFailedSyncIsMadeGood_data();
    void aCutWhileAFailedSyncIsMadeGood();
};

namespace {

// A short life of a log, with everything it can be asked. Goes on after a failure as the hub does:
// the log is opened again. Returns what was acknowledged.
class Life
{
public:
    explicit Life(SimBox &box) : m_box(box) { }

    void run()
    {
        for (int start = 0; start < 2; ++start) {
            QString refused = m_box.open();
            if (!refused.isEmpty())
                refused = m_box.open();
            QVERIFY2(refused.isEmpty(), qPrintable("not the second time either: " + refused));
            // Without it a power cut can take back what was committed.
            const QByteArray header = m_box.disk.image().files["counterfire.db"].left(20);
            QVERIFY2(header.right(2) == "\2\2", "the log is not in WAL mode");
            for (int i = 0; i < 3; ++i)
                commit(i);
            if (!m_box.log->renewEpoch(randomHex(16, m_box.dice), "tried"))
                again();
            ask();
            m_box.log.reset(); // the last connection writes the WAL back
        }
    }
    [[nodiscard]] qint64 acknowledged() const { return m_acknowledged; }

private:
    void commit(int i)
    {
        m_box.maker.placeAndComplete("1");
        const QUuid order = m_box.maker.place("2", true);
        LogBatch batch = m_box.maker.take();
        const QByteArray key = QByteArray::number(++m_commits);
        batch.commands = {{"idem", key, "fp", "{}"}};
        batch.deviceCommands = {{"grill", m_commits, "fp", "{}"}};
        batch.dayNumber = DayNumber{"2026-11-21", i};
        if (m_box.log->commit(batch))
            m_acknowledged = m_box.log->head().pos;
        else
            again();
        m_orders.push_back(order);
    }
    void again()
    {
        if (!m_box.log->reopen())
            QVERIFY2(m_box.log->reopen(), "a call failed once, and the log stayed closed");
        QVERIFY(m_box.log->head().pos >= m_acknowledged);
        if (!m_box.resume().isEmpty())
            QCOMPARE(m_box.resume(), QString());
    }
    // What fails here tells; it costs nothing.
    void ask()
    {
        (void)m_box.log->recentlyClosed(limits::recentOrdersMax);
        (void)m_box.log->dayNumber();
        (void)m_box.log->command("idem", "1");
        (void)m_box.log->deviceCommand("grill", 1);
        (void)m_box.log->lastDeviceCommand("grill");
        (void)m_box.log->order(m_orders.front());
        if (auto reader = SqliteEventReader::open(m_box.path())) {
            (void)(*reader)->events(0, m_acknowledged, 100, limits::gapBytesMax);
            (void)(*reader)->countsSince(m_box.clock.now());
        }
        (void)verifyLog(m_box.path());
    }

    SimBox &m_box;
    qint64 m_acknowledged = 0;
    qint64 m_commits = 0;
    std::vector<QUuid> m_orders;
};

qint64 injected(const DiskFaultCounts &counts)
{
    return counts.readErrors + counts.writeErrors + counts.syncErrors;
}

} // namespace

void TestSimFailures::everyCallFailsOnce_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("least"); // calls of this kind that such a life makes
    QTest::newRow("read") << static_cast<int>(DiskFault::Read) << 40;
    QTest::newRow("write") << static_cast<int>(DiskFault::Write) << 60;
    QTest::newRow("sync") << static_cast<int>(DiskFault::Sync) << 10;
}

void TestSimFailures::everyCallFailsOnce()
{
    QFETCH(int, kind);
    QFETCH(int, least);
    // Each of those that make a new log, then every third.
    const int step = kind == static_cast<int>(DiskFault::Sync) ? 1 : 3;
    constexpr int first = 60;
    int call = 1;
    for (;; call += call < first ? 1 : step) {
        SimBox box(static_cast<quint64>(call));
        box.disk.start();
        box.disk.failNext(static_cast<DiskFault>(kind), call);
        Life life(box);
        life.run();
        const QByteArray where = "call " + QByteArray::number(call);
        QVERIFY2(!QTest::currentTestFailed(), where.constData());
        const bool happened = injected(box.disk.counts()) > 0;
        box.disk.heal();
        box.disk.powerCut();
        const QString refused = box.start();
        QVERIFY2(refused.isEmpty(), (where + ": " + refused.toUtf8()).constData());
        QVERIFY2(box.log->head().pos >= life.acknowledged(), where.constData());
        QVERIFY2(box.problem().isEmpty(), (where + ": " + box.problem().toUtf8()).constData());
        if (!happened)
            break;
    }
    QVERIFY2(call > least, qPrintable(QStringLiteral("only %1 calls").arg(call)));
}

// Nearly every call of SQLite's own can fail for want of memory, with the disk in perfect order.
void TestSimFailures::allocationsFailOnce()
{
    constexpr int lives = 300; // spread over one life's allocations
    qint64 all = 0;
    for (int i = 0; i <= lives; ++i) {
        SimBox box(1);
        box.disk.start();
        test::FailingMemory::failNext(i == 0 ? 0 : std::max<qint64>(1, i * all / lives));
        Life life(box);
        life.run();
        if (i == 0)
            all = test::FailingMemory::allocations();
        const QByteArray where =
            QByteArray::number(i) + " of " + QByteArray::number(lives) + " lives";
        QVERIFY2(!QTest::currentTestFailed(), where.constData());
        QVERIFY2(test::FailingMemory::hasFailed() == (i > 0), where.constData());
        test::FailingMemory::heal();
        box.disk.powerCut();
        const QString refused = box.start();
        QVERIFY2(refused.isEmpty(), (where + ": " + refused.toUtf8()).constData());
        QVERIFY2(box.log->head().pos >= life.acknowledged(), where.constData());
        QVERIFY2(box.problem().isEmpty(), (where + ": " + box.problem().toUtf8()).constData());
    }
    QVERIFY2(all > 10 * lives, qPrintable(QStringLiteral("only %1 allocations").arg(all)));
}

// With a disk that cannot be read at all, nothing is answered from what is not there.
void TestSimFailures::everyQueryTells()
{
    SimBox box(1);
    QCOMPARE(box.start(), QString());
    QVERIFY(box.commit());
    const QUuid order = box.log->openOrders()->front().id;
    auto reader = SqliteEventReader::open(box.path());
    QVERIFY(reader);
    SqliteEventReader &log = **reader;
    const auto tells = [&](const auto &ask) {
        box.disk.heal();
        const bool committed = box.commit(); // what a reader holds is out of date now
        box.disk.failOften(DiskFault::Read, 1);
        const auto answer = ask();
        return committed && !answer && answer.error().code == ErrorCode::StorageFailed;
    };
    QVERIFY(tells([&] { return log.events(0, 5, 10, 1'000'000); }));
    QVERIFY(tells([&] { return log.chainAt(3); }));
    QVERIFY(tells([&] { return log.gapBytes(1, 3); }));
    QVERIFY(tells([&] { return log.orderEvents(order, 0); }));
    QVERIFY(tells([&] { return log.orderForTracker(QByteArray(32, 'a')); }));
    QVERIFY(tells([&] { return log.trackerForOrder(order); }));
    QVERIFY(tells([&] { return log.lastDeviceCommand("grill"); }));
    QVERIFY(tells([&] { return log.countsSince(box.clock.now()); }));
    QVERIFY(tells([&] { return log.head(); }));
    QVERIFY(tells([&] { return log.restaurantId(); }));
    QVERIFY(tells([&] { return log.tableDigest(); }));
    QVERIFY(tells([&] { return log.ordersByNumber("2", 10); }));
    box.disk.heal();
    QVERIFY(log.events(0, 5, 10, 1'000'000)); // and the reader goes on
}

// What is acknowledged is in the WAL; but a disk that refuses to take it is not trusted further.
void TestSimFailures::aFailedCheckpointStopsTheLog()
{
    for (const DiskFault fault : {DiskFault::Write, DiskFault::Sync}) {
        SimBox box(1);
        QCOMPARE(box.start(), QString());
        while (box.log->walBytes() < limits::walIdleBytes)
            QVERIFY(box.commit());
        const LogHead head = box.log->head();
        box.disk.failOften(fault, 1);
        box.log->idle();
        QVERIFY(!box.commit());
        box.disk.heal();
        QVERIFY(box.log->reopen());
        QVERIFY(box.log->head() == head);
        QCOMPARE(box.resume(), QString());
        QVERIFY(box.commit());
        box.cut();
        QCOMPARE(box.start(), QString());
        QVERIFY(box.log->head().pos > head.pos);
        QCOMPARE(box.problem(), QString());
    }
}

void TestSimFailures::aCutWhileAFailedSyncIsMadeGood_data()
{
    QTest::addColumn<QString>("nextOwner");
    QTest::newRow("by the same process") << QString();
    QTest::newRow("by the next one") << "bistro";
    QTest::newRow("by one that gives up") << "trattoria";
}

// After a failed sync the kernel holds pages that look clean and are not on the disk. What is made
// good from there must not tear the database when the power goes at any of its writes.
void TestSimFailures::aCutWhileAFailedSyncIsMadeGood()
{
    QFETCH(QString, nextOwner);
    const bool isKilled = !nextOwner.isEmpty();
    int cuts = 0;
    for (quint64 seed = 1; seed <= 12; ++seed) {
        for (int writes = 1;; ++writes) {
            SimBox box(seed);
            QCOMPARE(box.start(), QString());
            for (int i = 0; i < 5; ++i)
                QVERIFY(box.commit());
            box.log.reset(); // writes the WAL back
            QCOMPARE(box.open(), QString());
            QVERIFY(box.commit());
            const qint64 acknowledged = box.log->head().pos;
            box.disk.failNext(DiskFault::Sync, 1);
            QVERIFY(!box.commit());
            if (isKilled) {
                box.disk.kill();
                box.log.reset();
                box.disk.start();
            }
            box.disk.dieAfterWrites(writes);
            const bool isGood =
                isKilled ? box.open(nextOwner).isEmpty() : box.log->reopen().has_value();
            const bool isCut = box.disk.isDead();
            QVERIFY(isGood || isCut || nextOwner == "trattoria");
            box.cut();
            const QByteArray where = "seed " + QByteArray::number(seed) + ", after "
                                     + QByteArray::number(writes) + " writes: ";
            const QString refused = box.start();
            QVERIFY2(refused.isEmpty(), (where + refused.toUtf8()).constData());
            QVERIFY2(box.log->head().pos >= acknowledged, where.constData());
            const QString problem = box.problem();
            QVERIFY2(problem.isEmpty(), (where + problem.toUtf8()).constData());
            cuts += isCut ? 1 : 0;
            if (!isCut)
                break;
        }
    }
    if (nextOwner == "trattoria")
        QCOMPARE(cuts, 0); // what gives up writes nothing
    else
        QVERIFY2(cuts > 100, qPrintable(QStringLiteral("only %1 cuts").arg(cuts)));
}

QTEST_GUILESS_MAIN(TestSimFailures)
#include "test_sim_failures.moc"
