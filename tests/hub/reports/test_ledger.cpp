// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/search_text.h"
#include "hub/reports/totals.h"
#include "tests/hub/reports/ledger_kit.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;
using L1 = QLatin1StringView;

class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_kit = std::make_unique<CoreKit>();
        reopen();
    }
    void cleanup()
    {
        m_ledger.reset();
        m_dir.reset();
        m_kit.reset();
    }

    void tellsAnOrdersTimes();
    void aLineIsFiredWhenTheKitchenMayBegin();
    void theFirstTimeCounts();
    void tellsBumpsAndTheirRecalls();
    void whatFollowsFromAnAdditionIsNoRecall();
    void tellsVoidsWithReasons();
    void damagedFilesAreMadeAgain_data();
    void damagedFilesAreMadeAgain();
    void aNewEpochOfTheSameEventsChangesNothing();
    void anotherLogIsBegunAnew();
    void aBatchThatFailsLeavesNothing();
    void totalsAddUp();
    void foldsText();

private:
    void reopen()
    {
        m_ledger.reset();
        m_ledger = Ledger::open(path()).value();
    }
    [[nodiscard]] QString path() const { return m_dir->filePath(QStringLiteral("ledger.db")); }
    QString row(const QByteArray &sql)
    {
        catchUp(*m_ledger, m_kit->log);
        return rowOf(m_ledger->database(), sql);
    }
    // Seconds since the clock's start at which the columns say something was.
    QString times(const QByteArray &columns, const QByteArray &table)
    {
        QByteArray sql = "SELECT ";
        for (const QByteArray &column : columns.split(' '))
            sql += "(" + column + "-1795000000000)/1000,";
        sql.chop(1);
        return row(sql + " FROM " + table);
    }
    void after(std::chrono::seconds time) { m_kit->clock.advance(time); }
    void does(const QUuid &order, EventType type, const QJsonObject &payload = {})
    {
        QVERIFY2(m_kit->append(order, type, payload), qPrintable(eventTypeName(type)));
    }
    void bumps(const QString &device, const QUuid &order, const QJsonObject &payload = {})
    {
        const QString type =
            payload.isEmpty() ? QStringLiteral("order_ready") : QStringLiteral("item_ready");
        const Answer answer =
            m_kit->one(CoreKit::bumping(device, ++m_n[device], order, type, payload));
        QVERIFY(answer.result && answer.result->status == CommandStatus::Applied);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<CoreKit> m_kit;
    std::unique_ptr<Ledger> m_ledger;
    QHash<QString, qint64> m_n;
};

void TestLedger::tellsAnOrdersTimes()
{
    const QUuid id = m_kit->place({.lines = 2, .paid = false, .number = "47"});
    after(10s);
    does(id, EventType::OrderPaid, {{L1("amount"), 990}});
    after(10s);
    does(id, EventType::OrderAccepted);
    after(10s);
    does(id, EventType::OrderStarted);
    after(60s);
    does(id, EventType::OrderReady);
    after(30s);
    QCOMPARE(row("SELECT number, status, closed_at, items, total, seq FROM orders"),
             QStringLiteral("47|ready|-|3|990|5"));
    does(id, EventType::OrderCompleted);
    QCOMPARE(
        times("placed_at paid_at accepted_at started_at ready_at completed_at closed_at", "orders"),
        QStringLiteral("0|10|20|30|90|120|120"));
    QCOMPARE(row("SELECT status, cancelled_at, recalls FROM orders"),
             QStringLiteral("completed|-|0"));
}

void TestLedger::aLineIsFiredWhenTheKitchenMayBegin()
{
    const QUuid id = m_kit->place({.lines = 1, .paid = false});
    QCOMPARE(row("SELECT fired_at FROM lines"), QStringLiteral("-"));
    after(10s);
    does(id, EventType::OrderPaid);
    after(10s);
    Item late;
    late.name = QStringLiteral("Pudding");
    late.course = 2;
    does(id, EventType::ItemsAdded, withItems({}, {late}));
    QCOMPARE(times("added_at fired_at", "lines WHERE n = 0"), QStringLiteral("0|10"));
    QCOMPARE(times("added_at fired_at", "lines WHERE n = 1"), QStringLiteral("20|20"));
    after(30s);
    does(id, EventType::CourseFired, coursePayload(2));
    QCOMPARE(times("added_at fired_at", "lines WHERE n = 0"), QStringLiteral("0|10"));
    QCOMPARE(times("added_at fired_at", "lines WHERE n = 1"), QStringLiteral("20|50"));
}

