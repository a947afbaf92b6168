// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/kitchen_test.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace cf;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {
constexpr int patience = 30'000; // milliseconds; a limit, not a wait
} // namespace

// The kitchen as it is now, followed as server-sent events, and what displays had shown of an
// order.
class TestNetNow : public KitchenTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(); }
    void cleanup() { m_kit.reset(); }

    void tellsWhatIsOpen();
    void routesWhatWaits();
    void tellsOnlyWhatHasChanged();
    void tellsOfDisplaysAndSettings();
    void keepsAlive();
    void tellsAllOfAnotherEpoch();
    void isTheManagers();
    void tellsWhatDisplaysHadShown();
    void refusesOrdersThatAreNone();
    void servesTheConsole();

private:
    // The data of the stream's next event of this name; empty when none comes.
    static QJsonObject next(Wire &wire, const QByteArray &name)
    {
        const QByteArray head = "event: " + name + "\ndata: ";
        if (!wire.waitFor(head))
            return {};
        wire.take(wire.received().indexOf(head) + head.size());
        if (!wire.waitFor("\n\n"))
            return {};
        const QByteArray data = wire.take(wire.received().indexOf("\n\n"));
        return QJsonDocument::fromJson(data).object();
    }
    void follow(Wire &wire)
    {
        wire.send(getText("/v1/now/stream", "Accept: text/event-stream\r\n"));
    }
    void putStations()
    {
        const QByteArray body =
            R"({"rev":0,"settings":{"stations":[{"id":"grill","name":"Hot Grill"},{"id":"fry"}],
                "routing":{"category":{"grill":"grill"}},
                "ages":{"takeaway":{"warning_s":60,"late_s":120}},
                "displays":[{"name":"grill-1","role":"prep","stations":["grill"]},
                            {"name":"fry-1","role":"prep","stations":["fry"]}]}})";
        const QByteArray answer =
            ask(m_kit->port(), "PUT /v1/settings HTTP/1.1\r\nHost: hub\r\nContent-Type: "
                               "application/json\r\nContent-Length: "
                                   + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QCOMPARE(statusOf(answer), 200);
    }
};

void TestNetNow::tellsWhatIsOpen()
{
    QJsonObject now = jsonOf(get("/v1/now"));
    QCOMPARE(now.value("orders").toArray(), QJsonArray());
    QCOMPARE(now.value("displays").toArray(), QJsonArray());
    QCOMPARE(now.value("stations").toArray().size(), 1); // the kitchen is one
    QCOMPARE(now.value("head").toInt(-1), 0);
    const QString id = place("47").value("order_id").toString();
    now = jsonOf(get("/v1/now"));
    QCOMPARE(now.value("count").toInt(), 1);
    const QJsonObject order = now.value("orders")[0].toObject();
    QCOMPARE(order.value("order_id").toString(), id);
    QCOMPARE(order.value("number").toString(), "47");
    QCOMPARE(order.value("status").toString(), "paid");
    QVERIFY(order.value("items").toInt() > 0);
    QCOMPARE(order.value("items_ready").toInt(-1), 0);
    QCOMPARE(order.value("waiting")[0]["station"].toString("none"), "");
    QCOMPARE(order.value("waiting")[0]["quantity"].toInt(), order.value("items").toInt());
    const auto at = [&](const char *key) {
        return QDateTime::fromString(order.value(QLatin1String(key)).toString(), Qt::ISODateWithMs);
    };
    QCOMPARE(at("since").secsTo(at("warning_at")), 300);
    QCOMPARE(at("since").secsTo(at("late_at")), 480);
    QVERIFY(qAbs(at("since").secsTo(QDateTime::currentDateTimeUtc())) < 600);
}

