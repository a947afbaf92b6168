// SPDX-License-Identifier: Apache-2.0
#include "hub/log/backup.h"
#include "hub/log/sqlite_event_reader.h"
#include "tests/hub/log/log_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <thread>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

// Copies of a log, and the way back.
class TestLogBackup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOneMomentOfARunningLog();
    void theWriterGoesOnMeanwhile();
    void refusesAFileInTheWay();
    void refusesTheLogItself();
    void leavesNothingWhenItFails_data();
    void leavesNothingWhenItFails();
    void restoredLogHasANewEpoch();
    void replacedLogIsKept();
    void restoresWhereThereIsNone();
    void aStrayWalIsNotReplayed();
    void restoreIsRefused_data();
    void restoreIsRefused();
    void runningHubIsNotReplaced();
};

namespace {

struct Place {
    QTemporaryDir dir;
    [[nodiscard]] QString file(const char *name) const { return dir.filePath(name); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(dir.path()).entryList(QDir::Files, QDir::Name);
    }
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void putBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray why(const QString &path)
{
    return rawValue(path, "SELECT why FROM epoch_history ORDER BY n DESC LIMIT 1");
}

} // namespace

void TestLogBackup::isOneMomentOfARunningLog()
{
    LogFixture f;
    Place place;
    f.open();
    f.maker.placeAndComplete("1");
    const QUuid open = f.maker.place("2", true);
    QVERIFY(f.commit());
    const QString to = place.file("backup.db");
    const auto report = backUpLog(f.path(), to, false);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QVERIFY(report->isSound());
    QVERIFY(report->head == f.log->head());
    QCOMPARE(place.names(), QStringList{"backup.db"}); // no side files, nothing temporary
    // It holds customers' names.
    QVERIFY(!(QFileInfo(to).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    f.maker.place("3");
    QVERIFY(f.commit());
    const auto reader = SqliteEventReader::open(to);
    QVERIFY(reader);
    QCOMPARE((*reader)->head()->pos, report->head.pos); // of then
    QVERIFY(*(*reader)->trackerForOrder(open));
}

void TestLogBackup::theWriterGoesOnMeanwhile()
{
    LogFixture f;
    Place place;
    f.open();
    for (int i = 0; i < 200; ++i)
        f.maker.placeAndComplete(QString::number(i));
    QVERIFY(f.commit());
    const qint64 before = f.log->head().pos;
    std::atomic<bool> done = false;
    Result<VerifyReport> report = Error{};
    std::thread copier([&] {
        report = backUpLog(f.path(), place.file("b.db"), false);
        done = true;
    });
    qint64 commits = 0;
    while (!done) {
        f.maker.place("more");
        const Status committed = f.commit();
        f.log->idle();
        if (!committed)
            break;
        ++commits;
    }
    copier.join();
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QVERIFY2(commits > 0, "the writer was kept waiting");
    QCOMPARE(f.log->head().pos, before + commits);
    QVERIFY(report->isSound());
    QVERIFY(report->head.pos >= before && report->head.pos <= f.log->head().pos);
}

void TestLogBackup::refusesAFileInTheWay()
{
    LogFixture f;
    Place place;
    f.open();
    const QString to = place.file("b.db");
    putBytes(to, "yesterday's");
    const auto refused = backUpLog(f.path(), to, false);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ValidationFailed);
    QCOMPARE(contentOf(to), QByteArray("yesterday's"));
    QVERIFY(backUpLog(f.path(), to, true));
    QVERIFY(verifyLog(to)->isSound());
    QCOMPARE(place.names(), QStringList{"b.db"});
}

void TestLogBackup::refusesTheLogItself()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    const QString byAnotherName = f.dir.filePath("link.db");
    QVERIFY(QFile::link(f.path(), byAnotherName));
    for (const QString &to : {f.path(), byAnotherName}) {
        const auto refused = backUpLog(f.path(), to, true);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ValidationFailed);
    }
    f.maker.place("2");
    QVERIFY(f.commit());
    QCOMPARE(verifyLog(f.path())->events, 2);
}

void TestLogBackup::leavesNothingWhenItFails_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no log") << QByteArray("gone") << int(ErrorCode::NotFound)
                            << QByteArray("there is no log");
    QTest::newRow("not a log") << QByteArray("rubbish") << int(ErrorCode::ValidationFailed)
                               << QByteArray("not a database");
    QTest::newRow("another's database")
        << QByteArray("PRAGMA application_id=7") << int(ErrorCode::ValidationFailed)
        << QByteArray("not a CounterFire log");
    QTest::newRow("a changed event")
        << QByteArray("DROP TRIGGER event_no_update; UPDATE event SET payload = '{}' WHERE pos = 1")
        << int(ErrorCode::Internal) << QByteArray("damaged at position 1");
}

