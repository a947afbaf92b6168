// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verifier.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

// What a log is found as after a power cut, a restored backup, or damage.
class TestLogRestore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsThereAfterAKill();
    void halfAWitnessIsIgnored();
    void olderCopyGetsANewEpoch();
    void missingAnswersGetANewEpoch();
    void otherBranchGetsANewEpoch();
    void sameLogKeepsItsEpoch();
    void damageIsRefused_data();
    void damageIsRefused();
    void emptyFileIsANewLog();
};

namespace {

struct Elsewhere {
    QTemporaryDir dir;
    QString path = dir.filePath(logFileName);
};

// Replaces the log by a copy taken earlier; its side files of then, the lock file of now.
void putBack(const QString &from, const QString &to)
{
    for (const char *suffix : {"", "-wal"}) {
        const QString end = QString::fromLatin1(suffix);
        QFile::remove(to + end);
        if (QFile::exists(from + end))
            QVERIFY(QFile::copy(from + end, to + end));
    }
    QFile::remove(to + "-shm");
}

} // namespace

void TestLogRestore::everythingIsThereAfterAKill()
{
    LogFixture f;
    f.open();
    for (int i = 0; i < 20; ++i) {
        f.maker.placeAndComplete(QString::number(i));
        QVERIFY(f.commit());
    }
    const QUuid open = f.maker.place("open");
    QVERIFY(f.commit());
    Elsewhere copy;
    QVERIFY(copyLog(f.path(), copy.path));
    auto log = SqliteEventLog::open(copy.path, {}, f.clock, f.random);
    QVERIFY2(log, log ? "" : qPrintable(log.error().detail));
    QVERIFY((*log)->head() == f.log->head()); // the epoch too
    const auto orders = (*log)->openOrders();
    QVERIFY(orders);
    QCOMPARE(orders->size(), size_t(1));
    QVERIFY(orders->front() == f.maker.order(open));
    log->reset();
    const auto report = verifyLog(copy.path);
    QVERIFY(report);
    QVERIFY(report->isSound());
    QCOMPARE(report->events, 101);
}

void TestLogRestore::halfAWitnessIsIgnored()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    const LogHead head = f.log->head();
    f.close();
    QFile lock(f.path() + ".lock");
    QVERIFY(lock.open(QIODevice::ReadWrite));
    QVERIFY(lock.size() > 60);
    QVERIFY(lock.resize(60));
    lock.close();
    f.open();
    QVERIFY(f.log->head() == head);
}

void TestLogRestore::olderCopyGetsANewEpoch()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    Elsewhere backup;
    QVERIFY(copyLog(f.path(), backup.path));
    f.maker.place("2");
    QVERIFY(f.commit());
    const QByteArray epoch = f.log->head().epoch;
    f.close();
    putBack(backup.path, f.path());
    f.open();
    QCOMPARE(f.log->head().pos, 1);
    QVERIFY2(f.log->head().epoch != epoch, "displays would take the old copy for the same log");
    const QByteArray why =
        rawValue(f.path(), "SELECT why FROM epoch_history ORDER BY n DESC LIMIT 1");
    QVERIFY2(why.contains("older copy") && why.contains("ends at 1"), why.constData());
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY(report->isSound());
    const QByteArray renewed = f.log->head().epoch;
    f.close();
    f.open();
    QCOMPARE(f.log->head().epoch, renewed); // once
}

// What was refused, or was already so, has no event: its answer is all that says it was asked.
void TestLogRestore::missingAnswersGetANewEpoch()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    Elsewhere backup;
    QVERIFY(copyLog(f.path(), backup.path));
    LogBatch record;
    record.deviceCommands = {{"grill", 1, "fp", "{}"}};
    QVERIFY(f.log->commit(record));
    const LogHead head = f.log->head();
    f.close();
    f.open();
    QVERIFY2(f.log->head() == head, "nothing is missing");
    f.close();
    putBack(backup.path, f.path());
    f.open();
    QCOMPARE(f.log->head().pos, head.pos);
    QVERIFY2(f.log->head().epoch != head.epoch, "a command would be done twice in silence");
    const QByteArray why =
        rawValue(f.path(), "SELECT why FROM epoch_history ORDER BY n DESC LIMIT 1");
    QVERIFY2(why.contains("has 0 answers to commands but had 1"), why.constData());
}