void TestNetNow::routesWhatWaits()
{
    putStations();
    QJsonObject body = orderBody("47");
    body.insert("service_type", "takeaway");
    body.insert("items",
                QJsonArray{QJsonObject{{"name", "Burger"}, {"quantity", 2}, {"category", "grill"}},
                           QJsonObject{{"name", "Soup"}, {"quantity", 1}}});
    ask(m_kit->port(), postText("/v1/orders", QJsonDocument(body).toJson()));
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill-1"));
    QVERIFY(!display.next("live").isEmpty());
    const QJsonObject now = jsonOf(get("/v1/now"));
    const QJsonArray expected{QJsonObject{{"station", ""}, {"quantity", 1}},
                              QJsonObject{{"station", "grill"}, {"quantity", 2}}};
    QCOMPARE(now.value("orders")[0]["waiting"].toArray(), expected);
    const QJsonArray stations{
        QJsonObject{
            {"station", "grill"}, {"name", "Hot Grill"}, {"displays", QJsonArray{"grill-1"}}},
        QJsonObject{{"station", "fry"}, {"name", "fry"}, {"displays", QJsonArray()}}};
    QCOMPARE(now.value("stations").toArray(), stations);
    QCOMPARE(now.value("displays")[0]["role"].toString(), "prep");
    QCOMPARE(now.value("displays")[0]["stations"].toArray(), QJsonArray{"grill"});
    const QJsonObject order = now.value("orders")[0].toObject();
    const auto since = QDateTime::fromString(order.value("since").toString(), Qt::ISODateWithMs);
    const auto late = QDateTime::fromString(order.value("late_at").toString(), Qt::ISODateWithMs);
    QCOMPARE(since.secsTo(late), 120);
}

void TestNetNow::tellsOnlyWhatHasChanged()
{
    const QString first = place("47").value("order_id").toString();
    Wire wire(m_kit->port());
    follow(wire);
    const QJsonObject now = next(wire, "now");
    QCOMPARE(now.value("orders").toArray().size(), 1);
    place("48");
    QJsonObject change = next(wire, "change");
    QCOMPARE(change.value("orders").toArray().size(), 1);
    QCOMPARE(change.value("orders")[0]["number"].toString(), "48");
    QCOMPARE(change.value("gone").toArray(), QJsonArray());
    QCOMPARE(change.value("head").toInt(), 4);
    QVERIFY(!change.contains("displays"));
    QVERIFY(!change.contains("stations"));
    ask(m_kit->port(), postText("/v1/orders/" + first.toUtf8() + "/events",
                                R"({"type":"order_cancelled","payload":{"reason":"gone"}})"));
    change = next(wire, "change");
    QCOMPARE(change.value("orders").toArray(), QJsonArray());
    QCOMPARE(change.value("gone").toArray(), QJsonArray{first});
}

void TestNetNow::tellsOfDisplaysAndSettings()
{
    place("47");
    Wire wire(m_kit->port());
    follow(wire);
    QVERIFY(!next(wire, "now").isEmpty());
    WireSocket display(m_kit->port());
    display.sendJson(helloJson("grill-1"));
    QVERIFY(!display.next("live").isEmpty());
    QJsonObject change = next(wire, "change");
    QCOMPARE(change.value("displays")[0]["name"].toString(), "grill-1");
    QVERIFY(!change.contains("orders"));
    putStations();
    do { // what the display acknowledges may come in between
        change = next(wire, "change");
    } while (!change.isEmpty() && !change.contains("orders"));
    QVERIFY2(change.contains("orders"), "other settings route every order anew");
    QCOMPARE(change.value("orders").toArray().size(), 1);
    QCOMPARE(change.value("stations").toArray().size(), 2);
}

void TestNetNow::keepsAlive()
{
    Wire wire(m_kit->port());
    follow(wire);
    QVERIFY(!next(wire, "now").isEmpty());
    m_kit->advance(10s);
    const QJsonObject beat = next(wire, "hb");
    QVERIFY(!beat.value("now").toString().isEmpty());
    QCOMPARE(beat.value("head").toInt(-1), 0);
    m_kit->stop().wait();
    QVERIFY(wire.waitForEnd());
}

void TestNetNow::tellsAllOfAnotherEpoch()
{
    place("47");
    Wire wire(m_kit->port());
    follow(wire);
    QVERIFY(!next(wire, "now").isEmpty());
    WireSocket ahead(m_kit->port());
    const QByteArray epoch = m_kit->epoch();
    ahead.sendJson(helloJson("grill", QString::fromUtf8(epoch + ".900.0000000000000000")));
    const QJsonObject now = next(wire, "now");
    QCOMPARE(now.value("orders").toArray().size(), 1);
    QVERIFY(m_kit->epoch() != epoch);
}

