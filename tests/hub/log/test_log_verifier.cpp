// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"
#include "hub/log/verifier.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

class TestLogVerifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyLogIsSound();
    void longLogIsSound();
    void besideARunningHub();
    void findsDamage_data();
    void findsDamage();
    void findsEveryChangedByte();
    void oneWrongByteIsToldOnce();
    void findsForbiddenMoves_data();
    void findsForbiddenMoves();
    void stopsAfterTooMany();
    void findsCorruptPages();
    void needsALog();
};

namespace {

// 12 events: order 1 completed (1-5), order 2 completed (6-10), order 3 placed and paid (11-12).
void fill(LogFixture &f)
{
    f.open();
    f.maker.placeAndComplete("1");
    f.maker.placeAndComplete("2");
    f.maker.add(f.maker.place("3", true), EventType::OrderPaid,
                {{"method", "card"}, {"amount", 1900}});
    QVERIFY(f.commit());
}

} // namespace

void TestLogVerifier::emptyLogIsSound()
{
    LogFixture f;
    f.open();
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(problemsOf(*report)));
    QVERIFY(report->head == f.log->head());
    QCOMPARE(report->foldDigest, "0000000000000000");
    QCOMPARE(report->tableDigest, "0000000000000000");
}

// Longer than one step of the walk, with orders that come back after they were let go of.
void TestLogVerifier::longLogIsSound()
{
    LogFixture f;
    f.open();
    const QUuid old = f.maker.placeAndComplete("old");
    for (int i = 0; i < 400; ++i)
        f.maker.placeAndComplete(QString::number(i));
    f.maker.add(old, EventType::OrderRecalled);
    const QUuid open = f.maker.place("open");
    f.maker.addUnknown(open, "order_gift_wrapped", {{"paper", "red"}});
    QVERIFY(f.commit());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(problemsOf(*report)));
    QVERIFY(report->head == f.log->head());
    QCOMPARE(report->events, 401 * 5 + 3);
    QCOMPARE(report->orders, 402);
    QCOMPARE(report->openOrders, 2);
    QCOMPARE(report->tableOpenOrders, 2);
    QCOMPARE(report->foldDigest, digestText(digestTerm(old, 6) + digestTerm(open, 2)));
    QCOMPARE(report->tableDigest, report->foldDigest);
}

