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

// What a display owes, how long the hub waits for it, and what that costs the others: nothing.
class SlowDisplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultsAreBounded();
    void closesADisplayThatStopsAcknowledging();
    void anAcknowledgementIsOwedByWhoGaveOne();
    void writesAreNoAcknowledgement();
    void waitsOnlyForWhatIsOwed();
    void aWriteIsProgress();
    void closesASocketThatTakesNothing();
    void theHubsOwnReadingIsNotSlowness();
    void ignoresAcksOfWhatWasNotSent();
    void aSlowOneCostsTheHubNothing();
};

void SlowDisplayTest::resultsAreBounded()
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

void SlowDisplayTest::closesADisplayThatStopsAcknowledging()
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

void SlowDisplayTest::anAcknowledgementIsOwedByWhoGaveOne()
{
    for (const bool acknowledges : {true, false}) {
        CoreKit kit;
        TestSession session(kit, helloFrom(grill));
        session.pump();
        if (acknowledges)
            session.ack(0);
        kit.place();
        session.pump(); // all of it written
        kit.clock.advance(limits::noProgressMax);
        session.pump();
        QCOMPARE(session.bye().has_value(), acknowledges);
    }
}

// The kernel takes heartbeats for a display that is long gone.
void SlowDisplayTest::writesAreNoAcknowledgement()
{
    for (const bool acknowledges : {true, false}) {
        CoreKit kit;
        TestSession session(kit, helloFrom(grill));
        session.pump();
        if (acknowledges)
            session.ack(0);
        kit.place();
        session.pump();
        const auto wait = [&](std::chrono::milliseconds time) {
            for (; time > 0ms; time -= limits::heartbeatInterval) {
                kit.clock.advance(
                    std::min<std::chrono::milliseconds>(time, limits::heartbeatInterval));
                session.pump(); // a heartbeat, written
            }
        };
        wait(limits::ackSilenceMax - 1ms);
        QVERIFY2(!session.bye(), "not sooner");
        if (acknowledges)
            QVERIFY(session.subscriber->nextDeadline() <= kit.clock.monotonic() + 1ms);
        wait(1ms);
        QCOMPARE(session.bye().has_value(), acknowledges);
        if (acknowledges)
            QCOMPARE(session.bye()->code, CloseCode::Slow);
    }
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    for (int i = 1; i <= 20; ++i) { // behind all the time, but it moves
        kit.place();
        kit.place();
        session.pump();
        session.ack(2 * i);
        kit.clock.advance(limits::heartbeatInterval);
        session.pump();
    }
    QVERIFY(!session.bye());
}

void SlowDisplayTest::waitsOnlyForWhatIsOwed()
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

void SlowDisplayTest::aWriteIsProgress()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    kit.place();
    session.pump();
    // For as long as an acknowledgement may take on a slow link.
    for (auto time = 0ms; time + limits::noProgressMax < limits::ackSilenceMax;
         time += limits::noProgressMax) {
        kit.clock.advance(limits::noProgressMax - 1ms);
        session.subscriber->onWritten();
        session.pump();
    }
    QVERIFY(!session.bye());
}

void SlowDisplayTest::closesASocketThatTakesNothing()
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

void SlowDisplayTest::theHubsOwnReadingIsNotSlowness()
{
    CoreKit kit;
    TestSession session(kit, helloFrom(grill));
    session.pump();
    session.ack(0);
    session.holdReads = true;
    kit.manyEvents(limits::tailEventsMax + 100);
    session.pump();
    QCOMPARE(session.pages.size(), size_t(1));
    kit.clock.advance(limits::noProgressMax);
    session.pump();
    QVERIFY2(!session.bye(), "the display has taken all there was to take");
    for (int i = 0; i < 5; ++i) {
        kit.clock.advance(limits::heartbeatInterval);
        session.pump();
    }
    QVERIFY2(session.all<Heartbeat>().size() == 6, "life while the log is being read");
    session.answerReads();
    session.holdReads = false;
    session.pump();
    QVERIFY(!session.bye());
    QCOMPARE(session.all<Live>().back().at, kit.log.head().pos);
}

void SlowDisplayTest::ignoresAcksOfWhatWasNotSent()
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

void SlowDisplayTest::aSlowOneCostsTheHubNothing()
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

QTEST_GUILESS_MAIN(SlowDisplayTest)
#include "test_slow_display.moc"
