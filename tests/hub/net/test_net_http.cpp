// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QTest>

using namespace cf;
using namespace cf::test;

// What an HTTP/1.1 server owes its clients, and does not owe its enemies.
class TestNetHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersPipelinedRequestsInOrder();
    void keepsOrEndsTheConnection();
    void answersHeadWithoutABody();
    void namesTheAllowedMethods();
    void tellsWhenToSendTheBody();
    void refusesSmuggledRequests();
    void saysWhatIsTooLarge();
    void refusesOtherMediaTypes();
    void answersAHalfClosedClient();
    void toleratesAClientThatLeaves();
    void servesPagesThatRunNothingForeign();
    void revalidatesAssets();
};

void TestNetHttp::answersPipelinedRequestsInOrder()
{
    NetKit kit;
    Wire wire(kit.port());
    // The first is answered after a commit, the others at once: their order must not change.
    wire.send(
        postText("/v1/orders", "{\"number\":\"A\",\"items\":[{\"name\":\"x\",\"quantity\":1}]}")
        + getText("/healthz") + getText("/nowhere")
        + postText("/v1/orders", "{\"number\":\"B\",\"items\":[{\"name\":\"x\",\"quantity\":1}]}")
        + getText("/readyz"));
    QCOMPARE(jsonOf(wire.takeAnswer()).value("number").toString(), "A");
    QCOMPARE(jsonOf(wire.takeAnswer()).value("status").toString(), "ok");
    QCOMPARE(statusOf(wire.takeAnswer()), 404);
    QCOMPARE(jsonOf(wire.takeAnswer()).value("number").toString(), "B");
    QCOMPARE(jsonOf(wire.takeAnswer()).value("status").toString(), "ready");
}

void TestNetHttp::keepsOrEndsTheConnection()
{
    NetKit kit;
    Wire kept(kit.port());
    kept.send(getText("/healthz"));
    QVERIFY(headerOf(kept.takeAnswer(), "connection").isEmpty());
    kept.send(getText("/healthz", "Connection: close\r\n"));
    QCOMPARE(headerOf(kept.takeAnswer(), "connection"), "close");
    QVERIFY(kept.waitForEnd());

    Wire old(kit.port());
    old.send("GET /healthz HTTP/1.0\r\n\r\n");
    QCOMPARE(headerOf(old.takeAnswer(), "connection"), "close");
    QVERIFY(old.waitForEnd());

    Wire oldKept(kit.port());
    oldKept.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QCOMPARE(headerOf(oldKept.takeAnswer(), "connection"), "keep-alive");
    oldKept.send("\r\nGET /healthz HTTP/1.0\r\n\r\n");
    QCOMPARE(statusOf(oldKept.takeAnswer()), 200);
}

void TestNetHttp::answersHeadWithoutABody()
{
    NetKit kit;
    Wire wire(kit.port());
    wire.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    QVERIFY(wire.waitForEnd());
    QCOMPARE(statusOf(wire.received()), 200);
    QCOMPARE(headerOf(wire.received(), "content-length"), "15");
    QVERIFY2(wire.received().endsWith("\r\n\r\n"), wire.received().constData());
}

