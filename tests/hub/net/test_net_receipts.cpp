// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

QByteArray bearer(const QByteArray &token)
{
    return "Authorization: Bearer " + token + "\r\n";
}

struct Placed {
    QByteArray id;
    QByteArray page; // "/t/..."
};

Placed place(const NetKit &kit, const QByteArray &payment = R"({"method":"card","amount":2400})")
{
    const QByteArray body = R"({"number":"47","currency":"EUR","items":[{"name":"Burger \"X\"",
        "quantity":2,"unit_price":1200}])"
                            + (payment.isEmpty() ? QByteArray() : ",\"payment\":" + payment) + '}';
    const QJsonObject placed =
        jsonOf(ask(kit.port(), postText("/v1/orders", body, bearer("integration-token"))));
    return {placed.value("order_id").toString().toLatin1(),
            placed.value("tracker_url").toString().toLatin1()};
}

QByteArray receipt(const NetKit &kit, const Placed &order, const QByteArray &query = {},
                   const QByteArray &token = "kitchen-token")
{
    return ask(kit.port(), getText("/v1/orders/" + order.id + "/receipt" + query, bearer(token)));
}

QByteArray putDocument(const NetKit &kit, const QByteArray &name, qint64 rev,
                       const QByteArray &settings)
{
    const QByteArray body =
        "{\"rev\":" + QByteArray::number(rev) + ",\"settings\":" + settings + '}';
    return ask(kit.port(),
               "PUT" + postText("/v1/settings/" + name, body, bearer("manager-token")).mid(4));
}

QStringList pointersOf(const QByteArray &answer)
{
    QStringList pointers;
    for (const QJsonValue &error : jsonOf(answer).value("errors").toArray())
        pointers.append(error["pointer"].toString());
    return pointers;
}

} // namespace

class TestNetReceipts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeInEachFormat();
    void areForThoseWhoReadOrders();
    void guestsHaveTheirOwn();
    void badWishesAreNamed();
    void unpaidOrdersHaveNone();
    void laterWordsOfTheRestaurantChangeNothing();
    void taxesComeFromThePayment();
    void wrongChargesAreNamed();
    void printersAreSetUp();
    void wrongPrintersAreNamed();
    void withoutPrintersNothingIsPrinted();
};

void TestNetReceipts::comeInEachFormat()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit);
    const QByteArray text = receipt(kit, order);
    QCOMPARE(statusOf(text), 200);
    QCOMPARE(headerOf(text, "content-type"), "text/plain; charset=utf-8");
    QVERIFY2(bodyOf(text).contains("2 × Burger \"X\"") && bodyOf(text).contains("24.00"),
             text.constData());
    QVERIFY2(bodyOf(text).simplified().replace(" ", "").contains(order.page), text.constData());
    const QByteArray narrow = receipt(kit, order, "?format=text&columns=32");
    for (const QByteArray &line : bodyOf(narrow).split('\n'))
        QVERIFY2(QString::fromUtf8(line).size() <= 32, line.constData());
    const QByteArray html = receipt(kit, order, "?format=html");
    QVERIFY(headerOf(html, "content-security-policy").contains("default-src 'none'"));
    QVERIFY(bodyOf(html).contains("Burger &quot;X&quot;") && bodyOf(html).contains("<svg"));
    const QByteArray pdf = receipt(kit, order, "?format=pdf");
    QCOMPARE(headerOf(pdf, "content-type"), "application/pdf");
    QCOMPARE(headerOf(pdf, "content-disposition"), "inline; filename=\"receipt-47.pdf\"");
    QVERIFY(bodyOf(pdf).startsWith("%PDF-"));
    QCOMPARE(bodyOf(receipt(kit, order, "?format=pdf")), bodyOf(pdf));
    QVERIFY(bodyOf(receipt(kit, order, "?format=escpos&columns=48")).startsWith("\x1b@"));
    QCOMPARE(statusOf(ask(kit.port(), getText("/web/receipt.css"))), 200);
}

