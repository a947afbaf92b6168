// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/hub/core/display_model.h"
#include "tests/hub/core/test_session.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

const QString grill = QStringLiteral("grill-1");

CommandResult appliedAt(qint64 n, qint64 pos)
{
    CommandResult result;
    result.n = n;
    result.status = CommandStatus::Applied;
    result.pos = pos;
    return result;
}

} // namespace

// A stream that is live: what it is told, when it is woken, and how long the hub waits for it.
class StreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachBatchOnce();
    void wakesOnceUntilPulled();
    void aHeartbeatEachInterval();
    void heartbeatsDuringALongReplay();
    void framesAreBounded();
    void resultsFollowTheirEvents();
    void resultsAreBounded();
    void closesADisplayThatStopsAcknowledging();
    void waitsOnlyForWhatIsOwed();
    void aWriteIsProgress();
    void closesASocketThatTakesNothing();
    void theHubsOwnReadingIsNotSlowness();
    void ignoresAcksOfWhatWasNotSent();
    void aSecondStreamOfADeviceSupersedesTheFirst();
    void streamsWithoutADeviceAreMany();
    void closeAllSaysByeToEveryone();
    void aWakeMayDestroySubscribers();
    void aSlowOneCostsTheHubNothing();
};

void StreamTest::tellsEachBatchOnce()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    kit.handle({CoreKit::placing({}), CoreKit::placing({})});
    session.pump();
    session.pump();
    const std::vector<Events> events = session.all<Events>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(events[0].events.size(), size_t(4));
    QCOMPARE(session.frames.back().committedAt, std::optional(kit.log.head().at));
    QCOMPARE(session.frames.back().cursor, std::optional(kit.hub.headCursor()));
    QVERIFY2(session.all<Live>().size() == 1, "live once per catch-up");
    const Actor &actor = events[0].events[0].event.actor;
    QCOMPARE(actor.address, QString());
    QCOMPARE(actor.id, QStringLiteral("till"));
}

void StreamTest::wakesOnceUntilPulled()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    QCOMPARE(session.wakes, 0);
    kit.place();
    kit.place();
    QCOMPARE(session.wakes, 1);
    session.pump();
    kit.place();
    QCOMPARE(session.wakes, 2);
}

void StreamTest::aHeartbeatEachInterval()
{
    CoreKit kit;
    kit.place();
    TestSession session(kit, helloFrom(grill));
    session.pump();
    QCOMPARE(session.subscriber->nextDeadline(), kit.clock.monotonic() + limits::heartbeatInterval);
    kit.clock.advance(limits::heartbeatInterval - 1ms);
    session.pump();
    QVERIFY2(session.all<Heartbeat>().empty(), "not before its time");
    kit.clock.advance(1ms);
    session.pump();
    session.pump();
    QCOMPARE(session.all<Heartbeat>().size(), size_t(1));
    const Heartbeat beat = session.all<Heartbeat>().front();
    QCOMPARE(beat.sid, session.subscriber->sid());
    QCOMPARE(beat.head, 2);
    QCOMPARE(beat.h, kit.hub.headHash());
    QCOMPARE(beat.count, 1);
    QCOMPARE(beat.digest, kit.foldedDigest());
    QCOMPARE(beat.now, kit.clock.now());
    for (int i = 0; i < 3; ++i) {
        kit.clock.advance(limits::heartbeatInterval);
        session.pump();
    }
    QCOMPARE(session.all<Heartbeat>().size(), size_t(4));
    QVERIFY(!session.bye());
}

