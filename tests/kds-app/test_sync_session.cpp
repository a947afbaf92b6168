// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/backoff.h"
#include "tests/kds-app/session_fixture.h"

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;
using namespace std::chrono_literals;

class TestSyncSession : public SessionTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }

    void takesASnapshotTheFirstTime()
    {
        const Sent hello = sent(m_session->opened(now()));
        QCOMPARE(hello.hellos.size(), size_t(1));
        QVERIFY(!hello.hellos[0].cursor);
        QVERIFY(!hello.hellos[0].seen);
        QCOMPARE(hello.hellos[0].device, m_kitchen->deviceId());
        QCOMPARE(hello.hellos[0].name, QStringLiteral("grill-1"));
        QCOMPARE(hello.hellos[0].outboxNext, 1);
        m_clock.advance(-90s); // our clock is wrong; the hub's decides
        receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now() + 90s)));
        QCOMPARE(m_book->state().phase, LinkPhase::CatchingUp);
        receive(m_hub.snapFrame(m_sid));
        QVERIFY2(sent(m_session->drained()).acks.empty(), "half a snapshot is not acknowledged");
        QVERIFY(!m_kitchen->tickets().shown(m_id));
        receive(m_hub.snapEndFrame(m_sid));
        receive(m_hub.liveFrame(m_sid));
        const std::vector<Ack> acks = sent(m_session->drained()).acks;
        QCOMPARE(acks, (std::vector<Ack>{{m_sid, m_hub.head(), false}}));
        const LinkState link = m_book->state();
        QCOMPARE(link.phase, LinkPhase::Live);
        QVERIFY(link.isCurrent());
        QCOMPARE(link.hubOffset, std::optional(90'000ms));
        QCOMPARE(link.asOf, std::optional(m_clock.now() + 90s));
        QCOMPARE(link.provenPosition, m_hub.head());
        QCOMPARE(link.ageOf(m_clock.now() + 10min, m_clock.now()), 0ms);
        QCOMPARE(m_session->counts().snapshots, 1);
    }

    void resumesFromItsCursorWithTheGapOnly()
    {
        goLive();
        const qint64 from = m_hub.head();
        (void)m_session->closed();
        QCOMPARE(m_book->state().phase, LinkPhase::Offline);
        const Timestamp lastSeen = *m_book->state().asOf;
        m_clock.advance(1h);
        m_hub.append(m_id, EventType::OrderStarted);
        const Sent hello = sent(m_session->opened(now()));
        QCOMPARE(hello.hellos[0].cursor->pos, from);
        receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now())));
        QCOMPARE(m_book->state().eventsBehind, 1);
        QCOMPARE(m_book->state().asOf, std::optional(lastSeen));
        receive(m_hub.evFrame(from, m_hub.head(), m_sid));
        QCOMPARE(m_book->state().phase, LinkPhase::CatchingUp);
        receive(m_hub.liveFrame(m_sid));
        QCOMPARE(sent(m_session->drained()).acks.size(), size_t(1));
        QCOMPARE(m_book->state().phase, LinkPhase::Live);
        QCOMPARE(m_session->counts().snapshots, 1);
        QCOMPARE(m_kitchen->tickets().duplicateEvents(), 0);
    }

    void storesBeforeItAcknowledges()
    {
        goLive();
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        QVERIFY(sent(receive(m_hub.evFrame(from, from + 1, m_sid))).acks.empty());
        QVERIFY(sent(receive(m_hub.evFrame(from + 1, from + 2, m_sid))).acks.empty());
        QCOMPARE(sent(m_session->drained()).acks,
                 (std::vector<Ack>{{m_sid, from + 2, false}})); // one for both
        QVERIFY(m_kitchen->tickets().dirty().isEmpty());
        QCOMPARE(sent(m_session->painted(from + 2)).acks,
                 (std::vector<Ack>{{m_sid, from + 2, true}}));
        QVERIFY(sent(m_session->painted(from + 2)).acks.empty());
        QVERIFY2(sent(m_session->painted(from + 99)).acks.empty(), "nobody has seen that yet");
    }

    void keepsTheSettings()
    {
        QCOMPARE(sent(m_session->opened(now())).hellos[0].settings, std::optional(QByteArray()));
        receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now())));
        const QByteArray body =
            R"({"id":"00112233aabbccdd","rev":1,"settings":{"hold_courses":true}})";
        QVERIFY(!receive(encodeSettings(m_sid + 1, body)).close); // another connection's
        QVERIFY(!m_kitchen->takeSettingsChanged());
        QVERIFY(!receive(encodeSettings(m_sid, body)).close);
        QVERIFY(m_kitchen->settings().holdsCourses);
        QVERIFY(m_kitchen->takeSettingsChanged());
        QVERIFY2(!m_kitchen->takeSettingsChanged(), "once");
        (void)m_session->closed();
        QCOMPARE(sent(m_session->opened(now())).hellos[0].settings,
                 std::optional(QByteArray("00112233aabbccdd")));
    }

    void keepsTheAlarms()
    {
        QCOMPARE(sent(m_session->opened(now())).hellos[0].alarms, std::optional(QByteArray()));
        receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now())));
        const std::vector<StationAlarm> alarms = {{"grill", AlarmReason::Off, m_clock.now(), 2}};
        QVERIFY(!receive(encodeAlarms(m_sid + 1, alarmsBody(alarms))).close);
        QVERIFY(m_book->state().alarms.empty());
        QVERIFY(!receive(encodeAlarms(m_sid, alarmsBody(alarms))).close);
        QCOMPARE(m_book->state().alarms, alarms);
        (void)m_session->closed();
        QVERIFY2(m_book->state().alarms.empty(), "nobody knows now");
        QCOMPARE(sent(m_session->opened(now())).hellos[0].alarms, std::optional(QByteArray()));
    }

    void ignoresFramesOfAnotherConnection()
    {
        goLive();
        m_hub.append(m_id, EventType::OrderStarted);
        QVERIFY(!receive(m_hub.evFrame(m_hub.head() - 1, m_hub.head(), m_sid + 1)).close);
        QVERIFY(!receive(m_hub.liveFrame(m_sid + 1)).close);
        QVERIFY(!receive(m_hub.hbFrame(m_sid + 1, m_clock.now())).close);
        QVERIFY(!receive(m_hub.snapFrame(m_sid + 1)).close);
        QVERIFY(!receive(m_hub.snapEndFrame(m_sid + 1)).close);
        QCOMPARE(m_session->counts().otherSid, 5);
        QCOMPARE(m_kitchen->tickets().position(), m_hub.head() - 1);
    }

    void ignoresAndCountsWhatItDoesNotKnow()
    {
        goLive();
        QVERIFY(!receive(R"({"t":"weather","sid":1})").close);
        QCOMPARE(m_session->counts().unknown, 1);
        OrderEvent event = m_hub.events(0, 1).events[0].event;
        event.pos = m_hub.head() + 1;
        event.seq = m_kitchen->tickets().folded().find(m_id)->seq + 1;
        event.orderId = m_id;
        event.type = EventType::Unknown;
        event.unknownType = QStringLiteral("order_blessed");
        const QByteArray frame =
            encodeEventsFrame(m_sid, event.pos - 1, event.pos, m_hub.hash(event.pos),
                              {encodeStreamEvent(event, nullptr)});
        QVERIFY(!receive(frame).close);
        QCOMPARE(m_kitchen->tickets().unknownEvents(), 1);
        QCOMPARE(m_kitchen->tickets().position(), event.pos);
    }

    void closesOnWhatIsNoMessage_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not json") << QByteArray("hello");
        QTest::newRow("array") << QByteArray("[1]");
        QTest::newRow("no fields") << QByteArray(R"({"t":"ev"})");
        QTest::newRow("wrong types") << QByteArray(R"({"t":"live","sid":"x","at":{}})");
        QTest::newRow("negative") << QByteArray(
            R"({"t":"ev","sid":1,"prev":-1,"to":-1,"h":"00","events":[]})");
        QTest::newRow("second welcome")
            << encode(FakeHub().welcome(StreamMode::Snapshot, 1, Timestamp()));
    }
    void closesOnWhatIsNoMessage()
    {
        QFETCH(QByteArray, frame);
        goLive();
        QVERIFY(receive(frame).close);
        QCOMPARE(m_session->counts().malformed, 1);
        QVERIFY2(!receive(m_hub.liveFrame(m_sid)).close, "nothing is read after the end");
        QCOMPARE(m_session->closed(), ReconnectAdvice());
        QVERIFY(sent(m_session->opened(now())).hellos[0].cursor);
    }

    void reconnectsFromItsCursorAfterAGap()
    {
        goLive();
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        QVERIFY(receive(m_hub.evFrame(m_hub.head() - 1, m_hub.head(), m_sid)).close);
        QCOMPARE(m_session->closed(), ReconnectAdvice());
        QCOMPARE(sent(m_session->opened(now())).hellos[0].cursor->pos, m_hub.head() - 2);
    }

    void asksForASnapshotWhenTheCursorKeepsFailing()
    {
        goLive();
        for (int i = 0; i < 3; ++i) {
            QVERIFY(sent(m_session->opened(now())).hellos[0].cursor);
            receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now())));
            QVERIFY(receive(encode(Live{m_sid, m_hub.head() + 7, 1, m_hub.digest()})).close);
            (void)m_session->closed();
        }
        const Hello hello = sent(m_session->opened(now())).hellos[0];
        QVERIFY(!hello.cursor);
        // For the hub to see that its log is behind what this display has shown.
        QCOMPARE(hello.seen, m_kitchen->tickets().cursor());
    }

    void healsADifferenceWithASnapshotAndSlowsDownWhenThatDoesNotHelp()
    {
        goLive();
        const QByteArray wrong = encode(Heartbeat{m_sid, m_hub.head(), m_hub.hash(m_hub.head()), 9,
                                                  QByteArray(16, 'f'), m_clock.now()});
        QVERIFY(receive(wrong).close);
        QCOMPARE(m_session->closed().atLeast, 0ms);
        LinkState link = m_book->state();
        QCOMPARE(link.trouble, LinkTrouble::BoardDiffered);
        QCOMPARE(link.digestMismatches, 1);
        QVERIFY(!link.isCurrent());
        std::chrono::milliseconds before = 0ms;
        for (int i = 0; i < 12; ++i) { // every snapshot contradicts its own digest
            QVERIFY(!sent(m_session->opened(now())).hellos[0].cursor);
            receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now())));
            receive(m_hub.snapFrame(m_sid));
            QVERIFY(receive(encode(SnapEnd{m_sid, m_hub.head(), m_hub.hash(m_hub.head()), 9,
                                           QByteArray(16, 'f')}))
                        .close);
            const std::chrono::milliseconds wait = m_session->closed().atLeast;
            QVERIFY(wait >= 1s && wait >= before && wait <= limits::resyncBackoffMax);
            before = wait;
        }
        QCOMPARE(before, std::chrono::milliseconds(limits::resyncBackoffMax));
        QVERIFY2(m_kitchen->tickets().shown(m_id), "the old board stays on the screen");
        goLive();
        link = m_book->state();
        QCOMPARE(link.trouble, LinkTrouble::None);
        QCOMPARE(link.digestMismatches, 13);
        QVERIFY(receive(encode(Live{m_sid, m_hub.head(), 9, QByteArray(16, 'f')})).close);
        QCOMPARE(m_session->closed().atLeast, 0ms); // proven in between: prompt again
    }

    void noticesAnotherChainAtTheSamePosition()
    {
        goLive();
        QVERIFY(receive(encode(Heartbeat{m_sid, m_hub.head(), QByteArray(16, 'e'),
                                         m_hub.board().count(), m_hub.digest(), m_clock.now()}))
                    .close);
        QCOMPARE(m_book->state().digestMismatches, 1);
    }

    void asksForASnapshotAtAHole()
    {
        goLive();
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        Events frame = m_hub.events(m_hub.head() - 2, m_hub.head(), m_sid);
        const QByteArray second = encodeStreamEvent(frame.events[1].event, nullptr);
        QVERIFY(receive(encodeEventsFrame(m_sid, frame.prev, frame.to, frame.h, {second})).close);
        (void)m_session->closed();
        QVERIFY(!sent(m_session->opened(now())).hellos[0].cursor);
    }

    void comparesAHeartbeatOnlyAtItsOwnPosition()
    {
        goLive();
        m_hub.append(m_id, EventType::OrderStarted);
        QVERIFY(!receive(m_hub.hbFrame(m_sid, m_clock.now())).close); // the event is on its way
        LinkState link = m_book->state();
        QCOMPARE(link.eventsBehind, 1);
        QVERIFY2(!link.isCurrent(), "a board that is behind must not look current");
        receive(m_hub.evFrame(m_hub.head() - 1, m_hub.head(), m_sid));
        m_clock.advance(5s);
        QVERIFY(!receive(m_hub.hbFrame(m_sid, m_clock.now())).close);
        link = m_book->state();
        QVERIFY(link.isCurrent());
        QCOMPARE(link.provenAt, std::optional(m_clock.now()));
        QCOMPARE(link.provenPosition, m_hub.head());
        FakeHub behind = m_hub;
        behind.restore(1, 0);
        QVERIFY(receive(behind.hbFrame(m_sid, m_clock.now())).close);
    }

    void refusesAResumeItDidNotAskFor()
    {
        (void)m_session->opened(now());
        QVERIFY(receive(encode(m_hub.welcome(StreamMode::Resume, 1, m_clock.now()))).close);
        goLive();
        m_hub.restore(m_hub.head(), 0);
        (void)m_session->opened(now());
        QVERIFY(receive(encode(m_hub.welcome(StreamMode::Resume, 2, m_clock.now()))).close);
        QCOMPARE(m_session->counts().malformed, 2);
    }

    void refusesEventsInTheMiddleOfASnapshot()
    {
        (void)m_session->opened(now());
        receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now())));
        QVERIFY(receive(m_hub.evFrame(0, 1, m_sid)).close);
        (void)m_session->opened(now());
        receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now())));
        QVERIFY(receive(m_hub.snapEndFrame(m_sid)).close); // no part came
        (void)m_session->opened(now());
        receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now())));
        receive(m_hub.snapFrame(m_sid));
        QVERIFY(receive(m_hub.snapFrame(m_sid)).close); // part 1 again
    }

    void callsItselfOfflineAfterSilence()
    {
        goLive();
        m_clock.advance(11'999ms);
        QVERIFY(!m_session->tick(now()).close);
        m_session->heard(now()); // a byte of something
        m_clock.advance(11'999ms);
        QVERIFY(!m_session->tick(now()).close);
        m_clock.advance(1ms);
        QVERIFY(m_session->tick(now()).close);
        QCOMPARE(m_session->closed(), ReconnectAdvice());
        QCOMPARE(m_book->state().phase, LinkPhase::Offline);
        QVERIFY(m_book->state().detail.contains(QStringLiteral("12000")));
    }

    void givesUpOnAHubThatNeverWelcomes()
    {
        (void)m_session->opened(now());
        m_clock.advance(limits::deadInterval);
        QVERIFY(m_session->tick(now()).close);
    }

    void obeysGoodbyes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("retryMs");
        QTest::addColumn<bool>("stop");
        QTest::addColumn<int>("atLeastMs");
        QTest::addColumn<int>("trouble");
        const auto row = [](const char *name, CloseCode code, int retry, bool stop, int atLeast,
                            LinkTrouble trouble) {
            QTest::newRow(name) << int(code) << retry << stop << atLeast << int(trouble);
        };
        row("unauthorised", CloseCode::Unauthorised, 0, true, 0, LinkTrouble::Unauthorised);
        row("superseded", CloseCode::Superseded, 0, false, 60'000, LinkTrouble::Superseded);
        row("slow", CloseCode::Slow, 0, false, 0, LinkTrouble::None);
        row("shutdown", CloseCode::Shutdown, 2'000, false, 2'000, LinkTrouble::None);
        row("for ever", CloseCode::Shutdown, 2'000'000'000, false, 60'000, LinkTrouble::None);
        row("epoch", CloseCode::Epoch, 0, false, 0, LinkTrouble::None);
    }
    void obeysGoodbyes()
    {
        QFETCH(int, code);
        QFETCH(int, retryMs);
        QFETCH(bool, stop);
        QFETCH(int, atLeastMs);
        QFETCH(int, trouble);
        goLive();
        QVERIFY(receive(encode(Bye{CloseCode(code), std::chrono::milliseconds(retryMs)})).close);
        const ReconnectAdvice advice = m_session->closed();
        QCOMPARE(advice.stop, stop);
        QCOMPARE(advice.atLeast, std::chrono::milliseconds(atLeastMs));
        QCOMPARE(int(m_book->state().trouble), trouble);
        QVERIFY(!m_book->state().detail.isEmpty());
        goLive();
        QCOMPARE(m_book->state().trouble, LinkTrouble::None);
        QVERIFY(m_book->state().detail.isEmpty());
    }

    void backsOffWithFullJitter()
    {
        Backoff backoff(m_random);
        std::chrono::milliseconds longest = 0ms;
        for (const int ceiling : {100, 200, 400, 800, 1'600, 3'200, 5'000, 5'000}) {
            QCOMPARE(backoff.ceiling(), std::chrono::milliseconds(ceiling));
            const auto wait = backoff.next();
            QVERIFY(wait >= 0ms && wait <= std::chrono::milliseconds(ceiling));
            longest = std::max(longest, wait);
        }
        QVERIFY(longest > 100ms);
        backoff.reset();
        QCOMPARE(backoff.ceiling(), 100ms);
    }
};

QTEST_GUILESS_MAIN(TestSyncSession)
#include "test_sync_session.moc"
