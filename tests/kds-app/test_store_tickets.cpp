// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/ticket_store.h"
#include "shared/order/payload.h"
#include "tests/kds-app/take_snapshot.h"

#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;

namespace {

PendingCommand wish(qint64 n, const QUuid &id, EventType type, const QJsonObject &payload = {})
{
    return {n, id, type, payload, Timestamp(std::chrono::milliseconds(1))};
}

std::vector<QUuid> one(const QUuid &id)
{
    return {id};
}

} // namespace

class TestStoreTickets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_hub = FakeHub();
        m_store = TicketStore();
        m_id = m_hub.place(QStringLiteral("47"));
        QCOMPARE(takeSnapshot(m_store, m_hub), SnapshotOutcome::Replaced);
        (void)m_store.takeChanges();
        m_store.clean();
    }

    void startsWithResetAndPosition()
    {
        TicketStore store;
        QCOMPARE(takeSnapshot(store, m_hub), SnapshotOutcome::Replaced);
        QVERIFY(store.takeChanges().reset);
        QVERIFY(store.takeChanges().isEmpty());
        QCOMPARE(store.cursor(), std::optional(m_hub.cursor()));
        QVERIFY(store.dirty().whole);
        QCOMPARE(store.shownOpen().size(), size_t(1));
    }

    void appliesEventsOnceAndTellsWhatChanged()
    {
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        const QUuid second = m_hub.place(QStringLiteral("48"));
        QCOMPARE(m_store.applyEvents(m_hub.events(from, m_hub.head())), EventsOutcome::Applied);
        ChangeSet changes = m_store.takeChanges();
        QCOMPARE(changes.changed, one(m_id));
        QCOMPARE(changes.opened, one(second));
        QVERIFY(!changes.reset && !changes.recentChanged);
        QVERIFY(m_store.dirty().orders == (QSet<QUuid>{m_id, second}));
        QCOMPARE(m_store.compare(m_hub.head(), 2, m_hub.digest()), DigestOutcome::Equal);

        const qint64 before = m_hub.head();
        m_hub.append(m_id, EventType::OrderReady);
        m_hub.append(m_id, EventType::OrderCompleted);
        QCOMPARE(m_store.applyEvents(m_hub.events(before, m_hub.head())), EventsOutcome::Applied);
        changes = m_store.takeChanges();
        QCOMPARE(changes.closed, one(m_id));
        QVERIFY(changes.recentChanged);
        QCOMPARE(m_store.shownRecent().size(), size_t(1));
    }

    void countsRepeatsAndAppliesNoneTwice()
    {
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        Events frame = m_hub.events(from, m_hub.head());
        QCOMPARE(m_store.applyEvents(frame), EventsOutcome::Applied);
        frame.prev = m_hub.head(); // the same event at a new place in the log
        frame.to = m_hub.head() + 1;
        frame.events.front().event.pos = frame.to;
        const OrderState before = *m_store.folded().find(m_id);
        QCOMPARE(m_store.applyEvents(frame), EventsOutcome::Applied);
        QCOMPARE(m_store.duplicateEvents(), 1);
        QCOMPARE(m_store.appliedEvents(), 1);
        QVERIFY(*m_store.folded().find(m_id) == before);
    }

    void refusesAnotherPositionWhole()
    {
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        const auto cursor = m_store.cursor();
        QCOMPARE(m_store.applyEvents(m_hub.events(m_hub.head() - 1, m_hub.head())),
                 EventsOutcome::WrongPosition);
        QCOMPARE(m_store.applyEvents(m_hub.events(0, m_hub.head())), EventsOutcome::WrongPosition);
        QCOMPARE(m_store.cursor(), cursor);
        QVERIFY(m_store.takeChanges().isEmpty());
    }

    void leavesTheBoardAloneAtAHole()
    {
        const qint64 from = m_hub.head();
        const QUuid second = m_hub.place(QStringLiteral("48"));
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        Events frame = m_hub.events(from, m_hub.head());
        frame.events.erase(frame.events.begin() + 2); // order_started is gone
        QCOMPARE(m_store.applyEvents(frame), EventsOutcome::Hole);
        QVERIFY2(!m_store.folded().find(second), "the frame's first events must not be kept");
        QCOMPARE(m_store.position(), from);
        QVERIFY(m_store.takeChanges().isEmpty());
        QVERIFY(m_store.dirty().isEmpty());
    }

    void refusesPositionsThatCannotBe()
    {
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        const Events good = m_hub.events(from, m_hub.head());
        Events frame = good;
        std::swap(frame.events[0], frame.events[1]);
        QCOMPARE(m_store.applyEvents(frame), EventsOutcome::Malformed);
        frame = good;
        frame.to = from + 1;
        QCOMPARE(m_store.applyEvents(frame), EventsOutcome::Malformed);
        frame = good;
        frame.h = "nonsense";
        QCOMPARE(m_store.applyEvents(frame), EventsOutcome::Malformed);
        QCOMPARE(m_store.applyEvents(good), EventsOutcome::Applied);
    }

    void replacesByASnapshotOnlyWhenItsDigestIsRight()
    {
        m_hub.append(m_id, EventType::OrderCancelled);
        const QUuid second = m_hub.place(QStringLiteral("48"));
        SnapPart part;
        part.at = m_hub.head();
        part.orders.push_back(*m_hub.board().find(second));
        m_store.beginSnapshot(m_hub.epoch());
        QVERIFY(m_store.addSnapshotPart(part));
        SnapEnd end{1, m_hub.head(), m_hub.hash(m_hub.head()), 1, QByteArray(16, '0')};
        QCOMPARE(m_store.endSnapshot(end), SnapshotOutcome::Differs);
        QVERIFY2(m_store.shown(m_id), "a snapshot that is wrong replaces nothing");
        QCOMPARE(takeSnapshot(m_store, m_hub), SnapshotOutcome::Replaced);
        QVERIFY(m_store.takeChanges().reset);
        QCOMPARE(m_store.shownOpen().front()->id, second);
        QCOMPARE(m_store.shownRecent().front()->id, m_id);
    }

    void givesUpASnapshotWhosePartsDoNotFit()
    {
        SnapPart part;
        part.at = m_hub.head();
        part.parts = 2;
        const SnapEnd end{1, m_hub.head(), m_hub.hash(m_hub.head()), 1, m_hub.digest()};
        QVERIFY2(!m_store.addSnapshotPart(part), "nothing was begun");
        m_store.beginSnapshot(m_hub.epoch());
        QVERIFY(m_store.addSnapshotPart(part));
        QCOMPARE(m_store.endSnapshot(end), SnapshotOutcome::Malformed); // one part is missing
        m_store.beginSnapshot(m_hub.epoch());
        QVERIFY(m_store.addSnapshotPart(part));
        QVERIFY(!m_store.addSnapshotPart(part)); // part 1 again
        QVERIFY(!m_store.isInSnapshot());
        m_store.beginSnapshot(m_hub.epoch());
        QVERIFY(m_store.addSnapshotPart(part));
        part.part = 2;
        part.at = 1; // of another snapshot
        QVERIFY(!m_store.addSnapshotPart(part));
        part.part = 1;
        part.parts = 1'000'000;
        m_store.beginSnapshot(m_hub.epoch());
        QVERIFY2(!m_store.addSnapshotPart(part), "more parts than a display may hold");
        QCOMPARE(m_store.shownOpen().size(), size_t(1));
    }

    void comparesOnlyAtItsOwnPosition()
    {
        QCOMPARE(m_store.compare(m_hub.head() + 1, 1, m_hub.digest()),
                 DigestOutcome::NotComparable);
        QCOMPARE(m_store.compare(m_hub.head(), 2, m_hub.digest()), DigestOutcome::Different);
        QCOMPARE(m_store.compare(m_hub.head(), 1, QByteArray(16, '1')), DigestOutcome::Different);
    }

    void showsAWishAtOnceAndItsEventOnce()
    {
        m_store.addPending(wish(1, m_id, EventType::OrderStarted));
        m_store.addPending(wish(2, m_id, EventType::OrderReady));
        QCOMPARE(m_store.takeChanges().changed, one(m_id));
        QVERIFY(m_store.hasPending(m_id));
        QCOMPARE(m_store.shown(m_id)->status, OrderStatus::Ready);
        QCOMPARE(m_store.folded().find(m_id)->status, OrderStatus::Paid);

        // The answers come before their events: the ticket must not jump back meanwhile.
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        m_store.settle(1, m_hub.head());
        m_hub.append(m_id, EventType::OrderReady);
        m_store.settle(2, m_hub.head());
        QCOMPARE(m_store.shown(m_id)->status, OrderStatus::Ready);
        QCOMPARE(m_store.applyEvents(m_hub.events(from, m_hub.head())), EventsOutcome::Applied);
        QVERIFY(!m_store.hasPending(m_id));
        QVERIFY(*m_store.shown(m_id) == *m_hub.board().find(m_id));
    }

    void takesAWishBackWhenItIsRefused()
    {
        m_store.addPending(wish(1, m_id, EventType::OrderStarted));
        (void)m_store.takeChanges();
        m_store.settle(1, 0);
        QCOMPARE(m_store.shown(m_id)->status, OrderStatus::Paid);
        QCOMPARE(m_store.takeChanges().changed, one(m_id));
    }

    void movesAClosedOrderWithTheWish()
    {
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        (void)m_store.applyEvents(m_hub.events(from, m_hub.head()));
        (void)m_store.takeChanges();
        m_store.addPending(wish(1, m_id, EventType::OrderCompleted));
        ChangeSet changes = m_store.takeChanges();
        QCOMPARE(changes.closed, one(m_id));
        QVERIFY(m_store.shownOpen().empty());
        QCOMPARE(m_store.shownRecent().front()->status, OrderStatus::Completed);
        m_store.addPending(wish(2, m_id, EventType::OrderRecalled));
        changes = m_store.takeChanges();
        QCOMPARE(changes.opened, one(m_id));
        QCOMPARE(m_store.shownOpen().front()->status, OrderStatus::InKitchen);
    }

    void keepsWishesOverASnapshot()
    {
        m_store.addPending(wish(1, m_id, EventType::OrderStarted));
        QCOMPARE(takeSnapshot(m_store, m_hub), SnapshotOutcome::Replaced);
        QCOMPARE(m_store.shown(m_id)->status, OrderStatus::InKitchen);
        m_store.settle(1, m_hub.head() + 1); // its event is on the way ...
        m_hub.restore(m_hub.head(), 0);      // ... from a hub that is no more
        QCOMPARE(takeSnapshot(m_store, m_hub), SnapshotOutcome::Replaced);
        QCOMPARE(m_store.shown(m_id)->status, OrderStatus::Paid);
    }

    void leavesOutAWishThatIsNotPossibleAnyMore()
    {
        m_store.addPending(wish(1, m_id, EventType::OrderStarted));
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderCancelled);
        (void)m_store.applyEvents(m_hub.events(from, m_hub.head()));
        QCOMPARE(m_store.shown(m_id)->status, OrderStatus::Cancelled);
        m_store.addPending(wish(2, QUuid::createUuid(), EventType::OrderStarted));
        QCOMPARE(m_store.shownOpen().size(), size_t(0));
    }

    void tellsWhichOrdersFellOffTheRecentList()
    {
        qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderCancelled);
        for (int i = 0; i < limitRecent; ++i)
            m_hub.append(m_hub.place(QString::number(i)), EventType::OrderCancelled);
        const qint64 half = from + 1;
        QCOMPARE(m_store.applyEvents(m_hub.events(from, half)), EventsOutcome::Applied);
        (void)m_store.takeChanges();
        m_store.clean();
        QCOMPARE(m_store.applyEvents(m_hub.events(half, m_hub.head())), EventsOutcome::Applied);
        const ChangeSet changes = m_store.takeChanges();
        QCOMPARE(changes.removed, one(m_id));
        QVERIFY(changes.recentChanged);
        QVERIFY2(m_store.dirty().orders.contains(m_id), "the cache must forget it too");
        QCOMPARE(m_store.shownRecent().size(), size_t(limitRecent));
    }

    void whatTheHubHasFoundComesBackWhenItIsWished()
    {
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        m_hub.append(m_id, EventType::OrderCompleted);
        const OrderState older = *m_hub.board().find(m_id);
        m_hub = FakeHub(); // another day
        (void)m_hub.place(QStringLiteral("1"));
        m_store = TicketStore();
        QCOMPARE(takeSnapshot(m_store, m_hub), SnapshotOutcome::Replaced);
        (void)m_store.takeChanges();
        m_store.setOlder({older});
        QVERIFY(m_store.known(m_id) && !m_store.shown(m_id));
        QVERIFY(m_store.takeChanges().isEmpty());

        m_store.addPending(wish(1, m_id, EventType::OrderRecalled));
        QCOMPARE(m_store.takeChanges().opened, one(m_id));
        QCOMPARE(m_store.shownOpen().size(), size_t(2));
        QCOMPARE(m_store.shownOpen().front()->status, OrderStatus::InKitchen);
        m_store.setOlder({}); // something else is looked for meanwhile
        QVERIFY(m_store.shown(m_id));
        QCOMPARE(m_store.compare(m_hub.head(), 1, m_hub.digest()), DigestOutcome::Equal);
        m_store.settle(1, 0); // refused
        QCOMPARE(m_store.takeChanges().removed, one(m_id));
        QCOMPARE(m_store.shownOpen().size(), size_t(1));
        m_store.setOlder({});
        QVERIFY(!m_store.known(m_id));
    }

private:
    static constexpr int limitRecent = 50;
    FakeHub m_hub;
    TicketStore m_store;
    QUuid m_id;
};

QTEST_GUILESS_MAIN(TestStoreTickets)
#include "test_store_tickets.moc"
