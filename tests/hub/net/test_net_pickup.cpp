// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000; // milliseconds; a limit, not a wait

const QByteArray manager = "Authorization: Bearer manager-token\r\n";

} // namespace

class TestNetPickup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        ServerConfig config = NetKit::guarded();
        config.limits.trackerHeartbeat = 200ms;
        m_kit = std::make_unique<NetKit>(config);
    }
    void cleanup() { m_kit.reset(); }

    void theBoardHasWhatIsCollected();
    void theBoardTellsNoSecret();
    void theBoardIsStreamed();
    void aScreenThatIsUpToDateIsToldNothing();
    void aRushIsToldTogether();
    void anOrderLeavesWithTime();
    void theBoardIsPolled();
    void refusesWhatIsNoPickupSetting();

private:
    QByteArray get(const QByteArray &path, const QByteArray &headers = {})
    {
        return ask(m_kit->port(), getText(path, headers));
    }
    QByteArray place(QJsonObject body, const QByteArray &serviceType = "takeaway")
    {
        if (!serviceType.isEmpty())
            body.insert("service_type", QString::fromLatin1(serviceType));
        m_placed = jsonOf(
            ask(m_kit->port(), postText("/v1/orders", QJsonDocument(body).toJson(), manager)));
        return m_placed.value("order_id").toString().toUtf8();
    }
    void move(const QByteArray &order, const QByteArray &type)
    {
        const QByteArray answer =
            ask(m_kit->port(), postText("/v1/orders/" + order + "/events",
                                        "{\"type\":\"" + type + "\"}", manager));
        QVERIFY2(statusOf(answer) == 201, answer.constData());
    }
    QByteArray put(const QByteArray &document, const QJsonObject &settings)
    {
        const QJsonObject now = jsonOf(get("/v1/settings/" + document, manager));
        QByteArray request = postText(
            "/v1/settings/" + document,
            QJsonDocument(QJsonObject{{"rev", now.value("rev")}, {"settings", settings}}).toJson(),
            manager);
        return ask(m_kit->port(), request.replace(0, 4, "PUT"));
    }
    QStringList numbers(const char *column)
    {
        QStringList found;
        for (const QJsonValue &entry : jsonOf(get("/v1/pickup")).value(column).toArray())
            found.append(entry["number"].toString());
        return found;
    }

    std::unique_ptr<NetKit> m_kit;
    QJsonObject m_placed;
};

void TestNetPickup::theBoardHasWhatIsCollected()
{
    const QByteArray first = place(orderBody("47"));
    const QByteArray second = place(orderBody("48"), "delivery");
    place(orderBody("49"), "dine_in");
    place(orderBody("50"), {});
    QJsonObject unpaid = orderBody("51");
    unpaid.remove("payment");
    place(unpaid);
    QJsonObject tonight = orderBody("52");
    tonight.insert("due_at", QString::fromLatin1(formatTimestamp(SystemClock().now() + 5h)));
    place(tonight);
    QCOMPARE(numbers("preparing"), (QStringList{"47", "48", "50"}));
    for (const QByteArray &order : {first, second}) {
        move(order, "order_started");
        move(order, "order_ready");
    }
    QCOMPARE(numbers("preparing"), QStringList{"50"});
    QCOMPARE(numbers("ready"), (QStringList{"48", "47"}));
    const QByteArray page = bodyOf(get("/pickup"));
    QVERIFY2(page.contains("<li><b dir=\"auto\">48</b></li><li><b dir=\"auto\">47</b></li>"),
             "without a script, too");
    move(second, "order_recalled");
    QCOMPARE(numbers("preparing"), (QStringList{"48", "50"}));
    move(first, "order_completed");
    QVERIFY(numbers("ready").isEmpty());
    put("pickup", {{"service_types", QJsonArray{"dine_in"}}});
    QCOMPARE(numbers("preparing"), (QStringList{"49", "50"}));
    m_kit->advance(5h);
    QCOMPARE(jsonOf(get("/v1/pickup")).value("preparing_total").toInt(), 2);
}

void TestNetPickup::theBoardTellsNoSecret()
{
    const QByteArray order = place(orderBody("47"));
    const QByteArray token = m_placed.value("tracker_token").toString().toUtf8();
    const auto all = [&] { return get("/v1/pickup") + get("/pickup"); };
    for (const QByteArray &secret : {order, token, QByteArray("Ana"), QByteArray("Secret"),
                                     QByteArray("600 123"), QByteArray("Dish"), QByteArray("card")})
        QVERIFY2(!all().contains(secret), secret.constData());
    put("pickup", {{"show", "names"}});
    QVERIFY(all().contains("Ana"));
    for (const QByteArray &secret : {order, token, QByteArray("Secret"), QByteArray("600 123")})
        QVERIFY2(!all().contains(secret), secret.constData());
}

