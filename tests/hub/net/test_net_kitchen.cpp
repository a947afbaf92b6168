// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/kitchen_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

// The kitchen stream as WebSocket and as server-sent events.
class TestNetKitchen : public KitchenTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(); }
    void cleanup() { m_kit.reset(); }

    void welcomesThenSnapshotsThenLives();
    void resumesWithTheGapOnly();
    void handlesCommandsInOrder();
    void sendsAnUndecidedCommandBack();
    void renewsTheEpochForADisplayAhead();
    void refusesWhatIsNoDisplay();
    void refusesBrokenFrames();
    void answersPings();
    void ignoresWhatItDoesNotKnow();
    void streamsEvents();
    void resumesAnEventStream();
    void saysWhatTheStreamIs();
    void keepsManyListeners();
};

void TestNetKitchen::welcomesThenSnapshotsThenLives()
{
    place("47");
    WireSocket display(m_kit->port());
    QCOMPARE(display.status(), 101);
    display.sendJson(helloJson("grill"));
    const QJsonObject welcome = display.next("welcome");
    QCOMPARE(welcome.value("mode").toString(), "snapshot");
    QCOMPARE(welcome.value("reason").toString(), "first");
    QCOMPARE(welcome.value("outbox_last").toInt(-1), 0);
    const QJsonObject snap = display.next("snap");
    QCOMPARE(snap.value("orders").toArray().size(), 1);
    QCOMPARE(display.next("snap_end").value("count").toInt(), 1);
    QCOMPARE(display.next("live").value("at").toInt(), 2);
    place("48");
    const QJsonObject ev = display.next("ev");
    QCOMPARE(ev.value("prev").toInt(), 2);
    QVERIFY(ev.value("to").toInt() > 2);
    QCOMPARE(ev.value("events")[0]["type"].toString(), "order_placed");
    QVERIFY2(!ev.value("events")[0]["actor"].toObject().contains("address"),
             "the kitchen is not told addresses");
}

void TestNetKitchen::resumesWithTheGapOnly()
{
    place("47");
    const QString cursor = QString::fromUtf8(cursorNow());
    place("48");
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill", cursor));
    QCOMPARE(display.next("welcome").value("mode").toString(), "resume");
    const QJsonObject ev = display.next("ev");
    QCOMPARE(ev.value("prev").toInt(), 2);
    QCOMPARE(ev.value("events").toArray().size(), 2);
    QCOMPARE(display.next("live").value("at").toInt(), 4);
    const QJsonArray displays = jsonOf(get("/v1/displays")).value("displays").toArray();
    QCOMPARE(displays.size(), 1);
    QCOMPARE(displays[0]["name"].toString(), "grill");
    QCOMPARE(displays[0]["connected"].toBool(), true);
}

void TestNetKitchen::handlesCommandsInOrder()
{
    const QString id = place("47").value("order_id").toString();
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill"));
    QVERIFY(!display.next("live").isEmpty());
    const auto command = [&](int n, const char *type) {
        display.sendJson({{"t", "cmd"},
                          {"n", n},
                          {"order_id", id},
                          {"type", type},
                          {"payload", QJsonObject()},
                          {"made_at", "2026-11-21T12:00:00.000Z"}});
    };
    command(1, "order_accepted");
    command(2, "order_started");
    command(2, "order_started");
    command(3, "order_started");
    command(4, "order_completed");
    const auto result = [&](int n, const char *status) {
        const QJsonObject res = display.next("res");
        QCOMPARE(res.value("n").toInt(), n);
        QCOMPARE(res.value("status").toString(), status);
        if (QByteArray(status) == "rejected")
            QCOMPARE(res.value("current")["status"].toString(), "in_kitchen");
    };
    result(1, "applied");
    result(2, "applied");
    result(2, "duplicate");
    result(3, "noop");
    result(4, "rejected");
    WireSocket again(m_kit->port());
    again.sendJson(helloJson("grill"));
    QCOMPARE(again.next("welcome").value("outbox_last").toInt(), 4);
    QCOMPARE(display.next("bye").value("code").toString(), "superseded");
}

// A command that was not decided gets no result that the display could take for one.
void TestNetKitchen::sendsAnUndecidedCommandBack()
{
    const QString id = place("47").value("order_id").toString();
    const QJsonObject command{{"t", "cmd"},
                              {"n", 1},
                              {"order_id", id},
                              {"type", "order_accepted"},
                              {"payload", QJsonObject()}};
    QJsonObject behind = command;
    behind.insert("n", 2);
    behind.insert("type", "order_started");
    {
        WireSocket display(m_kit->port());
        display.sendJson(helloJson("grill"));
        QVERIFY(!display.next("live").isEmpty());
        m_kit->hold();
        display.sendJson(command);
        display.sendJson(behind); // decided, it would bar the first for ever
        QTRY_COMPARE(m_kit->heldCount(), 2);
        m_kit->failNextCommit();
        m_kit->release();
        QVERIFY(display.next("res").isEmpty());
    }
    QCOMPARE(m_kit->headPos(), 2);
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill"));
    QCOMPARE(display.next("welcome").value("outbox_last").toInt(-1), 0);
    for (const QJsonObject &again : {command, behind}) {
        display.sendJson(again);
        QCOMPARE(display.next("res").value("status").toString(), "applied");
    }
}

