// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "tests/shared/sample_orders.h"

#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

OrderEvent placed(int order)
{
    OrderEvent e = makeEvent(1, EventType::OrderPlaced, placedPayload(draft(1)), order);
    e.pos = order;
    return e;
}

} // namespace

class TestBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyDigest() { QCOMPARE(digestText(Board().digest()), QByteArray("0000000000000000")); }

    void digestFollowsTheOpenOrders()
    {
        Board board;
        QCOMPARE(board.apply(placed(1)), Board::Applied::Applied);
        QCOMPARE(board.apply(placed(2)), Board::Applied::Applied);
        QCOMPARE(board.digest(), digestTerm(uuid(1), 1) + digestTerm(uuid(2), 1));
        QCOMPARE(board.apply(makeEvent(2, EventType::OrderPaid)), Board::Applied::Applied);
        QCOMPARE(board.digest(), digestTerm(uuid(1), 2) + digestTerm(uuid(2), 1));
        QCOMPARE(board.apply(makeEvent(3, EventType::OrderCancelled)), Board::Applied::Applied);
        QCOMPARE(board.digest(), digestTerm(uuid(2), 1));
        QCOMPARE(board.count(), 1);
        QVERIFY(!board.isOpenOrder(uuid(1)));
        QCOMPARE(board.recentOrders().size(), size_t(1));
    }

    void repeatsAndHoles()
    {
        Board board;
        QCOMPARE(board.apply(makeEvent(2, EventType::OrderPaid)), Board::Applied::Hole);
        QCOMPARE(board.apply(makeEvent(1, EventType::OrderPaid)), Board::Applied::Hole);
        QCOMPARE(board.apply(placed(1)), Board::Applied::Applied);
        QCOMPARE(board.apply(placed(1)), Board::Applied::AlreadyApplied);
        QCOMPARE(board.apply(makeEvent(3, EventType::OrderAccepted)), Board::Applied::Hole);
        QCOMPARE(board.apply(makeEvent(2, EventType::OrderCancelled)), Board::Applied::Applied);
        QCOMPARE(board.apply(makeEvent(2, EventType::OrderCancelled)),
                 Board::Applied::AlreadyApplied);
        QCOMPARE(board.apply(makeEvent(4, EventType::OrderRecalled)), Board::Applied::Hole);
        QCOMPARE(board.recentOrders().size(), size_t(1));
    }

    void recallReopens()
    {
        const OrderState done = inStatus(OrderStatus::Completed);
        OrderEvent recall = makeEvent(done.seq + 1, EventType::OrderRecalled);
        OrderState whole = done;
        applyEvent(whole, recall);

        Board knows; // closed a moment ago: the fold goes on
        knows.reset({}, {done});
        QCOMPARE(knows.apply(recall), Board::Applied::Applied);
        QCOMPARE(*knows.find(done.id), whole);
        QVERIFY(knows.recentOrders().empty());

        Board forgot; // closed long ago: the event brings the order
        QCOMPARE(forgot.apply(recall), Board::Applied::Hole);
        QCOMPARE(forgot.apply(recall, &whole), Board::Applied::Applied);
        QCOMPARE(*forgot.find(done.id), whole);
        QCOMPARE(forgot.digest(), knows.digest());

        OrderState other = whole;
        other.seq = 99;
        Board wary; // a whole order that is not this event's is no use
        QCOMPARE(wary.apply(recall, &other), Board::Applied::Hole);
    }

    void unknownEventsCount()
    {
        Board board;
        board.reset({}, {inStatus(OrderStatus::Completed)});
        (void)board.apply(placed(2));
        QCOMPARE(board.apply(makeEvent(2, EventType::Unknown, {}, 2)), Board::Applied::Applied);
        QCOMPARE(board.apply(makeEvent(6, EventType::Unknown)), Board::Applied::Applied);
        QCOMPARE(board.unknownEvents(), 2);
        QCOMPARE(board.count(), 1);
        QCOMPARE(board.recentOrders().size(), size_t(1));
        QCOMPARE(board.find(uuid(1))->seq, 6);
    }

    void ordersComeOldestFirstAndRecentIsBounded()
    {
        Board board;
        for (int i = 1; i <= limits::recentOrdersMax + 5; ++i) {
            (void)board.apply(placed(i));
            (void)board.apply(makeEvent(2, EventType::OrderCancelled, {}, i));
        }
        for (const int i : {105, 103, 104})
            (void)board.apply(placed(i));
        QCOMPARE(board.recentOrders().size(), size_t(limits::recentOrdersMax));
        QCOMPARE(board.recentOrders().front()->id, uuid(6));
        QVERIFY(!board.find(uuid(1)));
        QVERIFY(board.find(uuid(7)));
        std::vector<qint64> opened;
        for (const OrderState *order : board.openOrders())
            opened.push_back(order->openedPos);
        QCOMPARE(opened, (std::vector<qint64>{103, 104, 105}));
    }

    void resetReplaces()
    {
        Board board;
        (void)board.apply(placed(1));
        board.reset({inStatus(OrderStatus::Ready)}, {});
        QCOMPARE(board.count(), 1);
        QCOMPARE(board.digest(), digestTerm(uuid(1), 4));
        board.reset({}, {});
        QCOMPARE(board.digest(), quint64(0));
    }
};

QTEST_GUILESS_MAIN(TestBoard)
#include "test_board.moc"
