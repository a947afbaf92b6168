// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/hub/core/test_session.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

const QString grill = QStringLiteral("grill-1");

} // namespace

class ResumeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstTimeIsASnapshot();
    void anEmptyHubIsLiveAtOnce();
    void resumesExactlyTheGap();
    void resumesFromTheVeryBeginning();
    void resumesBeyondMemoryFromTheLog();
    void namesTheReason_data();
    void namesTheReason();
    void aGapOfTooManyBytesIsASnapshot();
    void eventsDuringASnapshotFollowIt();
    void aSnapshotIsCutAndShared();
    void anOldOrderRecalledComesWhole();
    void behindBeyondMemoryIsLiveAgainAfterwards();
};

void ResumeTest::theFirstTimeIsASnapshot()
{
    CoreKit kit;
    kit.place({.lines = 3});
    kit.place();
    kit.placeAndComplete();
    TestSession session(kit, helloFrom(grill), 38);
    session.pump();
    const QByteArrayList expected = {"welcome", "snap", "snap_end", "live"};
    QCOMPARE(session.names(), expected);
    const Welcome welcome = welcomeOf(session);
    QCOMPARE(welcome.mode, StreamMode::Snapshot);
    QCOMPARE(welcome.reason, SnapshotReason::First);
    QCOMPARE(welcome.sid, session.subscriber->sid());
    QCOMPARE(welcome.epoch, kit.log.head().epoch);
    QCOMPARE(welcome.head, kit.log.head().pos);
    QCOMPARE(welcome.outboxLast, 38);
    QCOMPARE(welcome.heartbeat.count(), 5'000);
    QCOMPARE(welcome.dead.count(), 12'000);
    QCOMPARE(session.all<SnapPart>().front().recent.size(), size_t(1));
    const Live live = session.all<Live>().front();
    QCOMPARE(live.at, kit.log.head().pos);
    QCOMPARE(live.count, 2);
    QCOMPARE(live.digest, kit.foldedDigest());
    QVERIFY2(!session.frames[0].cursor && !session.frames[1].cursor,
             "no SSE id before the snapshot is whole");
    QCOMPARE(session.frames[2].cursor, std::optional(kit.hub.headCursor()));
    const DisplayModel model = modelAfter(session, {});
    QCOMPARE(model.faults, QStringList());
    QCOMPARE(model.cursor, std::optional(kit.hub.headCursor()));
}

void ResumeTest::anEmptyHubIsLiveAtOnce()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    const QByteArrayList expected = {"welcome", "snap", "snap_end", "live"};
    QCOMPARE(session.names(), expected);
    QCOMPARE(session.all<Live>().front().digest, QByteArray(16, '0'));
}

void ResumeTest::resumesExactlyTheGap()
{
    CoreKit kit;
    const QUuid id = kit.place();
    TestSession first(kit, helloFrom(grill));
    first.pump();
    const DisplayModel before = modelAfter(first, {});
    first.subscriber.reset();
    QVERIFY(kit.append(id, EventType::OrderStarted));
    kit.place();
    TestSession second(kit, helloFrom(grill, before.cursor));
    second.pump();
    const QByteArrayList expected = {"welcome", "ev", "live"};
    QCOMPARE(second.names(), expected);
    QCOMPARE(welcomeOf(second).mode, StreamMode::Resume);
    QCOMPARE(welcomeOf(second).reason, SnapshotReason::None);
    const Events gap = second.all<Events>().front();
    QCOMPARE(gap.prev, 2);
    QCOMPARE(gap.to, 5);
    QCOMPARE(gap.events.size(), size_t(3));
    QCOMPARE(gap.h, kit.hub.headHash());
    QVERIFY2(second.checks.empty() && second.pages.empty(), "memory knows the gap");
    const DisplayModel after = modelAfter(second, before);
    QCOMPARE(after.faults, QStringList());
    QCOMPARE(after.applied, 3);
    QCOMPARE(digestText(after.board.digest()), kit.foldedDigest());

    TestSession third(kit, helloFrom(grill, after.cursor));
    third.pump();
    const QByteArrayList nothing = {"welcome", "live"};
    QCOMPARE(third.names(), nothing);
    QCOMPARE(kit.hub.stats().resumes, 2);
}

void ResumeTest::resumesFromTheVeryBeginning()
{
    CoreKit kit;
    kit.place();
    const Cursor zero{kit.log.head().epoch, 0, QByteArray(16, '0')};
    TestSession session(kit, helloFrom(grill, zero));
    session.pump();
    const QByteArrayList expected = {"welcome", "ev", "live"};
    QCOMPARE(session.names(), expected);
    kit.recover(); // the tail is empty: from the log
    TestSession again(kit, helloFrom(grill, zero));
    again.pump();
    QCOMPARE(again.names(), expected);
    DisplayModel model;
    model.cursor = zero;
    QCOMPARE(modelAfter(again, model).faults, QStringList());
}

void ResumeTest::resumesBeyondMemoryFromTheLog()
{
    CoreKit kit;
    kit.place();
    const Cursor cursor = cursorAt(kit, 2);
    DisplayModel model;
    TestSession first(kit, helloFrom(grill));
    first.pump();
    model = modelAfter(first, model);
    kit.manyEvents(3'000);
    TestSession session(kit, helloFrom(grill, cursor));
    session.pump();
    QCOMPARE(welcomeOf(session).mode, StreamMode::Resume);
    QCOMPARE(session.checks.size(), size_t(1));
    QVERIFY2(session.pages.size() >= 10, "page by page, then from memory");
    for (const NeedEvents &page : session.pages)
        QVERIFY(page.limit == limits::frameEventsMax && page.bytesMax == limits::frameBytesMax);
    model = modelAfter(session, model);
    QCOMPARE(model.faults, QStringList());
    QCOMPARE(model.applied, 3'000);
    QVERIFY(model.isLive);
    QCOMPARE(session.all<Live>().size(), size_t(1));
    for (const Frame &frame : session.frames)
        QVERIFY2(!frame.committedAt, "a replay's age is not a delivery time");
}

void ResumeTest::namesTheReason_data()
{
    QTest::addColumn<bool>("recovered"); // the hub's tail is empty: the log must be asked
    QTest::addColumn<QString>("change");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *name, bool recovered, const char *change, SnapshotReason r) {
        QTest::newRow(name) << recovered << QString::fromLatin1(change) << static_cast<int>(r);
    };
    for (const bool recovered : {false, true}) {
        row(recovered ? "epoch, from the log" : "epoch", recovered, "epoch",
            SnapshotReason::EpochChanged);
        row(recovered ? "hash, from the log" : "hash", recovered, "hash",
            SnapshotReason::ChainMismatch);
    }
    row("hash at zero", false, "zero", SnapshotReason::ChainMismatch);
    row("compacted", true, "floor", SnapshotReason::Compacted);
    row("gap", false, "gap", SnapshotReason::GapTooLarge);
}

void ResumeTest::namesTheReason()
{
    QFETCH(bool, recovered);
    QFETCH(QString, change);
    QFETCH(int, reason);
    CoreKit kit;
    for (int i = 0; i < 5; ++i)
        kit.place();
    Cursor cursor = cursorAt(kit, 4);
    if (change == QStringLiteral("epoch"))
        cursor.epoch = QByteArray(32, 'b');
    if (change == QStringLiteral("hash"))
        cursor.h = QByteArray(16, 'f');
    if (change == QStringLiteral("zero"))
        cursor = {cursor.epoch, 0, cursor.h};
    if (change == QStringLiteral("floor"))
        kit.log.setFloor(8);
    if (change == QStringLiteral("gap"))
        kit.manyEvents(limits::gapEventsMax + 1);
    if (recovered)
        kit.recover();
    TestSession session(kit, helloFrom(grill, cursor));
    session.pump();
    QCOMPARE(welcomeOf(session).mode, StreamMode::Snapshot);
    QCOMPARE(static_cast<int>(welcomeOf(session).reason), reason);
    QCOMPARE(session.all<Live>().size(), size_t(1));
    QVERIFY2(session.all<Events>().empty(), "never a partial replay");
    DisplayModel model;
    model.cursor = cursor;
    QCOMPARE(modelAfter(session, model).faults, QStringList());
}

void ResumeTest::aGapOfTooManyBytesIsASnapshot()
{
    CoreKit kit;
    kit.place();
    const Cursor cursor = cursorAt(kit, 2);
    for (qint64 bytes = 0; bytes <= limits::gapBytesMax; bytes += 150 * 900) {
        Till till;
        till.lines = 150;
        std::vector<Request> batch(1, CoreKit::placing(till));
        auto &order = std::get<PlaceOrder>(batch[0].what).request.order;
        for (OrderLine &line : order.lines)
            line.item.note = QString(900, u'x');
        kit.handle(std::move(batch));
    }
    QVERIFY(kit.log.head().pos - 2 < limits::gapEventsMax);
    TestSession session(kit, helloFrom(grill, cursor));
    session.pump();
    QCOMPARE(welcomeOf(session).reason, SnapshotReason::GapTooLarge);
    QVERIFY2(session.all<SnapPart>().size() > 5, "a large board comes in parts");
    QCOMPARE(modelAfter(session, {}).faults, QStringList());
}

void ResumeTest::eventsDuringASnapshotFollowIt()
{
    CoreKit kit;
    const QUuid id = kit.place();
    TestSession session(kit, helloFrom(grill));
    session.pump(2); // welcome and the only part
    QVERIFY(kit.append(id, EventType::OrderStarted));
    session.pump();
    const QByteArrayList expected = {"welcome", "snap", "snap_end", "ev", "live"};
    QCOMPARE(session.names(), expected);
    QCOMPARE(session.all<SnapEnd>().front().at, 2);
    QCOMPARE(session.all<Live>().front().at, 3);
    QCOMPARE(modelAfter(session, {}).faults, QStringList());
}

void ResumeTest::aSnapshotIsCutAndShared()
{
    CoreKit kit;
    for (int i = 0; i < 40; ++i) {
        Till till;
        till.lines = 100;
        kit.place(till);
    }
    for (int i = 0; i < 3; ++i)
        kit.placeAndComplete();
    const auto snapshot = kit.hub.snapshot();
    QCOMPARE(kit.hub.snapshot().get(), snapshot.get());
    QVERIFY(snapshot->parts.size() > 1);
    qint64 pos = 0;
    for (const EncodedSnapshot::Part &part : snapshot->parts) {
        qint64 bytes = 0;
        for (const QByteArray &order : part.orders)
            bytes += order.size();
        QVERIFY(bytes <= limits::snapshotPartBytesMax);
    }
    for (const OrderState *order : kit.hub.board().openOrders()) {
        QVERIFY(order->openedPos > pos);
        pos = order->openedPos;
    }
    const QByteArray untouched = snapshot->parts[0].orders[1];
    QVERIFY(kit.append(kit.hub.board().openOrders()[0]->id, EventType::OrderStarted));
    const auto next = kit.hub.snapshot();
    QVERIFY(next.get() != snapshot.get());
    QVERIFY2(next->parts[0].orders[1].constData() == untouched.constData(),
             "what did not change is not encoded again");
    QVERIFY(next->parts[0].orders[0] != snapshot->parts[0].orders[0]);
    TestSession session(kit, helloFrom(grill));
    session.pump();
    QCOMPARE(session.all<SnapPart>().back().recent.size(), size_t(3));
    QCOMPARE(modelAfter(session, {}).faults, QStringList());
}

void ResumeTest::anOldOrderRecalledComesWhole()
{
    CoreKit kit;
    const QUuid old = kit.placeAndComplete();
    for (int i = 0; i <= limits::recentOrdersMax; ++i)
        kit.placeAndComplete();
    for (const bool fromLog : {false, true}) {
        DisplayModel model;
        TestSession first(kit, helloFrom(grill));
        first.pump();
        model = modelAfter(first, model);
        QVERIFY2(!model.board.find(old), "the display has forgotten the order");
        QVERIFY(kit.append(old, EventType::OrderRecalled));
        if (fromLog)
            kit.recover();
        TestSession second(kit, helloFrom(grill, model.cursor));
        second.pump();
        QCOMPARE(second.pages.empty(), !fromLog);
        model = modelAfter(second, model);
        QCOMPARE(model.faults, QStringList());
        QVERIFY(model.board.isOpenOrder(old));
        QVERIFY(kit.append(old, EventType::OrderReady));
        QVERIFY(kit.append(old, EventType::OrderCompleted));
        for (int i = 0; i <= limits::recentOrdersMax; ++i)
            kit.placeAndComplete();
    }
}

void ResumeTest::behindBeyondMemoryIsLiveAgainAfterwards()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    kit.manyEvents(300);
    session.pump();
    QVERIFY2(session.all<Live>().size() == 1, "from memory: still the same catch-up");
    kit.manyEvents(limits::tailEventsMax + 500);
    session.pump();
    QVERIFY(!session.pages.empty());
    QVERIFY2(session.all<Live>().size() == 2, "served from the log again: live again at its end");
    QCOMPARE(session.all<Live>().back().digest, kit.foldedDigest());
    QCOMPARE(session.names().back(), QByteArray("live"));
    QCOMPARE(modelAfter(session, {}).faults, QStringList());
}

QTEST_GUILESS_MAIN(ResumeTest)
#include "test_resume.moc"