void TestNetKitchen::renewsTheEpochForADisplayAhead()
{
    place("47");
    const QByteArray before = m_kit->epoch();
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill", QString::fromUtf8(before) + ".9.0123456789abcdef"));
    const QJsonObject welcome = display.next("welcome");
    QCOMPARE(welcome.value("mode").toString(), "snapshot");
    QCOMPARE(welcome.value("reason").toString(), "pos_ahead");
    QVERIFY(welcome.value("epoch").toString().toUtf8() != before);
}

void TestNetKitchen::refusesWhatIsNoDisplay()
{
    for (const QByteArray &first :
         {QByteArray("{\"t\":\"hello\",\"v\":1,\"device\":\"\",\"name\":\"x\"}"),
          QByteArray("{\"t\":\"cmd\",\"n\":1}"), QByteArray("nonsense"),
          QByteArray("{\"t\":\"hello\",\"v\":1,\"device\":\"" + QByteArray(65, 'd') + "\"}")}) {
        WireSocket display(m_kit->port());
        display.sendText(first);
        QByteArray payload;
        QVERIFY2(display.nextFrame(payload) == 8, first.constData());
        QVERIFY(display.wire().waitForEnd());
    }
    QTRY_COMPARE(m_kit->stats().webSockets, 0);
}

void TestNetKitchen::refusesBrokenFrames()
{
    const auto ends = [this](const std::function<void(WireSocket &)> &attack) {
        WireSocket display(m_kit->port());
        display.sendJson(helloJson("grill"));
        if (display.next("live").isEmpty())
            return false;
        attack(display);
        return display.wire().waitForEnd();
    };
    QVERIFY2(ends([](WireSocket &s) { s.sendFrame(0x2, "binary"); }), "binary");
    QVERIFY2(ends([](WireSocket &s) { s.sendFrame(0x1, "plain", false); }), "not masked");
    QVERIFY2(ends([](WireSocket &s) { s.sendFrame(0x1, "\xff\xfe"); }), "not UTF-8");
    QVERIFY2(ends([](WireSocket &s) { s.sendFrame(0x3, "x"); }), "an unknown opcode");
    QVERIFY2(ends([](WireSocket &s) { s.sendFrame(0x1, QByteArray(300'000, ' ')); }), "too large");
    QVERIFY2(ends([](WireSocket &s) { s.wire().abort(); }), "gone");
    QTRY_COMPARE(m_kit->stats().webSockets, 0);
    QCOMPARE(statusOf(get("/healthz")), 200);
}

void TestNetKitchen::answersPings()
{
    WireSocket display(m_kit->port());
    display.sendFrame(0x9, "are you there");
    QByteArray payload;
    QCOMPARE(display.nextFrame(payload), 0xa);
    QCOMPARE(payload, "are you there");
}

void TestNetKitchen::ignoresWhatItDoesNotKnow()
{
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill"));
    QVERIFY(!display.next("live").isEmpty());
    display.sendJson({{"t", "from_the_future"}, {"x", 1}});
    place("47");
    QVERIFY(!display.next("ev").isEmpty());
    QVERIFY(bodyOf(get("/metrics")).contains("counterfire_unknown_messages_total 1\n"));
}

void TestNetKitchen::streamsEvents()
{
    place("47");
    Wire wire(m_kit->port());
    wire.send(getText("/v1/kds/stream?device=d&name=n", "Accept: text/event-stream\r\n"));
    QVERIFY(wire.waitFor("event: live\n"));
    QCOMPARE(headerOf(wire.received(), "content-type"), "text/event-stream");
    const QByteArray cursor = cursorNow();
    QVERIFY2(wire.received().contains("id: " + cursor + "\nevent: snap_end\ndata: {"),
             wire.received().constData());
    place("48");
    QVERIFY(wire.waitFor("\nevent: ev\n"));
    wire.abort();
    QTRY_COMPARE(m_kit->stats().eventStreams, 0);
}

void TestNetKitchen::resumesAnEventStream()
{
    place("47");
    const QByteArray cursor = cursorNow();
    place("48");
    Wire header(m_kit->port());
    header.send(getText("/v1/kds/stream",
                        "Accept: text/event-stream\r\nLast-Event-ID: " + cursor + "\r\n"));
    QVERIFY(header.waitFor("event: live\n"));
    QVERIFY(header.received().contains("\"mode\":\"resume\""));
    QVERIFY(!header.received().contains("event: snap\n"));
    Wire parameter(m_kit->port());
    parameter.send(getText("/v1/kds/stream?since=" + cursor, "Accept: text/event-stream\r\n"));
    QVERIFY(parameter.waitFor("event: live\n"));
    QVERIFY(parameter.received().contains("\"prev\":2"));
}

void TestNetKitchen::saysWhatTheStreamIs()
{
    const QByteArray answer = get("/v1/kds/stream");
    QCOMPARE(statusOf(answer), 426);
    QCOMPARE(headerOf(answer, "upgrade"), "websocket");
}

// More than one slice of a broadcast.
void TestNetKitchen::keepsManyListeners()
{
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 200; ++i) {
        wires.push_back(std::make_unique<Wire>(m_kit->port()));
        wires.back()->send(getText("/v1/kds/stream", "Accept: text/event-stream\r\n"));
    }
    for (const auto &wire : wires)
        QVERIFY(wire->waitFor("event: live\n"));
    place("47");
    for (const auto &wire : wires)
        QVERIFY(wire->waitFor("event: ev\n"));
}

QTEST_GUILESS_MAIN(TestNetKitchen)
#include "test_net_kitchen.moc"
