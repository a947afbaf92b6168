// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "tests/hub/core/test_session.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;
using L1 = QLatin1StringView;

class OrderHubTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trackersSeeTheirOrderOnly();
    void aTrackerTakesEachSeqOnce();
    void aTrackersQueueIsBounded();
    void aTrackersWakeMayDestroyTheOthers();
    void aRestartTellsTrackersWhatTheyMissed();
    void watchesAreOneShot();
    void aWatchMayUnwatchAndWatch();
    void estimatesOnlyWhatIsCooking();
    void aTrackersViewHasTheEstimate();
    void remembersDisplays();
    void countsWhatItDoes();
    void keepsABoundedSampleOfDelays();
    void survivesAShorterLog();
    void countsEventsThatDoNotFit();
};

void OrderHubTest::trackersSeeTheirOrderOnly()
{
    CoreKit kit;
    const QUuid mine = kit.place();
    const QUuid other = kit.place();
    int wakes = 0;
    TrackerSubscriber tracker(kit.hub, mine, -1, [&] { ++wakes; });
    TrackerSubscriber twin(kit.hub, mine, -1, {});
    QVERIFY(kit.append(other, EventType::OrderStarted));
    QVERIFY2(wakes == 0 && !tracker.pull(), "another order's event is nothing to this customer");
    kit.handle({CoreKit::appending(mine, EventType::OrderAccepted),
                CoreKit::appending(mine, EventType::OrderStarted)});
    QVERIFY2(wakes == 1, "woken once for what it has not taken yet");
    const auto first = tracker.pull();
    const auto second = tracker.pull();
    QVERIFY(first && second && !tracker.pull());
    QCOMPARE(first->seq, 3);
    QCOMPARE(second->seq, 4);
    const QJsonObject view = *parseJsonObject(second->json);
    QCOMPARE(view.value(L1("seq")).toInt(), 4);
    QCOMPARE(view.value(L1("status")).toString(), QStringLiteral("in_kitchen"));
    QVERIFY2(twin.pull()->json.constData() == first->json.constData(),
             "encoded once for all who watch the order");
    QCOMPARE(kit.hub.stats().trackers, 2);
}

void OrderHubTest::aTrackerTakesEachSeqOnce()
{
    CoreKit kit;
    const QUuid id = kit.place();
    TrackerSubscriber tracker(kit.hub, id, 2, {});
    tracker.push(1, "old");
    tracker.push(2, "known");
    QVERIFY(!tracker.pull());
    tracker.push(3, "a");
    tracker.push(3, "b");
    QCOMPARE(tracker.pull()->json, QByteArray("a"));
    QVERIFY(!tracker.pull());
    tracker.push(3, "c");
    QVERIFY2(!tracker.pull(), "what was taken is not queued again");
}

void OrderHubTest::aTrackersQueueIsBounded()
{
    CoreKit kit;
    TrackerSubscriber tracker(kit.hub, kit.place(), -1, {});
    for (int seq = 1; seq <= limits::trackerQueueMax + 1; ++seq)
        tracker.push(seq, QByteArray::number(seq));
    QCOMPARE(tracker.pull()->seq, limits::trackerQueueMax + 1);
    QVERIFY2(!tracker.pull(), "only the newest is kept");
}

void OrderHubTest::aTrackersWakeMayDestroyTheOthers()
{
    CoreKit kit;
    const QUuid id = kit.place();
    std::vector<std::unique_ptr<TrackerSubscriber>> trackers;
    trackers.reserve(4);
    for (int i = 0; i < 4; ++i) {
        trackers.push_back(std::make_unique<TrackerSubscriber>(kit.hub, id, -1, [&] {
            const auto dropped = std::move(trackers);
            trackers.clear();
        }));
    }
    QVERIFY(kit.append(id, EventType::OrderStarted));
    QVERIFY(trackers.empty());
    QCOMPARE(kit.hub.stats().trackers, 0);
}

void OrderHubTest::aRestartTellsTrackersWhatTheyMissed()
{
    CoreKit kit;
    const QUuid id = kit.place();
    TrackerSubscriber tracker(kit.hub, id, 2, {});
    TestSession session(kit, helloFrom(QStringLiteral("grill-1")));
    session.pump();
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Kept);
    QVERIFY(!kit.append(id, EventType::OrderStarted));
    QVERIFY(!tracker.pull());
    int woken = 0;
    kit.hub.watchBoard([&] { ++woken; });
    kit.recover();
    QCOMPARE(tracker.pull()->seq, 3);
    QCOMPARE(woken, 1);
    session.pump();
    QVERIFY2(!session.bye(), "the same log, only further");
    QCOMPARE(session.all<Events>().back().to, 3);
    QCOMPARE(session.all<Live>().back().digest, kit.foldedDigest());
}

