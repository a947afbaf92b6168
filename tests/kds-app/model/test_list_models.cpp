// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/first_rows.h"
#include "kds-app/model/ready_list_model.h"
#include "kds-app/model/ticket_list_model.h"
#include "shared/base/limits.h"
#include "tests/kds-app/model/random_orders.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace cf;
using namespace cf::kds;
using namespace std::chrono_literals;

namespace {

constexpr auto reporting = QAbstractItemModelTester::FailureReportingMode::QtTest;
constexpr Timestamp start{std::chrono::milliseconds(1'795'262'590'000)};

QStringList expectedTickets(const std::vector<OrderState> &orders)
{
    std::vector<const OrderState *> live;
    for (const OrderState &order : orders) {
        const bool isVoidUnseen =
            std::any_of(order.lines.begin(), order.lines.end(), [](const OrderLine &line) {
                return line.status == LineStatus::Voided && !line.voidAcknowledged;
            });
        if (isLiveTicket(order.status) || (order.status == OrderStatus::Ready && isVoidUnseen))
            live.push_back(&order);
    }
    std::sort(live.begin(), live.end(), [](const OrderState *a, const OrderState *b) {
        return a->priority != b->priority ? a->priority : a->openedPos < b->openedPos;
    });
    QStringList numbers;
    for (const OrderState *order : live)
        numbers.append(order->number);
    return numbers;
}

QStringList expectedReady(const std::vector<OrderState> &orders)
{
    std::vector<const OrderState *> ready;
    for (const OrderState &order : orders) {
        if (order.status == OrderStatus::Ready)
            ready.push_back(&order);
    }
    std::sort(ready.begin(), ready.end(), [](const OrderState *a, const OrderState *b) {
        return *a->readyAt != *b->readyAt ? *a->readyAt < *b->readyAt : a->openedPos < b->openedPos;
    });
    QStringList numbers;
    for (const OrderState *order : ready)
        numbers.append(order->number);
    return numbers;
}

QStringList numbersIn(const QAbstractItemModel &model)
{
    QStringList numbers;
    for (int row = 0; row < model.rowCount(); ++row)
        numbers.append(model.index(row, 0).data(Qt::DisplayRole).toString());
    return numbers;
}

QVariant ticket(const TicketListModel &model, int row, int role)
{
    return model.data(model.index(row), role);
}

TicketLinesModel *linesAt(const TicketListModel &model, int row)
{
    return ticket(model, row, TicketListModel::LinesRole).value<TicketLinesModel *>();
}

} // namespace

class TestListModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void randomChangesKeepEveryModelInOrder_data();
    void randomChangesKeepEveryModelInOrder();
    void windowShowsTheFirstRows_data();
    void windowShowsTheFirstRows();
    void snapshotKeepsWhatIsEqual();
    void unchangedOrderSaysNothing();
    void linesKeepTheirRows();
    void lateAdditionHasADivider();
    void coursesHaveDividersOnlyWhenThereAreSeveral();
    void eachCourseHasOneHeading();
    void agesFollowTheHub();
    void ageIsNeverNegative();
    void cancelledTicketIsAnnounced();
    void closedOrdersAreBounded();
    void countsAreTold();
};

void TestListModels::randomChangesKeepEveryModelInOrder_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestListModels::randomChangesKeepEveryModelInOrder()
{
    QFETCH(quint32, seed);
    RandomOrders orders(seed);
    TicketListModel tickets;
    ReadyListModel ready(ReadyListModel::Shows::WaitingForPickup);
    ReadyListModel closed(ReadyListModel::Shows::LastDone);
    QAbstractItemModelTester testTickets(&tickets, reporting);
    QAbstractItemModelTester testReady(&ready, reporting);
    QAbstractItemModelTester testClosed(&closed, reporting);
    QSignalSpy resets(&tickets, &QAbstractItemModel::modelReset);
    for (int i = 0; i < 600; ++i) {
        const OrderState &order = orders.step();
        tickets.update(order, i % 3 == 0);
        ready.update(order);
        closed.update(order);
        tickets.setNow(orders.now());
        ready.setNow(orders.now());
        QCOMPARE(numbersIn(tickets), expectedTickets(orders.all()));
        QCOMPARE(numbersIn(ready), expectedReady(orders.all()));
    }
    QCOMPARE(resets.count(), 0);
    QVERIFY2(tickets.count() > 0 && closed.count() > 0, "the stream of changes was too tame");
    for (int row = 0; row < tickets.count(); ++row)
        QAbstractItemModelTester(linesAt(tickets, row), reporting);
}

