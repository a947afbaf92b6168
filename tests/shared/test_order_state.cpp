// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/sample_orders.h"

#include <QTest>

using namespace cf;
using namespace cf::test;

class TestOrderState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names()
    {
        for (int i = 0; i < eventTypeCount; ++i) {
            const auto type = static_cast<EventType>(i);
            QCOMPARE(eventTypeFromName(QString(eventTypeName(type))), type);
        }
        QCOMPARE(eventTypeFromName(u"order_teleported"), EventType::Unknown);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(actorKindFromName(QString(actorKindName(static_cast<ActorKind>(i)))),
                     static_cast<ActorKind>(i));
            QCOMPARE(serviceTypeFromName(QString(serviceTypeName(static_cast<ServiceType>(i)))),
                     static_cast<ServiceType>(i));
        }
        for (int i = 0; i < 7; ++i) {
            QCOMPARE(orderStatusFromName(QString(orderStatusName(static_cast<OrderStatus>(i)))),
                     static_cast<OrderStatus>(i));
        }
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(lineStatusFromName(QString(lineStatusName(static_cast<LineStatus>(i)))),
                     static_cast<LineStatus>(i));
        }
        QVERIFY(!actorKindFromName(u"robot"));
        OrderEvent odd;
        odd.unknownType = QStringLiteral("order_teleported");
        QCOMPARE(odd.typeName(), QStringLiteral("order_teleported"));
        QCOMPARE(makeEvent(1, EventType::OrderPaid).typeName(), QStringLiteral("order_paid"));
    }

    void lifeOfAnOrder()
    {
        OrderState state = folded(2);
        QCOMPARE(state.status, OrderStatus::Placed);
        QCOMPARE(state.number, QStringLiteral("47"));
        QCOMPARE(state.openedPos, 1);
        QCOMPARE(state.placedAt, at(1));
        const auto step = [&](EventType type, OrderStatus expected) {
            applyEvent(state, makeEvent(state.seq + 1, type));
            return state.status == expected;
        };
        QVERIFY(step(EventType::OrderPaid, OrderStatus::Paid));
        QCOMPARE(state.paidAt, at(2));
        QVERIFY(step(EventType::OrderAccepted, OrderStatus::Accepted));
        QVERIFY(step(EventType::OrderStarted, OrderStatus::InKitchen));
        QVERIFY(step(EventType::OrderReady, OrderStatus::Ready));
        QCOMPARE(state.line(u"1")->status, LineStatus::Ready);
        QCOMPARE(state.line(u"1")->readyAt, at(5));
        QVERIFY(step(EventType::OrderCompleted, OrderStatus::Completed));
        QVERIFY(step(EventType::OrderRecalled, OrderStatus::InKitchen));
        QCOMPARE(state.recalls, 1);
        QVERIFY(!state.readyAt && !state.completedAt && !state.line(u"2")->readyAt);
        QCOMPARE(state.line(u"2")->status, LineStatus::Open);
        applyEvent(state,
                   makeEvent(state.seq + 1, EventType::OrderCancelled, {{"reason", "guest left"}}));
        QCOMPARE(state.status, OrderStatus::Cancelled);
        QCOMPARE(state.cancelReason, QStringLiteral("guest left"));
        QCOMPARE(state.seq, 8);
        QCOMPARE(state.pos, 8);
    }

    void items()
    {
        OrderState state = inStatus(OrderStatus::Paid, 3);
        applyEvent(state, makeEvent(3, EventType::ItemStarted, linesPayload({"1"})));
        QCOMPARE(state.line(u"1")->status, LineStatus::Started);
        QCOMPARE(state.line(u"1")->startedAt, at(3));
        QCOMPARE(state.line(u"2")->status, LineStatus::Open);
        applyEvent(state, makeEvent(4, EventType::ItemReady, linesPayload({"1", "2"})));
        QCOMPARE(state.line(u"2")->status, LineStatus::Ready);
        QCOMPARE(state.line(u"2")->changedSeq, 4);
        applyEvent(state, makeEvent(5, EventType::ItemRecalled, linesPayload({"1"})));
        QCOMPARE(state.line(u"1")->status, LineStatus::Open);
        QVERIFY(!state.line(u"1")->startedAt && !state.line(u"1")->readyAt);
        applyEvent(state, makeEvent(6, EventType::ItemVoided, linesPayload({"2"})));
        QCOMPARE(state.line(u"2")->status, LineStatus::Voided);
        applyEvent(state, makeEvent(7, EventType::ItemsAdded, withItems({}, {item("4", "Late")})));
        QCOMPARE(state.line(u"4")->addedSeq, 7);
        QVERIFY(!state.line(u"5"));
    }

    void notesCoursesAndMessages()
    {
        OrderState state = inStatus(OrderStatus::Paid);
        applyEvent(state, makeEvent(3, EventType::OrderNoteAdded, {{"note", "no salt"}}));
        applyEvent(state, makeEvent(4, EventType::KitchenNotified, {{"message", "hold"}}));
        applyEvent(state, makeEvent(5, EventType::FrontNotified, {{"message", "86 soup"}}));
        applyEvent(state, makeEvent(6, EventType::CourseFired, {{"course", 2}}));
        applyEvent(state, makeEvent(7, EventType::CourseFired, {{"course", 1}}));
        applyEvent(state, makeEvent(8, EventType::CourseFired, {{"course", 2}}));
        applyEvent(state, makeEvent(9, EventType::OrderPrioritised));
        QCOMPARE(state.notes.at(0).note, QStringLiteral("no salt"));
        QCOMPARE(state.notes.at(0).by, QStringLiteral("grill-1"));
        QCOMPARE(state.messages.at(1).to, MessageTarget::Front);
        QCOMPARE(state.firedCourses, (std::vector<int>{1, 2}));
        OrderState held = state;
        applyEvent(held, makeEvent(10, EventType::CourseHeld, {{"course", 1}}));
        QCOMPARE(held.firedCourses, (std::vector<int>{2}));
        QVERIFY(state.priority);
        applyEvent(state, makeEvent(10, EventType::OrderPrioritised, {{"priority", false}}));
        QVERIFY(!state.priority);
    }

    // An event from a newer hub moves seq and is counted; an odd payload stops nothing.
    void isTotal()
    {
        OrderState state = inStatus(OrderStatus::Paid);
        applyEvent(state, makeEvent(3, EventType::Unknown, {{"x", 1}}));
        QCOMPARE(state.unknownEvents, 1);
        QCOMPARE(state.seq, 3);
        for (int t = 0; t < eventTypeCount; ++t) {
            OrderState odd = inStatus(OrderStatus::Paid);
            applyEvent(odd,
                       makeEvent(3, static_cast<EventType>(t), {{"lines", 5}, {"items", "no"}}));
            QCOMPARE(odd.seq, 3);
        }
    }

    void foldRefusesHoles()
    {
        const OrderEvent placed = makeEvent(1, EventType::OrderPlaced, placedPayload(draft(1)));
        const OrderEvent paid = makeEvent(2, EventType::OrderPaid);
        QCOMPARE(foldOrder({placed, paid})->status, OrderStatus::Paid);
        QVERIFY(!foldOrder({}));
        QVERIFY(!foldOrder({paid}));
        QVERIFY(!foldOrder({placed, makeEvent(3, EventType::OrderPaid)}));
        QVERIFY(!foldOrder({placed, makeEvent(2, EventType::OrderPaid, {}, 2)}));
    }
};

QTEST_GUILESS_MAIN(TestOrderState)
#include "test_order_state.moc"
