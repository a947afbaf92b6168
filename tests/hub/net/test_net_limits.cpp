// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QTest>

using namespace cf;
using namespace cf::test;
using namespace std::chrono_literals;

// Slow, many and greedy clients, with the bounds shortened.
class TestNetLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsARequestThatTricklesIn();
    void endsAnIdleConnection();
    void endsAStreamWithoutHello();
    void turnsAwayWhatIsTooMany();
    void closesASlowReaderAndNobodyElse();
    void boundsPipelinedAnswers();
    void closesASlowWebSocket();
    void saysGoodbyeToADisplayThatDoesNotAcknowledge();
    void hasNoRoomForMoreWork();
    void keepsNothingWhenStorageFails();
    void stopsGracefully();
    void stopsInSpiteOfASlowReader();
};

void TestNetLimits::endsARequestThatTricklesIn()
{
    hub::ServerConfig config = NetKit::demo();
    config.limits.requestReadMax = 300ms;
    NetKit kit(config);
    Wire header(kit.port());
    header.send("GET /healthz HTTP/1.1\r\nHost:");
    const QByteArray answer = header.takeAnswer();
    QCOMPARE(statusOf(answer), 408);
    QCOMPARE(jsonOf(answer).value("code").toString(), "request_timeout");
    QVERIFY(header.waitForEnd());

    Wire body(kit.port());
    body.send("POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
    QCOMPARE(statusOf(body.takeAnswer()), 408);
    QCOMPARE(kit.stats().timeouts, 2);
}

void TestNetLimits::endsAnIdleConnection()
{
    hub::ServerConfig config = NetKit::demo();
    config.limits.keepAliveIdleMax = 300ms;
    NetKit kit(config);
    Wire wire(kit.port());
    wire.send(getText("/healthz"));
    QCOMPARE(statusOf(wire.takeAnswer()), 200);
    QVERIFY(wire.waitForEnd());
    QVERIFY(wire.received().isEmpty());
}

void TestNetLimits::endsAStreamWithoutHello()
{
    hub::ServerConfig config = NetKit::demo();
    config.limits.helloMax = 300ms;
    NetKit kit(config);
    WireSocket silent(kit.port());
    QCOMPARE(silent.status(), 101);
    QByteArray payload;
    QCOMPARE(silent.nextFrame(payload), 8);
}

void TestNetLimits::turnsAwayWhatIsTooMany()
{
    hub::ServerConfig config = NetKit::demo();
    config.limits.connectionsMax = 2;
    NetKit kit(config);
    auto first = std::make_unique<Wire>(kit.port());
    first->send(getText("/healthz"));
    QCOMPARE(statusOf(first->takeAnswer()), 200);
    Wire second(kit.port());
    second.send(getText("/healthz"));
    QCOMPARE(statusOf(second.takeAnswer()), 200);
    Wire third(kit.port());
    third.send(getText("/healthz"));
    const QByteArray answer = third.takeAnswer();
    QCOMPARE(statusOf(answer), 503);
    QVERIFY(!headerOf(answer, "retry-after").isEmpty());
    QVERIFY(third.waitForEnd());
    // A place that is given back is given out again.
    first.reset();
    QTRY_COMPARE(kit.stats().connectionsOpen, 1);
    QCOMPARE(statusOf(ask(kit.port(), getText("/healthz"))), 200);
    QCOMPARE(kit.stats().connectionsRefused, 1);
}

namespace {

// Orders with a large note, until the condition holds.
bool fillUntil(quint16 port, const std::function<bool()> &done)
{
    Wire wire(port);
    const QByteArray body = "{\"note\":\"" + QByteArray(1000, 'n') + "\",\"items\":[{\"name\":\""
                            + QByteArray(200, 'x') + "\",\"quantity\":1}]}";
    for (int i = 0; i < 3000 && !done(); ++i) {
        wire.send(postText("/v1/orders", body));
        if (statusOf(wire.takeAnswer()) != 201)
            return false;
    }
    return done();
}

hub::ServerConfig narrow()
{
    hub::ServerConfig config = NetKit::demo();
    config.limits.writeStallMax = 300ms;
    config.limits.outputBytesMax = 64 * 1024;
    config.limits.socketBufferBytes = 8 * 1024;
    return config;
}

} // namespace

void TestNetLimits::closesASlowReaderAndNobodyElse()
{
    NetKit kit(narrow());
    WireSocket healthy(kit.port());
    healthy.sendJson(helloJson("healthy"));
    QVERIFY(!healthy.next("live").isEmpty());
    Wire slow(kit.port());
    slow.setReadBuffer(1024);
    slow.send(getText("/v1/kds/stream", "Accept: text/event-stream\r\n"));
    QTRY_COMPARE(kit.stats().eventStreams, 1);
    const auto closed = [&] {
        healthy.wire().drain();
        return kit.stats().eventStreams == 0;
    };
    QVERIFY2(fillUntil(kit.port(), closed), "the slow reader should be closed");
    QCOMPARE(kit.stats().webSockets, 1);
    const qint64 head = kit.headPos();
    qint64 seen = 0;
    while (seen < head)
        seen = std::max(qint64(healthy.next("ev").value("to").toDouble(1e9)), seen);
    QCOMPARE(seen, head);
}

// Small questions with large answers, and nobody who reads them.
void TestNetLimits::boundsPipelinedAnswers()
{
    hub::ServerConfig config = narrow();
    config.limits.writeStallMax = 60s;
    NetKit kit(config);
    QVERIFY(fillUntil(kit.port(), [&] { return kit.headPos() >= 50; }));
    const qint64 before = kit.stats().responses[200];
    Wire greedy(kit.port());
    greedy.setReadBuffer(1024);
    const QByteArray question = getText("/v1/kds/snapshot");
    const qint64 sent = greedy.sendUntilStuck(question.repeated(100), 16 * 1024 * 1024);
    QVERIFY2(sent < 16 * 1024 * 1024, "the hub should stop reading questions");
    const qint64 answered = kit.stats().responses[200] - before;
    QVERIFY2(answered < 30, qPrintable(QString::number(answered)));
}

void TestNetLimits::closesASlowWebSocket()
{
    NetKit kit(narrow());
    WireSocket slow(kit.port());
    slow.wire().setReadBuffer(1024);
    slow.sendJson(helloJson("slow"));
    QTRY_COMPARE(kit.stats().webSockets, 1);
    QVERIFY2(fillUntil(kit.port(), [&] { return kit.stats().webSockets == 0; }),
             "the slow reader should be closed");
}

void TestNetLimits::saysGoodbyeToADisplayThatDoesNotAcknowledge()
{
    NetKit kit;
    WireSocket display(kit.port());
    display.sendJson(helloJson("grill"));
    const QJsonObject live = display.next("live");
    display.sendJson({{"t", "ack"}, {"sid", live.value("sid")}, {"pos", 0}, {"shown", true}});
    QVERIFY(fillUntil(kit.port(), [&] { return kit.headPos() >= 3; }));
    QVERIFY(!display.next("ev").isEmpty());
    kit.advance(limits::noProgressMax + 1s);
    QVERIFY(fillUntil(kit.port(), [&] { return kit.headPos() >= 4; }));
    QCOMPARE(display.next("bye").value("code").toString(), "slow");
    QTRY_COMPARE(kit.stats().webSockets, 0);
}

void TestNetLimits::hasNoRoomForMoreWork()
{
    NetKit kit;
    kit.setFull(true);
    const QByteArray body = "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}";
    for (const QByteArray &request :
         {postText("/v1/orders", body), getText("/v1/debug/stats"),
          getText("/v1/track/" + QByteArray(32, 'a')),
          getText("/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057/timeline")}) {
        const QByteArray answer = ask(kit.port(), request);
        QVERIFY2(statusOf(answer) == 503, answer.constData());
        QVERIFY(!headerOf(answer, "retry-after").isEmpty());
    }
    WireSocket display(kit.port());
    display.sendJson(helloJson("grill"));
    QCOMPARE(display.next("bye").value("code").toString(), "shutdown");
    kit.setFull(false);
    QCOMPARE(statusOf(ask(kit.port(), postText("/v1/orders", body))), 201);
    QCOMPARE(kit.headPos(), 1);
}

void TestNetLimits::keepsNothingWhenStorageFails()
{
    NetKit kit;
    const QByteArray body = "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}";
    kit.failNextCommit();
    const QByteArray answer = ask(kit.port(), postText("/v1/orders", body));
    QCOMPARE(statusOf(answer), 503);
    QCOMPARE(jsonOf(answer).value("code").toString(), "storage_failed");
    QCOMPARE(kit.headPos(), 0);
    kit.setReady(false);
    QCOMPARE(statusOf(ask(kit.port(), getText("/readyz"))), 503);
    QCOMPARE(statusOf(ask(kit.port(), getText("/healthz"))), 200);
}

void TestNetLimits::stopsGracefully()
{
    NetKit kit;
    WireSocket display(kit.port());
    display.sendJson(helloJson("grill"));
    QVERIFY(!display.next("live").isEmpty());
    WireSocket silent(kit.port());
    Wire idle(kit.port());
    idle.send(getText("/healthz"));
    QCOMPARE(statusOf(idle.takeAnswer()), 200);
    Wire poll(kit.port());
    poll.send(getText("/v1/kds/events?wait=25&since=" + kit.epoch() + ".0.0000000000000000"));
    QTRY_COMPARE(kit.stats().connectionsOpen, 4);

    std::future<void> stopped = kit.stop();
    QCOMPARE(display.next("bye").value("code").toString(), "shutdown");
    QCOMPARE(silent.next("bye").value("code").toString(), "shutdown");
    const QByteArray answer = poll.takeAnswer();
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(headerOf(answer, "connection"), "close");
    QVERIFY(idle.waitForEnd());
    QCOMPARE(stopped.wait_for(20s), std::future_status::ready);
    QCOMPARE(kit.stats().connectionsOpen, 0);
    Wire late(kit.port());
    QVERIFY(!late.isOpen());
}

void TestNetLimits::stopsInSpiteOfASlowReader()
{
    hub::ServerConfig config = narrow();
    config.limits.writeStallMax = 60s;
    config.limits.stopMax = 300ms;
    NetKit kit(config);
    Wire slow(kit.port());
    slow.setReadBuffer(1024);
    slow.send(getText("/v1/kds/stream", "Accept: text/event-stream\r\n"));
    QTRY_COMPARE(kit.stats().eventStreams, 1);
    QVERIFY(fillUntil(kit.port(), [&] { return kit.headPos() > 300; }));
    std::future<void> stopped = kit.stop();
    QCOMPARE(stopped.wait_for(20s), std::future_status::ready);
}

QTEST_GUILESS_MAIN(TestNetLimits)
#include "test_net_limits.moc"