void StreamTest::heartbeatsDuringALongReplay()
{
    CoreKit kit;
    kit.manyEvents(4'000);
    const Cursor zero{kit.log.head().epoch, 0, QByteArray(16, '0')};
    TestSession session(kit, helloFrom(grill, zero));
    for (int i = 0; i < 10; ++i) {
        session.pump(1);
        kit.clock.advance(limits::heartbeatInterval);
    }
    session.pump();
    QVERIFY2(session.all<Heartbeat>().size() >= 5, "life does not wait for the replay's end");
    QVERIFY(!session.bye());
    DisplayModel model;
    model.cursor = zero;
    model.connected();
    for (const FromHub &message : session.received)
        model.take(message);
    QCOMPARE(model.faults, QStringList());
    QCOMPARE(model.applied, 4'000);
}

void StreamTest::framesAreBounded()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    kit.manyEvents(limits::tailEventsMax - 10);
    session.pump();
    QVERIFY2(session.pages.empty(), "still in memory");
    for (const Events &events : session.all<Events>())
        QVERIFY(events.events.size() <= static_cast<size_t>(limits::frameEventsMax));
    // Large events: cut by bytes, and out of memory sooner.
    Till till;
    till.lines = 200;
    Request request = CoreKit::placing(till);
    for (OrderLine &line : std::get<PlaceOrder>(request.what).request.order.lines)
        line.item.note = QString(400, u'x');
    for (int i = 0; i < 12; ++i)
        kit.one(request);
    session.pump();
    QVERIFY2(!session.pages.empty(), "the tail is bounded in bytes");
    for (const Frame &frame : session.frames)
        QVERIFY(frame.json.size() < 2 * limits::frameBytesMax);
    DisplayModel model;
    model.connected();
    for (const FromHub &message : session.received)
        model.take(message);
    QCOMPARE(model.faults, QStringList());
}

void StreamTest::resultsFollowTheirEvents()
{
    CoreKit kit;
    kit.place();
    TestSession session(kit, helloFrom(grill));
    session.pump(1); // the welcome
    kit.place();
    session.subscriber->sendResult(appliedAt(1, 4));
    session.subscriber->sendResult(appliedAt(2, 0));
    session.subscriber->sendResult(appliedAt(3, 999)); // never heard of: not held for ever
    session.pump();
    const QByteArrayList expected = {"welcome", "snap", "snap_end", "ev",
                                     "res",     "res",  "res",      "live"};
    QCOMPARE(session.names(), expected);
    const std::vector<CommandResult> results = session.all<CommandResult>();
    QCOMPARE(results.size(), size_t(3));
    for (size_t i = 0; i < results.size(); ++i)
        QCOMPARE(results[i].n, static_cast<qint64>(i + 1));
    const int wakes = session.wakes;
    session.subscriber->sendResult(appliedAt(4, 0));
    QCOMPARE(session.wakes, wakes + 1);
    session.pump();
    QCOMPARE(session.all<CommandResult>().back().n, 4);
}

void StreamTest::resultsAreBounded()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    for (qint64 n = 1; n <= limits::resultQueueMax; ++n)
        session.subscriber->sendResult(appliedAt(n, 0));
    session.pump(1);
    QCOMPARE(session.names().back(), QByteArray("res"));
    session.subscriber->sendResult(appliedAt(limits::resultQueueMax + 1, 0));
    session.subscriber->sendResult(appliedAt(limits::resultQueueMax + 2, 0));
    session.pump();
    QVERIFY(session.bye());
    QCOMPARE(session.bye()->code, CloseCode::Slow);
    QCOMPARE(kit.hub.stats().slowClosed, 1);
}

void StreamTest::closesADisplayThatStopsAcknowledging()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    kit.place();
    session.pump();
    session.ack(2, true);
    QCOMPARE(session.subscriber->ackedPos(), 2);
    QCOMPARE(session.subscriber->shownPos(), 2);
    kit.clock.advance(4'000ms);
    kit.place();
    session.takesBytes = false; // the peer is gone; nobody has told the socket
    session.pump();
    const Monotonic owing = kit.clock.monotonic();
    QVERIFY(session.subscriber->nextDeadline() <= owing + limits::noProgressMax);
    kit.clock.advance(limits::noProgressMax - 1ms);
    session.pump();
    QVERIFY(!session.bye());
    kit.clock.advance(1ms);
    session.pump();
    QVERIFY2(session.bye() && session.bye()->code == CloseCode::Slow, "no progress for 10 s");
    QCOMPARE(kit.hub.stats().slowClosed, 1);
}

void StreamTest::waitsOnlyForWhatIsOwed()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    // A quiet hour, heartbeats only: nothing to acknowledge.
    for (int i = 0; i < 720; ++i) {
        kit.clock.advance(limits::heartbeatInterval);
        session.pump();
    }
    QVERIFY(!session.bye());
    kit.place();
    session.pump();
    kit.clock.advance(1ms);
    session.ack(2);
    kit.clock.advance(limits::noProgressMax - 1ms);
    session.pump();
    QVERIFY2(!session.bye(), "the quiet hour is not held against it");
    // One that has never acknowledged anything owes no acknowledgement.
    TestSession other(kit, helloFrom(QStringLiteral("stock client")));
    other.pump();
    kit.place();
    other.pump();
    kit.clock.advance(limits::noProgressMax);
    other.pump();
    QVERIFY(!other.bye());
}

void StreamTest::aWriteIsProgress()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    kit.place();
    session.pump();
    for (int i = 0; i < 10; ++i) {
        kit.clock.advance(limits::noProgressMax - 1ms);
        session.subscriber->onWritten();
        session.pump();
    }
    QVERIFY(!session.bye());
}

