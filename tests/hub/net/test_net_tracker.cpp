// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;
using namespace std::chrono_literals;

class TestNetTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        hub::ServerConfig config = NetKit::guarded();
        config.limits.trackerHeartbeat = 200ms;
        m_kit = std::make_unique<NetKit>(config);
    }
    void cleanup() { m_kit.reset(); }

    void showsTheOrderNow();
    void streamsEveryStep();
    void resumesExactly();
    void startsOverForAnotherId();
    void polls();
    void showsAPageWithoutScript();
    void escapesWhatPeopleTyped();
    void showsNothingOfOthers();
    void unknownTokensAllLookAlike();
    void remembersClosedOrders();

private:
    struct Placed {
        QByteArray id;
        QByteArray token;
    };
    Placed place(const QJsonObject &body)
    {
        const QJsonObject json = jsonOf(
            ask(m_kit->port(), postText("/v1/orders", QJsonDocument(body).toJson(), m_bearer)));
        return {json.value("order_id").toString().toUtf8(),
                json.value("tracker_token").toString().toUtf8()};
    }
    void move(const Placed &order, const QByteArray &type)
    {
        const QByteArray answer =
            ask(m_kit->port(), postText("/v1/orders/" + order.id + "/events",
                                        "{\"type\":\"" + type + "\"}", m_bearer));
        QVERIFY2(statusOf(answer) == 201, answer.constData());
    }
    QByteArray get(const QByteArray &path) { return ask(m_kit->port(), getText(path)); }

    const QByteArray m_bearer = "Authorization: Bearer manager-token\r\n";
    std::unique_ptr<NetKit> m_kit;
};

void TestNetTracker::showsTheOrderNow()
{
    const Placed order = place(orderBody("47"));
    const QJsonObject view = jsonOf(get("/v1/track/" + order.token));
    QCOMPARE(view.value("number").toString(), "47");
    QCOMPARE(view.value("status").toString(), "paid");
    QCOMPARE(view.value("seq").toInt(), 2);
    QCOMPARE(view.value("items").toArray().size(), 2);
    for (const char *key : {"step", "steps", "eta"})
        QVERIFY2(view.contains(key), key);
}

void TestNetTracker::streamsEveryStep()
{
    const Placed order = place(orderBody("47"));
    Wire wire(m_kit->port());
    wire.send(getText("/v1/track/" + order.token + "/stream"));
    const QByteArray epoch = m_kit->epoch();
    QVERIFY(wire.waitFor("id: " + epoch + ".2\nevent: snapshot\ndata: {"));
    QVERIFY(wire.received().contains("retry: 1000\n"));
    QVERIFY2(wire.waitFor("\n\nevent: hb\n"), "a heartbeat without an id");
    move(order, "order_accepted");
    move(order, "order_started");
    QVERIFY(wire.waitFor("id: " + epoch + ".3\nevent: status\n"));
    QVERIFY(wire.waitFor("id: " + epoch + ".4\nevent: status\n"));
    wire.abort();
    QTRY_COMPARE(m_kit->stats().eventStreams, 0);
}

void TestNetTracker::resumesExactly()
{
    const Placed order = place(orderBody("47"));
    move(order, "order_accepted");
    move(order, "order_started");
    const QByteArray epoch = m_kit->epoch();
    Wire wire(m_kit->port());
    wire.send(
        getText("/v1/track/" + order.token + "/stream", "Last-Event-ID: " + epoch + ".2\r\n"));
    QVERIFY(wire.waitFor("id: " + epoch + ".4\n"));
    QVERIFY(wire.received().contains("id: " + epoch + ".3\nevent: status\n"));
    QVERIFY(wire.received().contains("\"seq\":3,\"service_type\":null,\"status\":\"accepted\""));
    QVERIFY2(!wire.received().contains("event: snapshot"), wire.received().constData());
    move(order, "order_ready");
    QVERIFY(wire.waitFor("id: " + epoch + ".5\nevent: status\n"));
    QCOMPARE(wire.received().count("event: status"), 3);

    // Nothing missed: nothing is said again.
    Wire upToDate(m_kit->port());
    upToDate.send(getText("/v1/track/" + order.token + "/stream?since=" + epoch + ".5"));
    QVERIFY2(upToDate.waitFor("event: hb\n"), "it hears at once that it is connected");
    QVERIFY(!upToDate.received().contains("id: "));
}

void TestNetTracker::startsOverForAnotherId()
{
    const Placed order = place(orderBody("47"));
    for (const QByteArray &id : {QByteArray("nonsense"), QByteArray(32, 'b') + ".1",
                                 m_kit->epoch() + ".99", QByteArray("1.2.3")}) {
        Wire wire(m_kit->port());
        wire.send(getText("/v1/track/" + order.token + "/stream", "Last-Event-ID: " + id + "\r\n"));
        QVERIFY2(wire.waitFor("event: snapshot\n"), id.constData());
    }
}

