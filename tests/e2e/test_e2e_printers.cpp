// SPDX-License-Identifier: Apache-2.0
// A real hub and a printer that has a bad day: nothing that was paid is lost, and nothing comes
// twice without saying so, also when the hub is killed.
#include "tests/e2e/wait_for.h"
#include "tests/support/fake_printer.h"
#include "tests/support/hub_process.h"
#include "tests/support/seeded_random.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace cf::test;

namespace {

QJsonObject printersDocument(const FakePrinter &printer, const QJsonArray &stations = {})
{
    const QJsonObject entry{
        {"id", "front"}, {"host", "127.0.0.1"},  {"port", printer.port()},        {"qr", "off"},
        {"cut", true},   {"stations", stations}, {"receipts", stations.isEmpty()}};
    return {{"rev", 0}, {"settings", QJsonObject{{"printers", QJsonArray{entry}}}}};
}

QByteArray bytesOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

int put(HubProcess &hub, const QByteArray &target, const QJsonObject &body)
{
    return hub.client()
        .request("PUT", target, bytesOf(body), {{"Content-Type", "application/json"}})
        .status;
}

QJsonObject stateOf(const HubProcess &hub)
{
    return hub.getJson("/v1/printers").value("printers")[0].toObject();
}

int printsOf(const FakePrinter &printer, const QString &number, bool onlyUnmarked)
{
    int count = 0;
    for (const QByteArray &print : printer.prints()) {
        const bool isIt = print.contains("Order " + number.toUtf8() + '\n');
        count += isIt && !(onlyUnmarked && print.contains("POSSIBLE COPY")) ? 1 : 0;
    }
    return count;
}

QByteArray brief(const HubProcess &hub, const FakePrinter &printer)
{
    return bytesOf(stateOf(hub)) + '\n' + printer.prints().join("\n---\n") + '\n' + hub.tail();
}

} // namespace

class TestE2ePrinters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKilledHubLosesNothing();
    void aBadDayLosesNothing();
    void aStationWithoutDisplayIsPrinted();
};

void TestE2ePrinters::aKilledHubLosesNothing()
{
    HubProcess hub;
    FakePrinter printer;
    QVERIFY2(hub.start(), hub.tail().constData());
    QCOMPARE(hub.client().post("/v1/orders", orderBody("before")).status, 201);
    QCOMPARE(put(hub, "/v1/settings/printers", printersDocument(printer)), 200);
    CF_WAIT_FOR(stateOf(hub).value("state").toString() == "ready", brief(hub, printer));
    printer.setConfirms(false); // the first is printed, and the hub does not know
    for (int n = 1; n <= 5; ++n)
        QCOMPARE(hub.client().post("/v1/orders", orderBody(QString::number(n))).status, 201);
    CF_WAIT_FOR(printsOf(printer, "1", true) == 1, brief(hub, printer));
    hub.kill();
    printer.setConfirms(true);
    QVERIFY2(hub.start(), hub.tail().constData());
    CF_WAIT_FOR(printer.prints().size() == 6, brief(hub, printer));
    QCOMPARE(printsOf(printer, "1", false), 2);
    for (int n = 1; n <= 5; ++n)
        QCOMPARE(printsOf(printer, QString::number(n), true), 1);
    QCOMPARE(printsOf(printer, "before", false), 0);
    QVERIFY(hub.client()
                .get("/metrics")
                .body.contains("counterfire_printer_ready{printer=\"front\"} 1"));
}

void TestE2ePrinters::aBadDayLosesNothing()
{
    constexpr int orders = 40;
    HubProcess hub;
    FakePrinter printer;
    QVERIFY2(hub.start(), hub.tail().constData());
    QCOMPARE(put(hub, "/v1/settings/printers", printersDocument(printer)), 200);
    CF_WAIT_FOR(stateOf(hub).value("state").toString() == "ready", brief(hub, printer));
    SeededRandom random(7);
    for (int n = 1; n <= orders; ++n) {
        QCOMPARE(hub.client().post("/v1/orders", orderBody(QString::number(n))).status, 201);
        switch (random.below(8)) {
        case 0: printer.cutAfter(random.below(400)); break;
        case 1: printer.endPaperAfter(random.below(400)); break;
        case 2: printer.setPaper(true); break;
        case 3: printer.die(); break;
        case 4: printer.revive(); break;
        case 5:
            hub.kill();
            QVERIFY2(hub.start(), hub.tail().constData());
            break;
        default: break;
        }
    }
    printer.revive();
    printer.setPaper(true);
    CF_WAIT_FOR(
        [&] {
            printer.setPaper(true); // the last roll may have ended meanwhile
            for (int n = 1; n <= orders; ++n) {
                if (printsOf(printer, QString::number(n), false) == 0)
                    return false;
            }
            return stateOf(hub).value("waiting").toInt(-1) == 0;
        }(),
        brief(hub, printer));
    for (int n = 1; n <= orders; ++n)
        QVERIFY2(printsOf(printer, QString::number(n), true) <= 1,
                 ("twice without a mark: " + QByteArray::number(n)).constData());
}

void TestE2ePrinters::aStationWithoutDisplayIsPrinted()
{
    HubProcess hub;
    FakePrinter printer;
    QVERIFY2(hub.start(), hub.tail().constData());
    const QJsonObject grill{{"id", "grill"}, {"name", "Hot Grill"}, {"alarm_after_s", 1}};
    const QJsonObject kitchen{
        {"stations", QJsonArray{grill}},
        {"displays",
         QJsonArray{QJsonObject{
             {"name", "grill-1"}, {"role", "prep"}, {"stations", QJsonArray{"grill"}}}}},
        {"routing", QJsonObject{{"service_type", QJsonObject{{"takeaway", "grill"}}}}}};
    QCOMPARE(put(hub, "/v1/settings", {{"rev", 0}, {"settings", kitchen}}), 200);
    QCOMPARE(put(hub, "/v1/settings/printers", printersDocument(printer, {"grill"})), 200);
    QJsonObject order = orderBody("77");
    order.insert("service_type", "takeaway");
    QCOMPARE(hub.client().post("/v1/orders", order).status, 201);
    CF_WAIT_FOR(printer.prints().size() == 1, brief(hub, printer)); // nobody shows the grill
    QVERIFY2(printer.prints().front().contains("Hot Grill"), printer.prints().front().constData());
    QVERIFY(printer.prints().front().contains("77"));
}

QTEST_GUILESS_MAIN(TestE2ePrinters)
#include "test_e2e_printers.moc"
