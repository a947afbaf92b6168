// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/hub/core/test_session.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

// When each display had painted what: by itself, and as the hub fills it.
class TestShownHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheFirstTime();
    void doesNotTellWhatItCannotKnow();
    void forgetsTheOldestFirst();
    void followsTheDisplays();
    void beginsAnewWithTheEpoch();
};

namespace {

constexpr Timestamp noon{1'800'000'000'000ms};

} // namespace

void TestShownHistory::tellsTheFirstTime()
{
    ShownHistory history;
    history.restart(0, noon);
    history.note("grill", 3, noon + 1s);
    history.note("grill", 3, noon + 2s);
    history.note("grill", 2, noon + 3s); // wiped: it shows again what it had shown
    history.note("grill", 7, noon + 4s);
    QCOMPARE(history.shownAt("grill", 1), std::optional(noon + 1s));
    QCOMPARE(history.shownAt("grill", 3), std::optional(noon + 1s));
    QCOMPARE(history.shownAt("grill", 4), std::optional(noon + 4s));
    QCOMPARE(history.shownAt("grill", 7), std::optional(noon + 4s));
    QCOMPARE(history.shownAt("grill", 8), std::nullopt);
    QCOMPARE(history.shownAt("fry", 1), std::nullopt);
    QCOMPARE(history.since(), noon);
}

// What was in the log before may have been shown by the process before: nobody knows when.
void TestShownHistory::doesNotTellWhatItCannotKnow()
{
    ShownHistory history;
    history.restart(100, noon);
    history.note("grill", 90, noon + 1s);
    history.note("grill", 102, noon + 2s);
    QCOMPARE(history.knownAfter("grill"), 100);
    QCOMPARE(history.knownAfter("fry"), 100);
    QCOMPARE(history.shownAt("grill", 90), std::nullopt);
    QCOMPARE(history.shownAt("grill", 100), std::nullopt);
    QCOMPARE(history.shownAt("grill", 101), std::optional(noon + 2s));
    history.forget("grill");
    QCOMPARE(history.shownAt("grill", 101), std::nullopt);
    history.restart(0, noon + 9s);
    QCOMPARE(history.knownAfter("grill"), 0);
    QCOMPARE(history.since(), noon + 9s);
}

void TestShownHistory::forgetsTheOldestFirst()
{
    ShownHistory history;
    history.restart(0, noon);
    history.note("quiet", 1, noon);
    history.note("quiet", 2, noon + 1h);
    for (int i = 1; i < limits::shownStepsMax; ++i) // one more than it holds
        history.note("busy", i, noon + 1s + std::chrono::milliseconds(i));
    QCOMPARE(history.knownAfter("quiet"), 1);
    QCOMPARE(history.shownAt("quiet", 1), std::nullopt);
    QCOMPARE(history.shownAt("quiet", 2), std::optional(noon + 1h));
    QCOMPARE(history.knownAfter("busy"), 0);
    history.note("busy", limits::shownStepsMax, noon + 2h);
    QCOMPARE(history.knownAfter("busy"), 1);
    QCOMPARE(history.shownAt("busy", 2), std::optional(noon + 1s + 2ms));
}

void TestShownHistory::followsTheDisplays()
{
    CoreKit kit;
    TestSession session(kit, helloFrom("grill"));
    session.pump();
    kit.place();
    const qint64 placed = kit.hub.head().pos;
    session.pump();
    kit.clock.advance(5s);
    session.ack(placed, false); // applied, and not painted
    QCOMPARE(kit.hub.shownHistory().shownAt("grill", placed), std::nullopt);
    kit.clock.advance(5s);
    const Timestamp painted = kit.clock.now();
    session.ack(placed, true);
    kit.clock.advance(5s);
    session.ack(placed, true);
    QCOMPARE(kit.hub.shownHistory().shownAt("grill", placed), std::optional(painted));
    kit.clock.advance(5s);
    DisplayInfo polls;
    polls.device = polls.name = "fry";
    polls.pos = polls.shown = placed;
    kit.hub.notePolled(polls);
    QCOMPARE(kit.hub.shownHistory().shownAt("fry", placed), std::optional(kit.clock.now()));
}

void TestShownHistory::beginsAnewWithTheEpoch()
{
    CoreKit kit;
    TestSession session(kit, helloFrom("grill"));
    session.pump();
    kit.place();
    session.pump();
    session.ack(kit.hub.head().pos, true);
    QVERIFY(kit.hub.shownHistory().shownAt("grill", 1));
    kit.recover(); // the same log: what was seen was seen
    QVERIFY(kit.hub.shownHistory().shownAt("grill", 1));
    kit.clock.advance(1min);
    CommittedBatch renewed;
    renewed.epochRenewed = true;
    renewed.head = kit.hub.head();
    renewed.head.epoch = QByteArray(32, 'f');
    kit.hub.publish(renewed);
    QCOMPARE(kit.hub.shownHistory().shownAt("grill", 1), std::nullopt);
    QCOMPARE(kit.hub.shownHistory().knownAfter("grill"), kit.hub.head().pos);
    QCOMPARE(kit.hub.shownHistory().since(), kit.clock.now());
}

QTEST_GUILESS_MAIN(TestShownHistory)
#include "test_shown_history.moc"
