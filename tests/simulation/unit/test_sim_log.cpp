// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/unit/sim_box.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::sim;

// The hub's own log on the simulated disk, lock file included.
class TestSimLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesPowerCuts();
    void survivesErrorsAndPowerCuts();
    void survivesKillsWithItsWitness();
    void aLieIsNoticed();
    void oneWriterAtATime();
};

namespace {

QByteArray said(quint64 seed, const QString &what)
{
    return "seed " + QByteArray::number(seed) + ": " + what.toUtf8();
}

} // namespace

void TestSimLog::survivesPowerCuts()
{
    DiskFaultCounts counts;
    for (quint64 seed = 0; seed < 30; ++seed) {
        SimBox box(seed);
        qint64 acknowledged = 0;
        QByteArray epoch;
        for (int round = 0; round < 6; ++round) {
            const QString refused = box.start();
            QVERIFY2(refused.isEmpty(), said(seed, refused).constData());
            QVERIFY2(box.log->head().pos >= acknowledged, said(seed, "lost").constData());
            QVERIFY2(acknowledged == 0 || box.log->head().epoch == epoch,
                     said(seed, "a new epoch for a log that lost nothing").constData());
            QVERIFY2(box.problem().isEmpty(), said(seed, box.problem()).constData());
            epoch = box.log->head().epoch;
            acknowledged = box.log->head().pos;
            box.disk.dieAfterWrites(box.dice.between(1, 120));
            while (box.commit())
                acknowledged = box.log->head().pos;
            box.cut();
        }
        counts += box.disk.counts();
    }
    QCOMPARE(counts.powerCuts, 180);
    QVERIFY(counts.tornWrites > 100);
}

// After a failed sync what the kernel takes for clean is not on the disk.
void TestSimLog::survivesErrorsAndPowerCuts()
{
    DiskFaultCounts counts;
    for (quint64 seed = 0; seed < 60; ++seed) {
        SimBox box(seed);
        qint64 acknowledged = 0;
        for (int round = 0; round < 6; ++round) {
            QString refused = box.start();
            QVERIFY2(refused.isEmpty(), said(seed, refused).constData());
            QVERIFY2(box.log->head().pos >= acknowledged, said(seed, "lost").constData());
            const auto kind = static_cast<DiskFault>(box.dice.below(3));
            for (int i = box.dice.between(1, 12); i > 0; --i) {
                if (box.dice.oneIn(3))
                    box.disk.failNext(kind, box.dice.between(1, 5));
                if (box.commit())
                    acknowledged = box.log->head().pos;
                else if (box.log->reopen() && box.resume().isEmpty())
                    QVERIFY2(box.log->head().pos >= acknowledged, said(seed, "lost").constData());
            }
            box.disk.dieAfterWrites(box.dice.between(1, 20));
            if (box.log->reopen() && box.resume().isEmpty() && box.commit())
                acknowledged = box.log->head().pos;
            box.cut();
            box.disk.heal();
        }
        const QString refused = box.start();
        QVERIFY2(refused.isEmpty(), said(seed, refused).constData());
        QVERIFY2(box.problem().isEmpty(), said(seed, box.problem()).constData());
        counts += box.disk.counts();
    }
    QVERIFY(counts.syncErrors > 20);
    QVERIFY(counts.writeErrors > 20);
    QVERIFY(counts.readErrors > 20);
}

void TestSimLog::survivesKillsWithItsWitness()
{
    SimBox box(1);
    QCOMPARE(box.start(), QString());
    QVERIFY(box.commit());
    const SimDisk::Image old = box.disk.image();
    QVERIFY(box.commit());
    const LogHead head = box.log->head();
    box.disk.kill();
    box.log.reset();
    QCOMPARE(box.start(), QString());
    QVERIFY(box.log->head() == head);
    box.disk.kill();
    box.log.reset();
    box.disk.restore(old, false); // the lock file remembers
    QCOMPARE(box.start(), QString());
    QVERIFY(box.log->head().pos < head.pos);
    QVERIFY2(box.log->head().epoch != head.epoch, "an older copy passed for the log");
    box.disk.kill();
    box.log.reset();
    box.disk.restore(old, true); // nothing does
    QCOMPARE(box.start(), QString());
    QCOMPARE(box.log->head().epoch, head.epoch);
}

// A disk that says "done" and is not: the log says so itself, or is a sound older one. What it
// never is: unsound and served.
void TestSimLog::aLieIsNoticed()
{
    int lost = 0;
    int refused = 0;
    int renewed = 0;
    for (quint64 seed = 0; seed < 60; ++seed) {
        SimBox box(seed);
        QCOMPARE(box.start(), QString());
        while (box.log->head().pos < 60)
            QVERIFY(box.commit());
        box.disk.setLying(true);
        for (int i = box.dice.between(2, 20); i > 0; --i)
            QVERIFY(box.commit());
        const LogHead head = box.log->head();
        box.cut();
        box.disk.setLying(false);
        if (!box.start().isEmpty()) {
            ++refused;
            continue;
        }
        lost += box.log->head().pos < head.pos ? 1 : 0;
        renewed += box.log->head().epoch != head.epoch ? 1 : 0;
        QVERIFY2(box.log->head().pos == head.pos || box.log->head().pos >= 60,
                 said(seed, "lost what was synced").constData());
    }
    QVERIFY2(lost > 20, qPrintable(QString::number(lost)));
    QVERIFY2(renewed > 20, qPrintable(QString::number(renewed)));
    qInfo("%d lost events, %d of them with a new epoch; %d refused", lost, renewed, refused);
}

void TestSimLog::oneWriterAtATime()
{
    SimBox box(1);
    QCOMPARE(box.start(), QString());
    QCOMPARE(box.disk.logFiles().lock(box.path()).error().code, ErrorCode::Unavailable);
    box.disk.kill(); // the lock ends with the process, though its object is still there
    QCOMPARE(box.disk.logFiles().lock(box.path()).error().code, ErrorCode::StorageFailed);
    box.disk.start();
    {
        const auto lock = box.disk.logFiles().lock(box.path());
        QVERIFY(lock);
        box.log.reset();
        QCOMPARE(box.disk.logFiles().lock(box.path()).error().code, ErrorCode::Unavailable);
    }
    QVERIFY(box.disk.logFiles().lock(box.path()));
}

QTEST_GUILESS_MAIN(TestSimLog)
#include "test_sim_log.moc"
