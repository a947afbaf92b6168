// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/local_kitchen.h"
#include "tests/kds-app/take_snapshot.h"
#include "tests/simulation/disk/sim_disk.h"
#include "tests/simulation/disk/sim_vfs.h"
#include "tests/support/failing_memory.h"

#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace cf::sim;
using cf::test::FailingMemory;
using kds::test::FakeClock;
using kds::test::FakeHub;
using kds::test::takeSnapshot;

// A display's own file on the simulated disk.
class TestSimCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(FailingMemory::install(), "SQLite was used already"); }
    void cleanup() { FailingMemory::heal(); }
    void survivesPowerCuts();
    void whatAStartHasReadIsOnTheDisk();
    void goesOnWithoutItsDisk();
    void setsADamagedFileAside();
    void takesWantOfMemoryForNoDamage();
};

namespace {

// A tablet: its disk, and the display's store while it runs.
class TabletBox
{
public:
    explicit TabletBox(quint64 seed) : dice(seed), disk("/sim/tablet", dice.fork())
    {
        SimVfs::reseed(seed);
    }
    void start()
    {
        disk.start();
        kitchen =
            std::make_unique<LocalKitchen>(disk.path("display.db"), clock, dice, disk.cacheFiles());
    }
    void cut()
    {
        disk.powerCut();
        kitchen.reset();
    }

    Dice dice;
    SimDisk disk;
    FakeClock clock;
    std::unique_ptr<LocalKitchen> kitchen;
};

// A turn of service: something happens at the hub, the display follows, a cook taps.
void work(TabletBox &box, FakeHub &hub)
{
    const QUuid order = hub.place(QString::number(hub.head()));
    if (box.dice.oneIn(3))
        hub.append(order, EventType::OrderCancelled);
    TicketStore &tickets = box.kitchen->tickets();
    if (!tickets.cursor())
        QVERIFY(takeSnapshot(*box.kitchen, hub));
    else
        QCOMPARE(tickets.applyEvents(hub.events(tickets.position(), hub.head())),
                 EventsOutcome::Applied);
    if (box.dice.oneIn(2))
        (void)box.kitchen->submit(order, EventType::OrderStarted, {}, std::nullopt);
}

QByteArray at(quint64 seed, const QString &what)
{
    return "seed " + QByteArray::number(seed) + ": " + what.toUtf8();
}

} // namespace

void TestSimCache::survivesPowerCuts()
{
    DiskFaultCounts counts;
    for (quint64 seed = 0; seed < 40; ++seed) {
        TabletBox box(seed);
        FakeHub hub;
        qint64 flushed = 0;
        qint64 asked = 0; // the last command that was stored
        QString device;
        for (int round = 0; round < 6; ++round) {
            box.start();
            const LocalKitchen &kitchen = *box.kitchen;
            QVERIFY2(kitchen.report().isEmpty(), at(seed, kitchen.report()).constData());
            QVERIFY2(kitchen.tickets().position() >= flushed, at(seed, "went back").constData());
            QVERIFY2(kitchen.outbox().next() > asked, at(seed, "a tap is gone").constData());
            QVERIFY2(device.isEmpty() || kitchen.deviceId() == device,
                     at(seed, "another device").constData());
            device = kitchen.deviceId();
            box.disk.dieAfterWrites(box.dice.between(1, 80));
            for (;;) {
                work(box, hub);
                if (!box.kitchen->flush())
                    break;
                flushed = hub.head();
                asked = box.kitchen->outbox().next() - 1;
            }
            box.cut();
        }
        counts += box.disk.counts();
    }
    QVERIFY(counts.tornWrites > 100);
    QVERIFY(counts.droppedWrites > 100);
}

// A process that is killed leaves what it wrote in the page cache, synced or not. Who starts on it
// acknowledges what it reads, without writing anything: a power cut then must not take it away.
void TestSimCache::whatAStartHasReadIsOnTheDisk()
{
    for (quint64 seed = 0; seed < 60; ++seed) {
        TabletBox box(seed);
        FakeHub hub;
        for (int round = 0; round < 4; ++round) {
            box.start();
            box.disk.dieAfterWrites(box.dice.between(1, 40));
            do
                work(box, hub);
            while (box.kitchen->flush());
            box.disk.kill();
            box.kitchen.reset();
            box.start();
            const qint64 read = box.kitchen->tickets().position();
            const qint64 next = box.kitchen->outbox().next();
            box.cut();
            box.start();
            QVERIFY2(box.kitchen->report().isEmpty(), at(seed, box.kitchen->report()).constData());
            QVERIFY2(box.kitchen->tickets().position() >= read, at(seed, "went back").constData());
            QVERIFY2(box.kitchen->outbox().next() >= next, at(seed, "a tap is gone").constData());
            box.cut();
        }
    }
}

