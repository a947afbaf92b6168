// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/words.h"
#include "tests/kds-app/model/controller_test.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace cf;
using namespace cf::kds;
using namespace std::chrono_literals;

// Lines that are shown as one, and when they are to be begun and the order is due.
class TestLinesTiming : public ControllerTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void linesThatAreTheSameAreOne();
    void whatDiffersStaysByItself_data();
    void whatDiffersStaysByItself();
    void oneTapMeansAllOfThem();
    void theyPartWhenTheirWaysDo();
    void whatTakesLessTimeBeginsLater();
    void laterCoursesAndAdditionsBeginAtOnce();
    void anOrderForLaterIsLateWhenItIsDue();
    void theTimeLeftIsSaid();

private:
    // Three lines, all "Soup", one each.
    OrderState threeSoups();
    [[nodiscard]] QStringList rows() const; // "1: 3× Soup", with what is said of the start
    void set(const KitchenSettings &settings, const OrderState &order);
};

OrderState TestLinesTiming::threeSoups()
{
    OrderState order = add(QStringLiteral("1"), 3);
    for (OrderLine &line : order.lines) {
        line.item.name = QStringLiteral("Soup");
        line.item.quantity = 1;
    }
    m_controller->showOrder(order, false);
    return order;
}

QStringList TestLinesTiming::rows() const
{
    QStringList texts;
    const TicketLinesModel *lines = linesModel();
    for (int row = 0; lines && row < lines->rowCount(); ++row) {
        const auto data = [&](int role) { return lines->index(row).data(role).toString(); };
        const QString start = data(TicketLinesModel::StartTextRole);
        texts.append(QStringLiteral("%1: %2× %3")
                         .arg(data(TicketLinesModel::LineIdRole),
                              data(TicketLinesModel::QuantityRole),
                              data(TicketLinesModel::NameRole))
                     + (start.isEmpty() ? start : u' ' + start));
    }
    return texts;
}

void TestLinesTiming::set(const KitchenSettings &settings, const OrderState &order)
{
    m_controller->setSettings(settings);
    m_controller->showOrder(order, false);
}

void TestLinesTiming::linesThatAreTheSameAreOne()
{
    OrderState order = threeSoups();
    QCOMPARE(rows(), QStringList("1: 3× Soup"));
    QCOMPARE(m_controller->tickets()->pendingItems(), 3);
    KitchenSettings apart;
    apart.combinesLines = false;
    set(apart, order);
    QCOMPARE(rows(), (QStringList{"1: 1× Soup", "2: 1× Soup", "3: 1× Soup"}));
    set({}, order);
    QCOMPARE(rows(), QStringList("1: 3× Soup"));
    QCOMPARE(linesModel()->pendingIds(), (QStringList{"1", "2", "3"}));
}

void TestLinesTiming::whatDiffersStaysByItself_data()
{
    using Change = std::function<void(OrderLine &)>;
    QTest::addColumn<Change>("change");
    const auto row = [](const char *what, const Change &change) { QTest::newRow(what) << change; };
    row("note", [](OrderLine &line) { line.item.note = "hot"; });
    row("modifiers", [](OrderLine &line) { line.item.modifiers = {{{}, "Bread", 1, 0}}; });
    row("allergens", [](OrderLine &line) { line.item.allergens = QStringList("milk"); });
    row("seat", [](OrderLine &line) { line.item.seat = "2"; });
    row("course", [](OrderLine &line) { line.item.course = 2; });
    row("sku", [](OrderLine &line) { line.item.sku = "SOUP-L"; });
    row("added later", [](OrderLine &line) { line.addedSeq = 5; });
    row("started", [](OrderLine &line) { line.status = LineStatus::Started; });
    row("voided", [](OrderLine &line) { line.status = LineStatus::Voided; });
}

void TestLinesTiming::whatDiffersStaysByItself()
{
    QFETCH(std::function<void(OrderLine &)>, change);
    OrderState order = threeSoups();
    change(order.lines[2]);
    m_controller->showOrder(order, false);
    QCOMPARE(rows(), (QStringList{"1: 2× Soup", "3: 1× Soup"}));
}

void TestLinesTiming::oneTapMeansAllOfThem()
{
    OrderState order = threeSoups();
    m_controller->toggleLine(idText(order), QStringLiteral("1"));
    QVERIFY(only() == KitchenIntent({IntentKind::LinesReady, order.id, {"1", "2", "3"}}));
    m_port->wished.clear();
    KitchenSettings settings;
    settings.stations = {{"fry", "Fry"}, {"grill", "Grill"}};
    settings.routing.byServiceType = {{ServiceType::Takeaway, "fry"}};
    order.serviceType = ServiceType::Takeaway;
    set(settings, order);
    m_controller->moveLine(idText(order), QStringLiteral("1"), QStringLiteral("grill"));
    QCOMPARE(only().lines, (QStringList{"1", "2", "3"}));
    m_port->wished.clear();
    for (OrderLine &line : order.lines)
        line.status = LineStatus::Voided;
    m_controller->showOrder(order, false);
    m_controller->toggleLine(idText(order), QStringLiteral("1"));
    QVERIFY(only() == KitchenIntent({IntentKind::AcknowledgeVoids, order.id, {"1", "2", "3"}}));
}

