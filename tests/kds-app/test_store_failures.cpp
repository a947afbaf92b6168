// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/local_kitchen.h"
#include "shared/base/limits.h"
#include "tests/kds-app/take_snapshot.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;

// Whatever part of a display's file cannot be written or read: the kitchen goes on, says so, and
// nothing is half kept.
class TestStoreFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachWriteCanFail_data();
    void eachWriteCanFail();
    void nothingIsOfferedBeforeItIsStored();
    void whatContradictsItselfIsSetAside_data();
    void whatContradictsItselfIsSetAside();
    void aPlaceThatCannotBeUsedIsSaid();

private:
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("kitchen.db")); }
    void alter(const QByteArray &sql) const
    {
        Result<Database> other = Database::open(path());
        QVERIFY(other);
        const Status done = other->exec(sql.constData());
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }

    QTemporaryDir m_dir;
    FakeHub m_hub;
    FakeClock m_clock;
    CountingRandom m_random;
};

void TestStoreFailures::eachWriteCanFail_data()
{
    QTest::addColumn<QByteArray>("write");
    QTest::addColumn<bool>("whole"); // a snapshot, else events
    for (const bool whole : {false, true}) {
        const QByteArray kind = whole ? " of a snapshot" : " of events";
        for (const char *write : {"INSERT ON orders WHEN NEW.closed_rank IS NULL",
                                  "INSERT ON orders WHEN NEW.closed_rank IS NOT NULL",
                                  "DELETE ON orders", "INSERT ON outbox", "DELETE ON outbox"})
            QTest::newRow((write + kind).constData()) << QByteArray(write) << whole;
        for (const char *key :
             {"count", "digest", "cursor", "outbox_next", "as_of", "hub_offset_ms"})
            QTest::newRow((key + kind).constData())
                << "INSERT ON meta WHEN NEW.key = '" + QByteArray(key) + "'" << whole;
    }
}

void TestStoreFailures::eachWriteCanFail()
{
    QFETCH(QByteArray, write);
    QFETCH(bool, whole);
    QFile::remove(path());
    m_hub = FakeHub();
    LocalKitchen kitchen(path(), m_clock, m_random);
    const QUuid open = m_hub.place("1");
    // Enough finished commands that the next one pushes one out, and closed orders likewise.
    for (int i = 0; i < limits::recentOrdersMax; ++i)
        m_hub.append(m_hub.place("closed"), EventType::OrderCancelled);
    QVERIFY(takeSnapshot(kitchen, m_hub));
    for (int n = 1; n <= limits::outboxFinishedKept; ++n) {
        OutboxEntry entry;
        entry.command.n = n;
        entry.command.orderId = open;
        entry.command.type = "order_note_added";
        kitchen.outbox().add(entry);
        (void)kitchen.outbox().takeToSend(1);
        (void)kitchen.answered({n, CommandStatus::Applied, 1, 1, {}, {}, {}}, m_hub.epoch());
    }
    QVERIFY(kitchen.flush());
    alter("CREATE TRIGGER refuse BEFORE " + write + " BEGIN SELECT RAISE(ABORT, 'no room'); END");

    m_hub.append(open, EventType::OrderStarted);
    m_hub.append(m_hub.place("2"), EventType::OrderCancelled);
    m_hub.place("3");
    OutboxEntry entry;
    entry.command.n = limits::outboxFinishedKept + 1;
    entry.command.orderId = open;
    entry.command.type = "order_note_added";
    kitchen.outbox().add(entry);
    (void)kitchen.outbox().takeToSend(1);
    (void)kitchen.answered({entry.command.n, CommandStatus::Applied, 1, 1, {}, {}, {}},
                           m_hub.epoch());
    kitchen.noteCurrent();
    if (whole)
        QVERIFY(takeSnapshot(kitchen, m_hub));
    else
        QCOMPARE(
            kitchen.tickets().applyEvents(m_hub.events(kitchen.tickets().position(), m_hub.head())),
            EventsOutcome::Applied);
    QVERIFY(!kitchen.flush());
    QVERIFY2(kitchen.storageFault().contains("no room"), qPrintable(kitchen.storageFault()));
    QCOMPARE(kitchen.tickets().position(), m_hub.head()); // the board goes on
    const auto tap = kitchen.submit(open, EventType::OrderReady, {}, std::nullopt);
    QVERIFY(!tap);
    QCOMPARE(tap.error().code, ErrorCode::StorageFailed);

    alter("DROP TRIGGER refuse");
    QVERIFY(kitchen.flush());
    QVERIFY(kitchen.storageFault().isEmpty());
    LocalKitchen again(path(), m_clock, m_random);
    QVERIFY2(again.report().isEmpty(), qPrintable(again.report()));
    QCOMPARE(again.tickets().cursor(), std::optional(m_hub.cursor()));
    QCOMPARE(again.outbox().next(), limits::outboxFinishedKept + 2);
    QVERIFY(!again.outbox().find(1));
    QVERIFY(again.outbox().find(entry.command.n));
}