void TestSimCache::goesOnWithoutItsDisk()
{
    TabletBox box(1);
    FakeHub hub;
    box.start();
    work(box, hub);
    QVERIFY(box.kitchen->flush());
    for (const auto &[fault, times] : {std::pair{DiskFault::Write, 1}, {DiskFault::Sync, 1}}) {
        box.disk.failOften(fault, times);
        const QUuid order = hub.place("1");
        work(box, hub);
        QVERIFY(!box.kitchen->flush());
        QVERIFY2(!box.kitchen->storageFault().isEmpty(), "nobody was told");
        QCOMPARE(box.kitchen->tickets().position(), hub.head()); // the board goes on
        const auto tapped = box.kitchen->submit(order, EventType::OrderStarted, {}, std::nullopt);
        QVERIFY2(!tapped, "a tap that could not be stored");
        box.disk.heal();
        QVERIFY(box.kitchen->flush());
        QVERIFY(box.kitchen->storageFault().isEmpty());
    }
    box.cut();
    box.start();
    QCOMPARE(box.kitchen->tickets().cursor(), std::optional(hub.cursor()));
}

void TestSimCache::setsADamagedFileAside()
{
    TabletBox box(1);
    FakeHub hub;
    box.start();
    work(box, hub);
    QVERIFY(box.kitchen->flush());
    const QString device = box.kitchen->deviceId();
    box.disk.kill();
    box.kitchen.reset();
    SimDisk::Image image = box.disk.image();
    QVERIFY(image.files.contains("display.db-wal"));
    box.disk.restore({{{"display.db", QByteArray(9'000, 'x')}}, {}}, true);
    box.start();
    QVERIFY2(box.kitchen->report().contains(".damaged-"), qPrintable(box.kitchen->report()));
    QVERIFY(box.kitchen->storageFault().isEmpty());
    QVERIFY(box.kitchen->deviceId() != device);
    image = box.disk.image();
    QVERIFY(std::any_of(image.files.begin(), image.files.end(), [](const auto &entry) {
        return entry.first.startsWith("display.db.damaged-");
    }));
}

// An allocation fails at each place in the life of a display's file: nothing that was stored is
// gone, and the file is not given up for it.
void TestSimCache::takesWantOfMemoryForNoDamage()
{
    constexpr int lives = 600; // spread over one life's allocations
    qint64 all = 0;
    for (int i = 0; i <= lives; ++i) {
        TabletBox box(1);
        FakeHub hub;
        qint64 flushed = 0;
        qint64 asked = 0;
        QString device;
        FailingMemory::failNext(i == 0 ? 0 : std::max<qint64>(1, i * all / lives));
        for (int round = 0; round < 3; ++round) {
            box.start();
            for (int turn = 0; turn < 3; ++turn) {
                work(box, hub);
                const bool isStored = box.kitchen->flush() || box.kitchen->flush();
                // Without its file it goes on in memory, and says so.
                if (isStored && box.kitchen->storageFault().isEmpty()) {
                    flushed = hub.head();
                    asked = box.kitchen->outbox().next() - 1;
                    device = box.kitchen->deviceId();
                }
            }
            const QString report = box.kitchen->report();
            QVERIFY2(report.isEmpty(), at(static_cast<quint64>(i), report).constData());
            box.disk.kill();
            box.kitchen.reset();
        }
        if (i == 0)
            all = FailingMemory::allocations();
        FailingMemory::heal();
        box.start();
        const LocalKitchen &kitchen = *box.kitchen;
        const QByteArray where = at(static_cast<quint64>(i), kitchen.report());
        QVERIFY2(kitchen.report().isEmpty(), where.constData());
        QVERIFY2(kitchen.deviceId() == device, where.constData());
        QVERIFY2(kitchen.tickets().position() >= flushed, where.constData());
        QVERIFY2(kitchen.outbox().next() > asked, where.constData());
    }
    QVERIFY2(all > 3 * lives, qPrintable(QStringLiteral("only %1 allocations").arg(all)));
}

QTEST_GUILESS_MAIN(TestSimCache)
#include "test_sim_cache.moc"
