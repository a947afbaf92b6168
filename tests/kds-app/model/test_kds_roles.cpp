// SPDX-License-Identifier: Apache-2.0
#include "tests/kds-app/model/controller_test.h"

#include <QSignalSpy>

using namespace cf;
using namespace cf::kds;
using namespace std::chrono_literals;

class TestKdsRoles : public ControllerTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void whatIsToBeSeenComesBeforeTheBump();
    void linesMoveThereAndBack();
    void coursesAndPriorityThereAndBack();
    void theFloorIsTold();
    void theExpediterWaitsHandsOutAndCallsBack();
    void aStationCallsBackItsOwn();
    void newSettingsChangeTheBoard();
    void theExpediterHearsOfStationsNobodyLooksAfter();

private:
    // Line 1 is the grill's, the others are the fryer's, and this display is `role`.
    void haveStations(DisplayRole role);
};

void TestKdsRoles::haveStations(DisplayRole role)
{
    KitchenSettings settings;
    settings.stations = {{"grill", "Grill"}, {"fry", "Fry", true}};
    settings.routing.byServiceType = {{ServiceType::Takeaway, "fry"}};
    settings.displays = {
        {"Grill", role, role == DisplayRole::Prep ? QStringList{"grill"} : QStringList()},
        {"fryer", DisplayRole::Prep, {"fry", "grill"}},
        {"pass", DisplayRole::Expo, {}}};
    settings.holdsCourses = true;
    m_controller->setSettings(settings);
}

void TestKdsRoles::whatIsToBeSeenComesBeforeTheBump()
{
    KitchenSettings settings;
    settings.stations = {{"grill", "Grill", true}};
    settings.routing.byServiceType = {{ServiceType::Takeaway, "grill"}};
    m_controller->setSettings(settings);
    OrderState order = add(QStringLiteral("1"), 2);
    order.serviceType = ServiceType::Takeaway;
    order.lines[0].item.allergens = {QStringLiteral("milk")};
    order.lines[1].status = LineStatus::Voided;
    const auto tap = [&] {
        m_controller->showOrder(order, false);
        m_port->wished.clear();
        m_controller->bumpAll(idText(order));
        return only();
    };
    QVERIFY(tap() == KitchenIntent({IntentKind::AcknowledgeVoids, order.id, {"2"}}));
    QCOMPARE(m_controller->undoText(), QStringLiteral("#1: void confirmed"));
    QVERIFY2(!m_controller->canUndo(), "what was seen was seen");
    order.lines[1].voidAcknowledged = true;
    QVERIFY(tap() == KitchenIntent({IntentKind::AcknowledgeAllergens, order.id, {"1"}}));
    m_port->wished.clear();
    m_controller->toggleLine(idText(order), QStringLiteral("1"));
    QVERIFY(only().kind == IntentKind::AcknowledgeAllergens);
    m_port->wished.clear();
    m_controller->bump(idText(order), {"9"}, TicketListModel::AcknowledgeAllergens);
    QVERIFY2(m_port->wished.empty(), "what was not on the screen was not seen");
    order.lines[0].allergensAcknowledged = true;
    QVERIFY(tap() == KitchenIntent({IntentKind::LinesReady, order.id, {"1"}}));
}

void TestKdsRoles::linesMoveThereAndBack()
{
    haveStations(DisplayRole::Expo);
    OrderState order = add(QStringLiteral("1"), 2);
    order.lines[0].item.station = QStringLiteral("grill");
    m_controller->showOrder(order, false);
    const QVariantList stations = m_controller->stationsFor(idText(order), QStringLiteral("1"));
    QCOMPARE(stations, (QVariantList{QVariantMap{{"id", "fry"}, {"name", "Fry"}}}));
    QCOMPARE(m_controller->stationsFor(idText(order), QStringLiteral("2")).size(), 2);
    QVERIFY(m_controller->stationsFor(idText(order), QStringLiteral("9")).isEmpty());
    m_controller->moveLine(idText(order), QStringLiteral("1"), QStringLiteral("nowhere"));
    m_controller->moveLine(idText(order), QStringLiteral("9"), QStringLiteral("fry"));
    QVERIFY(m_port->wished.empty());
    m_controller->moveLine(idText(order), QStringLiteral("1"), QStringLiteral("fry"));
    QCOMPARE(only().text, QStringLiteral("fry"));
    QCOMPARE(m_controller->undoText(), QStringLiteral("#1 Dish 1 to Fry"));
    m_controller->undo();
    QCOMPARE(m_port->wished.at(1).text, QStringLiteral("grill"));
    m_controller->moveLine(idText(order), QStringLiteral("2"), QStringLiteral("fry"));
    QVERIFY2(!m_controller->canUndo(), "no rule had said where it belongs");
}

