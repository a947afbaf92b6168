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

CommandResult appliedAt(qint64 n, qint64 pos)
{
    CommandResult result;
    result.n = n;
    result.status = CommandStatus::Applied;
    result.pos = pos;
    return result;
}

} // namespace

// A stream that is live: what it is told, and when it is woken.
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
    void aSecondStreamOfADeviceSupersedesTheFirst();
    void streamsWithoutADeviceAreMany();
    void closeAllSaysByeToEveryone();
    void aWakeMayDestroySubscribers();
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

QTEST_GUILESS_MAIN(StreamTest)
#include "test_stream.moc"