// Commits and checkpoints go on in another thread; every verification finds a sound log of some
// moment.
void TestLogVerifier::besideARunningHub()
{
    LogFixture f;
    fill(f);
    std::atomic<bool> failed = false;
    std::thread hub([&] {
        for (int i = 0; i < 400 && !failed; ++i) {
            f.maker.placeAndComplete("more");
            if (!f.commit())
                failed = true;
            f.log->idle();
        }
    });
    qint64 last = 0;
    QString wrong;
    while (wrong.isEmpty() && last < 12 + 5 * 400 && !failed) {
        const auto report = verifyLog(f.path());
        if (!report)
            wrong = report.error().detail;
        else if (!report->isSound() || report->head.pos < last)
            wrong = problemsOf(*report) + QStringLiteral(" at %1").arg(report->head.pos);
        else
            last = report->head.pos;
    }
    hub.join();
    QVERIFY(!failed);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestLogVerifier::findsDamage_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<qint64>("pos");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, const char *sql, qint64 pos, const char *what) {
        QTest::newRow(name) << QByteArray(sql) << pos << QString(what);
    };
    row("payload", "UPDATE event SET payload = replace(payload, 'Fries', 'Flies') WHERE pos = 6", 6,
        "chain does not match");
    row("space in payload", "UPDATE event SET payload = payload || ' ' WHERE pos = 3", 3,
        "payload is not as it was written");
    row("broken payload", "UPDATE event SET payload = '{\"a\"' WHERE pos = 3", 3, "payload");
    row("actor", "UPDATE event SET actor = replace(actor, 'grill-1', 'grill-2') WHERE pos = 9", 9,
        "chain does not match");
    row("space in actor", "UPDATE event SET actor = ' ' || actor WHERE pos = 9", 9,
        "actor is not as it was written");
    row("type", "UPDATE event SET type = 'order_started' WHERE pos = 3", 3, "chain does not match");
    row("version", "UPDATE event SET v = 2 WHERE pos = 3", 3, "chain does not match");
    row("number out of range", "UPDATE event SET v = 99999999999 WHERE pos = 3", 3, "out of range");
    row("time", "UPDATE event SET at = at + 1 WHERE pos = 12", 12, "chain does not match");
    row("event id", "UPDATE event SET id = order_id WHERE pos = 2", 2, "chain does not match");
    row("chain", "UPDATE event SET chain = zeroblob(32) WHERE pos = 4", 4, "chain does not match");
    row("running size", "UPDATE event SET bytes_to = bytes_to + 1 WHERE pos = 4", 4,
        "running size");
    row("missing row", "DELETE FROM event WHERE pos = 7", 7, "is missing");
    row("missing rows", "DELETE FROM event WHERE pos IN (3, 4)", 3, "up to 4 are missing");
    row("missing first", "DELETE FROM event WHERE pos = 1", 1, "is missing");
    row("missing last", "DELETE FROM event WHERE pos = 12", 12, "record of its head");
    row("row before the first",
        "INSERT INTO event SELECT 0, id, zeroblob(16), 1, type, v, at, "
        "bytes_to, chain, actor, payload FROM event WHERE pos = 1",
        0, "begin at 1");
    row("moved to another order",
        "UPDATE event SET order_id = (SELECT order_id FROM event WHERE pos = 1), seq = 6 "
        "WHERE pos = 12",
        12, "chain does not match");
    row("hole in seq", "UPDATE event SET seq = 3 WHERE pos = 12", 12, "follows seq 1");
    row("state",
        "UPDATE order_state SET state = replace(state, 'Fries', 'Flies') "
        "WHERE opened_pos = 11",
        12, "differs between its events and the state table");
    row("state's seq", "UPDATE order_state SET seq = 1 WHERE opened_pos = 11", 12, "seq 2 by");
    row("recent state", "UPDATE order_state SET state = '{}' WHERE opened_pos = 6", 10,
        "differs between");
    row("closed by hand", "UPDATE order_state SET closed_pos = pos WHERE opened_pos = 11", 12,
        "is open by its events");
    row("opened by hand", "UPDATE order_state SET closed_pos = NULL WHERE opened_pos = 6", 10,
        "is closed by its events");
    row("order gone", "DELETE FROM order_state WHERE opened_pos = 11", 12,
        "missing in the state table");
    row("recent order gone", "DELETE FROM order_state WHERE opened_pos = 1", 5,
        "missing in the state table");
    row("order invented", "INSERT INTO order_state VALUES (99, zeroblob(16), NULL, 1, 99, '{}')",
        99, "neither open nor");
    row("head", "UPDATE meta SET head_pos = 11", 12, "record of its head");
    row("head's chain", "UPDATE meta SET head_chain = zeroblob(32)", 13, "their chains differ");
    row("no head", "DELETE FROM meta", 0, "record of its head is missing");
    row("epoch", "UPDATE meta SET epoch = 'x'", 0, "epoch is not the last");
    row("token", "UPDATE tracker SET token = 'x'", 11, "tracker token");
    row("tracker of nothing", "UPDATE tracker SET order_id = zeroblob(16)", 0,
        "of which there is no event");
    row("trigger gone", "SELECT 1", 0, "trigger event_no_update is missing");
    row("another table", "CREATE TABLE extra (x)", 0, "table extra is not ours");
}

void TestLogVerifier::findsDamage()
{
    QFETCH(QByteArray, sql);
    QFETCH(qint64, pos);
    QFETCH(QString, what);
    LogFixture f;
    fill(f);
    const QByteArray free = "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; "
                            "DROP TRIGGER event_append; ";
    QCOMPARE(rawSql(f.path(), free + sql), QString());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY(!report->isSound());
    QVERIFY2(hasProblem(*report, pos, what), qPrintable(problemsOf(*report)));
    // What is wrong with an event comes before what follows from it.
    if (pos > 0)
        QVERIFY2(report->problems.front().pos == pos, qPrintable(problemsOf(*report)));
}

// Each byte of one event's texts in turn: no change of one byte goes unseen.
void TestLogVerifier::findsEveryChangedByte()
{
    LogFixture f;
    fill(f);
    f.close();
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER event_no_update"), QString());
    for (const QByteArray column : {"payload", "actor", "type"}) {
        const QByteArray get = "SELECT " + column + " FROM event WHERE pos = 12";
        const QByteArray was = rawValue(f.path(), get);
        QVERIFY(was.size() > 5);
        for (qsizetype i = 0; i < was.size(); ++i) {
            QByteArray now = was;
            now[i] = static_cast<char>(now[i] ^ 1);
            const QByteArray set =
                "UPDATE event SET " + column + " = CAST(x'%' AS TEXT) WHERE pos = 12";
            QCOMPARE(rawSql(f.path(), QByteArray(set).replace("%", now.toHex())), QString());
            VerifyOptions quick;
            quick.checkFile = false;
            const auto report = verifyLog(f.path(), quick);
            QVERIFY(report);
            QVERIFY2(!report->problems.empty() && report->problems.front().pos == 12,
                     now.constData());
            QCOMPARE(rawSql(f.path(), QByteArray(set).replace("%", was.toHex())), QString());
        }
    }
}