void TestNetReceipts::areForThoseWhoReadOrders()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit);
    for (const char *token : {"kitchen-token", "manager-token", "integration-token"})
        QCOMPARE(statusOf(receipt(kit, order, {}, token)), 200);
    QCOMPARE(statusOf(receipt(kit, order, {}, "wrong")), 401);
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/printers", bearer("kitchen-token")))), 403);
}

void TestNetReceipts::guestsHaveTheirOwn()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit);
    const QByteArray page = ask(kit.port(), getText(order.page + "/receipt"));
    QCOMPARE(statusOf(page), 200);
    QCOMPARE(headerOf(page, "content-type"), "text/html; charset=utf-8");
    QCOMPARE(headerOf(page, "referrer-policy"), "no-referrer");
    QVERIFY(bodyOf(page).contains("24.00"));
    const QByteArray pdf = ask(kit.port(), getText(order.page + "/receipt?format=pdf"));
    QVERIFY(bodyOf(pdf).startsWith("%PDF-"));
    QCOMPARE(statusOf(ask(kit.port(), getText(order.page + "/receipt?format=escpos"))), 400);
    const QByteArray none = ask(kit.port(), getText("/t/00000000000000000000000000000000/receipt"));
    QCOMPARE(statusOf(none), 404);
    QCOMPARE(bodyOf(none), bodyOf(ask(kit.port(), getText("/t/nothing/receipt"))));
}

void TestNetReceipts::badWishesAreNamed()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit);
    QCOMPARE(statusOf(receipt(kit, order, "?format=docx")), 400);
    QVERIFY(bodyOf(receipt(kit, order, "?format=docx")).contains("?format= is text, html, pdf"));
    QCOMPARE(statusOf(receipt(kit, order, "?columns=40")), 400);
    QCOMPARE(statusOf(receipt(kit, {"nothing", {}})), 404);
    QCOMPARE(statusOf(receipt(kit, {"01920000-0000-7000-8000-000000000001", {}})), 404);
}

void TestNetReceipts::unpaidOrdersHaveNone()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit, {});
    const QByteArray answer = receipt(kit, order);
    QCOMPARE(statusOf(answer), 409);
    QCOMPARE(jsonOf(answer).value("code").toString(), "transition_not_allowed");
}

void TestNetReceipts::laterWordsOfTheRestaurantChangeNothing()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(
        statusOf(putDocument(kit, "restaurant", 0,
                             R"({"name":"Old Name","tax_id":"T-1","time_zone":"Asia/Tokyo"})")),
        200);
    const Placed order = place(kit);
    const QByteArray before = bodyOf(receipt(kit, order));
    QVERIFY2(before.contains("Old Name") && before.contains("T-1"), before.constData());
    QCOMPARE(statusOf(putDocument(kit, "restaurant", 1, R"({"name":"New Name"})")), 200);
    QCOMPARE(bodyOf(receipt(kit, order)), before);
    QVERIFY(bodyOf(receipt(kit, place(kit))).contains("New Name"));
    // A caller cannot say which words were in force.
    const Placed unpaid = place(kit, {});
    const QByteArray pay =
        R"({"type":"order_paid","payload":{"method":"cash","amount":2400,"restaurant_rev":1}})";
    QCOMPARE(statusOf(ask(kit.port(), postText("/v1/orders/" + unpaid.id + "/events", pay,
                                               bearer("integration-token")))),
             201);
    QVERIFY(bodyOf(receipt(kit, unpaid)).contains("New Name"));
}

