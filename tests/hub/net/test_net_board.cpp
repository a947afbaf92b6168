// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/fake_health.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;
using namespace std::chrono_literals;

class TestNetBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        hub::ServerConfig config = NetKit::demo();
        config.health = &m_health;
        m_kit = std::make_unique<NetKit>(config);
    }
    void cleanup() { m_kit.reset(); }

    void boardOfNowIsTheBoard();
    void boardAtAPosition();
    void boardAtATime();
    void boardOfAStation();
    void wrongQuestionsAreNamed_data();
    void wrongQuestionsAreNamed();
    void eventsPlayForward();
    void densityOfADay();
    void isTheManagers();
    void needsTheMachine();

private:
    QJsonObject get(const QByteArray &target) const
    {
        return jsonOf(ask(m_kit->port(), getText(target)));
    }
    QByteArray place(const QString &number)
    {
        const QByteArray body = QJsonDocument(orderBody(number)).toJson();
        return jsonOf(ask(m_kit->port(), postText("/v1/orders", body)))
            .value("order_id")
            .toString()
            .toLatin1();
    }
    void append(const QByteArray &order, const QString &type)
    {
        const QByteArray body = QJsonDocument(QJsonObject{{"type", type}}).toJson();
        QCOMPARE(statusOf(ask(m_kit->port(), postText("/v1/orders/" + order + "/events", body))),
                 201);
    }
    static QStringList numbers(const QJsonObject &board)
    {
        QStringList all;
        for (const QJsonValue &order : board.value("orders").toArray())
            all.append(order["number"].toString());
        return all;
    }

    FakeHealth m_health;
    std::unique_ptr<NetKit> m_kit;
};

void TestNetBoard::boardOfNowIsTheBoard()
{
    QCOMPARE(get("/v1/board").value("count").toInt(-1), 0);
    place("1");
    place("2");
    const QJsonObject board = get("/v1/board");
    const QJsonObject orders = get("/v1/orders?open=1");
    for (const char *member : {"count", "cursor", "digest"})
        QCOMPARE(board.value(member), orders.value(member));
    QCOMPARE(numbers(board), (QStringList{"1", "2"}));
    QCOMPARE(board.value("truncated").toBool(true), false);
    QVERIFY(board.value("stations").toArray().isEmpty());
    QCOMPARE(board["orders"][0]["lines"]["1"]["here"].toBool(), true);
    QVERIFY(!board["orders"][0]["late_at"].toString().isEmpty());
}

void TestNetBoard::boardAtAPosition()
{
    const QByteArray first = place("1"); // 1, 2
    place("2");                          // 3, 4
    append(first, "order_cancelled");    // 5
    QCOMPARE(numbers(get("/v1/board?at=0")), QStringList());
    QCOMPARE(numbers(get("/v1/board?at=1")), QStringList("1"));
    QCOMPARE(get("/v1/board?at=1")["orders"][0]["status"].toString(), "placed");
    QCOMPARE(get("/v1/board?at=2")["orders"][0]["status"].toString(), "paid");
    QCOMPARE(numbers(get("/v1/board?at=4")), (QStringList{"1", "2"}));
    QCOMPARE(numbers(get("/v1/board?at=5")), QStringList("2"));
    QCOMPARE(get("/v1/board?at=5").value("digest"), get("/v1/orders").value("digest"));
    QCOMPARE(get("/v1/board?at=4").value("head").toInt(), 5);
}

void TestNetBoard::boardAtATime()
{
    place("1");
    m_kit->advance(10s);
    const QByteArray between = get("/v1/board").value("at").toString().toLatin1();
    m_kit->advance(10s);
    place("2");
    const QJsonObject board = get("/v1/board?at=" + between);
    QCOMPARE(numbers(board), QStringList("1"));
    QCOMPARE(board.value("at").toString().toLatin1(), between);
    QCOMPARE(board.value("pos").toInt(), 2);
    QByteArray offset = between;
    offset.replace("Z", "+00:00"); // as a browser that does not escape it
    QCOMPARE(numbers(get("/v1/board?at=" + offset)), QStringList("1"));
    QCOMPARE(numbers(get("/v1/board?at=2001-01-01T00:00:00Z")), QStringList());
    const QJsonObject later = get("/v1/board?at=2999-01-01T00:00:00Z");
    QCOMPARE(numbers(later), (QStringList{"1", "2"}));
    QVERIFY2(later.value("at").toString() < "2999", "what is to come is told as of now");
}

void TestNetBoard::boardOfAStation()
{
    place("1");
    m_kit->advance(1s);
    const QByteArray settings =
        R"({"rev":0,"settings":{"stations":[{"id":"grill"},{"id":"fry"}],
            "displays":[{"name":"g","role":"prep","stations":["grill"]},
                        {"name":"f","role":"prep","stations":["fry"]}]}})";
    QByteArray put = postText("/v1/settings", settings);
    put.replace(0, 4, "PUT");
    QCOMPARE(statusOf(ask(m_kit->port(), put)), 200);
    m_kit->advance(1s);
    QJsonObject body = orderBody("2", 1);
    QJsonArray items = body.value("items").toArray();
    QJsonObject item = items.at(0).toObject();
    item.insert("station", "grill");
    body.insert("items", QJsonArray{item});
    ask(m_kit->port(), postText("/v1/orders", QJsonDocument(body).toJson()));
    QCOMPARE(numbers(get("/v1/board?station=grill")), (QStringList{"1", "2"}));
    QCOMPARE(numbers(get("/v1/board?station=fry")), QStringList("1")); // nobody's: on every one
    QCOMPARE(get("/v1/board?at=2").value("settings_rev").toInt(-1), 0);
    const QByteArray then = ask(m_kit->port(), getText("/v1/board?at=2&station=grill"));
    QCOMPARE(statusOf(then), 422);
    QCOMPARE(jsonOf(then)["errors"][0]["pointer"].toString(), "/station");
}