void StreamTest::closesASocketThatTakesNothing()
{
    CoreKit kit;
    Hello sse = helloFrom(QString());
    TestSession session(kit, sse);
    session.pump();
    session.takesBytes = false;
    kit.place();
    session.pump(1); // the socket's buffer is full now: it is not pulled any more
    for (int i = 0; i < 9; ++i) {
        kit.clock.advance(1'000ms);
        kit.place();
    }
    kit.clock.advance(1'000ms);
    QVERIFY(session.subscriber->nextDeadline() <= kit.clock.monotonic());
    session.pump();
    QVERIFY(session.bye());
    QCOMPARE(session.bye()->code, CloseCode::Slow);
    QVERIFY2(session.names().back() == "bye", "nothing after bye");
}

void StreamTest::theHubsOwnReadingIsNotSlowness()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    session.holdReads = true;
    kit.manyEvents(limits::tailEventsMax + 100);
    session.pump();
    QCOMPARE(session.pages.size(), size_t(1));
    for (int i = 0; i < 6; ++i) {
        kit.clock.advance(limits::heartbeatInterval);
        session.pump();
    }
    QVERIFY(!session.bye());
    QVERIFY2(session.all<Heartbeat>().size() == 6, "life while the log is being read");
    session.answerReads();
    session.holdReads = false;
    session.pump();
    QVERIFY(!session.bye());
    QCOMPARE(session.all<Live>().back().at, kit.log.head().pos);
}

void StreamTest::ignoresAcksOfWhatWasNotSent()
{
    CoreKit kit;
    kit.place();
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(3);
    QCOMPARE(session.subscriber->ackedPos(), 0);
    session.ack(-1);
    session.subscriber->onAck({session.subscriber->sid() + 1, 2, true});
    QCOMPARE(session.subscriber->ackedPos(), 0);
    session.ack(2);
    session.ack(1, true);
    QVERIFY2(session.subscriber->ackedPos() == 2, "never backwards");
    QCOMPARE(session.subscriber->shownPos(), 1);
}

void StreamTest::aSecondStreamOfADeviceSupersedesTheFirst()
{
    CoreKit kit;
    kit.place();
    TestSession first(kit, helloFrom(grill));
    first.pump();
    TestSession second(kit, helloFrom(grill, kit.hub.headCursor()));
    second.pump();
    first.pump();
    QVERIFY(first.bye());
    QCOMPARE(first.bye()->code, CloseCode::Superseded);
    QVERIFY(first.wakes > 0);
    first.subscriber.reset(); // late
    kit.place();
    second.pump();
    QVERIFY(!second.bye());
    QCOMPARE(second.all<Events>().size(), size_t(1));
    QCOMPARE(kit.hub.subscriberCount(), 1);
    const std::vector<DisplayInfo> displays = kit.hub.displays();
    QCOMPARE(displays.size(), size_t(1));
    QVERIFY2(displays[0].connected, "the first one's end says nothing of the second");
    QCOMPARE(displays[0].connects, 2);
    QCOMPARE(displays[0].snapshots, 1);
}

void StreamTest::streamsWithoutADeviceAreMany()
{
    CoreKit kit;
    TestSession first(kit, helloFrom(QString()));
    TestSession second(kit, helloFrom(QString()));
    first.pump();
    second.pump();
    kit.place();
    first.pump();
    second.pump();
    QVERIFY(!first.bye() && !second.bye());
    QCOMPARE(first.all<Events>().size(), size_t(1));
    QVERIFY(kit.hub.displays().empty());
}

void StreamTest::closeAllSaysByeToEveryone()
{
    CoreKit kit;
    TestSession live(kit, helloFrom(grill));
    live.pump();
    TestSession fresh(kit, helloFrom(QStringLiteral("pass")));
    kit.hub.closeAll(CloseCode::Shutdown, 2'000ms);
    kit.place();
    for (TestSession *session : {&live, &fresh}) {
        QVERIFY(session->wakes > 0);
        session->pump();
        session->pump();
        QCOMPARE(session->bye(), std::optional(Bye{CloseCode::Shutdown, 2'000ms}));
        QCOMPARE(session->names().back(), QByteArray("bye"));
        QCOMPARE(session->names().count("bye"), 1);
        QVERIFY(session->all<Events>().empty());
    }
}

void StreamTest::aWakeMayDestroySubscribers()
{
    CoreKit kit;
    std::vector<std::unique_ptr<KitchenSubscriber>> subscribers;
    const auto dropAll = [&] {
        const auto dropped = std::move(subscribers);
        subscribers.clear();
    };
    for (int i = 0; i < 5; ++i) {
        subscribers.push_back(std::make_unique<KitchenSubscriber>(
            kit.hub, kit.clock, helloFrom(QString()), 0, dropAll));
        while (!std::holds_alternative<Idle>(subscribers.back()->pull())) { }
    }
    kit.place();
    QVERIFY(subscribers.empty());
    QCOMPARE(kit.hub.subscriberCount(), 0);
}

void StreamTest::aSlowOneCostsTheHubNothing()
{
    CoreKit kit;
    TestSession slow(kit, helloFrom(QStringLiteral("slow")));
    slow.takesBytes = false;
    slow.pump(1);
    TestSession fast(kit, helloFrom(grill));
    fast.pump();
    for (int i = 0; i < 20; ++i) {
        kit.manyEvents(200);
        fast.pump();
    }
    QVERIFY2(fast.pages.empty(), "the fast one is served from memory throughout");
    QCOMPARE(fast.subscriber->sentPos(), 4'000);
    QVERIFY2(slow.wakes == 0, "one that still has something to take is not woken for more");
}

QTEST_GUILESS_MAIN(StreamTest)
#include "test_stream.moc"