void TestNetHttp::namesTheAllowedMethods()
{
    NetKit kit;
    const QByteArray answer = ask(kit.port(), "DELETE /v1/orders HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(statusOf(answer), 405);
    QCOMPARE(headerOf(answer, "allow"), "POST, GET, HEAD");
    QCOMPARE(jsonOf(answer).value("code").toString(), "method_not_allowed");
    QCOMPARE(statusOf(ask(kit.port(), "BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n")), 405);
}

void TestNetHttp::tellsWhenToSendTheBody()
{
    NetKit kit;
    Wire wire(kit.port());
    const QByteArray body = "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}";
    const QByteArray head = postText("/v1/orders", body, "Expect: 100-continue\r\n");
    wire.send(head.first(head.size() - body.size()));
    QVERIFY(wire.waitFor("\r\n\r\n"));
    QCOMPARE(wire.take(wire.received().indexOf("\r\n\r\n") + 4), "HTTP/1.1 100 Continue\r\n\r\n");
    wire.send(body);
    QCOMPARE(statusOf(wire.takeAnswer()), 201);

    // Who would send too much is told before.
    Wire large(kit.port());
    large.send("POST /v1/orders HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
               "Content-Length: 300000\r\n\r\n");
    QCOMPARE(statusOf(large.takeAnswer()), 413);
}

void TestNetHttp::refusesSmuggledRequests()
{
    NetKit kit;
    const QByteArray hidden = getText("/v1/kds/snapshot");
    for (const QByteArray &framing :
         {QByteArray("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"),
          QByteArray("Content-Length: 0\r\nContent-Length: 5\r\n"),
          QByteArray("Transfer-Encoding: chunked, identity\r\n"),
          QByteArray("Transfer-Encoding: xchunked\r\n")}) {
        Wire wire(kit.port());
        wire.send("POST /healthz HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n" + hidden);
        const QByteArray answer = wire.takeAnswer();
        QVERIFY2(statusOf(answer) == 400, (framing + answer).constData());
        QCOMPARE(headerOf(answer, "connection"), "close");
        QVERIFY(wire.waitForEnd());
        QVERIFY2(wire.received().isEmpty(), "the hidden request was answered");
    }
    QCOMPARE(statusOf(ask(kit.port(), "GET /healthz HTTP/1.1\r\n\r\n")), 400);
    QCOMPARE(statusOf(ask(kit.port(), "NONSENSE\r\n\r\n")), 400);
    QCOMPARE(statusOf(ask(kit.port(), "GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n")), 400);
    QCOMPARE(statusOf(ask(kit.port(), "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")), 400);
}

void TestNetHttp::saysWhatIsTooLarge()
{
    NetKit kit;
    Wire header(kit.port());
    header.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(40'000, 'x'));
    QCOMPARE(statusOf(header.takeAnswer()), 431);
    QVERIFY(header.waitForEnd());

    // The answer must arrive although the client is still sending.
    Wire body(kit.port());
    body.send(postText("/v1/orders", QByteArray(600'000, ' ')));
    const QByteArray answer = body.takeAnswer();
    QCOMPARE(statusOf(answer), 413);
    QCOMPARE(jsonOf(answer).value("code").toString(), "body_too_large");
    QVERIFY(body.waitForEnd());
    QCOMPARE(kit.headPos(), 0);
}

void TestNetHttp::refusesOtherMediaTypes()
{
    NetKit kit;
    const QByteArray body = "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}";
    const auto post = [&](const QByteArray &type) {
        return ask(kit.port(), "POST /v1/orders HTTP/1.1\r\nHost: a\r\n" + type + "Content-Length: "
                                   + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    };
    const QByteArray answer = post("Content-Type: text/plain\r\n");
    QCOMPARE(statusOf(answer), 415);
    QCOMPARE(headerOf(answer, "content-type"), "application/problem+json");
    // What a page can send without asking, even this hub's own, must say JSON; curl need not.
    const QByteArray form = "Content-Type: application/x-www-form-urlencoded\r\n";
    QCOMPARE(statusOf(post(form + "Origin: http://a\r\n")), 415);
    QCOMPARE(statusOf(post("Origin: http://a\r\n")), 415);
    QCOMPARE(statusOf(post(form)), 201);
    QCOMPARE(statusOf(post("Content-Type: application/json; charset=utf-8\r\n")), 201);
    QCOMPARE(statusOf(post("")), 201);
}

void TestNetHttp::answersAHalfClosedClient()
{
    NetKit kit;
    Wire wire(kit.port());
    wire.send(postText("/v1/orders", "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}"));
    wire.endSending();
    QVERIFY(wire.waitForEnd());
    QTRY_COMPARE(kit.headPos(), 1);
}

void TestNetHttp::toleratesAClientThatLeaves()
{
    NetKit kit;
    for (int i = 0; i < 20; ++i) {
        Wire order(kit.port());
        order.send(postText("/v1/orders", "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}"));
        order.abort();
        Wire poll(kit.port());
        poll.send(getText("/v1/kds/events?wait=25&since=" + kit.epoch() + ".0.0000000000000000"));
        poll.abort();
    }
    QTRY_COMPARE(kit.stats().connectionsOpen, 0);
    QCOMPARE(statusOf(ask(kit.port(), getText("/healthz"))), 200);
}

void TestNetHttp::servesPagesThatRunNothingForeign()
{
    NetKit kit;
    const QByteArray page = ask(kit.port(), getText("/"));
    QCOMPARE(statusOf(page), 200);
    QVERIFY(headerOf(page, "content-security-policy").startsWith("default-src 'none'"));
    QCOMPARE(headerOf(page, "referrer-policy"), "no-referrer");
    QCOMPARE(headerOf(page, "x-content-type-options"), "nosniff");
    QCOMPARE(statusOf(ask(kit.port(), getText("/favicon.ico"))), 204);
}

void TestNetHttp::revalidatesAssets()
{
    NetKit kit;
    const QByteArray css = ask(kit.port(), getText("/web/tracker.css"));
    QCOMPARE(statusOf(css), 200);
    QVERIFY(headerOf(css, "content-type").startsWith("text/css"));
    const QByteArray etag = headerOf(css, "etag");
    const QByteArray again =
        ask(kit.port(), getText("/web/tracker.css", "If-None-Match: " + etag + "\r\n"));
    QCOMPARE(statusOf(again), 304);
    QVERIFY(bodyOf(again).isEmpty());
    // Templates are not assets, and nothing but what was compiled in is there.
    for (const char *path : {"/web/tracker.html", "/web/nothing.css", "/web/..", "/web/"})
        QCOMPARE(statusOf(ask(kit.port(), getText(path))), 404);
}

QTEST_GUILESS_MAIN(TestNetHttp)
#include "test_net_http.moc"
