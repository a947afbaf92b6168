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

// A display comes back while something is wrong with the log.
class ResumeTroubleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDisplayAheadRenewsTheEpoch();
    void aDisplayThatWantsASnapshotIsNotSentBackEither();
    void inventedCursorsRenewTheEpochRarely();
    void aDisplayAheadDoesNotWaitForEver();
    void aNewEpochWhileTheLogIsAskedIsASnapshot();
    void aLogThatCannotBeReadSaysComeBack();
    void aPageThatIsNotTheNextIsNotSent();
};

void ResumeTroubleTest::aDisplayAheadRenewsTheEpoch()
{
    CoreKit kit;
    for (int i = 0; i < 5; ++i)
        kit.place();
    TestSession ahead(kit, helloFrom(grill));
    ahead.pump();
    const DisplayModel before = modelAfter(ahead, {});
    ahead.subscriber.reset();
    kit.log.loseAfter(6);
    kit.recover();
    QStringList told;
    kit.hub.onBehind = [&](const QString &why) { told.append(why); };

    TestSession other(kit, helloFrom(QStringLiteral("pass")));
    other.pump();
    TestSession session(kit, helloFrom(grill, before.cursor));
    session.pump();
    TestSession alsoAhead(kit, helloFrom(QStringLiteral("fry"), before.cursor));
    alsoAhead.pump();
    QVERIFY2(session.received.empty(), "not welcomed into the old epoch");
    QCOMPARE(told.size(), 1);
    kit.handle({Request{RenewEpoch{told[0]}, {}}});
    QVERIFY(session.wakes > 0);
    for (TestSession *one : {&session, &alsoAhead}) {
        one->pump();
        QCOMPARE(welcomeOf(*one).mode, StreamMode::Snapshot);
        QCOMPARE(welcomeOf(*one).reason, SnapshotReason::PosAhead);
        QCOMPARE(welcomeOf(*one).epoch, kit.log.head().epoch);
        QVERIFY(welcomeOf(*one).epoch != before.cursor->epoch);
    }
    const DisplayModel after = modelAfter(session, before);
    QCOMPARE(after.faults, QStringList());
    QCOMPARE(digestText(after.board.digest()), kit.foldedDigest());
    other.pump();
    QVERIFY2(other.bye() == (Bye{CloseCode::Epoch, 0ms}), "the others learn of the new epoch");
}

// One that wants a snapshot for a reason of its own still says where it stands.
void ResumeTroubleTest::aDisplayThatWantsASnapshotIsNotSentBackEither()
{
    CoreKit kit;
    kit.place();
    int renewals = 0;
    kit.hub.onBehind = [&](const QString &) { ++renewals; };
    Hello hello = helloFrom(grill);
    hello.seen = kit.hub.headCursor();
    TestSession here(kit, hello);
    here.pump();
    QCOMPARE(welcomeOf(here).reason, SnapshotReason::First);
    QCOMPARE(renewals, 0);

    hello.seen = Cursor{kit.hub.head().epoch, kit.hub.head().pos + 7, QByteArray(16, 'f')};
    TestSession ahead(kit, hello);
    ahead.pump();
    QVERIFY2(ahead.received.empty(), "not welcomed into the old epoch");
    QCOMPARE(renewals, 1);
    kit.handle({Request{RenewEpoch{QStringLiteral("ahead")}, {}}});
    ahead.pump();
    QCOMPARE(welcomeOf(ahead).mode, StreamMode::Snapshot);
    QCOMPARE(welcomeOf(ahead).reason, SnapshotReason::PosAhead);
    QVERIFY(welcomeOf(ahead).epoch != hello.seen->epoch);
}

