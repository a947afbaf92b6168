// SPDX-License-Identifier: Apache-2.0
// What was paid is printed: once, or again with a mark; whatever the printer does.
#include "tests/e2e/wait_for.h"
#include "tests/hub/printing/print_kit.h"

#include <QDir>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *mark = "POSSIBLE COPY";

// How often it was printed whole, and how often without a mark.
int printsOf(const FakePrinter &printer, const QString &number, bool onlyUnmarked = false)
{
    int count = 0;
    for (const QByteArray &print : printer.prints()) {
        const bool isIt = print.contains("Dish " + number.toUtf8() + ' ')
                          && !(onlyUnmarked && print.contains(mark));
        count += isIt ? 1 : 0;
    }
    return count;
}

} // namespace

#define WAIT_PRINTED(printer, number)                                                              \
    CF_WAIT_FOR(printsOf(printer, number) == 1 && kit.status().waiting == 0, kit.brief(printer))

class TestPrintService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachPaidOrderIsPrintedOnce();
    void whatWasPaidWhileNobodyPrintedComesLater();
    void withoutPaperItWaits();
    void paperThatEndsHalfWayIsWaitedFor();
    void aCutHalfWayComesAgainMarked();
    void aDeathBeforeTheEndComesAgainMarked();
    void aStallComesAgainMarked();
    void aPrinterThatIsNotThereIsWaitedFor();
    void aPrinterThatSaysNothingGetsNothing();
    void whatIsNeverConfirmedIsSaid();
    void aPrinterWithoutStatusPrints();
    void tooManyCutsAreGivenUp();
    void whatIsTooOldIsNotPrinted();
};

void TestPrintService::eachPaidOrderIsPrintedOnce()
{
    PrintKit kit;
    FakePrinter printer;
    kit.say("Bistro One");
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    kit.pay("1");
    kit.placeUnpaid("2");
    kit.pay("3");
    WAIT_PRINTED(printer, "1");
    WAIT_PRINTED(printer, "3");
    QCOMPARE(printer.prints().size(), 2);
    const QByteArray print = printer.prints().front();
    QVERIFY2(print.startsWith("\x1b@") && print.contains("Bistro One") && print.contains("9.50"),
             print.constData());
    QVERIFY2(print.contains("http://hub/t/"), "the QR code leads to the order's page");
    QVERIFY(!print.contains("COPY"));
    kit.restart();
    kit.pay("4");
    WAIT_PRINTED(printer, "4");
    QCOMPARE(printer.prints().size(), 3);
    QVERIFY(printer.scraps().isEmpty());
}

void TestPrintService::whatWasPaidWhileNobodyPrintedComesLater()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    kit.pay("1");
    WAIT_PRINTED(printer, "1");
    kit.stopService();
    for (int n = 2; n <= 20; ++n)
        kit.pay(QString::number(n));
    kit.say("Another name"); // changes no receipt that was paid before
    kit.startService();
    CF_WAIT_FOR(printer.prints().size() == 20, kit.brief(printer));
    for (int n = 1; n <= 20; ++n)
        QCOMPARE(printsOf(printer, QString::number(n), true), 1);
    QVERIFY(!printer.prints().join().contains("Another name"));
}

void TestPrintService::withoutPaperItWaits()
{
    PrintKit kit;
    FakePrinter printer;
    printer.setPaper(false);
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().state == PrinterState::PaperOut && kit.status().waiting == 1,
                kit.brief(printer));
    printer.setCoverOpen(true);
    printer.setPaper(true);
    CF_WAIT_FOR(kit.status().state == PrinterState::CoverOpen, kit.brief(printer));
    QVERIFY(printer.prints().isEmpty());
    printer.setCoverOpen(false);
    WAIT_PRINTED(printer, "1");
    QCOMPARE(printsOf(printer, "1", true), 1);
    QVERIFY(kit.journal().contains("printer_state front"));
}

void TestPrintService::paperThatEndsHalfWayIsWaitedFor()
{
    PrintKit kit;
    FakePrinter printer;
    printer.endPaperAfter(30);
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().state == PrinterState::PaperOut, kit.brief(printer));
    printer.setPaper(true);
    WAIT_PRINTED(printer, "1");
    QCOMPARE(printsOf(printer, "1", true), 1); // it went on where it was
    QCOMPARE(printer.prints().size(), 1);
}

void TestPrintService::aCutHalfWayComesAgainMarked()
{
    PrintKit kit;
    FakePrinter printer;
    printer.cutAfter(60);
    kit.setUp(printer);
    kit.pay("1");
    WAIT_PRINTED(printer, "1");
    QCOMPARE(printsOf(printer, "1", true), 0);
    QCOMPARE(printer.scraps().size(), 1);
    QCOMPARE(kit.status().possibleCopies, 1);
    kit.pay("2");
    WAIT_PRINTED(printer, "2");
    QCOMPARE(printsOf(printer, "2", true), 1);
}

