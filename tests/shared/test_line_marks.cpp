// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/sample_orders.h"

#include <QTest>

using namespace cf;
using namespace cf::test;

// Events that mark lines or courses and move no status.
class TestLineMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdingACourse()
    {
        const OrderState order =
            folded(2, {{EventType::OrderPaid, {}}, {EventType::CourseFired, {{"course", 2}}}});
        QCOMPARE(typesOf(decide(order, command(EventType::CourseHeld, {{"course", 2}}))),
                 QStringList{"course_held"});
        QCOMPARE(typesOf(decide(order, command(EventType::CourseHeld, {{"course", 1}}))),
                 QStringList());
    }

    void movingItemsToAnotherStation()
    {
        const auto moved = [](const QStringList &lines, const char *to) {
            QJsonObject payload = linesPayload(lines);
            payload.insert("station", to);
            return command(EventType::ItemMoved, payload);
        };
        const OrderState order =
            folded(2, {{EventType::OrderPaid, {}}, {EventType::ItemVoided, linesPayload({"2"})}});
        const auto drafts = decide(order, moved({"1"}, "grill"));
        QCOMPARE(typesOf(drafts), QStringList{"item_moved"});
        OrderState after = order;
        OrderEvent event;
        event.type = EventType::ItemMoved;
        event.payload = drafts->front().payload;
        event.seq = order.seq + 1;
        applyEvent(after, event);
        QCOMPARE(after.line(u"1")->movedTo, QStringLiteral("grill"));
        QVERIFY(after.line(u"2")->movedTo.isEmpty());
        QCOMPARE(typesOf(decide(after, moved({"1"}, "grill"))), QStringList());
        QCOMPARE(typesOf(decide(after, moved({"1"}, "fry"))), QStringList{"item_moved"});
        QCOMPARE(typesOf(decide(order, moved({"1", "2"}, "fry"))),
                 QStringList{"refused: transition_not_allowed"});
    }

    // Only a line that has some, and once, until it is begun anew.
    void acknowledgingAllergens()
    {
        OrderState order = folded(2, {{EventType::OrderPaid, {}}});
        order.line(u"1")->item.allergens = {"milk"};
        order.line(u"2")->item.allergens.clear();
        const Command seen = command(EventType::AllergensAcknowledged, linesPayload({"1", "2"}));
        const auto drafts = decide(order, seen);
        QCOMPARE(typesOf(drafts), QStringList{"allergens_acknowledged"});
        QCOMPARE(drafts->front().payload, linesPayload({"1"}));
        const auto apply = [&order](EventType type) {
            OrderEvent event;
            event.type = type;
            event.payload = linesPayload({"1"});
            event.seq = order.seq + 1;
            applyEvent(order, event);
        };
        apply(EventType::AllergensAcknowledged);
        QVERIFY(order.line(u"1")->allergensAcknowledged);
        QCOMPARE(typesOf(decide(order, seen)), QStringList());
        apply(EventType::ItemReady);
        QVERIFY(order.line(u"1")->allergensAcknowledged);
        apply(EventType::ItemRecalled);
        QVERIFY2(!order.line(u"1")->allergensAcknowledged, "perhaps another cook makes it now");
    }

    void acknowledgingAVoid()
    {
        OrderState order =
            folded(2, {{EventType::OrderPaid, {}}, {EventType::ItemVoided, linesPayload({"2"})}});
        const auto seen = [](const QStringList &lines) {
            return command(EventType::VoidAcknowledged, linesPayload(lines));
        };
        QCOMPARE(typesOf(decide(order, seen({"2"}))), QStringList{"void_acknowledged"});
        const auto refused = decide(order, seen({"1"}));
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains("line \"1\" is not voided"),
                 qPrintable(refused.error().detail));
        order.line(u"2")->voidAcknowledged = true;
        QCOMPARE(typesOf(decide(order, seen({"2"}))), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestLineMarks)
#include "test_line_marks.moc"
