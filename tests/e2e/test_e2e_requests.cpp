// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/hub_process.h"
#include "tests/support/kitchen_client.h"

#include <QJsonArray>

#include <set>
#include <thread>

using namespace cf::test;

namespace {
constexpr int atOnce = 50;
constexpr int bodyTooLarge = 256 * 1024 + 1;

QByteArray orderWith(const QByteArray &items)
{
    return QByteArray("{\"items\":") + items + '}';
}
} // namespace

// What a till does wrong, or twice.
class TestE2eRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_hub.reset(); }
    void samePostFiftyTimesIsOneOrder_data();
    void samePostFiftyTimesIsOneOrder();
    void sameKeyWithAnotherBodyIsRefused();
    void resentCommandIsDoneOnce();
    void wrongRequestsAppendNothing_data();
    void wrongRequestsAppendNothing();
    void brokenHttpAppendsNothing();

private:
    [[nodiscard]] QString cursor() const { return m_hub->snapshot().value("cursor").toString(); }

    std::unique_ptr<HubProcess> m_hub;
};

void TestE2eRequests::init()
{
    m_hub = std::make_unique<HubProcess>();
    QVERIFY2(m_hub->start(), m_hub->tail().constData());
}

void TestE2eRequests::samePostFiftyTimesIsOneOrder_data()
{
    QTest::addColumn<bool>("byHeader");
    QTest::newRow("Idempotency-Key") << true;
    QTest::newRow("source and external_id") << false;
}

void TestE2eRequests::samePostFiftyTimesIsOneOrder()
{
    QFETCH(bool, byHeader);
    QJsonObject body = orderBody("47");
    HttpHeaders headers;
    if (byHeader)
        headers = {{"Idempotency-Key", "till-1042"}};
    else
        body.insert("source", QJsonObject{{"name", "till"}, {"external_id", "T-1042"}});
    std::vector<HttpReply> replies(atOnce);
    std::vector<std::thread> threads;
    threads.reserve(replies.size());
    for (HttpReply &reply : replies)
        threads.emplace_back([port = m_hub->port(), &body, &headers, &reply] {
            reply = HttpClient(port).post("/v1/orders", body, headers);
        });
    for (std::thread &thread : threads)
        thread.join();

    int created = 0;
    std::set<QString> orders;
    for (const HttpReply &reply : replies) {
        QVERIFY2(reply.status == 201 || reply.status == 200, reply.brief().constData());
        created += reply.status == 201 ? 1 : 0;
        QCOMPARE(reply.header("idempotency-replayed") == "true", reply.status == 200);
        QCOMPARE(reply.body, replies.front().body);
        orders.insert(reply.json().value("order_id").toString());
    }
    QCOMPARE(created, 1);
    QCOMPARE(static_cast<int>(orders.size()), 1);
    QCOMPARE(m_hub->getJson("/v1/orders?open=1").value("orders").toArray().size(), 1);
    QCOMPARE(posOf(cursor()), 2); // placed and paid
}

void TestE2eRequests::sameKeyWithAnotherBodyIsRefused()
{
    HttpClient http = HttpClient(m_hub->port());
    QCOMPARE(http.post("/v1/orders", orderBody("47"), {{"Idempotency-Key", "k"}}).status, 201);
    const QString before = cursor();
    const HttpReply reply = http.post("/v1/orders", orderBody("48"), {{"Idempotency-Key", "k"}});
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.json().value("code").toString(), "idempotency_mismatch");
    QCOMPARE(cursor(), before);
}

// A display that did not hear the answer asks again under the same number, also on a new connection
// and of a hub that was killed in between.
void TestE2eRequests::resentCommandIsDoneOnce()
{
    const QJsonObject placed = m_hub->client().post("/v1/orders", orderBody("47")).json();
    const QString orderId = placed.value("order_id").toString();
    KitchenClient display("grill-1");
    const auto ask = [&](qint64 n, const QString &type) {
        const size_t before = display.all("res").size();
        display.sendCommand(n, orderId, type);
        waitUntil([&] { return display.all("res").size() > before; });
        return display.last("res");
    };
    display.open(m_hub->port());
    CF_WAIT_FOR(display.has("live"), m_hub->tail());
    const QJsonObject first = ask(1, "order_started");
    QCOMPARE(first.value("status").toString(), "applied");
    QCOMPARE(first.value("seq").toInt(), 3);
    QCOMPARE(ask(1, "order_started").value("status").toString(), "duplicate");
    QCOMPARE(ask(2, "order_started").value("status").toString(), "noop");

    QVERIFY2(m_hub->restart(), m_hub->tail().constData());
    display.open(m_hub->port(), display.cursor());
    CF_WAIT_FOR(display.all("welcome").size() == 2, m_hub->tail());
    QCOMPARE(display.last("welcome").value("outbox_last").toInt(), 2);
    const QJsonObject again = ask(1, "order_started");
    QCOMPARE(again.value("status").toString(), "duplicate");
    QCOMPARE(again.value("seq"), first.value("seq"));
    QCOMPARE(again.value("pos"), first.value("pos"));
    const QJsonObject refused = ask(3, "order_completed");
    QCOMPARE(refused.value("status").toString(), "rejected");
    QCOMPARE(refused.value("code").toString(), "transition_not_allowed");
    QCOMPARE(refused.value("current")["status"].toString(), "in_kitchen");
    QCOMPARE(posOf(cursor()), 3);
}

