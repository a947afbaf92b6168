// SPDX-License-Identifier: Apache-2.0
// Which part of the log a printer prints: never its history; and what is marked as a copy.
#include "tests/e2e/wait_for.h"
#include "tests/hub/printing/print_kit.h"

#include <QDir>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

constexpr auto dish = [](const char *number) { return QByteArray("Dish ") + number + ' '; };

int printsWith(const FakePrinter &printer, const QByteArray &text)
{
    int count = 0;
    for (const QByteArray &print : printer.prints())
        count += print.contains(text) ? 1 : 0;
    return count;
}

bool isQuiet(const PrintKit &kit)
{
    const PrinterStatus now = kit.status();
    return now.state == PrinterState::Ready && now.waiting == 0;
}

} // namespace

class TestPrintHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewPrinterBeginsAtTheEnd();
    void aFreshFileBeginsAtTheEnd();
    void aPrinterThatCameBackBeginsAtTheEnd();
    void printersThatAreNotKnownYetAreNotForgotten();
    void aRenewedEpochGoesOn();
    void aRestoredLogBeginsAtItsEnd();
    void reprintsAreMarked();
    void whatMayHaveBeenPrintedIsACopy();
    void wishesThatCannotBeAreRefused();
    void aFileThatCannotBeOpenedIsSaid();
    void aCrashedHubsJobIsAPossibleCopy();
    void theFileIsNobodyElses();
};

void TestPrintHistory::aNewPrinterBeginsAtTheEnd()
{
    PrintKit kit;
    FakePrinter first;
    FakePrinter second;
    for (int n = 1; n <= 5; ++n)
        kit.pay(QString::number(n));
    kit.setUp(first);
    kit.pay("6");
    CF_WAIT_FOR(printsWith(first, dish("6")) == 1, kit.brief(first));
    kit.setUp({PrintKit::settingsFor(first), PrintKit::settingsFor(second, "bar")});
    CF_WAIT_FOR(kit.journal().contains("printer_begins bar"), kit.brief(second));
    kit.pay("7");
    CF_WAIT_FOR(first.prints().size() == 2 && second.prints().size() == 1, kit.brief(second));
    QCOMPARE(printsWith(second, dish("7")), 1);
}

void TestPrintHistory::aFreshFileBeginsAtTheEnd()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(printer.prints().size() == 1 && isQuiet(kit), kit.brief(printer));
    kit.stopService();
    kit.pay("2");
    kit.removePrintersFile();
    kit.startService();
    CF_WAIT_FOR(kit.journal().count("printer_begins front") == 2, kit.brief(printer));
    kit.pay("3");
    CF_WAIT_FOR(printsWith(printer, dish("3")) == 1, kit.brief(printer));
    QCOMPARE(printer.prints().size(), 2);
    QVERIFY2(kit.journal().count("print_queue_made ") == 2, "that it is new is in the journal");
}

void TestPrintHistory::aPrinterThatCameBackBeginsAtTheEnd()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    printer.setPaper(false);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().waiting == 1, kit.brief(printer));
    kit.setUp(std::vector<PrinterSettings>());
    kit.pay("2");
    printer.setPaper(true);
    kit.setUp(printer);
    CF_WAIT_FOR(kit.journal().count("printer_begins front") == 2, kit.brief(printer));
    kit.pay("3");
    CF_WAIT_FOR(printsWith(printer, dish("3")) == 1 && isQuiet(kit), kit.brief(printer));
    QCOMPARE(printer.prints().size(), 1);
}

// The log's end is told before the printers are: there was a moment in which there seemed to be
// none.
void TestPrintHistory::printersThatAreNotKnownYetAreNotForgotten()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    printer.setPaper(false);
    kit.pay("1");
    CF_WAIT_FOR(kit.status().waiting == 1, kit.brief(printer));
    kit.stopService();
    kit.startUntold();
    constexpr int turns = 50; // of the service's thread, so that it has looked at the log's end
    for (int turn = 0; turn < turns; ++turn)
        QVERIFY(!kit.print(QUuid::createUuid()));
    printer.setPaper(true);
    kit.tellPrinters();
    CF_WAIT_FOR(printsWith(printer, dish("1")) == 1, kit.brief(printer));
    QCOMPARE(kit.journal().count("printer_begins front"), 1);
}

void TestPrintHistory::aRenewedEpochGoesOn()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(printer.prints().size() == 1 && isQuiet(kit), kit.brief(printer));
    kit.stopService();
    kit.pay("2");
    kit.renewEpoch();
    kit.pay("3");
    kit.startService();
    CF_WAIT_FOR(printer.prints().size() == 3, kit.brief(printer));
    QCOMPARE(printsWith(printer, dish("2")), 1);
}