void TestNetBoard::wrongQuestionsAreNamed_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no time") << QByteArray("/v1/board?at=yesterday") << "/at";
    QTest::newRow("negative") << QByteArray("/v1/board?at=-1") << "/at";
    QTest::newRow("ahead") << QByteArray("/v1/board?at=99") << "/at";
    QTest::newRow("no from") << QByteArray("/v1/board/events") << "/from";
    QTest::newRow("bad from") << QByteArray("/v1/board/events?from=x") << "/from";
    QTest::newRow("from ahead") << QByteArray("/v1/board/events?from=99") << "/from";
    QTest::newRow("to before") << QByteArray("/v1/board/events?from=2&to=1") << "/to";
    QTest::newRow("limit 0") << QByteArray("/v1/board/events?from=0&limit=0") << "/limit";
    QTest::newRow("limit") << QByteArray("/v1/board/events?from=0&limit=201") << "/limit";
    QTest::newRow("density") << QByteArray("/v1/board/density?from=0&to=1") << "/from";
    QTest::newRow("density back") << QByteArray(
        "/v1/board/density?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                                  << "/to";
    QTest::newRow("buckets") << QByteArray("/v1/board/density?from=2026-01-01T00:00:00Z&"
                                           "to=2026-01-02T00:00:00Z&buckets=501")
                             << "/buckets";
}

void TestNetBoard::wrongQuestionsAreNamed()
{
    QFETCH(QByteArray, target);
    QFETCH(QString, pointer);
    place("1");
    const QByteArray answer = ask(m_kit->port(), getText(target));
    QCOMPARE(statusOf(answer), 422);
    QCOMPARE(jsonOf(answer)["errors"][0]["pointer"].toString(), pointer);
}

void TestNetBoard::eventsPlayForward()
{
    const QByteArray first = place("1");
    place("2");
    append(first, "order_cancelled");
    const QJsonObject all = get("/v1/board/events?from=0");
    QCOMPARE(all["events"].toArray().size(), 5);
    QCOMPARE(all["more"].toBool(true), false);
    QCOMPARE(all["events"][0]["order"]["status"].toString(), "placed");
    QCOMPARE(all["events"][1]["order"]["status"].toString(), "paid");
    QCOMPARE(all["events"][2]["number"].toString(), "2");
    QVERIFY2(all["events"][4]["order"].isNull(), "it left the board");
    QVERIFY(all["events"][0]["actor"]["address"].isUndefined());
    const QJsonObject page = get("/v1/board/events?from=1&to=4&limit=2");
    QCOMPARE(page["events"].toArray().size(), 2);
    QCOMPARE(page["events"][0]["pos"].toInt(), 2);
    QCOMPARE(page["next"].toInt(), 3);
    QCOMPARE(page["more"].toBool(), true);
    QCOMPARE(get("/v1/board/events?from=3&to=4&limit=2")["more"].toBool(true), false);
    // Played forward from any board, it is the later board.
    QCOMPARE(get("/v1/board/events?from=5")["events"].toArray().size(), 0);
}

void TestNetBoard::densityOfADay()
{
    place("1");
    m_kit->advance(1h);
    place("2");
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto text = [](const QDateTime &at) { return at.toString(Qt::ISODate).toLatin1(); };
    const QJsonObject density = get("/v1/board/density?from=" + text(now.addSecs(-3'600))
                                    + "&to=" + text(now.addSecs(3 * 3'600)) + "&buckets=4");
    const QJsonArray counts = density.value("counts").toArray();
    QCOMPARE(counts.size(), 4);
    QCOMPARE(counts[0].toInt() + counts[1].toInt() + counts[2].toInt(), 4);
    QCOMPARE(counts[2].toInt(), 2);
    QCOMPARE(get("/v1/board/density?from=" + text(now) + "&to=" + text(now.addSecs(60)))["counts"]
                 .toArray()
                 .size(),
             96);
}

void TestNetBoard::isTheManagers()
{
    hub::ServerConfig config = NetKit::guarded();
    config.health = &m_health;
    const NetKit kit(config);
    for (const QByteArray &target : {QByteArray("/v1/board"), QByteArray("/v1/board/events?from=0"),
                                     QByteArray("/v1/health"), QByteArray("/v1/health/bundle")}) {
        QCOMPARE(statusOf(ask(kit.port(), getText(target))), 401);
        QCOMPARE(
            statusOf(ask(kit.port(), getText(target, "Authorization: Bearer kitchen-token\r\n"))),
            403);
        QCOMPARE(
            statusOf(ask(kit.port(), getText(target, "Authorization: Bearer manager-token\r\n"))),
            200);
    }
}

void TestNetBoard::needsTheMachine()
{
    const NetKit kit;
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/board"))), 503);
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/health"))), 503);
    m_kit->setFull(true);
    QCOMPARE(statusOf(ask(m_kit->port(), getText("/v1/board"))), 503);
}

QTEST_GUILESS_MAIN(TestNetBoard)
#include "test_net_board.moc"
