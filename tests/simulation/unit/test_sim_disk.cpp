// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/sim_disk.h"
#include "tests/simulation/disk/sim_vfs.h"
#include "tests/simulation/unit/sql_session.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::sim;

// SQLite on the simulated disk keeps its promises where the disk keeps its own, and breaks them
// where it does not. Were it otherwise, no test above this one could be believed.
class TestSimDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullSyncLosesNothing();
    void killLosesNothing();
    void brokenPromisesLose_data();
    void brokenPromisesLose();
    void readersAndAWriterShare();
    void indexEndsWithItsLastConnection();
    void errorsSurface_data();
    void errorsSurface();
    void aFailedSyncLeavesEarlierCommits();
    void capacityIsABound();
    void deadHandlesFail();
    void imageIsTheWholeDisk();
    void sameSeedSameBytes();
    void otherPathsAreTheMachines();
};

namespace {

constexpr auto name = "/sim/disk";

// What one disk and its database went through.
struct Trial {
    qint64 acknowledged = 0, attempted = 0; // commits
    qint64 lost = 0;                        // acknowledged and gone
    qint64 broken = 0; // not a database any more, or not the rows that were written
    DiskFaultCounts counts;
};

struct Plan {
    const char *synchronous = "FULL";
    Lie lie = Lie::None;
    bool isPowerCut = true;
    int rounds = 10;
};

QByteArray insert(qint64 n)
{
    const QByteArray number = QByteArray::number(n);
    // Two rows of a commit, one of them over several pages.
    return "BEGIN IMMEDIATE; INSERT INTO t VALUES (" + number + ", 1, zeroblob("
           + QByteArray::number(n * 977 % 9'000) + ")); INSERT INTO t VALUES (" + number
           + ", 2, randomblob(20)); UPDATE last SET n = " + number + "; COMMIT";
}

// Opens the database after an end and says how many commits are there; -1: it is broken.
qint64 commitsIn(SqlSession &db)
{
    if (db.value("PRAGMA integrity_check") != "ok")
        return -1;
    db.run("CREATE TABLE IF NOT EXISTS t (n, part, data, PRIMARY KEY (n, part));"
           "CREATE TABLE IF NOT EXISTS last (id INTEGER PRIMARY KEY, n);"
           "INSERT OR IGNORE INTO last VALUES (1, 0);");
    const qint64 count = db.value("SELECT n FROM last").toLongLong();
    const QByteArray number = QByteArray::number(count);
    const QByteArray isWhole =
        "SELECT count(*) = 2 * " + number + " AND coalesce(max(n), 0) = " + number + " FROM t";
    return db.value(isWhole) == "1" ? count : -1;
}

void live(SimDisk &disk, SqlSession &db, const Plan &plan, Dice &dice, Trial &trial)
{
    db.run(QByteArray("PRAGMA journal_mode=WAL; PRAGMA synchronous=") + plan.synchronous);
    const qint64 there = commitsIn(db);
    if (db.code() == SQLITE_OK) {
        trial.broken += there < 0 || there > trial.attempted ? 1 : 0;
        trial.lost += std::max<qint64>(0, trial.acknowledged - there);
        trial.acknowledged = trial.attempted = std::max<qint64>(0, there);
    }
    disk.setLie(plan.lie);
    disk.dieAfterWrites(dice.between(1, 60));
    for (int i = 0; i < 30 && !disk.isDead(); ++i) {
        const qint64 next = trial.acknowledged + 1;
        trial.attempted = next;
        if (!db.run(insert(next)))
            break;
        trial.acknowledged = next;
        if (dice.oneIn(4))
            db.run("PRAGMA wal_checkpoint(PASSIVE)");
    }
}

Trial runTrial(quint64 seed, const Plan &plan)
{
    SimVfs::reseed(seed);
    Dice dice(seed);
    SimDisk disk(name, dice.fork());
    Trial trial;
    for (int round = 0; round < plan.rounds && trial.broken == 0; ++round) {
        disk.start();
        {
            SqlSession db(disk.path("a.db"));
            live(disk, db, plan, dice, trial);
            if (plan.isPowerCut)
                disk.powerCut();
            else
                disk.kill();
        }
        disk.setLie(Lie::None);
    }
    trial.counts = disk.counts();
    return trial;
}

Trial runTrials(int seeds, const Plan &plan)
{
    Trial all;
    for (int seed = 0; seed < seeds; ++seed) {
        const Trial one = runTrial(static_cast<quint64>(seed), plan);
        all.acknowledged += one.acknowledged;
        all.lost += one.lost;
        all.broken += one.broken;
        all.counts += one.counts;
    }
    return all;
}

QByteArray told(const Trial &trial)
{
    const DiskFaultCounts &counts = trial.counts;
    return QStringLiteral("%1 commits, %2 lost, %3 broken; %4 power cuts, writes kept %5, dropped "
                          "%6, torn %7; names undone %8")
        .arg(trial.acknowledged)
        .arg(trial.lost)
        .arg(trial.broken)
        .arg(counts.powerCuts)
        .arg(counts.keptWrites)
        .arg(counts.droppedWrites)
        .arg(counts.tornWrites)
        .arg(counts.undoneNames)
        .toUtf8();
}

} // namespace

void TestSimDisk::fullSyncLosesNothing()
{
    const Trial trial = runTrials(250, {});
    qInfo("%s", told(trial).constData());
    QVERIFY2(trial.lost == 0 && trial.broken == 0, told(trial).constData());
    QCOMPARE(trial.counts.powerCuts, 2'500);
    QVERIFY(trial.acknowledged > 1'000); // and the cuts were real ones:
    QVERIFY(trial.counts.tornWrites > 100);
    QVERIFY(trial.counts.droppedWrites > 1'000);
    QVERIFY(trial.counts.keptWrites > 1'000);
}

void TestSimDisk::killLosesNothing()
{
    // Nothing was synced, and nothing needs to be: the page cache outlives a process.
    const Trial trial = runTrials(60, {"OFF", Lie::Drops, false});
    QVERIFY2(trial.lost == 0 && trial.broken == 0, told(trial).constData());
    QCOMPARE(trial.counts.kills, 600);
    QVERIFY(trial.acknowledged > 300);
}

void TestSimDisk::brokenPromisesLose_data()
{
    QTest::addColumn<QByteArray>("synchronous");
    QTest::addColumn<int>("lie");
    QTest::newRow("never synced") << QByteArray("OFF") << 0;
    QTest::newRow("synced at checkpoints") << QByteArray("NORMAL") << 0;
    QTest::newRow("the disk drops what it said was done") << QByteArray("FULL") << 1;
    QTest::newRow("the disk reorders across syncs") << QByteArray("FULL") << 2;
}

void TestSimDisk::brokenPromisesLose()
{
    QFETCH(QByteArray, synchronous);
    QFETCH(int, lie);
    const Trial trial = runTrials(40, {synchronous.constData(), static_cast<Lie>(lie), true});
    qInfo("%s", told(trial).constData());
    QVERIFY2(trial.lost > 5, told(trial).constData());
    if (synchronous == "NORMAL")
        QCOMPARE(trial.broken, 0); // it loses the last commits, it does not break
    if (synchronous == "OFF")
        QVERIFY2(trial.counts.undoneNames > 10, told(trial).constData());
    QVERIFY(lie == 0 || trial.counts.liedSyncs > 100);
}

void TestSimDisk::readersAndAWriterShare()
{
    SimDisk disk(name, Dice(1));
    disk.start();
    SqlSession writer(disk.path("a.db"));
    QVERIFY(writer.run("PRAGMA journal_mode=WAL; CREATE TABLE t (n); INSERT INTO t VALUES (1)"));
    SqlSession reader(disk.path("a.db"));
    SqlSession other(disk.path("a.db"));
    QVERIFY(reader.run("BEGIN"));
    QCOMPARE(reader.value("SELECT count(*) FROM t"), QByteArray("1"));
    QVERIFY(writer.run("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)"));
    QVERIFY2(!other.run("BEGIN IMMEDIATE"), "two writers at once");
    QCOMPARE(other.code(), SQLITE_BUSY);
    QVERIFY(writer.run("COMMIT"));
    QCOMPARE(reader.value("SELECT count(*) FROM t"), QByteArray("1")); // its own moment
    QCOMPARE(other.value("SELECT count(*) FROM t"), QByteArray("2"));
    QCOMPARE(writer.value("PRAGMA wal_checkpoint(TRUNCATE)"), QByteArray("1")); // a reader bars it
    QVERIFY(reader.run("COMMIT"));
    QCOMPARE(writer.value("PRAGMA wal_checkpoint(TRUNCATE)"), QByteArray("0"));
    QCOMPARE(reader.value("SELECT count(*) FROM t"), QByteArray("2"));
    SqlSession plain(disk.path("b.db")); // without WAL the file's own locks do it
    SqlSession second(disk.path("b.db"));
    QVERIFY(plain.run("CREATE TABLE t (n); BEGIN; SELECT * FROM t"));
    QVERIFY(second.run("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"));
    QVERIFY(!plain.run("INSERT INTO t VALUES (2)"));
    QVERIFY(plain.run("COMMIT"));
    QVERIFY(second.run("COMMIT"));
    QCOMPARE(plain.value("SELECT count(*) FROM t"), QByteArray("1"));
}

// The next connection reads the WAL itself, as it would after the last process has ended.
void TestSimDisk::indexEndsWithItsLastConnection()
{
    SimDisk disk(name, Dice(1));
    disk.start();
    {
        SqlSession db(disk.path("a.db"));
        QVERIFY(db.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n)"));
        disk.failNext(DiskFault::Sync, 1);
        QVERIFY(!db.run("INSERT INTO t VALUES (1)"));
        QCOMPARE(db.value("SELECT count(*) FROM t"), QByteArray("0")); // not committed for it
        disk.failNext(DiskFault::Read, 1); // nor can it tidy up on close
    }
    disk.heal();
    SqlSession again(disk.path("a.db"));
    QCOMPARE(again.value("SELECT count(*) FROM t"), QByteArray("1")); // but the WAL has it
}

void TestSimDisk::errorsSurface_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    QTest::newRow("read") << static_cast<int>(DiskFault::Read) << SQLITE_IOERR_READ;
    QTest::newRow("write") << static_cast<int>(DiskFault::Write) << SQLITE_IOERR_WRITE;
    QTest::newRow("sync") << static_cast<int>(DiskFault::Sync) << SQLITE_IOERR_FSYNC;
    QTest::newRow("full") << -1 << SQLITE_FULL;
}

void TestSimDisk::errorsSurface()
{
    QFETCH(int, kind);
    QFETCH(int, code);
    SimDisk disk(name, Dice(1));
    disk.start();
    SqlSession db(disk.path("a.db"));
    QVERIFY(db.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=1;"
                   "CREATE TABLE t (n, data); INSERT INTO t VALUES (1, zeroblob(100000))"));
    QVERIFY(!disk.hasFaults());
    if (kind < 0)
        disk.setFull(true);
    else
        disk.failNext(static_cast<DiskFault>(kind), 1);
    QVERIFY(disk.hasFaults());
    QVERIFY(!db.run("INSERT INTO t SELECT 2, data FROM t"));
    QCOMPARE(db.code(), code);
    const DiskFaultCounts &counts = disk.counts();
    QCOMPARE(counts.readErrors + counts.writeErrors + counts.syncErrors + counts.fullErrors, 1);
    disk.heal();
    QVERIFY2(disk.hasFaults(), "what has just gone wrong is still of this start");
    QVERIFY(db.run("INSERT INTO t SELECT 2, data FROM t"));
    QCOMPARE(db.value("SELECT count(*) FROM t"), QByteArray("2"));
    disk.start();
    QVERIFY(!disk.hasFaults());
}

void TestSimDisk::aFailedSyncLeavesEarlierCommits()
{
    int lost = 0;
    for (quint64 seed = 0; seed < 100; ++seed) {
        SimDisk disk(name, Dice(seed));
        disk.start();
        {
            SqlSession db(disk.path("a.db"));
            QVERIFY(db.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n);"
                           "INSERT INTO t VALUES (1)"));
            disk.failNext(DiskFault::Sync, 1);
            QVERIFY(!db.run("INSERT INTO t VALUES (2)"));
            disk.powerCut();
        }
        disk.start();
        SqlSession db(disk.path("a.db"));
        const QByteArray sum = db.value("SELECT sum(n) FROM t");
        QVERIFY2(sum == "1" || sum == "3", sum.constData());
        lost += sum == "1" ? 1 : 0;
    }
    QVERIFY2(lost > 10 && lost < 100, qPrintable(QString::number(lost)));
}

void TestSimDisk::capacityIsABound()
{
    SimDisk disk(name, Dice(1));
    disk.start();
    disk.setCapacity(200'000);
    SqlSession db(disk.path("a.db"));
    QVERIFY(db.run("PRAGMA journal_mode=WAL; CREATE TABLE t (n)"));
    int done = 0;
    for (; done < 1'000 && db.run("INSERT INTO t VALUES (zeroblob(5000))"); ++done) { }
    QCOMPARE(db.code(), SQLITE_FULL);
    QVERIFY(done > 5 && done < 40);
    QCOMPARE(db.value("SELECT count(*) FROM t").toInt(), done);
    qint64 bytes = 0;
    for (const auto &entry : disk.image().files)
        bytes += entry.second.size();
    QCOMPARE(bytes, 200'000); // what still fitted was written
}

void TestSimDisk::deadHandlesFail()
{
    SimDisk disk(name, Dice(1));
    disk.start();
    SqlSession db(disk.path("a.db"));
    QVERIFY(db.run("PRAGMA journal_mode=WAL; CREATE TABLE t (n)"));
    disk.kill();
    QVERIFY(disk.isDead());
    QVERIFY(!db.run("INSERT INTO t VALUES (1)"));
    QCOMPARE(db.code() & 0xff, SQLITE_IOERR);
    QVERIFY(!SqlSession(disk.path("a.db")).run("SELECT * FROM t"));
    disk.start();
    QVERIFY2(!db.run("INSERT INTO t VALUES (1)"), "a handle came back from the dead");
    QVERIFY(SqlSession(disk.path("a.db")).run("INSERT INTO t VALUES (1)"));
    disk.wipe();
    disk.start();
    QVERIFY(!SqlSession(disk.path("a.db")).run("SELECT * FROM t"));
}

void TestSimDisk::imageIsTheWholeDisk()
{
    SimDisk disk(name, Dice(1));
    disk.start();
    SimDisk twin("/sim/disk2", Dice(2)); // another one, though its name begins the same
    {
        SqlSession db(disk.path("a.db"));
        QVERIFY(db.run("PRAGMA journal_mode=WAL; CREATE TABLE t (n); INSERT INTO t VALUES (1)"));
        const SimDisk::Image image = disk.image();
        QVERIFY(image.files.contains("a.db") && image.files.contains("a.db-wal"));
        twin.copyFrom(disk);
        QVERIFY(db.run("INSERT INTO t VALUES (2)"));
        disk.kill();
        disk.restore(image, true);
        QVERIFY(disk.image() == image);
    }
    for (SimDisk *each : {&disk, &twin}) {
        each->start();
        SqlSession db(each->path("a.db"));
        QCOMPARE(db.value("SELECT sum(n) FROM t"), QByteArray("1"));
    }
}

void TestSimDisk::sameSeedSameBytes()
{
    const auto image = [](quint64 seed) {
        SimVfs::reseed(seed);
        Dice dice(seed);
        SimDisk disk(name, dice.fork());
        Trial trial;
        for (int round = 0; round < 6; ++round) {
            disk.start();
            SqlSession db(disk.path("a.db"));
            live(disk, db, {}, dice, trial);
            disk.powerCut();
        }
        return disk.image();
    };
    const SimDisk::Image first = image(7);
    QVERIFY(!first.files.empty());
    QVERIFY(image(7) == first);
    QVERIFY(image(8) != first);
}

void TestSimDisk::otherPathsAreTheMachines()
{
    SimDisk disk(name, Dice(1));
    disk.start();
    QTemporaryDir dir;
    SqlSession db(dir.filePath("real.db"));
    QVERIFY(db.run("PRAGMA journal_mode=WAL; CREATE TABLE t (n)"));
    QVERIFY(QFile::exists(dir.filePath("real.db-wal")));
    QVERIFY(disk.image().files.empty());
}

QTEST_GUILESS_MAIN(TestSimDisk)
#include "test_sim_disk.moc"
