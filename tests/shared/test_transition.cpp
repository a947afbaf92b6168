// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/shared/sample_orders.h"

#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

constexpr OrderStatus allStatuses[] = {
    OrderStatus::Placed, OrderStatus::Paid,      OrderStatus::Accepted, OrderStatus::InKitchen,
    OrderStatus::Ready,  OrderStatus::Completed, OrderStatus::Cancelled};

} // namespace

class TestTransition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The table of the product's contract, letter by letter.
    void guardTable_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("from"); // p: placed P: paid a: accepted k: in_kitchen r c x
        const auto row = [](EventType type, const char *from) {
            QTest::newRow(eventTypeName(type).data())
                << static_cast<int>(type) << QString::fromLatin1(from);
        };
        row(EventType::Unknown, "");
        row(EventType::OrderPlaced, "");
        row(EventType::OrderPaid, "p");
        row(EventType::OrderAccepted, "P");
        row(EventType::OrderStarted, "Pa");
        row(EventType::OrderReady, "ak");
        row(EventType::OrderCompleted, "r");
        row(EventType::OrderCancelled, "pPakr");
        row(EventType::OrderRecalled, "rc");
        row(EventType::ItemStarted, "Pak");
        row(EventType::ItemReady, "Pak");
        row(EventType::ItemRecalled, "Pakr");
        row(EventType::ItemVoided, "pPakr");
        row(EventType::ItemsAdded, "pPakr");
        row(EventType::OrderPrioritised, "pPakr");
        row(EventType::OrderNoteAdded, "pPakr");
        row(EventType::CourseFired, "pPakr");
        row(EventType::KitchenNotified, "pPakr");
        row(EventType::FrontNotified, "pPakr");
        row(EventType::ItemMoved, "pPakr");
        row(EventType::AllergensAcknowledged, "pPakr");
        row(EventType::VoidAcknowledged, "pPakr");
        row(EventType::CourseHeld, "pPakr");
    }

    void guardTable()
    {
        QFETCH(int, type);
        QFETCH(QString, from);
        const QString letters = QStringLiteral("pPakrcx");
        for (const OrderStatus status : allStatuses) {
            const bool expected = from.contains(letters.at(static_cast<int>(status)));
            QVERIFY2(isAllowed(static_cast<EventType>(type), status) == expected,
                     qPrintable(QStringLiteral("from %1").arg(orderStatusName(status))));
        }
        QVERIFY(!isAllowed(static_cast<EventType>(200), OrderStatus::Placed));
    }

    // Whatever the state, whatever the wish: what decide() lets through, the guard table allows.
    void decidedDraftsAreAllowed()
    {
        const QJsonObject payload = placedPayload(draft(1));
        for (const OrderStatus status : allStatuses) {
            for (int t = 1; t < eventTypeCount; ++t) {
                QJsonObject wish = linesPayload({QStringLiteral("1")});
                wish.insert(QStringLiteral("items"),
                            payload.value(QStringLiteral("items")).toArray());
                if (static_cast<EventType>(t) == EventType::ItemsAdded)
                    wish = withItems({}, {item({}, QStringLiteral("Late"))});
                OrderState order = inStatus(status);
                const auto drafts = decide(order, command(static_cast<EventType>(t), wish));
                if (!drafts)
                    continue;
                for (const EventDraft &draft : *drafts) {
                    QVERIFY2(isAllowed(draft.type, order.status),
                             qPrintable(QStringLiteral("%1 after %2")
                                            .arg(eventTypeName(draft.type),
                                                 orderStatusName(order.status))));
                    applyEvent(order, makeEvent(order.seq + 1, draft.type, draft.payload));
                }
            }
        }
    }

    void refusalNamesTypeAndStatus()
    {
        const auto drafts =
            decide(inStatus(OrderStatus::Completed), command(EventType::OrderReady));
        QVERIFY(!drafts);
        QCOMPARE(drafts.error().code, ErrorCode::TransitionNotAllowed);
        QCOMPARE(drafts.error().detail,
                 QStringLiteral("order_ready is not possible while the order is completed"));
    }

    void wishAlreadyTrueIsANoop_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, EventType type, OrderStatus status) {
            QTest::newRow(name) << static_cast<int>(type) << static_cast<int>(status);
        };
        row("paid", EventType::OrderPaid, OrderStatus::Paid);
        row("accepted", EventType::OrderAccepted, OrderStatus::Accepted);
        row("started", EventType::OrderStarted, OrderStatus::InKitchen);
        row("ready", EventType::OrderReady, OrderStatus::Ready);
        row("completed", EventType::OrderCompleted, OrderStatus::Completed);
        row("cancelled", EventType::OrderCancelled, OrderStatus::Cancelled);
    }

    void wishAlreadyTrueIsANoop()
    {
        QFETCH(int, type);
        QFETCH(int, status);
        Command wish = command(static_cast<EventType>(type));
        wish.expectedSeq = 999; // a second bump is no error, whatever the cook's screen was at
        const auto drafts = decide(inStatus(static_cast<OrderStatus>(status)), wish);
        QVERIFY(drafts);
        QVERIFY(drafts->empty());
    }

    void otherNoops()
    {
        const OrderState order = folded(2, {{EventType::OrderPaid, {}},
                                            {EventType::CourseFired, {{"course", 2}}},
                                            {EventType::OrderPrioritised, {}},
                                            {EventType::ItemVoided, linesPayload({"2"})}});
        QCOMPARE(typesOf(decide(order, command(EventType::CourseFired, {{"course", 2}}))),
                 QStringList());
        QCOMPARE(typesOf(decide(order, command(EventType::CourseFired, {{"course", 3}}))),
                 QStringList{"course_fired"});
        QCOMPARE(typesOf(decide(order, command(EventType::OrderPrioritised))), QStringList());
        QCOMPARE(
            typesOf(decide(order, command(EventType::OrderPrioritised, {{"priority", false}}))),
            QStringList{"order_prioritised"});
        QCOMPARE(typesOf(decide(order, command(EventType::ItemVoided, linesPayload({"2"})))),
                 QStringList());
        QCOMPARE(typesOf(decide(order, command(EventType::ItemRecalled, linesPayload({"1"})))),
                 QStringList());
    }

    void seqMismatch()
    {
        Command wish = command(EventType::OrderAccepted);
        wish.expectedSeq = 7;
        const auto refused = decide(inStatus(OrderStatus::Paid), wish);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::SeqMismatch);
        QCOMPARE(refused.error().detail, QStringLiteral("the order is at seq 2, not 7"));
        wish.expectedSeq = 2;
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Paid), wish)), QStringList{"order_accepted"});
    }

    void lastItemReadyMakesTheOrderReady()
    {
        const auto ready = [](const QStringList &lines) {
            return command(EventType::ItemReady, linesPayload(lines));
        };
        const OrderState cooking = inStatus(OrderStatus::InKitchen);
        QCOMPARE(typesOf(decide(cooking, ready({"1"}))), QStringList{"item_ready"});
        QCOMPARE(typesOf(decide(cooking, ready({"1", "2"}))),
                 (QStringList{"item_ready", "order_ready"}));
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Paid), ready({"1", "2"}))),
                 (QStringList{"item_ready", "order_started", "order_ready"}));
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Placed), ready({"1"}))),
                 QStringList{"refused: transition_not_allowed"});
        const OrderState half = folded(2, {{EventType::OrderPaid, {}},
                                           {EventType::OrderStarted, {}},
                                           {EventType::ItemReady, linesPayload({"1"})}});
        const auto rest = decide(half, ready({"2", "1", "2"}));
        QCOMPARE(typesOf(rest), (QStringList{"item_ready", "order_ready"}));
        QCOMPARE(rest->front().payload, linesPayload({"2"})); // only what it moves
        QCOMPARE(typesOf(decide(half, ready({"1"}))), QStringList());
    }

    void startingItemsChangesNothingElse()
    {
        const auto drafts = decide(inStatus(OrderStatus::Paid),
                                   command(EventType::ItemStarted, linesPayload({"1", "2"})));
        QCOMPARE(typesOf(drafts), QStringList{"item_started"});
    }

    void voiding()
    {
        const auto voided = [](const QStringList &lines) {
            return command(EventType::ItemVoided, linesPayload(lines));
        };
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Placed), voided({"1"}))),
                 QStringList{"item_voided"});
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Placed), voided({"1", "2"}))),
                 (QStringList{"item_voided", "order_cancelled"}));
        // The open line goes, the ready ones remain: nothing is left to cook.
        const OrderState half = folded(2, {{EventType::OrderPaid, {}},
                                           {EventType::OrderStarted, {}},
                                           {EventType::ItemReady, linesPayload({"1"})}});
        QCOMPARE(typesOf(decide(half, voided({"2"}))), (QStringList{"item_voided", "order_ready"}));
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Ready), voided({"2"}))),
                 QStringList{"item_voided"});
    }

    void voidedLinesDoNotMove()
    {
        const OrderState order =
            folded(2, {{EventType::OrderPaid, {}}, {EventType::ItemVoided, linesPayload({"2"})}});
        const auto drafts = decide(order, command(EventType::ItemReady, linesPayload({"2"})));
        QVERIFY(!drafts);
        QCOMPARE(drafts.error().code, ErrorCode::TransitionNotAllowed);
        QVERIFY2(drafts.error().detail.contains("line \"2\" is voided"),
                 qPrintable(drafts.error().detail));
    }

    void unknownLineIsNamed()
    {
        const auto drafts = decide(inStatus(OrderStatus::Paid),
                                   command(EventType::ItemReady, linesPayload({"1", "9"})));
        QVERIFY(!drafts);
        QCOMPARE(drafts.error().code, ErrorCode::UnknownLine);
        QCOMPARE(drafts.error().fields.at(0).pointer, QStringLiteral("/payload/lines/1"));
        const auto recall = decide(inStatus(OrderStatus::Ready),
                                   command(EventType::OrderRecalled, linesPayload({"8"})));
        QVERIFY(!recall);
        QCOMPARE(recall.error().code, ErrorCode::UnknownLine);
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Ready),
                                command(EventType::OrderRecalled, linesPayload({"1"})))),
                 QStringList{"order_recalled"});
    }

    // Cooked food must not be fired again because something was added or one plate came back.
    void changingAReadyOrderReopensNothingElse()
    {
        OrderState order = inStatus(OrderStatus::Ready);
        const auto drafts = decide(order, command(EventType::ItemRecalled, linesPayload({"2"})));
        QCOMPARE(typesOf(drafts), (QStringList{"item_recalled", "order_recalled"}));
        for (const EventDraft &draft : *drafts)
            applyEvent(order, makeEvent(order.seq + 1, draft.type, draft.payload));
        QCOMPARE(order.status, OrderStatus::InKitchen);
        QCOMPARE(order.line(u"1")->status, LineStatus::Ready);
        QCOMPARE(order.line(u"2")->status, LineStatus::Open);

        OrderState added = inStatus(OrderStatus::Ready);
        const auto late =
            decide(added, command(EventType::ItemsAdded,
                                  withItems({}, {item({}, "Cake"), item({}, "Tea")})));
        QCOMPARE(typesOf(late), (QStringList{"items_added", "order_recalled"}));
        for (const EventDraft &draft : *late)
            applyEvent(added, makeEvent(added.seq + 1, draft.type, draft.payload));
        QCOMPARE(added.line(u"1")->status, LineStatus::Ready);
        QCOMPARE(added.line(u"3")->status, LineStatus::Open);
        QCOMPARE(added.line(u"4")->item.name, QStringLiteral("Tea"));
    }

    void addedLinesGetFreeIds()
    {
        const OrderState order = inStatus(OrderStatus::Paid);
        const auto drafts = decide(
            order, command(EventType::ItemsAdded, withItems({}, {item("3", "A"), item({}, "B")})));
        QVERIFY(drafts);
        const std::vector<Item> items = itemsOf(drafts->front().payload);
        QCOMPARE(items.at(0).lineId, QStringLiteral("3"));
        QCOMPARE(items.at(1).lineId, QStringLiteral("4"));
        const auto twice =
            decide(order, command(EventType::ItemsAdded, withItems({}, {item("2", "A")})));
        QVERIFY(!twice);
        QCOMPARE(twice.error().fields.at(0).pointer, QStringLiteral("/payload/items/0/line_id"));
        QCOMPARE(typesOf(decide(inStatus(OrderStatus::Cancelled),
                                command(EventType::ItemsAdded, withItems({}, {item({}, "A")})))),
                 QStringList{"refused: transition_not_allowed"});
    }

    void linesAreBounded()
    {
        const OrderState order = folded(limits::linesPerOrderMax, {{EventType::OrderPaid, {}}});
        const auto drafts =
            decide(order, command(EventType::ItemsAdded, withItems({}, {item({}, "A")})));
        QVERIFY(!drafts);
        QCOMPARE(drafts.error().code, ErrorCode::ValidationFailed);
    }

    void notesAndMessagesAreBounded()
    {
        OrderState order = inStatus(OrderStatus::Paid);
        QCOMPARE(typesOf(decide(order, command(EventType::OrderNoteAdded, {{"note", "x"}}))),
                 QStringList{"order_note_added"});
        order.notes.resize(limits::notesPerOrderMax);
        order.messages.resize(limits::notesPerOrderMax);
        for (const EventType type :
             {EventType::OrderNoteAdded, EventType::KitchenNotified, EventType::FrontNotified}) {
            QCOMPARE(typesOf(decide(order, command(type))),
                     QStringList{"refused: transition_not_allowed"});
        }
    }

    void placing()
    {
        const OrderState order = draft(1);
        QCOMPARE(decidePlaced(order, std::nullopt).size(), size_t(1));
        const EventDrafts paid = decidePlaced(order, Payment{"card", "pi_1", 2200});
        QCOMPARE(paid.size(), size_t(2));
        QCOMPARE(paid[1].type, EventType::OrderPaid);
        QCOMPARE(paymentOf(paid[1].payload), (Payment{"card", "pi_1", 2200}));
    }
};

QTEST_GUILESS_MAIN(TestTransition)
#include "test_transition.moc"