void TestLogBackup::leavesNothingWhenItFails()
{
    QFETCH(QByteArray, damage);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    LogFixture f;
    Place place;
    f.open();
    f.maker.placeAndComplete("1");
    QVERIFY(f.commit());
    f.close();
    if (damage == "gone")
        QVERIFY(QFile::remove(f.path()));
    else if (damage == "rubbish")
        putBytes(f.path(), QByteArray(9'000, 'x'));
    else
        QCOMPARE(rawSql(f.path(), damage), QString());
    const auto failed = backUpLog(f.path(), place.file("b.db"), false);
    QVERIFY(!failed);
    QVERIFY2(failed.error().detail.contains(says), qPrintable(failed.error().detail));
    QCOMPARE(int(failed.error().code), code);
    QCOMPARE(place.names(), QStringList());
    const auto nowhere = backUpLog(f.path(), place.file("no/such/dir/b.db"), false);
    QVERIFY(!nowhere);
}

void TestLogBackup::restoredLogHasANewEpoch()
{
    LogFixture f;
    Place place;
    f.open();
    f.maker.placeAndComplete("1");
    const QUuid open = f.maker.place("2");
    QVERIFY(f.commit());
    const LogHead then = f.log->head();
    QVERIFY(backUpLog(f.path(), place.file("b.db"), false));
    f.maker.place("3");
    QVERIFY(f.commit());
    f.close();
    const auto restored = restoreLog(place.file("b.db"), f.path(), f.clock, f.random);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    QCOMPARE(restored->report.head.pos, then.pos);
    QVERIFY(restored->report.isSound());
    QCOMPARE(restored->keptPos, then.pos + 1);
    QCOMPARE(why(f.path()), QByteArray("restored from b.db"));
    f.open();
    QVERIFY(f.log->head().epoch != then.epoch);
    QCOMPARE(f.log->head().epoch, restored->epoch);
    QVERIFY(f.log->head().chain == then.chain);
    QCOMPARE(f.log->openOrders()->size(), size_t(1));
    QCOMPARE(f.log->openOrders()->front().id, open);
    f.maker.start(f.log->head(), *f.log->openOrders());
    f.maker.add(open, EventType::OrderPaid);
    QVERIFY(f.commit());
    QVERIFY(verifyLog(f.path())->isSound());
    // The backup is as it was, and can be used again.
    QCOMPARE(verifyLog(place.file("b.db"))->head.epoch, then.epoch);
    f.close();
    const auto again = restoreLog(place.file("b.db"), f.path(), f.clock, f.random);
    QVERIFY(again && again->epoch != restored->epoch);
}

void TestLogBackup::replacedLogIsKept()
{
    LogFixture f;
    Place place;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    QVERIFY(backUpLog(f.path(), place.file("b.db"), false));
    f.maker.place("2");
    QVERIFY(f.commit());
    Place killed; // a hub that was killed leaves its WAL
    QVERIFY(copyLog(f.path(), killed.file("counterfire.db")));
    f.close();
    const auto restored =
        restoreLog(place.file("b.db"), killed.file("counterfire.db"), f.clock, f.random);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    QCOMPARE(verifyLog(killed.file("counterfire.db"))->events, 1);
    QCOMPARE(verifyLog(restored->keptAs)->events, 2);
    QVERIFY(restored->keptAs.startsWith(killed.file("counterfire.db.replaced-")));
    // In the same millisecond, under another name.
    const auto again =
        restoreLog(place.file("b.db"), killed.file("counterfire.db"), f.clock, f.random);
    QVERIFY(again && again->keptAs != restored->keptAs);
    QCOMPARE(verifyLog(restored->keptAs)->events, 2);
    // A damaged one too, with its WAL.
    putBytes(killed.file("counterfire.db"), QByteArray(9'000, 'x'));
    putBytes(killed.file("counterfire.db-wal"), QByteArray(100, 'y'));
    const auto healed =
        restoreLog(place.file("b.db"), killed.file("counterfire.db"), f.clock, f.random);
    QVERIFY2(healed, healed ? "" : qPrintable(healed.error().detail));
    QCOMPARE(healed->keptPos, 0);
    QCOMPARE(contentOf(healed->keptAs), QByteArray(9'000, 'x'));
    QCOMPARE(contentOf(healed->keptAs + "-wal"), QByteArray(100, 'y'));
    QCOMPARE(verifyLog(killed.file("counterfire.db"))->events, 1);
}

void TestLogBackup::restoresWhereThereIsNone()
{
    LogFixture f;
    Place place;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    QVERIFY(backUpLog(f.path(), place.file("b.db"), false));
    Place box;
    const auto restored =
        restoreLog(place.file("b.db"), box.file("counterfire.db"), f.clock, f.random);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    QCOMPARE(restored->keptAs, QString());
    QCOMPARE(box.names(), (QStringList{"counterfire.db", "counterfire.db.lock"}));
    const auto log = SqliteEventLog::open(box.file("counterfire.db"), {}, f.clock, f.random);
    QVERIFY(log);
    QCOMPARE((*log)->restaurantId(), QString("bistro"));
    QCOMPARE((*log)->head().epoch, restored->epoch);
}

// Somebody moved the log away and left its WAL: played onto another log it would destroy it.
void TestLogBackup::aStrayWalIsNotReplayed()
{
    LogFixture f;
    Place place;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    QVERIFY(backUpLog(f.path(), place.file("b.db"), false));
    f.maker.place("2");
    QVERIFY(f.commit());
    Place box;
    QVERIFY(copyLog(f.path(), box.file("counterfire.db")));
    QVERIFY(QFile::remove(box.file("counterfire.db")));
    const auto restored =
        restoreLog(place.file("b.db"), box.file("counterfire.db"), f.clock, f.random);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    QVERIFY(QFile::exists(restored->keptAs + "-wal"));
    const auto report = verifyLog(box.file("counterfire.db"));
    QVERIFY(report && report->isSound());
    QCOMPARE(report->events, 1);
}

void TestLogBackup::restoreIsRefused_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no backup") << QByteArray("gone") << int(ErrorCode::NotFound)
                               << QByteArray("there is no log");
    QTest::newRow("not a log") << QByteArray("rubbish") << int(ErrorCode::ValidationFailed)
                               << QByteArray("not a database");
    QTest::newRow("cut off") << QByteArray("half") << int(ErrorCode::Internal)
                             << QByteArray("malformed");
    QTest::newRow("an empty database")
        << QByteArray("PRAGMA application_id=0") << int(ErrorCode::ValidationFailed)
        << QByteArray("not a CounterFire log");
    QTest::newRow("a newer version's") << QByteArray("PRAGMA user_version=1000")
                                       << int(ErrorCode::StorageFailed) << QByteArray("newer");
    QTest::newRow("another restaurant's")
        << QByteArray("UPDATE meta SET restaurant_id='trattoria'")
        << int(ErrorCode::ValidationFailed) << QByteArray("restaurant \"trattoria\"'s");
    QTest::newRow("a changed event")
        << QByteArray("DROP TRIGGER event_no_update; UPDATE event SET payload = '{}' WHERE pos = 1")
        << int(ErrorCode::Internal) << QByteArray("damaged at position 1");
    QTest::newRow("a changed head") << QByteArray("UPDATE meta SET head_pos = 3")
                                    << int(ErrorCode::Internal) << QByteArray("position 4");
}

void TestLogBackup::restoreIsRefused()
{
    QFETCH(QByteArray, damage);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    LogFixture f;
    Place place;
    f.open();
    f.maker.placeAndComplete("1");
    QVERIFY(f.commit());
    const QString from = place.file("b.db");
    QVERIFY(backUpLog(f.path(), from, false));
    const LogHead head = f.log->head();
    f.close();
    if (damage == "gone")
        QVERIFY(QFile::remove(from));
    else if (damage == "rubbish")
        putBytes(from, QByteArray(9'000, 'x'));
    else if (damage == "half")
        putBytes(from, contentOf(from).first(QFileInfo(from).size() / 2));
    else
        QCOMPARE(rawSql(from, damage), QString());
    const QStringList before = QDir(f.dir.path()).entryList(QDir::Files);
    const auto refused = restoreLog(from, f.path(), f.clock, f.random);
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.contains(says), qPrintable(refused.error().detail));
    QCOMPARE(int(refused.error().code), code);
    f.open();
    QVERIFY2(f.log->head() == head, "the log was touched");
    f.close();
    QCOMPARE(QDir(f.dir.path()).entryList(QDir::Files), before);
}

void TestLogBackup::runningHubIsNotReplaced()
{
    LogFixture f;
    Place place;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    QVERIFY(backUpLog(f.path(), place.file("b.db"), false));
    const auto refused = restoreLog(place.file("b.db"), f.path(), f.clock, f.random);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
    QVERIFY(refused.error().detail.contains("stop it first"));
    f.maker.place("2");
    QVERIFY(f.commit());
}

QTEST_GUILESS_MAIN(TestLogBackup)
#include "test_log_backup.moc"
