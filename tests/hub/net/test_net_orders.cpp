// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

class TestNetOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(); }
    void cleanup() { m_kit.reset(); }

    void placesAnOrderOnce();
    void refusesAKeyUsedForAnother();
    void retriesAtOnceAreOneOrder();
    void appendsEventsOnce();
    void wrongRequestsAppendNothing_data();
    void wrongRequestsAppendNothing();
    void readsOrdersOpenAndClosed();
    void tellsTheCustomersPageAgain();
    void listsOrders();
    void tellsTheTimeline();

private:
    QByteArray post(const QByteArray &path, const QJsonObject &body, const QByteArray &headers = {})
    {
        return ask(m_kit->port(),
                   postText(path, QJsonDocument(body).toJson(QJsonDocument::Compact), headers));
    }
    QByteArray get(const QByteArray &path, const QByteArray &headers = {})
    {
        return ask(m_kit->port(), getText(path, headers));
    }
    QByteArray place(const QString &number)
    {
        return jsonOf(post("/v1/orders", orderBody(number))).value("order_id").toString().toUtf8();
    }
    void move(const QByteArray &id, const char *type)
    {
        const QByteArray answer = post("/v1/orders/" + id + "/events", {{"type", type}});
        QVERIFY2(statusOf(answer) == 201, answer.constData());
    }

    std::unique_ptr<NetKit> m_kit;
};

void TestNetOrders::placesAnOrderOnce()
{
    const QByteArray first = post("/v1/orders", orderBody("47"), "Idempotency-Key: k\r\n");
    QCOMPARE(statusOf(first), 201);
    QVERIFY(headerOf(first, "idempotency-replayed").isEmpty());
    const QJsonObject json = jsonOf(first);
    for (const char *key :
         {"order_id", "number", "tracker_token", "tracker_url", "status", "seq", "pos"})
        QVERIFY2(json.contains(key), key);
    QCOMPARE(json.value("status").toString(), "paid");
    QCOMPARE(json.value("seq").toInt(), 2);
    const QByteArray again = post("/v1/orders", orderBody("47"), "Idempotency-Key: k\r\n");
    QCOMPARE(statusOf(again), 200);
    QCOMPARE(headerOf(again, "idempotency-replayed"), "true");
    QCOMPARE(bodyOf(again), bodyOf(first));
    QCOMPARE(m_kit->headPos(), 2);
}

void TestNetOrders::refusesAKeyUsedForAnother()
{
    post("/v1/orders", orderBody("47"), "Idempotency-Key: k\r\n");
    const QByteArray other = post("/v1/orders", orderBody("48"), "Idempotency-Key: k\r\n");
    QCOMPARE(statusOf(other), 422);
    QCOMPARE(jsonOf(other).value("code").toString(), "idempotency_mismatch");
    const QByteArray longKey = "Idempotency-Key: " + QByteArray(201, 'k') + "\r\n";
    QCOMPARE(statusOf(post("/v1/orders", orderBody("49"), longKey)), 422);
    QCOMPARE(m_kit->headPos(), 2);
}

void TestNetOrders::retriesAtOnceAreOneOrder()
{
    std::vector<std::unique_ptr<Wire>> wires;
    const QByteArray body = QJsonDocument(orderBody("47")).toJson(QJsonDocument::Compact);
    for (int i = 0; i < 50; ++i) {
        wires.push_back(std::make_unique<Wire>(m_kit->port()));
        wires.back()->send(postText("/v1/orders", body, "Idempotency-Key: k\r\n"));
    }
    int created = 0;
    for (const auto &wire : wires) {
        const int status = statusOf(wire->takeAnswer());
        QVERIFY2(status == 200 || status == 201, qPrintable(QString::number(status)));
        created += status == 201;
    }
    QCOMPARE(created, 1);
    QCOMPARE(m_kit->headPos(), 2);
}

void TestNetOrders::appendsEventsOnce()
{
    const QByteArray path = "/v1/orders/" + place("47") + "/events";
    const QJsonObject body{{"type", "order_accepted"},
                           {"payload", QJsonObject()},
                           {"expected_seq", 2},
                           {"command_id", "c1"}};
    const QByteArray first = post(path, body);
    QCOMPARE(statusOf(first), 201);
    const QJsonObject json = jsonOf(first);
    QCOMPARE(json.value("status").toString(), "accepted");
    QCOMPARE(json.value("seq").toInt(), 3);
    QCOMPARE(json.value("pos").toInt(), 3);
    QCOMPARE(json.value("event")["type"].toString(), "order_accepted");
    const QByteArray again = post(path, body);
    QCOMPARE(statusOf(again), 200);
    QCOMPARE(bodyOf(again), bodyOf(first));
    QCOMPARE(m_kit->headPos(), 3);
}