void TestStoreFailures::nothingIsOfferedBeforeItIsStored()
{
    QFile::remove(path());
    m_hub = FakeHub();
    LocalKitchen kitchen(path(), m_clock, m_random);
    const QUuid order = m_hub.place("1");
    QVERIFY(takeSnapshot(kitchen, m_hub));
    QVERIFY(kitchen.submit(order, EventType::OrderStarted, {}, std::nullopt));
    QVERIFY(kitchen.submit(order, EventType::OrderReady, {}, std::nullopt));
    QCOMPARE(kitchen.takeToSend(2).size(), size_t(2));
    alter("CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END");
    (void)kitchen.answered({1, CommandStatus::Rejected, 0, 0, "seq_mismatch", {}, {}},
                           m_hub.epoch());
    (void)kitchen.answered({2, CommandStatus::Noop, 0, 0, {}, {}, {}}, m_hub.epoch());
    QVERIFY2(!kitchen.flush(), "two answers that the file does not take");
    kitchen.welcomed(0, QByteArray(32, 'b')); // the log has lost both
    QVERIFY2(kitchen.takeToSend(2).empty(), "2 would bar 1, which the file has as unanswered");
    alter("DROP TRIGGER refuse");
    const std::vector<DeviceCommand> offered = kitchen.takeToSend(2);
    QCOMPARE(offered.size(), size_t(1));
    QCOMPARE(offered.front().n, 2);
    const LocalKitchen again(path(), m_clock, m_random);
    QCOMPARE(again.outbox().unanswered(), 1);
}

void TestStoreFailures::whatContradictsItselfIsSetAside_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::newRow("an order that is no JSON") << QByteArray("UPDATE orders SET state = '{'");
    QTest::newRow("an order that is none") << QByteArray("UPDATE orders SET state = '{}'");
    QTest::newRow("a command that is no JSON") << QByteArray("UPDATE outbox SET command = '['");
    QTest::newRow("a command that is none") << QByteArray("UPDATE outbox SET command = '{}'");
    QTest::newRow("an answer that is none") << QByteArray("UPDATE outbox SET answer = '{}'");
    QTest::newRow("a cursor that is none")
        << QByteArray("UPDATE meta SET value = 'x' WHERE key = 'cursor'");
    QTest::newRow("another count") << QByteArray("UPDATE meta SET value = 7 WHERE key = 'count'");
    QTest::newRow("another digest")
        << QByteArray("UPDATE meta SET value = 'x' WHERE key = 'digest'");
    QTest::newRow("no orders") << QByteArray("DROP TABLE orders");
    QTest::newRow("no outbox") << QByteArray("DROP TABLE outbox");
    QTest::newRow("no meta") << QByteArray("DROP TABLE meta");
    QTest::newRow("another table")
        << QByteArray("DROP TABLE orders; CREATE TABLE orders (id PRIMARY KEY)");
}

void TestStoreFailures::whatContradictsItselfIsSetAside()
{
    QFETCH(QByteArray, damage);
    QFile::remove(path());
    m_hub = FakeHub();
    const QUuid open = m_hub.place("1");
    QString device;
    {
        LocalKitchen kitchen(path(), m_clock, m_random);
        device = kitchen.deviceId();
        QVERIFY(takeSnapshot(kitchen, m_hub));
        QVERIFY(kitchen.submit(open, EventType::OrderStarted, {}, std::nullopt));
        (void)kitchen.outbox().takeToSend(1);
        (void)kitchen.answered({1, CommandStatus::Applied, 3, 3, {}, {}, {}}, m_hub.epoch());
        QVERIFY(kitchen.submit(open, EventType::OrderNoteAdded, {{"note", "x"}}, std::nullopt));
        QVERIFY(kitchen.flush());
    }
    alter(damage);
    LocalKitchen kitchen(path(), m_clock, m_random);
    QVERIFY2(kitchen.report().contains(".damaged-"), qPrintable(kitchen.report()));
    QVERIFY(kitchen.storageFault().isEmpty());
    QVERIFY(!kitchen.tickets().cursor());
    QCOMPARE(kitchen.deviceId() == device, !damage.contains("meta") || damage.contains("UPDATE"));
    QVERIFY(takeSnapshot(kitchen, m_hub));
    QVERIFY(kitchen.flush());
    if (kitchen.deviceId() != device) {
        kitchen.welcomed(0, QByteArray(32, 'b'));
        QVERIFY2(kitchen.outbox().unanswered() == 0, "done once, under the name that was lost");
    }
}

void TestStoreFailures::aPlaceThatCannotBeUsedIsSaid()
{
    Result<Database> none = Database::open(m_dir.filePath("no/such/dir/x.db"));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::StorageFailed);
    Result<Database> memory = Database::open(":memory:");
    QVERIFY(memory);
    QVERIFY(!memory->exec("SELECT"));
    QVERIFY(!memory->prepare("SELECT x"));
    QVERIFY(!memory->text("SELECT x"));
    QCOMPARE(memory->integer("SELECT 1 WHERE 0").error().code, ErrorCode::NotFound);
    QVERIFY(memory->exec("CREATE TABLE t (n CHECK (n < 3))"));
    Result<Statement> insert = memory->prepare("INSERT INTO t VALUES (?1)");
    QVERIFY(insert);
    QVERIFY(!insert->bind(1, qint64(3)).run());
    QVERIFY(insert->bind(1, qint64(2)).run());
    Result<Transaction> one = Transaction::begin(*memory);
    QVERIFY(one);
    QVERIFY(!Transaction::begin(*memory));
}

QTEST_GUILESS_MAIN(TestStoreFailures)
#include "test_store_failures.moc"