void TestLedger::theFirstTimeCounts()
{
    const QUuid id = m_kit->place();
    after(60s);
    does(id, EventType::OrderStarted);
    does(id, EventType::OrderReady);
    after(60s);
    does(id, EventType::OrderCompleted);
    after(60s);
    does(id, EventType::OrderRecalled);
    QCOMPARE(row("SELECT status, closed_at, recalls FROM orders"),
             QStringLiteral("in_kitchen|-|1"));
    after(60s);
    does(id, EventType::OrderReady);
    after(60s);
    does(id, EventType::OrderCompleted);
    QCOMPARE(times("ready_at completed_at closed_at", "orders"), QStringLiteral("60|120|300"));
    QCOMPARE(times("fired_at ready_at", "lines"), QStringLiteral("0|60"));
    QCOMPARE(row("SELECT recalls FROM lines"), QStringLiteral("1"));
}

void TestLedger::tellsBumpsAndTheirRecalls()
{
    const QUuid id = m_kit->place({.lines = 3});
    after(40s);
    bumps("grill-1", id, linesPayload({"1"}));
    does(id, EventType::OrderStarted);
    after(20s);
    bumps("fry-1", id);
    QCOMPARE(row("SELECT by, kind, lines, age, recalled_at FROM bumps WHERE pos = 3"),
             QStringLiteral("grill-1|kitchen|1|40000|-"));
    QCOMPARE(row("SELECT count(*), sum(lines) FROM bumps"), QStringLiteral("2|3"));
    QCOMPARE(row("SELECT by, lines, age FROM bumps ORDER BY pos DESC"),
             QStringLiteral("fry-1|2|60000"));
    after(5s);
    does(id, EventType::OrderRecalled);
    QCOMPARE(row("SELECT lines, whole_order, was_completed FROM recalls"), QStringLiteral("3|1|0"));
    QCOMPARE(times("recalled_at", "bumps WHERE by = 'grill-1'"), QStringLiteral("65"));
    QCOMPARE(times("recalled_at", "bumps WHERE by = 'fry-1'"), QStringLiteral("65"));
}

void TestLedger::whatFollowsFromAnAdditionIsNoRecall()
{
    const QUuid id = m_kit->place({.lines = 2});
    does(id, EventType::OrderStarted);
    does(id, EventType::OrderReady);
    Item late;
    late.name = QStringLiteral("Pudding");
    does(id, EventType::ItemsAdded, withItems({}, {late}));
    QCOMPARE(row("SELECT status, recalls FROM orders"), QStringLiteral("in_kitchen|0"));
    does(id, EventType::ItemRecalled, linesPayload({"2"}));
    QCOMPARE(row("SELECT recalls FROM orders"), QStringLiteral("1"));
    QCOMPARE(row("SELECT lines, whole_order FROM recalls"), QStringLiteral("1|0"));
    QCOMPARE(row("SELECT group_concat(recalls) FROM (SELECT recalls FROM lines ORDER BY n)"),
             QStringLiteral("0,1,0"));
}

void TestLedger::tellsVoidsWithReasons()
{
    const QUuid id = m_kit->place({.lines = 2});
    does(id, EventType::ItemReady, linesPayload({"1"}));
    does(id, EventType::ItemVoided,
         {{L1("lines"), QJsonArray{L1("1")}}, {L1("reason"), L1("sent back")}});
    QCOMPARE(row("SELECT status, void_reason, voided_by, was_ready FROM lines WHERE n = 0"),
             QStringLiteral("voided|sent back|till|1"));
    QCOMPARE(row("SELECT items FROM orders"), QStringLiteral("2"));
    does(id, EventType::OrderCancelled, {{L1("reason"), L1("left")}});
    QCOMPARE(row("SELECT status, cancel_reason, cancelled_by, closed_at = cancelled_at "
                 "FROM orders"),
             QStringLiteral("cancelled|left|till|1"));
}

void TestLedger::damagedFilesAreMadeAgain_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"text", "empty", "cut", "torn", "version", "log", "no place"})
        QTest::newRow(how) << how;
}

void TestLedger::damagedFilesAreMadeAgain()
{
    QFETCH(QString, how);
    for (int i = 0; i < 40; ++i)
        m_kit->placeAndComplete();
    catchUp(*m_ledger, m_kit->log);
    const QStringList expected = dumpOf(m_ledger->database());
    if (how == u"version")
        QVERIFY(m_ledger->database().exec("PRAGMA user_version = 99"));
    if (how == u"log")
        QVERIFY(m_ledger->database().exec("PRAGMA application_id = 1"));
    if (how == u"no place")
        QVERIFY(m_ledger->database().exec("UPDATE place SET chain = x'00'"));
    m_ledger.reset(); // the last connection writes it back into one file
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (how == u"text") {
        QVERIFY(file.resize(0));
        file.write("not a database at all, but long enough to be one");
    } else if (how == u"empty") {
        QVERIFY(file.resize(0));
    } else if (how == u"cut") {
        QVERIFY(file.resize(file.size() / 2));
    } else if (how == u"torn") {
        for (qint64 at = 4096; at < file.size(); at += 4096) {
            file.seek(at);
            file.write(QByteArray(64, '\x7f'));
        }
    }
    file.close();
    reopen();
    QCOMPARE(m_ledger->place(), LedgerPlace());
    catchUp(*m_ledger, m_kit->log);
    QCOMPARE(differenceOf(dumpOf(m_ledger->database()), expected), QString());
}