void TestNetPickup::theBoardIsStreamed()
{
    Wire wire(m_kit->port());
    wire.send(getText("/v1/pickup/stream"));
    QVERIFY(wire.waitFor("event: board\ndata: {"));
    QVERIFY(wire.received().contains("retry: 1000\n"));
    QVERIFY2(wire.waitFor("\n\nevent: hb\n"), "a heartbeat without an id");
    const QByteArray order = place(orderBody("47"));
    QVERIFY(wire.waitFor("\"number\":\"47\""));
    move(order, "order_started"); // the same picture
    move(order, "order_ready");
    QVERIFY(wire.waitFor("\"ready_at\""));
    QCOMPARE(wire.received().count("event: board"), 3);
    put("pickup", {{"show", "names"}});
    QVERIFY(wire.waitFor("\"name\":\"Ana\""));
    wire.abort();
    QTRY_COMPARE_WITH_TIMEOUT(m_kit->stats().eventStreams, 0, patience);
}

void TestNetPickup::aScreenThatIsUpToDateIsToldNothing()
{
    place(orderBody("47"));
    const QByteArray id = jsonOf(get("/v1/pickup")).value("cursor").toString().toLatin1();
    Wire wire(m_kit->port());
    wire.send(getText("/v1/pickup/stream", "Last-Event-ID: " + id + "\r\n"));
    QVERIFY2(wire.waitFor("event: hb\n"), "it hears at once that it is connected");
    QVERIFY(!wire.received().contains("event: board"));
    place(orderBody("48"));
    QVERIFY(wire.waitFor("\"number\":\"48\""));
    Wire other(m_kit->port());
    other.send(getText("/v1/pickup/stream?since=nonsense"));
    QVERIFY(other.waitFor("event: board\n"));
}

void TestNetPickup::aRushIsToldTogether()
{
    Wire wire(m_kit->port());
    wire.send(getText("/v1/pickup/stream"));
    QVERIFY(wire.waitFor("event: board\n"));
    constexpr int orders = 60;
    for (int i = 0; i < orders; ++i)
        place(orderBody(QString::number(100 + i)));
    QVERIFY(wire.waitFor("\"number\":\"159\""));
    const auto boards = wire.received().count("event: board");
    QVERIFY2(boards <= orders / 2, QByteArray::number(boards).constData());
    for (int i = 0; i < limits::pickupOrdersMax; ++i)
        place(orderBody(QString::number(1000 + i)));
    const QJsonObject board = jsonOf(get("/v1/pickup"));
    QCOMPARE(board.value("preparing").toArray().size(), limits::pickupOrdersMax);
    QCOMPARE(board.value("preparing_total").toInt(), limits::pickupOrdersMax + orders);
}

void TestNetPickup::anOrderLeavesWithTime()
{
    const QByteArray order = place(orderBody("47"));
    move(order, "order_started");
    move(order, "order_ready");
    Wire wire(m_kit->port());
    wire.send(getText("/v1/pickup/stream"));
    QVERIFY(wire.waitFor("\"ready_total\":1"));
    m_kit->advance(19min);
    QCOMPARE(numbers("ready"), QStringList{"47"});
    m_kit->advance(1min);
    QVERIFY(numbers("ready").isEmpty());
    QVERIFY2(wire.waitFor("\"ready_total\":0"), "though nothing has happened");
    put("pickup", {{"ready_minutes", 30}});
    QCOMPARE(numbers("ready"), QStringList{"47"});
}

void TestNetPickup::theBoardIsPolled()
{
    const QJsonObject now = jsonOf(get("/v1/pickup?wait=25"));
    const QByteArray cursor = now.value("cursor").toString().toLatin1();
    QVERIFY(!cursor.isEmpty());
    Wire wire(m_kit->port());
    wire.send(getText("/v1/pickup?wait=25&since=" + cursor));
    QTRY_COMPARE_WITH_TIMEOUT(m_kit->stats().connectionsOpen, 1, patience);
    place(orderBody("47"));
    const QJsonObject next = jsonOf(wire.takeAnswer());
    QCOMPARE(next.value("preparing_total").toInt(), 1);
    QVERIFY(next.value("cursor").toString().toLatin1() != cursor);
    const QByteArray same = next.value("cursor").toString().toLatin1();
    QCOMPARE(jsonOf(get("/v1/pickup?wait=0.1&since=" + same)).value("cursor").toString(),
             QString::fromLatin1(same));
}

void TestNetPickup::refusesWhatIsNoPickupSetting()
{
    const QByteArray answer = put("pickup", {{"show", "faces"},
                                             {"service_types", QJsonArray{"takeaway", "boat"}},
                                             {"ready_minutes", 241}});
    QCOMPARE(statusOf(answer), 422);
    QStringList pointers;
    for (const QJsonValue &error : jsonOf(answer).value("errors").toArray())
        pointers.append(error["pointer"].toString());
    QCOMPARE(pointers, (QStringList{"/settings/show", "/settings/service_types/1",
                                    "/settings/ready_minutes"}));
    QCOMPARE(jsonOf(get("/v1/settings/pickup", manager)).value("settings")["show"].toString(),
             QStringLiteral("numbers"));
}

QTEST_GUILESS_MAIN(TestNetPickup)
#include "test_net_pickup.moc"
