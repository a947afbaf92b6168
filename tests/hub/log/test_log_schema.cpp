// SPDX-License-Identifier: Apache-2.0
#include "hub/log/schema.h"
#include "hub/log/sqlite_event_reader.h"
#include "shared/base/limits.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

#include <array>
#include <sys/stat.h>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

class TestLogSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newLogIsOursAndPrivate();
    void connectionIsSafe();
    void stepsRunOnceInOrder();
    void countsWhatAnOlderLogHasRecorded();
    void failedStepLeavesTheOneBefore();
    void refusesNewerSchema();
    void refusesStrangers();
    void refusesGarbage();
    void eventsCannotBeChanged_data();
    void eventsCannotBeChanged();
    void eventsMustFollow_data();
    void eventsMustFollow();
    void tablesAreStrict();
    void oneIndexBesideTheKeys();
};

void TestLogSchema::newLogIsOursAndPrivate()
{
    LogFixture f;
    f.open();
    QCOMPARE(rawValue(f.path(), "PRAGMA application_id").toLongLong(), logApplicationId);
    QCOMPARE(rawValue(f.path(), "PRAGMA user_version").toInt(), logSchemaVersion());
    QCOMPARE(f.log->head().epoch.size(), 32);
    QCOMPARE(f.log->head().pos, 0);
    QCOMPARE(f.log->restaurantId(), "bistro");
    f.maker.place("1");
    QVERIFY(f.commit());
    for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat facts = {};
        const QByteArray name = QFile::encodeName(f.path() + QString::fromLatin1(suffix));
        QCOMPARE(::stat(name.constData(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777, mode_t(0600));
    }
}

void TestLogSchema::connectionIsSafe()
{
    LogFixture f;
    f.open();
    Result<std::unique_ptr<LogConnection>> connection = LogConnection::open(f.path(), 0);
    QVERIFY(connection);
    Database &db = (*connection)->db();
    const std::array expected = std::to_array<std::pair<const char *, qint64>>({
        {"PRAGMA synchronous", 2},
        {"PRAGMA wal_autocheckpoint", 0},
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA trusted_schema", 0},
        {"PRAGMA cell_size_check", 1},
        {"PRAGMA busy_timeout", limits::logBusyTimeout.count()},
    });
    for (const auto &[sql, value] : expected) {
        const Result<qint64> found = db.integer(sql);
        QVERIFY(found);
        QVERIFY2(*found == value, sql);
    }
    QCOMPARE(rawValue(f.path(), "PRAGMA journal_mode"), "wal");
}

void TestLogSchema::stepsRunOnceInOrder()
{
    Result<Database> db = Database::open({}, Database::Mode::Memory);
    QVERIFY(db);
    const std::array steps = std::to_array<Migration>({
        {"CREATE TABLE a (x INTEGER) STRICT"},
        {"INSERT INTO a VALUES (7)"},
    });
    QVERIFY(migrate(*db, std::span(steps).first(1)));
    QCOMPARE(*db->integer("PRAGMA user_version"), 1);
    QVERIFY(migrate(*db, steps));
    QVERIFY(migrate(*db, steps)); // nothing left to do
    QCOMPARE(*db->integer("SELECT count(*) FROM a"), 1);
    QCOMPARE(*db->integer("PRAGMA user_version"), 2);
    QCOMPARE(*db->integer("PRAGMA application_id"), logApplicationId);
}

// A log from before answers were counted.
void TestLogSchema::countsWhatAnOlderLogHasRecorded()
{
    LogFixture f;
    {
        Result<Database> old = Database::open(f.path(), Database::Mode::Write);
        QVERIFY(!old); // nothing is made by opening
        QVERIFY(createPrivateFile(f.path()));
        old = Database::open(f.path(), Database::Mode::Write);
        QVERIFY(old);
        QVERIFY(migrate(*old, logMigrations().first(1)));
        QVERIFY(old->exec("INSERT INTO meta VALUES (1, 'bistro', 1, 'e', 0, zeroblob(32));"
                          "INSERT INTO epoch_history VALUES (1, 'e', 0, 1, 'created');"
                          "INSERT INTO command VALUES ('idem', 'k', x'00', '{}', 0);"
                          "INSERT INTO device_command VALUES ('grill', 1, x'00', '{}', 0)"));
    }
    f.open();
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(),
             report->problems.empty() ? "stopped" : qPrintable(report->problems.front().what));
    QCOMPARE(report->records.count, 2);
}

void TestLogSchema::failedStepLeavesTheOneBefore()
{
    Result<Database> db = Database::open({}, Database::Mode::Memory);
    QVERIFY(db);
    const std::array steps = std::to_array<Migration>({
        {"CREATE TABLE a (x INTEGER) STRICT"},
        {"CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)"},
    });
    const Status done = migrate(*db, steps);
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains("nowhere"), qPrintable(done.error().detail));
    QCOMPARE(*db->integer("PRAGMA user_version"), 1);
    QCOMPARE(*db->integer("SELECT count(*) FROM sqlite_schema"), 1); // a, and half of nothing
}