void TestListModels::windowShowsTheFirstRows_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {0, 1, 3, 7, 1'000})
        QTest::addRow("first %d", limit) << limit;
}

void TestListModels::windowShowsTheFirstRows()
{
    QFETCH(int, limit);
    RandomOrders orders(99);
    TicketListModel tickets;
    FirstRows window;
    window.setLimit(limit);
    window.setSource(&tickets);
    QAbstractItemModelTester tester(&window, reporting);
    for (int i = 0; i < 600; ++i) {
        tickets.update(orders.step(), false);
        QCOMPARE(numbersIn(window), expectedTickets(orders.all()).mid(0, limit));
    }
    window.setLimit(limit + 5);
    QCOMPARE(numbersIn(window), expectedTickets(orders.all()).mid(0, limit + 5));
    window.setLimit(2);
    QCOMPARE(numbersIn(window), expectedTickets(orders.all()).mid(0, 2));
}

void TestListModels::snapshotKeepsWhatIsEqual()
{
    TicketListModel tickets;
    for (int i = 1; i <= 5; ++i)
        tickets.update(paidOrder(QString::number(i), i * 2, 2, start), false);
    const TicketLinesModel *kept = linesAt(tickets, 2);
    QSignalSpy inserted(&tickets, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&tickets, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changed(&tickets, &QAbstractItemModel::dataChanged);
    const OrderState three = paidOrder(QStringLiteral("3"), 6, 2, start);
    const OrderState nine = paidOrder(QStringLiteral("9"), 18, 2, start);
    tickets.keepOnly({three.id, nine.id});
    tickets.update(three, false);
    tickets.update(nine, false);
    QCOMPARE(numbersIn(tickets), QStringList({QStringLiteral("3"), QStringLiteral("9")}));
    QCOMPARE(removed.count(), 4);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(linesAt(tickets, 0), kept);
}

void TestListModels::unchangedOrderSaysNothing()
{
    TicketListModel tickets;
    const OrderState order = paidOrder(QStringLiteral("1"), 1, 2, start);
    tickets.update(order, false);
    QSignalSpy changed(&tickets, &QAbstractItemModel::dataChanged);
    QSignalSpy lineChanged(linesAt(tickets, 0), &QAbstractItemModel::dataChanged);
    tickets.update(order, false);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(lineChanged.count(), 0);
    tickets.update(order, true);
    QCOMPARE(changed.count(), 1);
    QVERIFY(ticket(tickets, 0, TicketListModel::UnsentRole).toBool());
}

void TestListModels::linesKeepTheirRows()
{
    TicketListModel tickets;
    OrderState order = paidOrder(QStringLiteral("1"), 1, 3, start);
    tickets.update(order, false);
    TicketLinesModel *lines = linesAt(tickets, 0);
    QAbstractItemModelTester tester(lines, reporting);
    QSignalSpy inserted(lines, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(lines, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changed(lines, &QAbstractItemModel::dataChanged);
    order.lines[1].status = LineStatus::Voided;
    OrderLine late;
    late.item.lineId = QStringLiteral("9");
    late.item.name = QStringLiteral("Late");
    late.addedSeq = 4;
    order.lines.push_back(late);
    tickets.update(order, false);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(lines->pendingIds(), QStringList({"1", "2", "3", "9"})); // the void is to be seen
    order.lines[1].voidAcknowledged = true;
    tickets.update(order, false);
    QCOMPARE(lines->pendingIds(), QStringList({"1", "3", "9"}));
    const OrderLine moved = order.lines[0];
    order.lines.erase(order.lines.begin()); // as when it is another station's now
    tickets.update(order, false);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.at(0).at(1).toInt(), 0);
    order.lines.insert(order.lines.begin() + 2, moved); // and back, elsewhere: nothing is twice
    tickets.update(order, false);
    std::swap(order.lines[0], order.lines[2]);
    tickets.update(order, false);
    QCOMPARE(numbersIn(*lines), QStringList({"Dish 1", "Dish 3", "Dish 2", "Late"}));
}

void TestListModels::lateAdditionHasADivider()
{
    TicketLinesModel lines;
    OrderState order = paidOrder(QStringLiteral("1"), 1, 4, start);
    order.lines[2].addedSeq = 5;
    order.lines[3].addedSeq = 5;
    lines.setLines(BoardView().lines(order), {});
    const auto divider = [&](int row) {
        return lines.index(row).data(TicketLinesModel::DividerRole).toString();
    };
    QCOMPARE(divider(1), QString());
    QCOMPARE(divider(2), QStringLiteral("Added later"));
    QCOMPARE(divider(3), QString());
    QVERIFY(lines.index(3).data(TicketLinesModel::LateAdditionRole).toBool());
}

void TestListModels::coursesHaveDividersOnlyWhenThereAreSeveral()
{
    TicketLinesModel lines;
    OrderState order = paidOrder(QStringLiteral("1"), 1, 2, start);
    order.lines[0].item.course = 1;
    order.lines[1].item.course = 1;
    const auto divider = [&](int row) {
        return lines.index(row).data(TicketLinesModel::DividerRole).toString();
    };
    lines.setLines(BoardView().lines(order), {});
    QCOMPARE(divider(0), QString());
    order.lines[1].item.course = 2;
    lines.setLines(BoardView().lines(order), {1});
    QCOMPARE(divider(0), QStringLiteral("Course 1 · fired"));
    QCOMPARE(divider(1), QStringLiteral("Course 2"));
}

// In whatever order the till sent the lines; those without a course first, later additions last.
void TestListModels::eachCourseHasOneHeading()
{
    TicketLinesModel lines;
    OrderState order = paidOrder(QStringLiteral("1"), 1, 6, start);
    const std::array courses{1, 2, 1, 3, 0, 1};
    for (size_t i = 0; i < courses.size(); ++i)
        order.lines[i].item.course = courses.at(i);
    order.lines[5].addedSeq = 4;
    lines.setLines(BoardView().lines(order), {2});
    QStringList rows;
    for (int row = 0; row < lines.rowCount(); ++row) {
        const QModelIndex at = lines.index(row);
        rows.append(at.data(TicketLinesModel::DividerRole).toString() + u'|'
                    + at.data(TicketLinesModel::LineIdRole).toString());
    }
    QCOMPARE(rows, (QStringList{"|5", "Course 1|1", "|3", "Course 2 · fired|2", "Course 3|4",
                                "Added later|6"}));
}

void TestListModels::agesFollowTheHub()
{
    TicketListModel tickets;
    tickets.setNow(start);
    tickets.update(paidOrder(QStringLiteral("1"), 1, 1, start), false);
    const auto text = [&] { return ticket(tickets, 0, TicketListModel::AgeTextRole).toString(); };
    const auto state = [&] { return ticket(tickets, 0, TicketListModel::AgeStateRole).toInt(); };
    QCOMPARE(text(), QStringLiteral("0:00"));
    tickets.setNow(start + 299s);
    QCOMPARE(text(), QStringLiteral("4:59"));
    QCOMPARE(state(), static_cast<int>(TicketListModel::Fresh));
    tickets.setNow(start + 300s);
    QCOMPARE(state(), static_cast<int>(TicketListModel::Warning));
    tickets.setNow(start + 480s);
    QCOMPARE(state(), static_cast<int>(TicketListModel::Late));
    QCOMPARE(tickets.lateCount(), 1);
    tickets.setNow(start + 3'900s);
    QCOMPARE(text(), QStringLiteral("1 h 05"));
    QSignalSpy changed(&tickets, &QAbstractItemModel::dataChanged);
    tickets.setNow(start + 3'900s + 400ms);
    QCOMPARE(changed.count(), 0);
}

void TestListModels::ageIsNeverNegative()
{
    TicketListModel tickets;
    tickets.setNow(start - 3'600s);
    tickets.update(paidOrder(QStringLiteral("1"), 1, 1, start), false);
    QCOMPARE(ticket(tickets, 0, TicketListModel::AgeTextRole).toString(), QStringLiteral("0:00"));
    ReadyListModel ready(ReadyListModel::Shows::WaitingForPickup);
    OrderState order = paidOrder(QStringLiteral("2"), 1, 1, start);
    order.status = OrderStatus::Ready;
    order.readyAt = start;
    ready.setNow(start - 10s);
    ready.update(order);
    QCOMPARE(ready.data(ready.index(0), ReadyListModel::AgoTextRole).toString(),
             QStringLiteral("0:00"));
}

void TestListModels::cancelledTicketIsAnnounced()
{
    TicketListModel tickets;
    OrderState order = paidOrder(QStringLiteral("7"), 1, 1, start);
    tickets.update(order, false);
    QSignalSpy cancelled(&tickets, &TicketListModel::ticketCancelled);
    order.status = OrderStatus::Cancelled;
    order.cancelReason = QStringLiteral("left");
    tickets.update(order, false);
    tickets.update(order, false);
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(cancelled.at(0).at(0).toString(), QStringLiteral("7"));
    QCOMPARE(tickets.count(), 0);
}

void TestListModels::closedOrdersAreBounded()
{
    ReadyListModel closed(ReadyListModel::Shows::LastDone);
    QAbstractItemModelTester tester(&closed, reporting);
    for (int i = 0; i < limits::recentOrdersMax + 5; ++i) {
        OrderState order = paidOrder(QString::number(i), i, 1, start);
        order.status = i % 2 == 0 ? OrderStatus::Completed : OrderStatus::Cancelled;
        order.completedAt = start + std::chrono::seconds(i);
        order.cancelledAt = order.completedAt;
        closed.update(order);
    }
    QCOMPARE(closed.count(), limits::recentOrdersMax);
    QCOMPARE(numbersIn(closed).constFirst(), QString::number(limits::recentOrdersMax + 4));
    QVERIFY(closed.data(closed.index(0), ReadyListModel::CanRecallRole).toBool());
    QVERIFY(!closed.data(closed.index(1), ReadyListModel::CanRecallRole).toBool());
}

void TestListModels::countsAreTold()
{
    TicketListModel tickets;
    QSignalSpy counts(&tickets, &TicketListModel::countsChanged);
    OrderState order = paidOrder(QStringLiteral("1"), 1, 3, start);
    tickets.setNow(start);
    tickets.update(order, false);
    QCOMPARE(counts.count(), 1);
    QCOMPARE(tickets.pendingItems(), 6); // 1 + 2 + 3 portions
    tickets.update(order, true);
    QCOMPARE(counts.count(), 1);
    order.lines[2].status = LineStatus::Ready;
    tickets.update(order, true);
    QCOMPARE(tickets.pendingItems(), 3);
    QCOMPARE(counts.count(), 2);
    tickets.remove(order.id);
    QCOMPARE(tickets.count(), 0);
    QCOMPARE(counts.count(), 3);
}

QTEST_GUILESS_MAIN(TestListModels)
#include "test_list_models.moc"