void TestKdsRoles::coursesAndPriorityThereAndBack()
{
    haveStations(DisplayRole::Expo);
    OrderState order = add(QStringLiteral("1"), 2);
    const auto kinds = [&] {
        QList<IntentKind> all;
        for (const KitchenIntent &intent : m_port->wished)
            all.append(intent.kind);
        m_port->wished.clear();
        return all;
    };
    using K = IntentKind;
    m_controller->toggleCourse(idText(order), 2);
    QCOMPARE(only().course, 2);
    m_controller->undo();
    QCOMPARE(m_port->wished.at(1).course, 2);
    QCOMPARE(kinds(), (QList{K::FireCourse, K::HoldCourse}));
    order.firedCourses = {2};
    order.priority = true;
    m_controller->showOrder(order, false);
    m_controller->toggleCourse(idText(order), 2);
    m_controller->undo();
    QCOMPARE(kinds(), (QList{K::HoldCourse, K::FireCourse}));
    m_controller->togglePriority(idText(order));
    m_controller->undo();
    QCOMPARE(kinds(), (QList{K::Deprioritise, K::Prioritise}));
    order.priority = false;
    m_controller->showOrder(order, false);
    m_controller->togglePriority(idText(order));
    m_controller->undo();
    QCOMPARE(kinds(), (QList{K::Prioritise, K::Deprioritise}));
    m_controller->toggleCourse(idText(order), 0);
    QVERIFY(m_port->wished.empty());
}

void TestKdsRoles::theFloorIsTold()
{
    const OrderState order = add(QStringLiteral("1"), 1);
    m_controller->tellFront(idText(order), QString());
    QVERIFY(m_port->wished.empty());
    m_controller->tellFront(idText(order), QStringLiteral("come"));
    QVERIFY(only() == KitchenIntent({IntentKind::TellFront, order.id, {}, "come"}));
    QCOMPARE(m_controller->undoText(), QStringLiteral("#1: the floor was told"));
    QVERIFY(!m_controller->canUndo());
}

void TestKdsRoles::theExpediterWaitsHandsOutAndCallsBack()
{
    haveStations(DisplayRole::Expo);
    OrderState order = add(QStringLiteral("1"), 2);
    m_controller->bumpAll(idText(order));
    QVERIFY(m_port->wished.empty());
    QCOMPARE(m_controller->undoText(), QStringLiteral("#1 waits for the kitchen"));
    m_controller->toggleLine(idText(order), QStringLiteral("1"));
    QVERIFY2(m_port->wished.empty(), "it is not the pass that cooks");
    order = add(QStringLiteral("1"), 2, OrderStatus::Ready);
    m_controller->bumpAll(idText(order));
    QVERIFY(only() == KitchenIntent({IntentKind::Complete, order.id, {}}));
    m_port->wished.clear();
    order = add(QStringLiteral("1"), 2, OrderStatus::Completed);
    m_controller->recall(idText(order));
    QCOMPARE(m_port->wished.size(), 2U);
    QVERIFY2(m_port->wished[0] == KitchenIntent({IntentKind::RecallOrder, order.id, {}}),
             "nothing is to be cooked anew");
    QVERIFY(m_port->wished[1].kind == IntentKind::OrderReady);
}