void TestLinesTiming::theyPartWhenTheirWaysDo()
{
    OrderState order = threeSoups();
    const QAbstractItemModelTester tester(linesModel(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    order.lines[0].status = LineStatus::Ready; // at the pass, by somebody else
    m_controller->showOrder(order, false);
    QCOMPARE(rows(), (QStringList{"1: 1× Soup", "2: 2× Soup"}));
    m_controller->toggleLine(idText(order), QStringLiteral("2"));
    QVERIFY(only() == KitchenIntent({IntentKind::LinesReady, order.id, {"2", "3"}}));
    order.lines[1].status = LineStatus::Ready;
    order.lines[2].status = LineStatus::Ready;
    m_controller->showOrder(order, false);
    QVERIFY(rows().isEmpty() || rows() == QStringList("1: 3× Soup"));
}

// A 6-minute item begins at 0:00, a 3-minute item at 3:00.
void TestLinesTiming::whatTakesLessTimeBeginsLater()
{
    OrderState order = threeSoups();
    for (int i = 0; i < 3; ++i)
        order.lines[static_cast<size_t>(i)].item.sku = QStringList{"RIBS", "SOUP", "TEA"}.at(i);
    KitchenSettings settings;
    settings.prepTimes.bySku = {{"RIBS", 360s}, {"SOUP", 180s}};
    set(settings, order);
    QCOMPARE(rows(), (QStringList{"1: 1× Soup", "2: 1× Soup", "3: 1× Soup"})); // not switched on
    settings.staggersPrep = true;
    set(settings, order);
    QCOMPARE(rows(), (QStringList{"1: 1× Soup", "2: 1× Soup in 3 min", "3: 1× Soup in 6 min"}));
    const QSignalSpy due(linesModel(), &TicketLinesModel::due);
    const QSignalSpy told(linesModel(), &QAbstractItemModel::dataChanged);
    const auto pass = [this](std::chrono::milliseconds time) {
        m_clock.at += time;
        m_controller->tick();
    };
    pass(59s);
    QCOMPARE(told.size(), 0); // no work each second
    pass(1s);
    QCOMPARE(told.size(), 2);
    QCOMPARE(rows().at(1), QStringLiteral("2: 1× Soup in 2 min"));
    pass(119s);
    QCOMPARE(due.size(), 0);
    pass(1s);
    QCOMPARE(due.size(), 1);
    QCOMPARE(rows(), (QStringList{"1: 1× Soup", "2: 1× Soup", "3: 1× Soup in 3 min"}));
    order.lines[2].status = LineStatus::Started; // somebody has begun all the same
    m_controller->showOrder(order, false);
    QCOMPARE(rows().at(2), QStringLiteral("3: 1× Soup"));
    QVERIFY2(m_controller->order(order.id), "it is on the board all the time");
}

void TestLinesTiming::laterCoursesAndAdditionsBeginAtOnce()
{
    OrderState order = threeSoups();
    order.lines[0].item.sku = "RIBS";
    order.lines[1].addedSeq = 7;
    order.lines[2].item.course = 2;
    KitchenSettings settings;
    settings.prepTimes.bySku = {{"RIBS", 360s}};
    settings.staggersPrep = true;
    settings.holdsCourses = true;
    order.firedCourses = {2};
    set(settings, order);
    QCOMPARE(rows(), (QStringList{"1: 1× Soup", "3: 1× Soup", "2: 1× Soup"}));
    order.lines[0].status = LineStatus::Voided; // what was waited for will not come
    order.lines[2].item.course = 1;
    order.lines[2].item.sku = "TEA";
    set(settings, order);
    QCOMPARE(rows().at(1), QStringLiteral("3: 1× Soup"));
}

void TestLinesTiming::anOrderForLaterIsLateWhenItIsDue()
{
    OrderState order = add(QStringLiteral("1"), 1);
    const Timestamp placed = m_clock.at;
    order.dueAt = placed + 60min;
    m_controller->showOrder(order, false);
    const TicketListModel &tickets = *m_controller->tickets();
    const auto at = [&](std::chrono::milliseconds time) {
        m_clock.at = placed + time;
        m_controller->tick();
        return tickets.data(tickets.index(0), TicketListModel::AgeStateRole).toInt();
    };
    const auto said = [&] {
        return tickets.data(tickets.index(0), TicketListModel::DueTextRole).toString();
    };
    QCOMPARE(at(30min), static_cast<int>(TicketListModel::Fresh)); // though it is half an hour old
    QCOMPARE(said(), QStringLiteral("due in 30 min"));
    QCOMPARE(at(56min), static_cast<int>(TicketListModel::Fresh));
    QCOMPARE(at(57min), static_cast<int>(TicketListModel::Warning));
    QCOMPARE(at(60min), static_cast<int>(TicketListModel::Late));
    QCOMPARE(said(), QStringLiteral("due now"));
    order.dueAt = placed + 1min; // sooner than the kitchen promises
    m_controller->showOrder(order, false);
    QCOMPARE(at(4min), static_cast<int>(TicketListModel::Fresh));
    QCOMPARE(said(), QStringLiteral("3 min overdue"));
    QCOMPARE(at(5min), static_cast<int>(TicketListModel::Warning));
    QCOMPARE(at(8min), static_cast<int>(TicketListModel::Late));
}

void TestLinesTiming::theTimeLeftIsSaid()
{
    QCOMPARE(words::startsIn(1ms), QStringLiteral("in 1 min"));
    QCOMPARE(words::startsIn(60'001ms), QStringLiteral("in 2 min"));
    QCOMPARE(words::dueIn(1ms), QStringLiteral("due in 1 min"));
    QCOMPARE(words::dueIn(0ms), QStringLiteral("due now"));
    QCOMPARE(words::dueIn(-59s), QStringLiteral("due now"));
    QCOMPARE(words::dueIn(-60s), QStringLiteral("1 min overdue"));
    QCOMPARE(words::dueIn(119min), QStringLiteral("due in 119 min"));
    QCOMPARE(words::dueIn(120min), QStringLiteral("due in 2 h"));
    QCOMPARE(words::dueIn(-121min), QStringLiteral("2 h overdue"));
}

QTEST_GUILESS_MAIN(TestLinesTiming)
#include "test_lines_timing.moc"