void TestNetReceipts::taxesComeFromThePayment()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit, R"({"method":"card","amount":2600,"subtotal":2400,
        "discounts":[{"name":"Happy hour","amount":100}],
        "taxes":[{"name":"VAT","rate_percent":7.7,"amount":185,"included":true}],
        "tip":300,"total":2600,"till":"kept"})");
    const QByteArray text = bodyOf(receipt(kit, order));
    for (const char *line : {"Happy hour", "-1.00", "VAT 7.7 % (included)", "1.85", "Tip", "3.00",
                             "Total EUR", "26.00"})
        QVERIFY2(text.contains(line), (QByteArray(line) + " is not in\n" + text).constData());
    const QJsonObject folded =
        jsonOf(ask(kit.port(), getText("/v1/orders/" + order.id, bearer("kitchen-token"))));
    QCOMPARE(folded.value("payment")["taxes"][0]["rate_percent"].toDouble(), 7.7);
    QCOMPARE(folded.value("payment")["tip"].toInt(), 300);
}

void TestNetReceipts::wrongChargesAreNamed()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray body = R"({"items":[{"name":"x","quantity":1}],"payment":{"tip":-1,
        "total":"much","discounts":[{"amount":1},{"name":"a"}],
        "taxes":[{"name":"t","amount":1,"rate_percent":7.7777},"no",
                 {"name":"t","amount":-1,"included":"yes"}]}})";
    const QByteArray answer =
        ask(kit.port(), postText("/v1/orders", body, bearer("integration-token")));
    QCOMPARE(statusOf(answer), 422);
    const QStringList pointers = pointersOf(answer);
    for (const char *pointer :
         {"/payment/tip", "/payment/total", "/payment/discounts/0/name",
          "/payment/discounts/1/amount", "/payment/taxes/0/rate_percent", "/payment/taxes/1",
          "/payment/taxes/2/amount", "/payment/taxes/2/included"})
        QVERIFY2(pointers.contains(pointer), pointer);
}

void TestNetReceipts::printersAreSetUp()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = putDocument(kit, "printers", 0, R"({"public_url":"http://hub:7300/",
        "printers":[{"id":"front","host":"192.168.1.50","columns":32,"code_page":"pc858",
                     "qr":"raster","stations":["grill"]}]})");
    QCOMPARE(statusOf(answer), 200);
    const QJsonValue settings = jsonOf(answer).value("settings");
    QCOMPARE(settings["public_url"].toString(), "http://hub:7300");
    QCOMPARE(settings["printers"][0]["port"].toInt(), 9100);
    QCOMPARE(settings["printers"][0]["name"].toString(), "front");
    QCOMPARE(settings["printers"][0]["status"].toBool(), true);
    QVERIFY(bodyOf(receipt(kit, place(kit))).contains("http://hub:7300/t/"));
}

void TestNetReceipts::wrongPrintersAreNamed()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = putDocument(kit, "printers", 0, R"({"public_url":"javascript:x",
        "printers":[{"id":"a b","host":"x y","port":0,"columns":40,"code_page":"utf-8","qr":1},
                    {"id":"c"},{"id":"c","host":"h"},7]})");
    QCOMPARE(statusOf(answer), 422);
    const QStringList pointers = pointersOf(answer);
    for (const char *at : {"/public_url", "/printers/0/id", "/printers/0/host", "/printers/0/port",
                           "/printers/0/columns", "/printers/0/code_page", "/printers/0/qr",
                           "/printers/1/host", "/printers/2/id", "/printers/3"})
        QVERIFY2(pointers.contains(QStringLiteral("/settings") + at),
                 (QByteArray(at) + " not in " + answer).constData());
}

void TestNetReceipts::withoutPrintersNothingIsPrinted()
{
    const NetKit kit(NetKit::guarded());
    const Placed order = place(kit);
    const QByteArray print =
        postText("/v1/orders/" + order.id + "/receipt/print", "{}", bearer("kitchen-token"));
    QCOMPARE(statusOf(ask(kit.port(), print)), 404);
    const QByteArray list = ask(kit.port(), getText("/v1/printers", bearer("manager-token")));
    QCOMPARE(bodyOf(list), "{\"printers\":[]}");
}

QTEST_GUILESS_MAIN(TestNetReceipts)
#include "test_net_receipts.moc"