void OrderHubTest::watchesAreOneShot()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const QUuid other = kit.place();
    QStringList told;
    kit.hub.watchBoard([&] { told.append(QStringLiteral("board")); });
    kit.hub.watchOrder(id, [&] { told.append(QStringLiteral("order")); });
    const OrderHub::WatchId gone = kit.hub.watchOrder(id, [&] { told.append(QString()); });
    kit.hub.unwatch(gone);
    kit.hub.unwatch(gone);
    QVERIFY(kit.append(other, EventType::OrderStarted));
    QCOMPARE(told, QStringList{QStringLiteral("board")});
    kit.handle({CoreKit::appending(id, EventType::OrderAccepted),
                CoreKit::appending(id, EventType::OrderStarted)});
    QCOMPARE(told, QStringList({QStringLiteral("board"), QStringLiteral("order")}));
    QVERIFY(kit.append(id, EventType::OrderReady));
    QCOMPARE(told.size(), 2);
}

void OrderHubTest::aWatchMayUnwatchAndWatch()
{
    CoreKit kit;
    int again = 0;
    bool second = false;
    OrderHub::WatchId victim = 0;
    std::function<void()> renew = [&] {
        ++again;
        kit.hub.unwatch(victim);
        kit.hub.watchBoard(renew);
    };
    kit.hub.watchBoard(renew);
    victim = kit.hub.watchBoard([&] { second = true; });
    kit.place();
    QVERIFY2(again == 1 && !second, "what a callback adds waits, what it removes is not called");
    kit.place();
    QCOMPARE(again, 2);
}

void OrderHubTest::estimatesOnlyWhatIsCooking()
{
    CoreKit kit;
    for (int i = 0; i < 5; ++i) {
        const QUuid id = kit.place();
        kit.append(id, EventType::OrderStarted);
        kit.clock.advance(10min);
        kit.append(id, EventType::OrderReady);
        kit.append(id, EventType::OrderCompleted);
    }
    const QUuid id = kit.place({.paid = false});
    const auto isEstimated = [&] {
        return kit.hub.estimateReady(kit.order(id)).likely.has_value();
    };
    QVERIFY2(!isEstimated(), "not paid");
    QVERIFY(kit.append(id, EventType::OrderPaid));
    QVERIFY(isEstimated());
    QVERIFY(kit.append(id, EventType::OrderStarted));
    QVERIFY(isEstimated());
    QVERIFY(kit.append(id, EventType::OrderReady));
    QCOMPARE(kit.hub.estimateReady(kit.order(id)), ReadyTime());
    QVERIFY(kit.append(id, EventType::OrderRecalled));
    QVERIFY2(!isEstimated(), "what is cooked again takes its own time");
    QVERIFY(kit.append(id, EventType::OrderReady));
    QVERIFY(kit.append(id, EventType::OrderCompleted));
    QCOMPARE(kit.hub.estimateReady(kit.order(id)), ReadyTime());
}

void OrderHubTest::aTrackersViewHasTheEstimate()
{
    CoreKit kit;
    for (int i = 0; i < 5; ++i) {
        const QUuid id = kit.place();
        kit.append(id, EventType::OrderStarted);
        kit.clock.advance(10min);
        kit.append(id, EventType::OrderReady);
        kit.append(id, EventType::OrderCompleted);
    }
    const QUuid id = kit.place();
    const Timestamp paid = kit.clock.now();
    TrackerSubscriber tracker(kit.hub, id, 2, {});
    kit.append(id, EventType::OrderAccepted);
    const QJsonObject view = *parseJsonObject(tracker.pull()->json);
    const QString ready = QString::fromLatin1(formatTimestamp(paid + 10min));
    for (const auto name : {"eta", "eta_from", "eta_to"})
        QCOMPARE(view.value(L1(name)).toString(), ready);
    QCOMPARE(view.value(L1("overdue")).toBool(true), false);
    kit.clock.advance(11min);
    kit.append(id, EventType::OrderPrioritised);
    const QJsonObject late = *parseJsonObject(tracker.pull()->json);
    QCOMPARE(late.value(L1("overdue")).toBool(), true);
    QVERIFY(late.value(L1("eta")).isNull() && late.value(L1("eta_to")).isNull());
}

