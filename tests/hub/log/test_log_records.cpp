// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/log/log_fixture.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

// The records of commands: they are not in the chain, and stand in tables of their own.
class TestLogRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsOfCommandsAreSound();
    void findsRecordsOfWhatIsLost_data();
    void findsRecordsOfWhatIsLost();
    void findsMissingRecords_data();
    void findsMissingRecords();
};

namespace {

// Three answers: with an event, without one, and in a transaction of its own.
void fillWithRecords(LogFixture &f)
{
    f.open();
    f.maker.add(f.maker.place("1"), EventType::OrderPaid);
    LogBatch batch = f.maker.take();
    batch.deviceCommands = {{"d", 1, "fp", R"({"pos":1,"seq":1})"}};
    batch.commands = {{"idem", "refused", "fp", "{}"}};
    QVERIFY(f.log->commit(batch));
    LogBatch record;
    record.deviceCommands = {{"d", 2, "fp", R"({"pos":null})"}};
    QVERIFY(f.log->commit(record));
}

} // namespace

void TestLogRecords::findsRecordsOfWhatIsLost_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<qint64>("pos");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, const char *sql, qint64 pos, const char *what) {
        QTest::newRow(name) << QByteArray(sql) << pos << QString(what);
    };
    row("of what is lost",
        "INSERT INTO device_command VALUES ('d', 3, x'00', '{\"pos\":3,\"seq\":2}', 2)", 3,
        "\"d 3\" was answered with position 3, which the log does not have");
    row("beyond the end", "INSERT INTO command VALUES ('idem', 'k', x'00', '{\"pos\":null}', 3)", 3,
        "\"idem\" was answered with position 3, which the log does not have");
    row("that is no answer", "INSERT INTO device_command VALUES ('d', 3, x'00', 'x', 2)", 2,
        "the answer to command \"d 3\" cannot be read");
    row("of another event",
        "INSERT INTO command VALUES ('idem', 'k', x'00', '{\"pos\":2,\"seq\":9}', 2)", 2,
        "with position 2, where the log has another event");
}

void TestLogRecords::findsRecordsOfWhatIsLost()
{
    QFETCH(QByteArray, sql);
    QFETCH(qint64, pos);
    QFETCH(QString, what);
    LogFixture f;
    fillWithRecords(f);
    QCOMPARE(rawSql(f.path(), sql), QString());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(hasProblem(*report, pos, what), qPrintable(problemsOf(*report)));
}

void TestLogRecords::recordsOfCommandsAreSound()
{
    LogFixture f;
    fillWithRecords(f);
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(problemsOf(*report)));
    QCOMPARE(report->records.count, 3);
}

void TestLogRecords::findsMissingRecords_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("left");
    QTest::newRow("gone") << QByteArray("DELETE FROM device_command WHERE n = 2") << 2;
    QTest::newRow("gone, over HTTP") << QByteArray("DELETE FROM command") << 2;
    QTest::newRow("another answer")
        << QByteArray("UPDATE device_command SET answer = '{}' WHERE n = 2") << 3;
    QTest::newRow("another number")
        << QByteArray("UPDATE device_command SET n = 3 WHERE n = 2") << 3;
    QTest::newRow("exchanged") << QByteArray("UPDATE command SET key = 'fp', fingerprint = CAST("
                                             "'refused' AS BLOB)")
                               << 3;
}

void TestLogRecords::findsMissingRecords()
{
    QFETCH(QByteArray, sql);
    QFETCH(int, left);
    LogFixture f;
    fillWithRecords(f);
    QCOMPARE(rawSql(f.path(), sql), QString());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    const QString what = QStringLiteral("had recorded 3 answers to commands and has %1").arg(left);
    QVERIFY2(hasProblem(*report, 0, what), qPrintable(problemsOf(*report)));
}

QTEST_GUILESS_MAIN(TestLogRecords)
#include "test_log_records.moc"
