// SPDX-License-Identifier: Apache-2.0
// A station whose display is gone has its tickets printed, each as often as it changes.
#include "hub/receipts/render.h"
#include "tests/e2e/wait_for.h"
#include "tests/hub/printing/print_kit.h"

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

KitchenSettings kitchen()
{
    KitchenSettings settings;
    settings.stations = {{"grill", "Hot Grill"}, {"fry", "Fryer"}};
    settings.routing.byCategory = {{"burgers", "grill"}, {"sides", "fry"}};
    return settings;
}

OrderState orderOf(const QString &number, const QStringList &categories)
{
    OrderState order;
    order.id = QUuid::createUuid();
    order.number = number;
    order.status = OrderStatus::Paid;
    order.seq = 2;
    for (const QString &category : categories) {
        OrderLine line;
        line.item.lineId = QString::number(order.lines.size() + 1);
        line.item.name = "of " + category;
        line.item.category = category;
        order.lines.push_back(line);
    }
    return order;
}

Board boardOf(const std::vector<OrderState> &open, const std::vector<OrderState> &recent = {})
{
    Board board;
    board.reset(open, recent);
    return board;
}

const StationAlarm grillIsOff{"grill", AlarmReason::Off, {}, 1};

QByteArray textOf(const TicketOffer &offer)
{
    return receiptText(ticketRows(offer.ticket), 42);
}

} // namespace

class TestKitchenFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatNobodySees();
    void eachChangeIsOfferedOnce();
    void cancelledOnesAreToldOff();
    void aTicketSaysWhatACookNeeds();
    void ticketsArePrintedAsOftenAsTheyChange();
};

void TestKitchenFallback::onlyWhatNobodySees()
{
    KitchenFallback fallback;
    fallback.setKitchen(kitchen());
    const Board board = boardOf({orderOf("1", {"burgers", "sides"}), orderOf("2", {"sides"})});
    QVERIFY(fallback.offers({}, {"grill"}, board).empty());
    QVERIFY(fallback.offers({grillIsOff}, {"fry"}, board).empty());
    const auto offers = fallback.offers({grillIsOff}, {"grill"}, board);
    QCOMPARE(offers.size(), 1);
    QCOMPARE(offers.front().ticket.station, "Hot Grill");
    QCOMPARE(offers.front().ticket.lines.size(), 1);
    KitchenFallback all;
    all.setKitchen(kitchen());
    QCOMPARE(all.offers({grillIsOff}, {"*"}, board).size(), 1);
}

void TestKitchenFallback::eachChangeIsOfferedOnce()
{
    KitchenFallback fallback;
    fallback.setKitchen(kitchen());
    OrderState order = orderOf("1", {"burgers", "burgers"});
    const auto first = fallback.offers({grillIsOff}, {"grill"}, boardOf({order}));
    QCOMPARE(first.size(), 1);
    QVERIFY(fallback.offers({grillIsOff}, {"grill"}, boardOf({order})).empty());
    order.seq = 3; // something that a cook at the grill need not know
    const auto same = fallback.offers({grillIsOff}, {"grill"}, boardOf({order}));
    QCOMPARE(same.size(), 1);
    QCOMPARE(same.front().print, first.front().print);
    order.seq = 4;
    order.lines.front().status = LineStatus::Voided;
    const auto changed = fallback.offers({grillIsOff}, {"grill"}, boardOf({order}));
    QCOMPARE(changed.size(), 1);
    QVERIFY(changed.front().print != first.front().print);
    order.status = OrderStatus::Ready;
    order.seq = 5;
    QVERIFY(fallback.offers({grillIsOff}, {"grill"}, boardOf({order})).empty());
}

void TestKitchenFallback::cancelledOnesAreToldOff()
{
    KitchenFallback fallback;
    fallback.setKitchen(kitchen());
    OrderState order = orderOf("1", {"burgers"});
    OrderState unseen = orderOf("2", {"burgers"});
    unseen.status = OrderStatus::Cancelled;
    QCOMPARE(fallback.offers({grillIsOff}, {"grill"}, boardOf({order}, {unseen})).size(), 1);
    order.status = OrderStatus::Cancelled;
    order.seq = 3;
    const auto offers = fallback.offers({grillIsOff}, {"grill"}, boardOf({}, {order, unseen}));
    QCOMPARE(offers.size(), 1);
    QVERIFY2(textOf(offers.front()).startsWith("CANCELLED"), textOf(offers.front()).constData());
}

void TestKitchenFallback::aTicketSaysWhatACookNeeds()
{
    KitchenFallback fallback;
    fallback.setKitchen(kitchen());
    OrderState order = orderOf("47", {"burgers", "burgers"});
    order.table = "12";
    order.note = "in a hurry";
    Item &item = order.lines.front().item;
    item.quantity = 2;
    item.note = "well\x1b@ done";
    item.allergens = {"milk", "gluten"};
    item.modifiers = {{"Extras", "Bacon", 2, {}}};
    order.lines.back().status = LineStatus::Voided;
    const auto offers = fallback.offers({grillIsOff}, {"grill"}, boardOf({order}));
    QCOMPARE(offers.size(), 1);
    const QByteArray text = textOf(offers.front());
    for (const char *said :
         {"Order 47", "Hot Grill", "Table 12", "in a hurry", "of burgers", "+ 2 × Bacon",
          "well @ done", "Allergens: milk, gluten", "*** Voided *** 1"})
        QVERIFY2(text.contains(said), (QByteArray(said) + " is not in\n" + text).constData());
}

void TestKitchenFallback::ticketsArePrintedAsOftenAsTheyChange()
{
    PrintKit kit;
    FakePrinter printer;
    PrinterSettings settings = PrintKit::settingsFor(printer);
    settings.receipts = false;
    settings.stations = {"grill"};
    kit.setUp({settings});
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    KitchenFallback fallback;
    fallback.setKitchen(kitchen());
    OrderState order = orderOf("1", {"burgers", "burgers"});
    const auto offer = [&] {
        kit.service().offer(fallback.offers({grillIsOff}, {"grill"}, boardOf({order})), {});
    };
    offer();
    CF_WAIT_FOR(printer.prints().size() == 1 && kit.status().waiting == 0, kit.brief(printer));
    ++order.seq;
    offer(); // says the same
    kit.restart();
    fallback.forget();
    offer(); // also after a restart
    ++order.seq;
    order.lines.front().status = LineStatus::Voided;
    offer();
    CF_WAIT_FOR(printer.prints().size() == 2, kit.brief(printer));
    QVERIFY(!printer.prints().front().contains("CHANGED"));
    QVERIFY(printer.prints().back().contains("CHANGED"));
}

QTEST_GUILESS_MAIN(TestKitchenFallback)
#include "test_kitchen_fallback.moc"