void OrderHubTest::remembersDisplays()
{
    CoreKit kit;
    kit.place();
    const Timestamp came = kit.clock.now();
    {
        TestSession session(kit, helloFrom(QStringLiteral("d-first")));
        session.pump();
        session.ack(2);
        session.ack(2, true);
        const DisplayInfo info = kit.hub.displays().at(0);
        QVERIFY(info.connected && info.pos == 2 && info.shown == 2 && info.lastSeen == came);
        kit.clock.advance(1'000ms);
    }
    const DisplayInfo gone = kit.hub.displays().at(0);
    QVERIFY(!gone.connected);
    QCOMPARE(gone.pos, 2);
    QCOMPARE(gone.lastSeen, came + 1'000ms);
    TestSession stays(kit, helloFrom(QStringLiteral("a-stays")));
    for (int i = 0; i < limits::displaysKnownMax; ++i) {
        kit.clock.advance(1ms);
        TestSession session(kit, helloFrom(QStringLiteral("d%1").arg(i)));
        session.pump();
    }
    const std::vector<DisplayInfo> known = kit.hub.displays();
    QCOMPARE(known.size(), static_cast<size_t>(limits::displaysKnownMax));
    QVERIFY2(known.front().device == QStringLiteral("a-stays"), "a connected one is not forgotten");
    const bool first = std::any_of(known.begin(), known.end(), [](const DisplayInfo &info) {
        return info.device == QStringLiteral("d-first") || info.device == QStringLiteral("d0");
    });
    QVERIFY2(!first, "those not seen for longest are forgotten first");
}

void OrderHubTest::countsWhatItDoes()
{
    CoreKit kit;
    kit.place();
    kit.placeAndComplete();
    TestSession session(kit, helloFrom(QStringLiteral("grill-1")));
    session.pump();
    TestSession again(kit, helloFrom(QStringLiteral("grill-1"), kit.hub.headCursor()));
    again.pump();
    kit.hub.noteUnknownMessage();
    const HubStats stats = kit.hub.stats();
    QCOMPARE(stats.eventsPublished, 7);
    QCOMPARE(stats.publishedByType.at(QStringLiteral("order_placed")), 2);
    QCOMPARE(stats.publishedByType.at(QStringLiteral("order_ready")), 1);
    QCOMPARE(stats.snapshotsSent, 1);
    QCOMPARE(stats.resumes, 1);
    QCOMPARE(stats.framesSent, 6);
    QCOMPARE(stats.unknownMessages, 1);
    QCOMPARE(stats.boardHoles, 0);
    QVERIFY(stats.lastEvent);
    QCOMPARE(stats.lastEvent->type, EventType::OrderCompleted);
}

void OrderHubTest::keepsABoundedSampleOfDelays()
{
    CoreKit kit;
    const Timestamp now = kit.clock.now();
    kit.hub.noteDelivered(now + 5ms, now);
    QVERIFY2(kit.hub.stats().deliveryMs == std::vector<double>{0.0}, "a clock set back is no time");
    for (int i = 0; i < limits::deliverySamplesMax; ++i)
        kit.hub.noteDelivered(now - 7ms, now);
    const std::vector<double> samples = kit.hub.stats().deliveryMs;
    QCOMPARE(samples.size(), static_cast<size_t>(limits::deliverySamplesMax));
    QVERIFY2(*std::min_element(samples.begin(), samples.end()) == 7.0, "the oldest is replaced");
}

void OrderHubTest::survivesAShorterLog()
{
    CoreKit kit;
    const QUuid id = kit.place();
    QVERIFY(kit.append(id, EventType::OrderStarted));
    TestSession session(kit, helloFrom(QStringLiteral("grill-1")));
    session.pump();
    kit.log.loseAfter(2);
    kit.recover();
    session.pump();
    QVERIFY2(session.bye() && session.bye()->code == CloseCode::Epoch,
             "what it holds is not this log any more");
    QCOMPARE(kit.hub.digest(), kit.foldedDigest());
    QCOMPARE(kit.order(id).status, OrderStatus::Paid);
}

void OrderHubTest::countsEventsThatDoNotFit()
{
    CoreKit kit;
    kit.place();
    BatchResult result = kit.service.handle({CoreKit::placing({})});
    kit.hub.publish(result.committed);
    kit.hub.publish(result.committed);
    QVERIFY2(kit.hub.stats().eventsPublished == 4, "the same batch twice is once");
    QCOMPARE(kit.hub.stats().boardHoles, 0);
    kit.service.handle({CoreKit::placing({})});
    result = kit.service.handle({CoreKit::placing({})});
    kit.hub.publish(result.committed);
    QVERIFY2(kit.hub.stats().boardHoles > 0, "a batch that never came is noticed");
}

QTEST_GUILESS_MAIN(OrderHubTest)
#include "test_order_hub.moc"