void TestNetOrders::wrongRequestsAppendNothing_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("pointer");
    const QByteArray orders = "/v1/orders";
    const QByteArray events = "/v1/orders/ORDER/events";
    const auto row = [](const char *name, const QByteArray &path, const QByteArray &body,
                        int status, const char *code, const char *pointer = "") {
        QTest::newRow(name) << path << body << status << QString(code) << QString(pointer);
    };
    row("not JSON", orders, "{", 400, "malformed_json");
    row("not an object", orders, "[]", 400, "malformed_json");
    row("nested deeper than a display reads", orders,
        "{\"items\":[],\"meta\":" + QByteArray(16, '{').replace("{", "{\"a\":") + "1"
            + QByteArray(17, '}'),
        400, "malformed_json");
    row("half a character", orders,
        R"({"items":[{"name":"x","quantity":1}],"meta":{"\ud800":1,"\ud801":2}})", 400,
        "malformed_json");
    row("no items", orders, "{}", 422, "validation_failed", "/items");
    row("a bad item", orders, "{\"items\":[{\"name\":\"x\",\"quantity\":0}]}", 422,
        "validation_failed", "/items/0/quantity");
    row("no type", events, "{}", 422, "validation_failed", "/type");
    row("an unknown type", events, "{\"type\":\"order_eaten\"}", 422, "validation_failed", "/type");
    row("a payload that is none", events, "{\"type\":\"order_accepted\",\"payload\":3}", 422,
        "validation_failed", "/payload");
    row("a bad seq", events, "{\"type\":\"order_accepted\",\"expected_seq\":1.5}", 422,
        "validation_failed", "/expected_seq");
    row("a bad command id", events, "{\"type\":\"order_accepted\",\"command_id\":\"\"}", 422,
        "validation_failed", "/command_id");
    row("an unknown line", events, "{\"type\":\"item_ready\",\"payload\":{\"lines\":[\"9\"]}}", 422,
        "unknown_line");
    row("not allowed", events, "{\"type\":\"order_completed\"}", 409, "transition_not_allowed");
    row("another seq", events, "{\"type\":\"order_accepted\",\"expected_seq\":7}", 409,
        "seq_mismatch");
    row("an unknown order", "/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057/events",
        "{\"type\":\"order_accepted\"}", 404, "unknown_order");
    row("an id that is none", "/v1/orders/47/events", "{\"type\":\"order_accepted\"}", 404,
        "unknown_order");
}

void TestNetOrders::wrongRequestsAppendNothing()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, pointer);
    path.replace("ORDER", place("47"));
    const QByteArray answer = ask(m_kit->port(), postText(path, body));
    QVERIFY2(statusOf(answer) == status, answer.constData());
    QCOMPARE(headerOf(answer, "content-type"), "application/problem+json");
    const QJsonObject problem = jsonOf(answer);
    QCOMPARE(problem.value("code").toString(), code);
    QCOMPARE(problem.value("status").toInt(), status);
    for (const char *key : {"type", "title", "detail"})
        QVERIFY2(!problem.value(key).toString().isEmpty(), key);
    if (!pointer.isEmpty())
        QCOMPARE(problem.value("errors")[0]["pointer"].toString(), pointer);
    if (status == 409) {
        QCOMPARE(problem.value("current")["status"].toString(), "paid");
        QCOMPARE(problem.value("current")["seq"].toInt(), 2);
    }
    QCOMPARE(m_kit->headPos(), 2);
}

void TestNetOrders::readsOrdersOpenAndClosed()
{
    const QByteArray id = place("47");
    QCOMPARE(jsonOf(get("/v1/orders/" + id)).value("status").toString(), "paid");
    // So many later ones that the hub itself has forgotten it.
    post("/v1/orders/" + id + "/events", {{"type", "order_cancelled"}});
    for (int i = 0; i < limits::recentOrdersMax; ++i)
        post("/v1/orders/" + place(QString::number(i)) + "/events", {{"type", "order_cancelled"}});
    const QJsonObject closed = jsonOf(get("/v1/orders/" + id));
    QCOMPARE(closed.value("status").toString(), "cancelled");
    QCOMPARE(closed.value("number").toString(), "47");
    QCOMPARE(statusOf(get("/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057")), 404);
    QCOMPARE(statusOf(get("/v1/orders/nonsense")), 404);
}

void TestNetOrders::tellsTheCustomersPageAgain()
{
    const QJsonObject placed = jsonOf(post("/v1/orders", orderBody("47")));
    const QString page = placed.value("tracker_url").toString();
    QVERIFY2(page.startsWith("/t/"), qPrintable(page));
    const QByteArray path = "/v1/orders/" + placed.value("order_id").toString().toUtf8();
    QCOMPARE(jsonOf(get(path)).value("tracker_url").toString(), page);
}

void TestNetOrders::listsOrders()
{
    const QByteArray first = place("1");
    place("2");
    post("/v1/orders/" + first + "/events", {{"type", "order_cancelled"}});
    const QJsonObject open = jsonOf(get("/v1/orders?open=1"));
    QCOMPARE(open.value("orders").toArray().size(), 1);
    QCOMPARE(open.value("count").toInt(), 1);
    QVERIFY(!open.contains("recent"));
    const QJsonObject all = jsonOf(get("/v1/orders"));
    QCOMPARE(all.value("recent").toArray().size(), 1);
    QCOMPARE(all.value("recent")[0]["number"].toString(), "1");
}

void TestNetOrders::tellsTheTimeline()
{
    const QByteArray id = place("47");
    move(id, "order_accepted");
    const QJsonObject json = jsonOf(get("/v1/orders/" + id + "/timeline"));
    const QJsonArray events = json.value("events").toArray();
    QCOMPARE(events.size(), 3);
    QCOMPARE(events[2]["type"].toString(), "order_accepted");
    QVERIFY(!events[2]["at"].toString().isEmpty());
    QCOMPARE(events[2]["actor"]["address"].toString(), "127.0.0.1");
    const QByteArray text = get("/v1/orders/" + id + "/timeline", "Accept: text/plain\r\n");
    QVERIFY(headerOf(text, "content-type").startsWith("text/plain"));
    QCOMPARE(bodyOf(text).count('\n'), 4);
    QVERIFY(bodyOf(text).contains("#3  order_accepted"));
    QCOMPARE(statusOf(get("/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057/timeline")), 404);
}

QTEST_GUILESS_MAIN(TestNetOrders)
#include "test_net_orders.moc"