// Restored, then written to by another hub, and brought back longer than it was.
void TestLogRestore::otherBranchGetsANewEpoch()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    Elsewhere other;
    QVERIFY(copyLog(f.path(), other.path));
    QFile::remove(other.path + ".lock");
    {
        auto log = SqliteEventLog::open(other.path, {}, f.clock, f.random);
        QVERIFY(log);
        BatchMaker maker(f.clock);
        maker.start((*log)->head());
        maker.place("theirs");
        maker.place("theirs too");
        QVERIFY((*log)->commit(maker.take()));
    }
    f.maker.place("ours");
    QVERIFY(f.commit());
    const QByteArray epoch = f.log->head().epoch;
    f.close();
    putBack(other.path, f.path());
    f.open();
    QCOMPARE(f.log->head().pos, 3);
    QVERIFY(f.log->head().epoch != epoch);
}

void TestLogRestore::sameLogKeepsItsEpoch()
{
    LogFixture f;
    f.open();
    const QByteArray epoch = f.log->head().epoch;
    for (int i = 0; i < 3; ++i) {
        f.maker.place("1");
        QVERIFY(f.commit());
        f.close();
        f.open();
        QCOMPARE(f.log->head().epoch, epoch);
    }
}

void TestLogRestore::damageIsRefused_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("says");
    const QByteArray free = "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; ";
    QTest::newRow("payload of the last event")
        << free + "UPDATE event SET payload = replace(payload, 'now', 'NOW') WHERE pos = 5"
        << "position 5: the chain";
    QTest::newRow("unreadable payload") << free + "UPDATE event SET payload = '{' WHERE pos = 5"
                                        << "position 5: payload";
    QTest::newRow("chain of the last event")
        << free + "UPDATE event SET chain = zeroblob(32) WHERE pos = 5"
        << "position 5: the chain";
    QTest::newRow("chain of the event before")
        << free + "UPDATE event SET chain = zeroblob(32) WHERE pos = 4"
        << "position 5: the chain";
    QTest::newRow("last event gone") << free + "DELETE FROM event WHERE pos = 5"
                                     << "position 5: the last event is 4";
    QTest::newRow("event before gone") << free + "DELETE FROM event WHERE pos = 4"
                                       << "position 4: the event is missing";
    QTest::newRow("head") << QByteArray("UPDATE meta SET head_pos = 4")
                          << "position 5: the last event is 5";
    QTest::newRow("head's chain") << QByteArray("UPDATE meta SET head_chain = zeroblob(32)")
                                  << "position 5: the chain";
    QTest::newRow("head missing") << QByteArray("DELETE FROM meta") << "restaurant";
    QTest::newRow("open order behind")
        << QByteArray("UPDATE order_state SET seq = 1, pos = 1") << "is not where its events are";
}

void TestLogRestore::damageIsRefused()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, says);
    LogFixture f;
    f.open();
    const QUuid order = f.maker.place("1");
    for (const char *note : {"a", "b", "c", "now"})
        f.maker.add(order, EventType::OrderNoteAdded, {{"note", note}});
    QVERIFY(f.commit());
    f.close();
    QCOMPARE(rawSql(f.path(), sql), QString());
    const auto log = SqliteEventLog::open(f.path(), {}, f.clock, f.random);
    QVERIFY(!log);
    QVERIFY2(log.error().detail.contains(says), qPrintable(log.error().detail));
    QVERIFY2(log.error().detail.contains(f.path()), qPrintable(log.error().detail));
}

// Killed between making the file and filling it.
void TestLogRestore::emptyFileIsANewLog()
{
    LogFixture f;
    QVERIFY(createPrivateFile(f.path()));
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
}

QTEST_GUILESS_MAIN(TestLogRestore)
#include "test_log_restore.moc"