void TestLogVerifier::oneWrongByteIsToldOnce()
{
    LogFixture f;
    fill(f);
    // In a closed order that the state table no longer holds nothing else can differ.
    for (int i = 0; i < limits::recentOrdersMax; ++i)
        f.maker.placeAndComplete("later");
    QVERIFY(f.commit());
    const QByteArray trigger = rawValue(f.path(), "SELECT sql FROM sqlite_schema "
                                                  "WHERE name = 'event_no_update'");
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER event_no_update; UPDATE event SET payload = "
                              "replace(payload, 'Fries', 'Flies') WHERE pos = 6; "
                                  + trigger),
             QString());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->problems.size() == 1, qPrintable(problemsOf(*report)));
    QCOMPARE(report->problems.front().pos, 6);
    QCOMPARE(report->events, 12 + 5 * limits::recentOrdersMax); // it went on to the end
}

void TestLogVerifier::findsForbiddenMoves_data()
{
    QTest::addColumn<EventType>("type");
    QTest::addColumn<bool>("first");
    QTest::addColumn<QString>("what");
    QTest::newRow("completed before ready")
        << EventType::OrderCompleted << false
        << "order_completed is not allowed while the order is placed";
    QTest::newRow("placed again") << EventType::OrderPlaced << false
                                  << "order_placed at seq 2: an order begins";
    QTest::newRow("not placed first")
        << EventType::OrderPaid << true << "order_paid at seq 1: an order begins";
}

// The log itself does not know the rules; what broke them would be a fault of the hub.
void TestLogVerifier::findsForbiddenMoves()
{
    QFETCH(EventType, type);
    QFETCH(bool, first);
    QFETCH(QString, what);
    LogFixture f;
    f.open();
    const QUuid order = first ? makeUuidV7(f.clock.now(), f.random) : f.maker.place("1");
    const qint64 pos = f.maker.add(order, type, {{"number", "1"}}).pos;
    LogBatch batch = f.maker.take();
    batch.orders.front().openedPos = 1;
    batch.orders.front().id = order;
    QVERIFY(f.log->commit(batch));
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(hasProblem(*report, pos, what), qPrintable(problemsOf(*report)));
}

void TestLogVerifier::stopsAfterTooMany()
{
    LogFixture f;
    fill(f);
    for (int i = 0; i < 20; ++i)
        f.maker.placeAndComplete("more");
    QVERIFY(f.commit());
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER event_no_update; UPDATE event SET actor = '{}'"),
             QString());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY(!report->isComplete);
    QCOMPARE(report->problems.size(), size_t(limits::verifyProblemsMax));
    QCOMPARE(report->problems.front().pos, 1);
}

void TestLogVerifier::findsCorruptPages()
{
    LogFixture f;
    fill(f);
    for (int i = 0; i < 200; ++i)
        f.maker.placeAndComplete("more");
    QVERIFY(f.commit());
    f.close();
    const qint64 page = rawValue(f.path(), "SELECT pageno FROM dbstat WHERE name = 'event' "
                                           "AND pagetype = 'leaf' ORDER BY pageno DESC LIMIT 1")
                            .toLongLong();
    // Debian's SQLite has dbstat; were it ever without, the table's root page does.
    const qint64 hit = page > 1 ? page
                                : rawValue(f.path(), "SELECT rootpage FROM sqlite_schema "
                                                     "WHERE name = 'event'")
                                      .toLongLong();
    QVERIFY(hit > 1);
    QFile file(f.path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek((hit - 1) * 4096));
    QCOMPARE(file.write(QByteArray(4096, '\xff')), 4096);
    file.close();
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY(!report->isSound());
    QVERIFY2(problemsOf(*report).contains("malformed"), qPrintable(problemsOf(*report)));
}

void TestLogVerifier::needsALog()
{
    QTemporaryDir dir;
    const auto report = verifyLog(dir.filePath("nothing.db"));
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestLogVerifier)
#include "test_log_verifier.moc"