void TestLedger::aNewEpochOfTheSameEventsChangesNothing()
{
    m_kit->placeAndComplete();
    catchUp(*m_ledger, m_kit->log);
    QVERIFY(m_kit->log.renewEpoch(QByteArray(32, 'b'), QStringLiteral("test")));
    m_kit->recover();
    m_kit->placeAndComplete();
    catchUp(*m_ledger, m_kit->log);
    QCOMPARE(m_ledger->restarts(), 0);
    QCOMPARE(row("SELECT count(*) FROM orders"), QStringLiteral("2"));
}

void TestLedger::anotherLogIsBegunAnew()
{
    for (int i = 0; i < 5; ++i)
        m_kit->placeAndComplete();
    catchUp(*m_ledger, m_kit->log);
    m_kit = std::make_unique<CoreKit>(2); // longer, and not the same
    for (int i = 0; i < 7; ++i)
        m_kit->placeAndComplete();
    reopen();
    catchUp(*m_ledger, m_kit->log);
    QCOMPARE(m_ledger->restarts(), 1);
    QCOMPARE(differenceOf(dumpOf(m_ledger->database()), dumpOfNew(m_kit->log)), QString());
    m_kit = std::make_unique<CoreKit>(3); // shorter
    m_kit->placeAndComplete();
    catchUp(*m_ledger, m_kit->log);
    QCOMPARE(m_ledger->restarts(), 2);
    QCOMPARE(differenceOf(dumpOf(m_ledger->database()), dumpOfNew(m_kit->log)), QString());
}

void TestLedger::aBatchThatFailsLeavesNothing()
{
    const QUuid id = m_kit->place({.lines = 2});
    catchUp(*m_ledger, m_kit->log);
    const QStringList before = dumpOf(m_ledger->database());
    QVERIFY(m_ledger->database().exec("CREATE TEMP TRIGGER full BEFORE INSERT ON place BEGIN "
                                      "SELECT RAISE(ABORT, 'disk full'); END"));
    does(id, EventType::ItemReady, linesPayload({"1"}));
    const Result<int> taken = m_ledger->follow(m_kit->log, m_kit->log.head().pos);
    QVERIFY(!taken);
    QVERIFY2(taken.error().detail.contains(u"disk full"), qPrintable(taken.error().detail));
    QCOMPARE(differenceOf(dumpOf(m_ledger->database()), before), QString());
    QVERIFY(m_ledger->database().exec("DROP TRIGGER full"));
    catchUp(*m_ledger, m_kit->log);
    QCOMPARE(differenceOf(dumpOf(m_ledger->database()), dumpOfNew(m_kit->log)), QString());
}

void TestLedger::totalsAddUp()
{
    OrderState order;
    QVERIFY(!totalOf(order));
    OrderLine line;
    line.item.quantity = 2;
    line.item.unitPrice = 950;
    line.item.modifiers = {{"Extras", "Bacon", 2, 150}, {"Extras", "No salt", 1, {}}};
    order.lines = {line, line};
    QCOMPARE(totalOf(order), std::optional<qint64>(5'000)); // 2 * 2 * (950 + 300)
    order.lines[1].status = LineStatus::Voided;
    QCOMPARE(totalOf(order), std::optional<qint64>(2'500));
    QCOMPARE(itemCount(order), 2);
    order.payment = Payment{"card", {}, {}};
    QCOMPARE(totalOf(order), std::optional<qint64>(2'500));
    order.payment->amount = 2'400; // a discount of the till's
    QCOMPARE(totalOf(order), std::optional<qint64>(2'400));
    order.payment.reset();
    order.lines[0].item.unitPrice.reset();
    QVERIFY(!totalOf(order));
}

void TestLedger::foldsText()
{
    QCOMPARE(foldedText(QStringLiteral("  Łódź \t ŒUF\nİstanbul ")),
             QByteArray("lodz oeuf istanbul"));
    QCOMPARE(foldedText(QStringLiteral("ＢＥＥＲ　ﾗｰﾒﾝ")),
             foldedText(QStringLiteral("beer ラーメン")));
    QCOMPARE(numberKey(QStringLiteral("# A 7")), QByteArray("a7"));
    QCOMPARE(searchWords(QStringLiteral("a b c d e f g h i j")).size(), size_t(8));
    QCOMPARE(searchWords(QString(5'000, u'x')).at(0).size(), 100);
    OrderState order;
    for (int i = 0; i < 1'000; ++i) {
        OrderLine line;
        line.item.name = QStringLiteral("%1 ").arg(i) + QString(190, u'汉');
        order.lines.push_back(line);
    }
    QVERIFY(searchText(order).size() < 10'000);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "test_ledger.moc"