void TestLogSchema::refusesNewerSchema()
{
    LogFixture f;
    f.open();
    f.close();
    QCOMPARE(rawSql(f.path(), "PRAGMA user_version=99"), QString());
    const auto log = f.tryOpen();
    QVERIFY(!log);
    QVERIFY2(log.error().detail.contains("schema version 99"), qPrintable(log.error().detail));
    QVERIFY2(log.error().detail.contains("newer"), qPrintable(log.error().detail));
    const auto reader = SqliteEventReader::open(f.path());
    QVERIFY(!reader);
    QVERIFY2(reader.error().detail.contains("newer"), qPrintable(reader.error().detail));
    QCOMPARE(rawValue(f.path(), "PRAGMA user_version"), "99");
}

void TestLogSchema::refusesStrangers()
{
    LogFixture f;
    QVERIFY(createPrivateFile(f.path()));
    QCOMPARE(rawSql(f.path(), "CREATE TABLE theirs (x)"), QString());
    const auto log = f.tryOpen();
    QVERIFY(!log);
    QVERIFY2(log.error().detail.contains("not a CounterFire log"), qPrintable(log.error().detail));
    QCOMPARE(rawValue(f.path(), "PRAGMA journal_mode"), "delete"); // left as it was
    QVERIFY(!SqliteEventReader::open(f.path()));
}

void TestLogSchema::refusesGarbage()
{
    LogFixture f;
    QFile file(f.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto log = f.tryOpen();
    QVERIFY(!log);
    QVERIFY2(log.error().detail.contains("not a database"), qPrintable(log.error().detail));
}

void TestLogSchema::eventsCannotBeChanged_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("update") << QByteArray("UPDATE event SET payload='{}' WHERE pos=1")
                            << "an event is never changed";
    QTest::newRow("same") << QByteArray("UPDATE event SET pos=pos") << "an event is never changed";
    QTest::newRow("delete") << QByteArray("DELETE FROM event WHERE pos=2")
                            << "an event is never deleted";
    QTest::newRow("all") << QByteArray("DELETE FROM event") << "an event is never deleted";
    QTest::newRow("replace by pos")
        << QByteArray("INSERT OR REPLACE INTO event SELECT * FROM event WHERE pos=1")
        << "pos does not follow";
    QTest::newRow("replace by seq")
        << QByteArray("INSERT OR REPLACE INTO event SELECT 3,id,order_id,seq,type,v,at,bytes_to,"
                      "chain,actor,payload FROM event WHERE pos=1")
        << "seq does not follow";
}

void TestLogSchema::eventsCannotBeChanged()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, refusal);
    LogFixture f;
    f.open();
    f.maker.add(f.maker.place("1"), EventType::OrderPaid);
    QVERIFY(f.commit());
    const QString error = rawSql(f.path(), sql);
    QVERIFY2(error.contains(refusal), qPrintable(error));
    QCOMPARE(rawValue(f.path(), "SELECT count(*) FROM event"), "2");
}

void TestLogSchema::eventsMustFollow_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("no pos") << QByteArray("NULL, id, order_id, 3") << "pos does not follow";
    QTest::newRow("hole in pos") << QByteArray("4, id, order_id, 3") << "pos does not follow";
    QTest::newRow("pos again") << QByteArray("2, id, order_id, 3") << "pos does not follow";
    QTest::newRow("hole in seq") << QByteArray("3, id, order_id, 4") << "seq does not follow";
    QTest::newRow("seq again") << QByteArray("3, id, order_id, 2") << "seq does not follow";
    QTest::newRow("seq of a new order")
        << QByteArray("3, id, zeroblob(16), 2") << "seq does not follow";
}

void TestLogSchema::eventsMustFollow()
{
    QFETCH(QByteArray, values);
    QFETCH(QString, refusal);
    LogFixture f;
    f.open();
    f.maker.add(f.maker.place("1"), EventType::OrderPaid);
    QVERIFY(f.commit());
    const QString error = rawSql(f.path(), "INSERT INTO event SELECT " + values
                                               + ",type,v,at,bytes_to,chain,actor,payload "
                                                 "FROM event WHERE pos=1");
    QVERIFY2(error.contains(refusal), qPrintable(error));
    QCOMPARE(rawValue(f.path(), "SELECT count(*) FROM event"), "2");
}

void TestLogSchema::tablesAreStrict()
{
    LogFixture f;
    f.open();
    QCOMPARE(rawValue(f.path(), "SELECT count(*) FROM pragma_table_list WHERE schema='main' "
                                "AND type='table' AND name NOT LIKE 'sqlite_%' AND strict=0"),
             "0");
    QVERIFY(!rawSql(f.path(), "UPDATE meta SET head_pos='many'").isEmpty());
}

void TestLogSchema::oneIndexBesideTheKeys()
{
    LogFixture f;
    f.open();
    QCOMPARE(rawValue(f.path(), "SELECT group_concat(origin) FROM pragma_index_list('event')"),
             "u");
}

QTEST_GUILESS_MAIN(TestLogSchema)
#include "test_log_schema.moc"