void TestPrintService::aDeathBeforeTheEndComesAgainMarked()
{
    PrintKit kit;
    kit.times.doneMax = kit.times.silenceMax = 30s;
    FakePrinter printer;
    printer.setConfirms(false); // it prints, and never gets to say so
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(printsOf(printer, "1", true) == 1, kit.brief(printer));
    printer.die();
    CF_WAIT_FOR(kit.status().possibleCopies == 1, kit.brief(printer));
    printer.setConfirms(true);
    printer.revive();
    CF_WAIT_FOR(printsOf(printer, "1") == 2 && kit.status().waiting == 0, kit.brief(printer));
    QCOMPARE(printsOf(printer, "1", true), 1); // never two without a mark
}

void TestPrintService::aStallComesAgainMarked()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    printer.endPaperAfter(40);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().state == PrinterState::PaperOut, kit.brief(printer));
    printer.setStalled(true); // half a receipt in it
    CF_WAIT_FOR(kit.status().possibleCopies >= 1, kit.brief(printer));
    printer.setPaper(true);
    printer.setStalled(false);
    CF_WAIT_FOR(kit.status().waiting == 0, kit.brief(printer));
    QVERIFY2(printsOf(printer, "1") >= 1 && printsOf(printer, "1", true) <= 1,
             kit.brief(printer).constData());
}

void TestPrintService::aPrinterThatIsNotThereIsWaitedFor()
{
    PrintKit kit;
    FakePrinter printer;
    printer.die();
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().state == PrinterState::Unreachable && !kit.status().detail.isEmpty(),
                kit.brief(printer));
    kit.restart();
    CF_WAIT_FOR(kit.status().state == PrinterState::Unreachable, kit.brief(printer));
    printer.revive();
    WAIT_PRINTED(printer, "1");
    QCOMPARE(printsOf(printer, "1", true), 1); // nothing of it was ever sent
}

void TestPrintService::aPrinterThatSaysNothingGetsNothing()
{
    PrintKit kit;
    FakePrinter printer;
    printer.setAnswers(false);
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().state == PrinterState::Silent, kit.brief(printer));
    const int asked = printer.questions();
    CF_WAIT_FOR(printer.questions() > asked + 3, kit.brief(printer));
    QVERIFY(printer.prints().isEmpty() && printer.scraps().isEmpty());
    printer.setAnswers(true);
    WAIT_PRINTED(printer, "1");
    QCOMPARE(printsOf(printer, "1", true), 1);
}

void TestPrintService::whatIsNeverConfirmedIsSaid()
{
    PrintKit kit;
    FakePrinter printer;
    printer.setConfirms(false);
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().unprinted == 1 && kit.status().waiting == 0, kit.brief(printer));
    QCOMPARE(printsOf(printer, "1"), 1);
    QVERIFY(kit.journal().contains("print_unconfirmed front"));
}

void TestPrintService::aPrinterWithoutStatusPrints()
{
    PrintKit kit;
    FakePrinter printer;
    printer.setAnswers(false);
    PrinterSettings settings = PrintKit::settingsFor(printer);
    settings.answersStatus = false;
    kit.setUp({settings});
    kit.pay("1");
    kit.pay("2");
    WAIT_PRINTED(printer, "1");
    WAIT_PRINTED(printer, "2");
    QCOMPARE(printer.questions(), 0);
    printer.cutAfter(50);
    kit.pay("3");
    CF_WAIT_FOR(printsOf(printer, "3") == 1 && kit.status().waiting == 0, kit.brief(printer));
    QCOMPARE(printsOf(printer, "3", true), 0);
}

void TestPrintService::tooManyCutsAreGivenUp()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    printer.cutAfter(10);
    kit.pay("1");
    qsizetype cuts = 0;
    CF_WAIT_FOR(
        [&] {
            if (printer.scraps().size() > cuts) {
                cuts = printer.scraps().size();
                printer.cutAfter(10);
            }
            return kit.status().unprinted == 1;
        }(),
        kit.brief(printer));
    CF_WAIT_FOR(kit.status().waiting == 0, kit.brief(printer));
    QVERIFY(kit.journal().contains("print_failed front"));
}

void TestPrintService::whatIsTooOldIsNotPrinted()
{
    PrintKit kit;
    FakePrinter printer;
    printer.setPaper(false);
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().waiting == 1, kit.brief(printer));
    kit.stopService();
    kit.clock.advance(25h);
    printer.setPaper(true);
    kit.startService();
    CF_WAIT_FOR(kit.journal().contains("print_expired front"), kit.brief(printer));
    QCOMPARE(kit.status().unprinted, 1);
    kit.pay("2");
    WAIT_PRINTED(printer, "2");
    QCOMPARE(printer.prints().size(), 1);
}

QTEST_GUILESS_MAIN(TestPrintService)
#include "test_print_service.moc"