void TestE2eRequests::wrongRequestsAppendNothing_data()
{
    QTest::addColumn<QByteArray>("target"); // ORDER stands for an order's id
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("pointer"); // of the first error; empty: none

    const QByteArray orders = "/v1/orders";
    const QByteArray events = "/v1/orders/ORDER/events";
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &body,
                        int status, const char *code, const char *pointer = "") {
        QTest::newRow(name) << target << body << status << QString(code) << QString(pointer);
    };
    row("not JSON", orders, "{\"items\":[", 400, "malformed_json");
    row("not an object", orders, "[1,2]", 400, "malformed_json");
    row("nothing", orders, "", 400, "malformed_json");
    row("too deep", orders, orderWith(QByteArray(500, '[') + QByteArray(500, ']')), 400,
        "malformed_json");
    row("too large", orders, orderWith('"' + QByteArray(bodyTooLarge, 'x') + '"'), 413,
        "body_too_large");
    row("no items", orders, "{}", 422, "validation_failed", "/items");
    row("items of the wrong type", orders, orderWith("\"two burgers\""), 422, "validation_failed",
        "/items");
    row("no item", orders, orderWith("[]"), 422, "validation_failed", "/items");
    row("item without a name", orders, orderWith("[{\"quantity\":1}]"), 422, "validation_failed",
        "/items/0/name");
    row("quantity of the wrong type", orders, orderWith("[{\"name\":\"Soup\",\"quantity\":\"2\"}]"),
        422, "validation_failed", "/items/0/quantity");
    row("quantity out of bounds", orders, orderWith("[{\"name\":\"Soup\",\"quantity\":1000}]"), 422,
        "validation_failed", "/items/0/quantity");
    row("unknown type", events, "{\"type\":\"order_eaten\"}", 422, "validation_failed", "/type");
    row("unknown line", events, "{\"type\":\"item_ready\",\"payload\":{\"lines\":[\"77\"]}}", 422,
        "unknown_line");
    row("disallowed transition", events, "{\"type\":\"order_completed\"}", 409,
        "transition_not_allowed");
    row("another seq", events, "{\"type\":\"order_accepted\",\"expected_seq\":9}", 409,
        "seq_mismatch");
    row("unknown order", "/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057/events",
        "{\"type\":\"order_accepted\"}", 404, "unknown_order");
}

void TestE2eRequests::wrongRequestsAppendNothing()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, pointer);
    HttpClient http = HttpClient(m_hub->port());
    const HttpReply placed = http.post("/v1/orders", orderBody("47"));
    QCOMPARE(placed.status, 201);
    const QString before = cursor();

    target.replace("ORDER", placed.json().value("order_id").toString().toUtf8());
    const HttpReply reply = HttpClient(m_hub->port()).post(target, body);
    QVERIFY2(reply.status == status, reply.brief().constData());
    QVERIFY2(reply.header("content-type").startsWith("application/problem+json"),
             reply.header("content-type").constData());
    const QJsonObject problem = reply.json();
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
    QCOMPARE(cursor(), before);
    QVERIFY(m_hub->isRunning());
}

void TestE2eRequests::brokenHttpAppendsNothing()
{
    const QString before = cursor();
    const QByteArray huge(64 * 1024, 'x');
    const QByteArray twoLengths = "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n";
    const std::vector<QByteArray> wrong{
        "POST /v1/orders HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", // no Host
        "POST /v1/orders HTTP/1.1\r\nHost: a\r\n" + twoLengths + "\r\n{}",
        "POST /v1/orders HTTP/1.1\r\nHost: a\r\nX: " + huge + "\r\n\r\n",
        "NONSENSE\r\n\r\n",
        QByteArray(4096, '\0'),
    };
    for (const QByteArray &bytes : wrong) {
        QTcpSocket socket;
        socket.connectToHost("127.0.0.1", m_hub->port());
        QVERIFY(socket.waitForConnected());
        socket.write(bytes);
        // Refused and closed; never accepted.
        CF_WAIT_FOR(socket.state() == QAbstractSocket::UnconnectedState, bytes.left(80));
        const QByteArray answer = socket.readAll();
        QVERIFY2(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer.constData());
    }
    QCOMPARE(cursor(), before);
}

QTEST_GUILESS_MAIN(TestE2eRequests)
#include "test_e2e_requests.moc"
