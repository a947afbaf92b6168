// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/board_view.h"
#include "kds-app/model/ticket_lines_model.h"
#include "tests/kds-app/model/random_orders.h"

#include <QTest>

#include <algorithm>

using namespace cf;
using namespace cf::kds;

namespace {

constexpr Timestamp start{std::chrono::milliseconds(1'795'262'590'000)};

DisplaySettings display(const char *name, DisplayRole role, const QStringList &stations = {})
{
    return {QString::fromLatin1(name), role, stations};
}

// Grill and fry, each with its display, a pass and a runner.
KitchenSettings bistro()
{
    KitchenSettings settings;
    settings.stations = {{"grill", "Grill"}, {"fry", "Fry", true}};
    settings.displays = {display("g", DisplayRole::Prep, {"grill"}),
                         display("f", DisplayRole::Prep, {"fry"}),
                         display("pass", DisplayRole::Expo), display("out", DisplayRole::Runner)};
    return settings;
}

BoardView on(const char *name, const KitchenSettings &settings = bistro())
{
    return BoardView(settings, QString::fromLatin1(name));
}

// Line 1 is the grill's, line 2 the fryer's, and nobody has said whose line 3 is.
OrderState order()
{
    OrderState order = paidOrder(QStringLiteral("47"), 1, 3, start);
    order.lines[0].item.station = QStringLiteral("grill");
    order.lines[1].item.station = QStringLiteral("fry");
    order.lines[1].item.allergens = {QStringLiteral("milk")};
    return order;
}

void make(OrderState &order, LineStatus status, const QStringList &lines)
{
    for (const QString &id : lines) {
        order.line(id)->status = status;
        order.line(id)->readyAt = start + std::chrono::minutes(id.toInt());
    }
}

QStringList shownOn(const BoardView &view, const OrderState &order)
{
    QStringList shown;
    for (const ShownLine &one : view.lines(order)) {
        shown.append(one.line.item.lineId + (one.isUnrouted ? QStringLiteral("?") : QString())
                     + (one.isHeld ? QStringLiteral("-") : QString()));
    }
    return shown;
}

TicketAction actionOn(const char *name, const OrderState &order,
                      const KitchenSettings &settings = bistro())
{
    return on(name, settings).facts(order, false).action;
}

} // namespace

class TestBoardView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneKitchenShowsAll();
    void aStationShowsItsLines();
    void aStationsTicketGoesWithItsLastLine();
    void whatNothingIsLeftOfIsSaidToBeReady();
    void aVoidIsToBeSeen();
    void allergensAreToBeSeenWhereTheStationAsks();
    void expoWaitsForPrepUnlessToldOtherwise();
    void theRunnerHandsOut();
    void coursesAreHeldUntilFired();
    void aHeldCourseCanBeFiredAtItsHeading();
    void recallBringsBackWhatWasHere();
    void noLineIsOnNoScreen();
};

void TestBoardView::oneKitchenShowsAll()
{
    const BoardView view;
    OrderState one = order();
    QVERIFY(view.shows(one) && view.hasShelf());
    QCOMPARE(view.stationsText(), QString());
    QCOMPARE(shownOn(view, one), (QStringList{"1", "2", "3"}));
    const TicketFacts facts = view.facts(one, false);
    QVERIFY(facts.action == TicketAction::Bump && facts.canStart);
    QCOMPARE(facts.pendingItems, 6);
    QCOMPARE(facts.elsewhereText, QString());
    one.status = OrderStatus::Placed;
    QVERIFY2(!view.shows(one) && !view.isDone(one), "nobody has paid for it");
}

void TestBoardView::aStationShowsItsLines()
{
    const OrderState one = order();
    QCOMPARE(shownOn(on("g"), one), (QStringList{"1", "3?"}));
    QCOMPARE(shownOn(on("f"), one), (QStringList{"2", "3?"}));
    QCOMPARE(shownOn(on("pass"), one), (QStringList{"1", "2", "3?"}));
    QCOMPARE(on("g").stationsText(), QStringLiteral("Grill"));
    QVERIFY2(!on("g").hasShelf(), "the pass hands out");
    const TicketFacts facts = on("g").facts(one, true);
    QCOMPARE(facts.pendingItems, 1 + 3);
    QCOMPARE(facts.elsewhereText, QStringLiteral("Fry 2"));
    QVERIFY(facts.unsent);
    QCOMPARE(on("pass").facts(one, false).elsewhereText,
             QStringLiteral("Grill 1 · Fry 2 · unrouted 3"));
    QVERIFY(!on("pass").facts(one, false).canStart);
    OrderState moved = one;
    moved.lines[0].movedTo = QStringLiteral("fry");
    QCOMPARE(shownOn(on("g"), moved), (QStringList{"3?"}));
    QCOMPARE(shownOn(on("f"), moved), (QStringList{"1", "2", "3?"}));
}