void TestKdsRoles::aStationCallsBackItsOwn()
{
    haveStations(DisplayRole::Prep);
    OrderState order = add(QStringLiteral("1"), 2, OrderStatus::InKitchen);
    order.lines[0].item.station = QStringLiteral("grill");
    order.lines[1].item.station = QStringLiteral("fry");
    order.lines[0].status = LineStatus::Ready;
    order.lines[0].readyAt = m_clock.at;
    m_controller->showOrder(order, false);
    QCOMPARE(m_controller->tickets()->count(), 0);
    QCOMPARE(m_controller->closed()->count(), 1);
    const QModelIndex row = m_controller->closed()->index(0);
    QVERIFY(row.data(ReadyListModel::ClosedTextRole).toString().startsWith("Bumped 0:00 ago"));
    m_controller->showClosed({}); // it is not closed: the store does not name it there
    QCOMPARE(m_controller->closed()->count(), 1);
    m_controller->recall(idText(order));
    QVERIFY(only() == KitchenIntent({IntentKind::RecallLines, order.id, {"1"}}));
}

void TestKdsRoles::newSettingsChangeTheBoard()
{
    OrderState order = add(QStringLiteral("1"), 2, OrderStatus::Ready);
    QCOMPARE(m_controller->ready()->count(), 1);
    QCOMPARE(m_controller->role(), KdsController::Prep);
    QSignalSpy changed(m_controller.get(), &KdsController::settingsChanged);
    haveStations(DisplayRole::Expo);
    m_controller->showAll({&order}, {});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_controller->role(), KdsController::Expo);
    QVERIFY(!m_controller->hasShelf());
    QCOMPARE(m_controller->ready()->count(), 0);
    QCOMPARE(m_controller->tickets()->count(), 1);
    haveStations(DisplayRole::Prep);
    QCOMPARE(m_controller->stationsText(), QStringLiteral("Grill"));
}

void TestKdsRoles::theExpediterHearsOfStationsNobodyLooksAfter()
{
    const Timestamp since = m_clock.at;
    const StationAlarm off{"grill", AlarmReason::Off, since, 0};
    const StationAlarm behind{"fry", AlarmReason::Behind, since + 5min, 2};
    haveStations(DisplayRole::Expo);
    const QSignalSpy spy(m_controller.get(), &KdsController::alarmsChanged);
    m_controller->setAlarms({off});
    m_controller->setAlarms({off});
    QCOMPARE(spy.size(), 1);
    const QString at = QStringLiteral(" · since ") + words::clockMinutes(since);
    QCOMPARE(m_controller->alarmTitle(), QStringLiteral("Grill is off"));
    QCOMPARE(m_controller->alarmDetail(), QStringLiteral("nothing to cook there yet") + at);
    m_controller->setAlarms({behind});
    QCOMPARE(m_controller->alarmTitle(), QStringLiteral("Fry does not show its tickets"));
    QVERIFY(m_controller->alarmDetail().startsWith(QStringLiteral("2 tickets unseen · since ")));
    m_controller->setAlarms({behind, off});
    QCOMPARE(m_controller->alarmTitle(), QStringLiteral("2 stations are not looked after"));
    QCOMPARE(m_controller->alarmDetail(), QStringLiteral("Fry, Grill · 2 tickets unseen") + at);
    haveStations(DisplayRole::Prep);
    QCOMPARE(m_controller->alarmTitle(), QString()); // the pass goes and looks
    KitchenSettings noPass;
    noPass.displays = {{"Grill", DisplayRole::Prep, {}}};
    m_controller->setSettings(noPass);
    m_controller->setAlarms({{"", AlarmReason::Off, since, 1}});
    QCOMPARE(m_controller->alarmTitle(), QStringLiteral("The kitchen is off"));
    QVERIFY(m_controller->alarmDetail().startsWith(QStringLiteral("1 ticket unseen · ")));
    m_controller->setAlarms({});
    QCOMPARE(m_controller->alarmTitle() + m_controller->alarmDetail(), QString());
}

QTEST_GUILESS_MAIN(TestKdsRoles)
#include "test_kds_roles.moc"