void TestNetNow::isTheManagers()
{
    m_kit = std::make_unique<NetKit>(NetKit::guarded());
    for (const QByteArray path : {"/v1/now", "/v1/now/stream"}) {
        QCOMPARE(statusOf(get(path)), 401);
        QCOMPARE(statusOf(get(path, "Authorization: Bearer kitchen-token\r\n")), 403);
        QCOMPARE(statusOf(get(path + "?access_token=manager-token")), 401);
    }
    QCOMPARE(statusOf(get("/v1/now", "Authorization: Bearer manager-token\r\n")), 200);
    const QByteArray order = "/v1/orders/01890000-0000-7000-8000-000000000000/shown";
    QCOMPARE(statusOf(get(order, "Authorization: Bearer integration-token\r\n")), 403);
}

void TestNetNow::tellsWhatDisplaysHadShown()
{
    putStations();
    QJsonObject body = orderBody("47");
    body.insert("items", QJsonArray{QJsonObject{
                             {"name", "Burger"}, {"quantity", 2}, {"category", "grill"}}});
    const QJsonObject placed =
        jsonOf(ask(m_kit->port(), postText("/v1/orders", QJsonDocument(body).toJson())));
    const QByteArray path = "/v1/orders/" + placed.value("order_id").toString().toUtf8();
    WireSocket grill(m_kit->port());
    grill.sendJson(helloJson("grill-1"));
    const QJsonObject live = grill.next("live");
    WireSocket fry(m_kit->port());
    fry.sendJson(helloJson("fry-1"));
    QVERIFY(!fry.next("live").isEmpty());
    grill.sendJson({{"t", "ack"}, {"sid", live.value("sid")}, {"pos", 2}, {"shown", true}});
    ask(m_kit->port(), postText(path + "/events", R"({"type":"order_started"})"));
    QTRY_VERIFY_WITH_TIMEOUT(
        jsonOf(get(path + "/shown")).value("displays")[1]["shown"][1]["at"].isString(), patience);
    const QJsonObject shown = jsonOf(get(path + "/shown"));
    QVERIFY(!shown.value("since").toString().isEmpty());
    const QJsonArray displays = shown.value("displays").toArray();
    QCOMPARE(displays.size(), 2);
    QCOMPARE(displays[0]["name"].toString(), "fry-1");
    QCOMPARE(displays[0]["concerned"].toBool(true), false);
    QVERIFY(displays[0]["shown"][0]["at"].isNull());
    QCOMPARE(displays[1]["name"].toString(), "grill-1");
    QCOMPARE(displays[1]["concerned"].toBool(false), true);
    QCOMPARE(displays[1]["shown"].toArray().size(), 3);
    QCOMPARE(displays[1]["shown"][2]["seq"].toInt(), 3);
    QVERIFY(displays[1]["shown"][2]["at"].isNull());
}

void TestNetNow::refusesOrdersThatAreNone()
{
    QCOMPARE(statusOf(get("/v1/orders/nonsense/shown")), 404);
    const QByteArray answer = get("/v1/orders/01890000-0000-7000-8000-000000000000/shown");
    QCOMPARE(statusOf(answer), 404);
    QCOMPARE(jsonOf(answer).value("code").toString(), "unknown_order");
}

void TestNetNow::servesTheConsole()
{
    const QByteArray page = get("/console");
    QCOMPARE(statusOf(page), 200);
    QVERIFY(headerOf(page, "content-security-policy").contains("script-src 'self'"));
    // Everything the page names is there.
    const QRegularExpression named("(?:src|href)=\"(/web/[^\"]+)\"");
    int count = 0;
    for (auto it = named.globalMatch(QString::fromUtf8(bodyOf(page))); it.hasNext(); ++count) {
        const QByteArray path = it.next().captured(1).toUtf8();
        QVERIFY2(statusOf(get(path)) == 200, path.constData());
    }
    QVERIFY(count >= 3);
}

QTEST_GUILESS_MAIN(TestNetNow)
#include "test_net_now.moc"