void TestBoardView::aStationsTicketGoesWithItsLastLine()
{
    OrderState one = order();
    one.status = OrderStatus::InKitchen;
    make(one, LineStatus::Ready, {"1", "3"});
    QVERIFY2(!on("g").shows(one), "the grill is done");
    QVERIFY2(on("g").isDone(one), "and can have it back");
    QVERIFY(on("g").doneSince(one) == start + std::chrono::minutes(3));
    QVERIFY(on("f").shows(one) && !on("f").isDone(one));
    QVERIFY(on("pass").shows(one));
    QVERIFY(!on("out").shows(one));
}

void TestBoardView::whatNothingIsLeftOfIsSaidToBeReady()
{
    OrderState one = order();
    one.status = OrderStatus::InKitchen; // recalled, and no line with it
    make(one, LineStatus::Ready, {"1", "2", "3"});
    QVERIFY2(on("g").shows(one) && on("f").shows(one), "or it is on no screen");
    QVERIFY(actionOn("g", one) == TicketAction::Bump);
    QCOMPARE(on("g").bumpable(one), QStringList());
}

void TestBoardView::aVoidIsToBeSeen()
{
    OrderState one = order();
    one.status = OrderStatus::Ready;
    make(one, LineStatus::Ready, {"1", "3"});
    make(one, LineStatus::Voided, {"2"});
    QVERIFY2(on("f").shows(one), "who cooks it does not know");
    QVERIFY(actionOn("f", one) == TicketAction::AcknowledgeVoids);
    QCOMPARE(on("f").voidsToAcknowledge(one), (QStringList{"2"}));
    QVERIFY2(!on("g").shows(one), "it was not theirs");
    QCOMPARE(on("pass").voidsToAcknowledge(one), QStringList());
    QVERIFY(actionOn("pass", one) == TicketAction::HandOut);
    one.lines[1].voidAcknowledged = true;
    QVERIFY(!on("f").shows(one));
}

void TestBoardView::allergensAreToBeSeenWhereTheStationAsks()
{
    OrderState one = order();
    QVERIFY(actionOn("f", one) == TicketAction::AcknowledgeAllergens);
    QCOMPARE(on("f").allergensToAcknowledge(one), (QStringList{"2"}));
    QVERIFY(!on("f").facts(one, false).canStart);
    QVERIFY2(actionOn("pass", one) == TicketAction::Wait, "the fryer's to see");
    one.lines[1].allergensAcknowledged = true;
    QVERIFY(actionOn("f", one) == TicketAction::Bump);
    one.lines[0].item.allergens = {QStringLiteral("egg")};
    QVERIFY2(actionOn("g", one) == TicketAction::Bump, "the grill is not asked");
}

void TestBoardView::expoWaitsForPrepUnlessToldOtherwise()
{
    OrderState one = order();
    KitchenSettings settings = bistro();
    QVERIFY(actionOn("pass", one) == TicketAction::Wait);
    make(one, LineStatus::Ready, {"1"});
    const std::vector<ShownLine> lines = on("pass").lines(one);
    QVERIFY2(lines[0].canToggle && !lines[1].canToggle, "send back, not cook for them");
    QCOMPARE(lines[1].station, QStringLiteral("Fry"));
    settings.expoWaitsForPrep = false;
    QVERIFY(actionOn("pass", one, settings) == TicketAction::Bump);
    QVERIFY(on("pass", settings).lines(one)[1].canToggle);
    settings.expoWaitsForPrep = true;
    settings.displays = {display("pass", DisplayRole::Expo)};
    QVERIFY2(actionOn("pass", one, settings) == TicketAction::Bump, "for whom should it wait?");
    make(one, LineStatus::Ready, {"2", "3"});
    one.status = OrderStatus::Ready;
    QVERIFY(actionOn("pass", one) == TicketAction::HandOut);
    one.status = OrderStatus::Completed;
    one.completedAt = start;
    QVERIFY(!on("pass").shows(one) && on("pass").isDone(one));
}

void TestBoardView::theRunnerHandsOut()
{
    OrderState one = order();
    QVERIFY(!on("out").shows(one) && !on("out").isDone(one));
    one.status = OrderStatus::Ready;
    one.readyAt = start + std::chrono::minutes(9);
    QVERIFY(on("out").shows(one));
    QVERIFY(actionOn("out", one) == TicketAction::HandOut);
    QVERIFY2(on("out").ageStart(one) == *one.readyAt, "it waits since then");
    QVERIFY(on("pass").ageStart(one) == *one.paidAt);
    QVERIFY(!on("out").lines(one)[0].canToggle);
}