void TestNetTracker::polls()
{
    const Placed order = place(orderBody("47"));
    const QByteArray path = "/v1/track/" + order.token + "/events";
    const QJsonObject first = jsonOf(get(path));
    QCOMPARE(first.value("events").toArray().size(), 1);
    const QByteArray cursor = first.value("cursor").toString().toUtf8();
    QCOMPARE(cursor, m_kit->epoch() + ".2");
    QCOMPARE(jsonOf(get(path + "?since=" + cursor)).value("events").toArray().size(), 0);
    Wire wire(m_kit->port());
    wire.send(getText(path + "?wait=25&since=" + cursor));
    QTRY_COMPARE(m_kit->stats().connectionsOpen, 1);
    move(place(orderBody("48")), "order_accepted"); // nothing to this one
    move(order, "order_accepted");
    const QJsonObject next = jsonOf(wire.takeAnswer());
    QCOMPARE(next.value("events").toArray().size(), 1);
    QCOMPARE(next.value("events")[0]["status"].toString(), "accepted");
    move(order, "order_started");
    const QJsonObject both = jsonOf(get(path + "?since=" + cursor));
    QCOMPARE(both.value("events").toArray().size(), 2);
    QCOMPARE(jsonOf(get(path + "?wait=0.2&since=" + both.value("cursor").toString().toUtf8()))
                 .value("events")
                 .toArray()
                 .size(),
             0);
}

void TestNetTracker::showsAPageWithoutScript()
{
    const Placed order = place(orderBody("47"));
    move(order, "order_accepted");
    const QByteArray page = get("/t/" + order.token);
    QCOMPARE(statusOf(page), 200);
    QCOMPARE(headerOf(page, "content-type"), "text/html; charset=utf-8");
    QCOMPARE(headerOf(page, "cache-control"), "no-store");
    QCOMPARE(headerOf(page, "referrer-policy"), "no-referrer");
    QVERIFY(headerOf(page, "content-security-policy").contains("frame-ancestors 'none'"));
    const QByteArray html = bodyOf(page);
    QVERIFY(html.contains("data-status=\"accepted\""));
    QVERIFY(html.contains("data-seq=\"3\""));
    QVERIFY(html.contains("<bdi>Dish 1</bdi>"));
    QVERIFY2(!html.contains("{{"), html.constData());
}

void TestNetTracker::escapesWhatPeopleTyped()
{
    QJsonObject body = orderBody("<b>\"'&");
    body.insert("items", QJsonArray{QJsonObject{{"name", "<script>{{number}}"}, {"quantity", 1}}});
    const QByteArray html = bodyOf(get("/t/" + place(body).token));
    QVERIFY(html.contains("&lt;script&gt;{{number}}</bdi>"));
    QVERIFY(html.contains("&lt;b&gt;&quot;&#39;&amp;"));
    QVERIFY(!html.contains("<script>{"));
}

void TestNetTracker::showsNothingOfOthers()
{
    const Placed mine = place(orderBody("MINE-47"));
    const Placed other = place(orderBody("OTHER-48"));
    Wire wire(m_kit->port());
    wire.send(getText("/v1/track/" + mine.token + "/stream"));
    QVERIFY(wire.waitFor("event: snapshot\n"));
    move(other, "order_accepted");
    move(mine, "order_accepted");
    QVERIFY(wire.waitFor("event: status\n"));
    for (const QByteArray &shown :
         {wire.received(), get("/t/" + mine.token), get("/v1/track/" + mine.token),
          get("/v1/track/" + mine.token + "/events")}) {
        QVERIFY(shown.contains("MINE-47"));
        for (const QByteArray secret :
             {"OTHER-48", "Ana Secret", "600 123", "card", "950", "manager", "127.0.0.1", "pi_1"})
            QVERIFY2(!shown.contains(secret), (secret + " in " + shown).constData());
        QVERIFY(!shown.contains(mine.id) && !shown.contains(other.id));
    }
}

void TestNetTracker::unknownTokensAllLookAlike()
{
    const Placed order = place(orderBody("47"));
    for (const char *path : {"/v1/track/%", "/v1/track/%/stream", "/v1/track/%/events", "/t/%"}) {
        QByteArray first;
        for (const QByteArray &token : {QByteArray(32, '0'), QByteArray("x"), order.token + '0',
                                        order.token.toUpper(), QByteArray(5000, 'a')}) {
            if (token == order.token)
                continue;
            const QByteArray answer = get(QByteArray(path).replace("%", token));
            QVERIFY2(statusOf(answer) == 404, answer.constData());
            if (first.isEmpty())
                first = bodyOf(answer);
            QCOMPARE(bodyOf(answer), first);
        }
    }
}

void TestNetTracker::remembersClosedOrders()
{
    const Placed order = place(orderBody("47"));
    move(order, "order_cancelled");
    for (int i = 0; i < limits::recentOrdersMax; ++i)
        move(place(orderBody(QString::number(i))), "order_cancelled");
    QCOMPARE(jsonOf(get("/v1/track/" + order.token)).value("status").toString(), "cancelled");
    QVERIFY(bodyOf(get("/t/" + order.token)).contains("data-status=\"cancelled\""));
    Wire wire(m_kit->port());
    wire.send(getText("/v1/track/" + order.token + "/stream",
                      "Last-Event-ID: " + m_kit->epoch() + ".1\r\n"));
    QVERIFY(wire.waitFor(".3\nevent: status\n"));
}

QTEST_GUILESS_MAIN(TestNetTracker)
#include "test_net_tracker.moc"