void TestPrintHistory::aRestoredLogBeginsAtItsEnd()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    kit.pay("1");
    CF_WAIT_FOR(printer.prints().size() == 1 && isQuiet(kit), kit.brief(printer));
    kit.keepCopy();
    kit.pay("2");
    kit.pay("3");
    CF_WAIT_FOR(printer.prints().size() == 3 && isQuiet(kit), kit.brief(printer));
    kit.stopService();
    const Cursor before = kit.head();
    kit.restoreCopy();
    QVERIFY(kit.head().pos < before.pos && kit.head().epoch != before.epoch);
    kit.startService();
    CF_WAIT_FOR(kit.journal().contains("print_cursor_moved front"), kit.brief(printer));
    kit.pay("4");
    CF_WAIT_FOR(printsWith(printer, dish("4")) == 1 && isQuiet(kit), kit.brief(printer));
    QCOMPARE(printer.prints().size(), 4);
}

void TestPrintHistory::reprintsAreMarked()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    const QUuid id = kit.pay("1");
    CF_WAIT_FOR(printer.prints().size() == 1, kit.brief(printer));
    for (int copy = 2; copy <= 3; ++copy) {
        const auto queued = kit.print(id);
        QVERIFY2(queued, qPrintable(queued ? QString() : queued.error().detail));
        QCOMPARE(queued->copy, copy);
        CF_WAIT_FOR(printsWith(printer, "COPY " + QByteArray::number(copy)) == 1,
                    kit.brief(printer));
    }
    QCOMPARE(printer.prints().size(), 3);
}

void TestPrintHistory::whatMayHaveBeenPrintedIsACopy()
{
    PrintKit kit;
    FakePrinter printer;
    const QUuid old = kit.pay("1");
    PrinterSettings onDemand = PrintKit::settingsFor(printer);
    onDemand.receipts = false;
    kit.setUp({onDemand});
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    const QUuid known = kit.pay("2");
    // Of what was paid before there was a file, nobody knows.
    QCOMPARE(kit.print(old, "front")->copy, 2);
    QCOMPARE(kit.print(known, "front")->copy, 1);
    QCOMPARE(kit.print(known, "front")->copy, 2);
    CF_WAIT_FOR(printer.prints().size() == 3, kit.brief(printer));
    QCOMPARE(printsWith(printer, "COPY 2"), 2);
}

void TestPrintHistory::wishesThatCannotBeAreRefused()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    QCOMPARE(kit.print(kit.placeUnpaid("1")).error().code, ErrorCode::TransitionNotAllowed);
    QCOMPARE(kit.print(QUuid::createUuid()).error().code, ErrorCode::UnknownOrder);
    QCOMPARE(kit.print(kit.pay("2"), "cellar").error().code, ErrorCode::NotFound);
}

void TestPrintHistory::aFileThatCannotBeOpenedIsSaid()
{
    PrintKit kit;
    FakePrinter printer;
    QVERIFY(QDir().mkpath(kit.path("printers.db")));
    kit.setUp(printer);
    CF_WAIT_FOR(kit.journal().contains("print_queue_failed "), kit.brief(printer));
    const QUuid id = kit.pay("1");
    QVERIFY(!kit.print(id));
    QVERIFY(printer.prints().isEmpty());
}

void TestPrintHistory::aCrashedHubsJobIsAPossibleCopy()
{
    PrintKit kit;
    const QString path = kit.path("printers.db");
    PrintJob job;
    job.printer = "front";
    job.orderId = QUuid::createUuid();
    {
        auto store = PrintStore::open(path, kit.clock.now());
        QVERIFY(store);
        QVERIFY((*store)->advance("front", kit.head(), {job}, kit.clock.now()));
        QVERIFY((*store)->advance("front", kit.head(), {job}, kit.clock.now())); // the same again
        QCOMPARE(*(*store)->waiting("front"), 1);
        QVERIFY((*store)->begin((*(*store)->next("front"))->n, kit.clock.now()));
    } // nothing says what became of it
    auto store = PrintStore::open(path, kit.clock.now());
    QVERIFY(store);
    QCOMPARE((*store)->interrupted(), 1);
    const auto again = (*store)->next("front");
    QVERIFY(again && *again);
    QVERIFY((*again)->possibleCopy);
    QCOMPARE((*again)->cuts, 0); // the hub ended, not the printer
    QCOMPARE(*(*store)->cursor("front"), kit.head());
}

void TestPrintHistory::theFileIsNobodyElses()
{
    PrintKit kit;
    FakePrinter printer;
    kit.setUp(printer);
    CF_WAIT_FOR(kit.status().state == PrinterState::Ready, kit.brief(printer));
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    QVERIFY(!(QFile::permissions(kit.path("printers.db")) & others));
}

QTEST_GUILESS_MAIN(TestPrintHistory)
#include "test_print_history.moc"