void TestBoardView::coursesAreHeldUntilFired()
{
    KitchenSettings settings = bistro();
    settings.holdsCourses = true;
    OrderState one = order();
    one.lines[1].item.course = 2;
    one.lines[2].item.course = 3;
    QCOMPARE(shownOn(on("f", settings), one), (QStringList{"2", "3?-"})); // 2 is the first there is
    one.lines[0].item.course = 1;
    QCOMPARE(shownOn(on("f", settings), one), (QStringList{"2-", "3?-"}));
    QCOMPARE(shownOn(on("f"), one), (QStringList{"2", "3?"}));
    QVERIFY(actionOn("f", one, settings) == TicketAction::FireCourse);
    QCOMPARE(on("f", settings).heldCourse(one), 2);
    QCOMPARE(on("g", settings).bumpable(one), (QStringList{"1"}));
    QCOMPARE(on("g", settings).heldCourse(one), 3);
    QVERIFY2(actionOn("pass", one, settings) == TicketAction::Wait, "course 1 is being cooked");
    one.firedCourses = {2};
    QCOMPARE(shownOn(on("f", settings), one), (QStringList{"2", "3?-"}));
    QVERIFY2(actionOn("f", one, settings) == TicketAction::AcknowledgeAllergens, "now");
    one.firedCourses.clear();
    one.lines[0].addedSeq = 4; // a starter, while the mains are on the fire
    QCOMPARE(shownOn(on("f", settings), one), (QStringList{"2", "3?-"}));
    one.lines[0].addedSeq = 1;
    make(one, LineStatus::Voided, {"1"}); // nothing to wait for
    QCOMPARE(shownOn(on("f", settings), one), (QStringList{"2", "3?-"}));
}

// Also where its first line is done, or the course came later.
void TestBoardView::aHeldCourseCanBeFiredAtItsHeading()
{
    KitchenSettings settings;
    settings.holdsCourses = true;
    const BoardView view(settings, QStringLiteral("grill"));
    TicketLinesModel lines;
    OrderState order = paidOrder(QStringLiteral("1"), 1, 4, start);
    const std::array courses{1, 2, 2, 3};
    for (size_t i = 0; i < courses.size(); ++i)
        order.lines[i].item.course = courses.at(i);
    order.lines[1].status = LineStatus::Voided;
    order.lines[3].addedSeq = 5;
    const auto headings = [&] {
        lines.setLines(view.lines(order), order.firedCourses);
        QStringList texts;
        for (int row = 0; row < lines.rowCount(); ++row) {
            const QModelIndex at = lines.index(row);
            texts.append(
                QStringLiteral("%1|%2").arg(at.data(TicketLinesModel::DividerRole).toString(),
                                            at.data(TicketLinesModel::CourseRole).toString()));
        }
        return texts;
    };
    QCOMPARE(headings(),
             (QStringList{"Course 1|0", "Course 2 · hold|2", "|0", "Added later · hold|3"}));
    order.firedCourses = {2, 3};
    QCOMPARE(headings(), (QStringList{"Course 1|0", "Course 2 · fired|0", "|0", "Added later|0"}));
}

void TestBoardView::recallBringsBackWhatWasHere()
{
    OrderState one = order();
    one.status = OrderStatus::Completed;
    make(one, LineStatus::Ready, {"1", "2", "3"});
    QCOMPARE(on("g").recallable(one), (QStringList{"1", "3"}));
    QVERIFY(on("g").isDone(one));
    one.lines[2].item.station = QStringLiteral("fry");
    one.lines[0].item.station = QStringLiteral("fry");
    QVERIFY2(!on("g").isDone(one), "the grill never had it");
}

// For orders in any state that the state machine allows: a line still to be cooked is on a prep
// display, whatever the rules; and no board shows an order that is closed.
void TestBoardView::noLineIsOnNoScreen()
{
    RandomOrders orders(5);
    const QStringList stations = {"grill", "fry", "nowhere", ""};
    for (int i = 0; i < 800; ++i) {
        OrderState one = orders.step();
        for (size_t at = 0; at < one.lines.size(); ++at)
            one.lines[at].item.station = stations.at((i + static_cast<int>(at)) % 4);
        const bool isLive = isLiveTicket(one.status);
        QCOMPARE(on("pass").shows(one), isLive || one.status == OrderStatus::Ready);
        for (const OrderLine &line : one.lines) {
            const auto isOn = [&](const char *name) {
                return on(name).shows(one)
                       && shownOn(on(name), one).join(u' ').contains(line.item.lineId);
            };
            QVERIFY2(!isLive || !isPending(line.status) || isOn("g") || isOn("f"),
                     qPrintable(line.item.lineId));
        }
        for (const char *name : {"g", "f", "pass", "out"})
            QVERIFY2(isOpen(one.status) || !on(name).shows(one), name);
    }
}

QTEST_GUILESS_MAIN(TestBoardView)
#include "test_board_view.moc"
