// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/kds-app/model/controller_test.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace std::chrono_literals;

class TestKdsController : public ControllerTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void bumpNamesTheLinesThatWereSeen();
    void bumpOfNothingNewIsSilent();
    void bumpWithNothingPendingMakesTheOrderReady();
    void lineTogglesThereAndBack();
    void startRecallComplete();
    void unknownOrdersAreIgnored();
    void undoIsOfferedForAWhile();
    void failedSubmitIsTold();
    void impossibleTapIsRefusedInWords();
    void aTicketMayGoWhileItIsTapped();
    void noticesWaitToBeSeen();
    void clockIsTheHubs();
    void snapshotReplacesWhatIsNotThere();
    void closedListFollowsTheStore();
    void olderOrdersAreFoundByTheHub();
};

void TestKdsController::olderOrdersAreFoundByTheHub()
{
    const OrderState recent = add(QStringLiteral("47"), 1, OrderStatus::Completed);
    OrderState older = paidOrder(QStringLiteral("12"), 1, 2, m_clock.at - 72h);
    older.status = OrderStatus::Completed;
    older.completedAt = m_clock.at - 71h;
    for (OrderLine &line : older.lines)
        line.status = LineStatus::Ready;
    OlderList &list = *m_controller->older();
    QSignalSpy changed(&list, &OlderList::stateChanged);
    list.lookFor(QStringLiteral(" 12 "));
    QCOMPARE(m_port->lookedFor, QStringList(QStringLiteral("12")));
    QCOMPARE(list.state(), OlderList::Asking);
    m_controller->showOlder(QStringLiteral("1"), {older}, true); // to another question
    QCOMPARE(list.all()->rowCount(), 1);
    m_controller->showOlder(QStringLiteral("12"), {older, recent}, true);
    QCOMPARE(list.state(), OlderList::Found);
    QCOMPARE(list.all()->rowCount(), 2); // what the display has itself is not there twice
    const QModelIndex last = list.all()->index(1, 0);
    QCOMPARE(last.data(ReadyListModel::NumberRole).toString(), QStringLiteral("12"));
    QVERIFY(last.data(ReadyListModel::OlderRole).toBool());
    QVERIFY2(last.data(ReadyListModel::ClosedTextRole).toString().contains(QStringLiteral("2 d")),
             qPrintable(last.data(ReadyListModel::ClosedTextRole).toString()));

    m_controller->recall(idText(older));
    QCOMPARE(only().kind, IntentKind::RecallOrder);
    QCOMPARE(only().orderId, older.id);
    older.status = OrderStatus::InKitchen;
    m_controller->showOrder(older, true); // it is a ticket again
    QCOMPARE(list.all()->rowCount(), 1);

    list.lookFor(QStringLiteral("13"));
    m_controller->showOlder(QStringLiteral("13"), {}, false);
    QCOMPARE(list.state(), OlderList::Failed);
    list.lookFor(QString());
    QCOMPARE(list.state(), OlderList::Idle);
    QCOMPARE(m_port->lookedFor.last(), QString());
    QCOMPARE(changed.count(), 5);
}