// Nobody can tell a cursor ahead of the log from one that somebody made up.
void ResumeTroubleTest::inventedCursorsRenewTheEpochRarely()
{
    CoreKit kit;
    kit.place();
    int renewals = 0;
    kit.hub.onBehind = [&](const QString &) { ++renewals; };
    const auto comeAhead = [&] {
        const int before = renewals;
        const Cursor invented{kit.hub.head().epoch, kit.hub.head().pos + 7, QByteArray(16, 'f')};
        TestSession session(kit, helloFrom(grill, invented));
        session.pump();
        if (renewals > before)
            kit.handle({Request{RenewEpoch{QStringLiteral("ahead")}, {}}});
        session.pump();
        return welcomeOf(session);
    };
    QVERIFY(comeAhead().epoch == kit.hub.head().epoch);
    QCOMPARE(renewals, 1);
    const auto renewalsWithin = [&](std::chrono::milliseconds time) {
        const int before = renewals;
        for (; time > 0ms; time -= 1'000ms) {
            const Welcome welcome = comeAhead();
            if (welcome.mode != StreamMode::Snapshot || welcome.reason != SnapshotReason::PosAhead)
                return -1; // every one of them is served all the same
            kit.clock.advance(1'000ms);
        }
        return renewals - before;
    };
    QCOMPARE(renewalsWithin(limits::epochRenewalMin), 0);
    QCOMPARE(renewalsWithin(2 * limits::epochRenewalMin), 1);
    QCOMPARE(renewalsWithin(4 * limits::epochRenewalMin), 1);
    kit.clock.advance(2 * limits::epochRenewalMax); // long after the last
    QCOMPARE(renewalsWithin(1'000ms), 1);
    QCOMPARE(renewalsWithin(2 * limits::epochRenewalMin), 1);
}

void ResumeTroubleTest::aDisplayAheadDoesNotWaitForEver()
{
    CoreKit kit;
    kit.place();
    int told = 0;
    kit.hub.onBehind = [&](const QString &) { ++told; };
    const Cursor beyond{kit.log.head().epoch, 99, QByteArray(16, '1')};
    TestSession session(kit, helloFrom(grill, beyond));
    session.pump();
    QCOMPARE(session.subscriber->nextDeadline(), kit.clock.monotonic() + limits::noProgressMax);
    kit.clock.advance(limits::noProgressMax);
    session.pump();
    QVERIFY2(session.bye() == (Bye{CloseCode::Epoch, 1'000ms}), "the renewal did not come");
    TestSession again(kit, helloFrom(grill, beyond));
    again.pump();
    QVERIFY2(told == 2, "a renewal that did not come is asked for again");
}

void ResumeTroubleTest::aNewEpochWhileTheLogIsAskedIsASnapshot()
{
    CoreKit kit;
    for (int i = 0; i < 5; ++i)
        kit.place();
    const Cursor cursor = cursorAt(kit, 4);
    kit.recover();
    TestSession session(kit, helloFrom(grill, cursor));
    session.holdReads = true;
    session.pump();
    QCOMPARE(session.checks.size(), size_t(1));
    session.pump();
    QVERIFY(session.received.empty());
    kit.handle({Request{RenewEpoch{QStringLiteral("test")}, {}}});
    session.answerReads();
    session.pump();
    QCOMPARE(welcomeOf(session).reason, SnapshotReason::EpochChanged);
    QCOMPARE(welcomeOf(session).epoch, kit.log.head().epoch);
}

void ResumeTroubleTest::aLogThatCannotBeReadSaysComeBack()
{
    CoreKit kit;
    for (int i = 0; i < 5; ++i)
        kit.place();
    const Cursor cursor = cursorAt(kit, 4);
    kit.recover();
    TestSession session(kit, helloFrom(grill, cursor));
    session.holdReads = true;
    session.pump();
    kit.log.failReads(true);
    session.answerReads();
    session.pump();
    QCOMPARE(session.bye(), std::optional(Bye{CloseCode::Shutdown, 1'000ms}));
    kit.log.failReads(false);
    TestSession page(kit, helloFrom(grill, cursor));
    page.holdReads = true;
    page.pump();
    page.answerReads();
    page.pump();
    QCOMPARE(page.names(), QByteArrayList{"welcome"});
    kit.log.failReads(true);
    page.answerReads();
    page.pump();
    QCOMPARE(page.bye(), std::optional(Bye{CloseCode::Shutdown, 1'000ms}));
    page.pump();
    QVERIFY2(page.names().back() == "bye" && page.names().count("bye") == 1, "nothing after bye");
}

void ResumeTroubleTest::aPageThatIsNotTheNextIsNotSent()
{
    CoreKit kit;
    for (int i = 0; i < 5; ++i)
        kit.place();
    const Cursor cursor = cursorAt(kit, 4);
    kit.recover();
    for (const size_t drop : {0, 2}) {
        TestSession session(kit, helloFrom(grill, cursor));
        session.pump(1);
        session.holdReads = true;
        session.pump();
        const Result<std::vector<LoggedEvent>> page = kit.log.events(4, 10, 100, 1'000'000);
        std::vector<ReplayEvent> events;
        for (const LoggedEvent &logged : *page)
            events.push_back({logged.event, logged.chain, {}});
        events.erase(events.begin() + static_cast<qint64>(drop));
        session.subscriber->onEvents(events);
        session.pump();
        QCOMPARE(session.bye(), std::optional(Bye{CloseCode::Shutdown, 1'000ms}));
        QVERIFY(session.all<Events>().empty());
    }
}

QTEST_GUILESS_MAIN(ResumeTroubleTest)
#include "test_resume_trouble.moc"
