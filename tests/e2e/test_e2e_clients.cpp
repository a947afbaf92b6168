// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/browser_page.h"
#include "tests/support/hub_process.h"
#include "tests/support/order_traffic.h"

using namespace cf::test;

namespace {
const QString pageText = QStringLiteral("document.title + ' ' + document.body.innerText");
}

// Clients that are not ours: they know the contract and nothing else.
class TestE2eClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pythonComputesTheSameDigest_data();
    void pythonComputesTheSameDigest();
    void browserFollowsTheOrder();
    void pageReadsWithoutScript();
};

void TestE2eClients::pythonComputesTheSameDigest_data()
{
    QTest::addColumn<QString>("transport");
    QTest::newRow("WebSocket, python3-websockets") << "ws";
    QTest::newRow("server-sent events") << "sse";
    QTest::newRow("polling") << "poll";
}

void TestE2eClients::pythonComputesTheSameDigest()
{
    QFETCH(QString, transport);
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    OrderTraffic traffic(hub.port(), "P");
    QVERIFY2(traffic.append(50), traffic.refusal().constData());
    ChildProcess python;
    // -I: Debian's own modules and nothing from whoever runs the test.
    QVERIFY(python.start("/usr/bin/python3", {"-I", CF_E2E_DIR "/follow_stream.py", transport,
                                              QStringLiteral("127.0.0.1:%1").arg(hub.port())}));
    CF_WAIT_FOR(python.output().contains("at ") || !python.isRunning(), hub.tail());
    QVERIFY2(python.isRunning(), python.tail().constData());
    QVERIFY2(traffic.append(150), traffic.refusal().constData());

    const QJsonObject end = hub.snapshot();
    const QByteArray expected = "at " + QByteArray::number(posOf(end.value("cursor").toString()))
                                + " count " + QByteArray::number(end.value("count").toInt())
                                + " digest " + end.value("digest").toString().toUtf8() + '\n';
    CF_WAIT_FOR(python.output().endsWith(expected) || !python.isRunning(),
                "expected " + expected + python.tail());
    QVERIFY2(python.isRunning(), python.tail().constData());
}

void TestE2eClients::browserFollowsTheOrder()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    HttpClient http(hub.port());
    const QJsonObject order = http.post("/v1/orders", orderBody("47")).json();
    const QByteArray events =
        "/v1/orders/" + order.value("order_id").toString().toUtf8() + "/events";
    const QString token = order.value("tracker_token").toString();
    BrowserPage page;
    QVERIFY2(page.open(QUrl(QStringLiteral("http://127.0.0.1:%1/t/%2").arg(hub.port()).arg(token))),
             page.tail().constData());
    CF_WAIT_FOR(page.evaluate(pageText).contains("We have your order"), page.tail());
    QVERIFY(page.evaluate(pageText).contains("47"));
    QVERIFY(page.evaluate(pageText).contains("Dish 1"));

    // The browser's own EventSource, beside the page's.
    page.evaluate(QStringLiteral("seen = []; es = new EventSource('/v1/track/%1/stream');"
                                 "for (const t of ['snapshot', 'status']) es.addEventListener(t,"
                                 "e => seen.push(t + ':' + JSON.parse(e.data).status)); 0")
                      .arg(token));
    CF_WAIT_FOR(page.evaluate("seen.join()") == "snapshot:paid", page.tail());
    QCOMPARE(http.post(events, QJsonObject{{"type", "order_started"}}).status, 201);
    CF_WAIT_FOR(page.evaluate(pageText).contains("Being prepared"), page.tail());
    QCOMPARE(http.post(events, QJsonObject{{"type", "order_ready"}}).status, 201);
    CF_WAIT_FOR(page.evaluate(pageText).contains("Ready for you"), page.tail());
    CF_WAIT_FOR(page.evaluate("seen.join()") == "snapshot:paid,status:in_kitchen,status:ready",
                page.evaluate("seen.join()").toUtf8());

    // The hub goes: the page says so; it comes back: the page goes on by itself.
    hub.kill();
    CF_WAIT_FOR(page.evaluate(pageText).contains("Connection lost, last updated"), page.tail());
    QVERIFY2(hub.start(), hub.tail().constData());
    QCOMPARE(HttpClient(hub.port()).post(events, QJsonObject{{"type", "order_completed"}}).status,
             201);
    CF_WAIT_FOR(page.evaluate(pageText).contains("Completed"), page.tail());
    QVERIFY(!page.evaluate(pageText).contains("Connection lost"));
}

// What the hub serves is already the whole state, in words, and no place is left unfilled.
void TestE2eClients::pageReadsWithoutScript()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    HttpClient http(hub.port());
    QJsonObject body = orderBody("<4&7>");
    const QJsonObject order = http.post("/v1/orders", body).json();
    const QByteArray path = "/t/" + order.value("tracker_token").toString().toUtf8();
    const HttpReply page = http.get(path);
    QCOMPARE(page.status, 200);
    QVERIFY(page.header("content-type").startsWith("text/html"));
    const QByteArray policy = page.header("content-security-policy");
    QVERIFY2(policy.contains("default-src 'none'") && !policy.contains("unsafe"),
             policy.constData());
    for (const QByteArray part : {"&lt;4&amp;7&gt;", "data-status=\"paid\"", "Dish 1", "Dish 2"})
        QVERIFY2(page.body.contains(part), (part + " in " + page.body).constData());
    for (const QByteArray part : {"{{", "<4&7>", " style=", "onload="})
        QVERIFY2(!page.body.contains(part), (part + " in " + page.body).constData());
    qsizetype bytes = page.body.size();
    for (const char *file : {"/web/tracker.css", "/web/tracker.js"}) {
        const HttpReply reply = http.get(file);
        QCOMPARE(reply.status, 200);
        bytes += reply.body.size();
    }
    // With follow.js, theme and icon still some 30 KB: the weight of web_guest_pages has the rest.
    QVERIFY2(bytes < 20 * 1024, QByteArray::number(bytes).constData());
}

QTEST_GUILESS_MAIN(TestE2eClients)
#include "test_e2e_clients.moc"