void TestKdsController::bumpNamesTheLinesThatWereSeen()
{
    OrderState order = add(QStringLiteral("47"), 3);
    const QStringList seen = {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")};
    // While the finger is down one line is finished elsewhere and another arrives.
    order.lines[1].status = LineStatus::Ready;
    OrderLine late = order.lines[0];
    late.item.lineId = QStringLiteral("9");
    late.addedSeq = 4;
    order.lines.push_back(late);
    m_controller->showOrder(order, false);
    m_controller->bump(idText(order), seen, TicketListModel::Bump);
    QCOMPARE(m_port->wished.size(), 1U);
    QVERIFY(only().kind == IntentKind::LinesReady);
    QCOMPARE(only().lines, QStringList({QStringLiteral("1"), QStringLiteral("3")}));
    QCOMPARE(m_controller->undoText(), QStringLiteral("#47 bumped"));
}

void TestKdsController::bumpOfNothingNewIsSilent()
{
    const OrderState order = add(QStringLiteral("1"), 1);
    m_controller->bump(idText(order), {QStringLiteral("gone")}, TicketListModel::Bump);
    m_controller->bump(idText(order), {QStringLiteral("1")}, TicketListModel::FireCourse);
    QVERIFY(m_port->wished.empty());
    QCOMPARE(m_controller->undoText(), QString());
}

void TestKdsController::bumpWithNothingPendingMakesTheOrderReady()
{
    OrderState order = add(QStringLiteral("1"), 1, OrderStatus::InKitchen);
    order.lines[0].status = LineStatus::Ready;
    m_controller->showOrder(order, false);
    m_controller->bumpAll(idText(order));
    QVERIFY(only() == KitchenIntent({IntentKind::OrderReady, order.id, {}}));
    m_port->wished.clear();
    order.status = OrderStatus::Paid;
    m_controller->showOrder(order, false);
    m_controller->bumpAll(idText(order));
    QCOMPARE(m_port->wished.size(), 2U);
    QVERIFY(m_port->wished[0].kind == IntentKind::Start);
    QVERIFY(m_port->wished[1].kind == IntentKind::OrderReady);
}

void TestKdsController::lineTogglesThereAndBack()
{
    OrderState order = add(QStringLiteral("1"), 2);
    m_controller->toggleLine(idText(order), QStringLiteral("2"));
    QVERIFY(only() == KitchenIntent({IntentKind::LinesReady, order.id, {QStringLiteral("2")}}));
    QCOMPARE(m_controller->undoText(), QStringLiteral("#1 Dish 2 done"));
    m_port->wished.clear();
    order.lines[1].status = LineStatus::Ready;
    order.lines[0].status = LineStatus::Voided;
    m_controller->showOrder(order, false);
    m_controller->toggleLine(idText(order), QStringLiteral("2"));
    QVERIFY(only() == KitchenIntent({IntentKind::RecallLines, order.id, {QStringLiteral("2")}}));
    m_port->wished.clear();
    m_controller->toggleLine(idText(order), QStringLiteral("1"));
    QVERIFY(only() == KitchenIntent({IntentKind::AcknowledgeVoids, order.id, {"1"}}));
    m_port->wished.clear();
    order.lines[0].voidAcknowledged = true;
    m_controller->showOrder(order, false);
    m_controller->toggleLine(idText(order), QStringLiteral("1"));
    m_controller->toggleLine(idText(order), QStringLiteral("nowhere"));
    QVERIFY(m_port->wished.empty());
}

void TestKdsController::startRecallComplete()
{
    const OrderState live = add(QStringLiteral("1"), 1);
    const OrderState ready = add(QStringLiteral("2"), 2, OrderStatus::Ready);
    const OrderState closed = add(QStringLiteral("3"), 1, OrderStatus::Completed);
    m_controller->start(idText(live));
    m_controller->recall(idText(ready));
    m_controller->complete(idText(ready));
    m_controller->recall(idText(closed));
    QCOMPARE(m_port->wished.size(), 4U);
    QVERIFY(m_port->wished[0] == KitchenIntent({IntentKind::Start, live.id, {}}));
    const OrderState begun = add(QStringLiteral("4"), 1, OrderStatus::InKitchen);
    m_controller->start(idText(begun));
    QVERIFY2(m_port->wished.size() == 4U, "it has begun");
    const QStringList both = {QStringLiteral("1"), QStringLiteral("2")};
    QVERIFY(m_port->wished[1] == KitchenIntent({IntentKind::RecallOrder, ready.id, both}));
    QVERIFY(m_port->wished[2] == KitchenIntent({IntentKind::Complete, ready.id, {}}));
    QVERIFY(m_port->wished[3]
            == KitchenIntent({IntentKind::RecallOrder, closed.id, {QStringLiteral("1")}}));
}

void TestKdsController::unknownOrdersAreIgnored()
{
    const QString stranger = QUuid::createUuid().toString(QUuid::WithoutBraces);
    for (const QString &id : {stranger, QString(), QStringLiteral("not an id")}) {
        m_controller->start(id);
        m_controller->bumpAll(id);
        m_controller->bump(id, {QStringLiteral("1")}, TicketListModel::Bump);
        m_controller->toggleLine(id, QStringLiteral("1"));
        m_controller->recall(id);
        m_controller->complete(id);
    }
    m_controller->undo();
    QVERIFY(m_port->wished.empty());
}

void TestKdsController::undoIsOfferedForAWhile()
{
    const OrderState order = add(QStringLiteral("1"), 2);
    m_controller->bumpAll(idText(order));
    QVERIFY(!m_controller->undoText().isEmpty());
    m_controller->undo();
    QCOMPARE(m_port->wished.size(), 2U);
    QVERIFY(m_port->wished[1].kind == IntentKind::RecallLines);
    QCOMPARE(m_port->wished[1].lines, m_port->wished[0].lines);
    QVERIFY(m_controller->undoText().isEmpty());
    m_controller->undo();
    QCOMPARE(m_port->wished.size(), 2U);
    m_controller->bumpAll(idText(order));
    m_clock.steady += limits::undoOffered - 1ms;
    m_controller->tick();
    QVERIFY(!m_controller->undoText().isEmpty());
    m_clock.steady += 1ms;
    m_controller->tick();
    QVERIFY(m_controller->undoText().isEmpty());
    m_controller->bumpAll(idText(order));
    m_controller->dismissUndo();
    QVERIFY(m_controller->undoText().isEmpty());
}

void TestKdsController::failedSubmitIsTold()
{
    const OrderState order = add(QStringLiteral("5"), 1);
    m_port->error = Error{ErrorCode::StorageFailed, QStringLiteral("disk full")};
    m_controller->bumpAll(idText(order));
    QVERIFY(m_controller->undoText().isEmpty());
    QCOMPARE(m_controller->notices()->count(), 1);
    QCOMPARE(m_controller->notices()->kind(), NoticeQueue::Trouble);
    QVERIFY2(m_controller->notices()->text().contains(QStringLiteral("disk full")),
             qPrintable(m_controller->notices()->text()));
}

void TestKdsController::impossibleTapIsRefusedInWords()
{
    const OrderState order = add(QStringLiteral("5"), 1);
    m_port->error = Error{ErrorCode::TransitionNotAllowed, QStringLiteral("already ready")};
    m_controller->start(idText(order));
    QCOMPARE(m_controller->notices()->kind(), NoticeQueue::Refused);
    QCOMPARE(m_controller->notices()->text(), QStringLiteral("#5 was not started: already ready"));
    m_controller->dismissNotice();
    QVERIFY(m_port->seen.empty());
}

// Refusing, the store may find that the ticket is not there any more.
void TestKdsController::aTicketMayGoWhileItIsTapped()
{
    const OrderState order = add(QStringLiteral("a number of some length, not kept in place"), 1);
    m_port->error = Error{ErrorCode::TransitionNotAllowed, QStringLiteral("already ready")};
    m_port->meanwhile = [&] { m_controller->forgetOrder(order.id); };
    m_controller->start(idText(order));
    QVERIFY(m_controller->notices()->text().startsWith(order.number));
}

void TestKdsController::noticesWaitToBeSeen()
{
    OrderState order = add(QStringLiteral("47"), 1);
    m_controller->showRefusal(
        {12, IntentKind::LinesReady, QStringLiteral("46"), {}, {}, OrderStatus::Cancelled});
    order.status = OrderStatus::Cancelled;
    order.cancelReason = QStringLiteral("guest left");
    m_controller->showOrder(order, false);
    NoticeQueue *notices = m_controller->notices();
    QCOMPARE(notices->count(), 2);
    QCOMPARE(notices->text(), QStringLiteral("#46 was not bumped: it has been cancelled"));
    m_controller->dismissNotice();
    QCOMPARE(m_port->seen, std::vector<qint64>{12});
    QCOMPARE(notices->kind(), NoticeQueue::Cancelled);
    QCOMPARE(notices->text(), QStringLiteral("#47 cancelled: stop cooking (guest left)"));
    m_controller->dismissNotice();
    m_controller->dismissNotice();
    QCOMPARE(notices->count(), 0);
    QCOMPARE(m_port->seen.size(), 1U);
}

void TestKdsController::clockIsTheHubs()
{
    const OrderState order = add(QStringLiteral("1"), 1);
    m_controller->setHubOffset(600s);
    QCOMPARE(m_controller->clockText(), words::clockMinutes(m_clock.at + 600s));
    const TicketListModel *tickets = m_controller->tickets();
    QCOMPARE(tickets->index(0).data(TicketListModel::AgeTextRole).toString(),
             QStringLiteral("10:00"));
    QVERIFY(m_controller->hubNow() == m_clock.at + 600s);
}

void TestKdsController::snapshotReplacesWhatIsNotThere()
{
    const OrderState one = add(QStringLiteral("1"), 1);
    const OrderState two = add(QStringLiteral("2"), 1);
    const OrderState three = add(QStringLiteral("3"), 1, OrderStatus::Ready);
    m_controller->showAll({&two}, {two.id});
    QCOMPARE(m_controller->tickets()->count(), 1);
    QCOMPARE(m_controller->ready()->count(), 0);
    QVERIFY(m_controller->order(one.id) == nullptr);
    QVERIFY(m_controller->order(two.id) != nullptr);
    m_controller->forgetOrder(two.id);
    QCOMPARE(m_controller->tickets()->count(), 0);
}

void TestKdsController::closedListFollowsTheStore()
{
    const OrderState one = add(QStringLiteral("1"), 1, OrderStatus::Completed);
    const OrderState two = add(QStringLiteral("2"), 1, OrderStatus::Completed);
    QCOMPARE(m_controller->closed()->count(), 2);
    m_controller->showClosed({&two});
    QCOMPARE(m_controller->closed()->count(), 1);
    QVERIFY(m_controller->order(one.id) == nullptr);
}

QTEST_GUILESS_MAIN(TestKdsController)
#include "test_kds_controller.moc"
