// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

class TestNetReports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(); }
    void cleanup() { m_kit.reset(); }

    void tellsWhatThereIs();
    void tellsToday();
    void keepsToTheRestaurantsDays();
    void goesByTheKitchensStations();
    void givesCsv();
    void saysThatParquetIsNotInstalled();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
    void isTheManagersOnly();
    void isBusyRatherThanWrong();

private:
    QByteArray get(const QByteArray &path) { return ask(m_kit->port(), getText(path)); }
    const QJsonArray rows(const QByteArray &query)
    {
        const QByteArray answer = get("/v1/reports/" + query);
        if (statusOf(answer) != 200)
            qFatal("no report: %s", answer.constData());
        return jsonOf(answer)["tables"][0]["rows"].toArray();
    }
    QString place(const QString &number)
    {
        QJsonObject order = orderBody(number);
        QJsonArray items = order["items"].toArray();
        QJsonObject item = items[0].toObject();
        item.insert("sku", "D1");
        items[0] = item;
        order.insert("items", items);
        const QByteArray body = QJsonDocument(order).toJson();
        const QByteArray answer = ask(m_kit->port(), postText("/v1/orders", body));
        return jsonOf(answer)["order_id"].toString();
    }
    void move(const QString &id, const char *type)
    {
        const QByteArray body = QJsonDocument(QJsonObject{{"type", type}}).toJson();
        const QByteArray answer =
            ask(m_kit->port(), postText("/v1/orders/" + id.toLatin1() + "/events", body));
        QVERIFY2(statusOf(answer) == 201, answer.constData());
    }
    void put(const QByteArray &target, const QJsonObject &settings)
    {
        const QByteArray body =
            QJsonDocument(QJsonObject{{"rev", 0}, {"settings", settings}}).toJson();
        QByteArray request = postText(target, body);
        request.replace(0, 4, "PUT");
        const QByteArray answer = ask(m_kit->port(), request);
        QVERIFY2(statusOf(answer) == 200, answer.constData());
    }

    std::unique_ptr<NetKit> m_kit;
};

void TestNetReports::tellsWhatThereIs()
{
    const QJsonArray reports = jsonOf(get("/v1/reports"))["reports"].toArray();
    QStringList names;
    for (const QJsonValue &report : reports) {
        names.append(report["name"].toString());
        // Each is answered by each of its groups.
        for (const QJsonValue &group : report["groups"].toArray()) {
            const QByteArray path =
                "/v1/reports/" + names.back().toLatin1() + "?group=" + group.toString().toLatin1();
            QCOMPARE(statusOf(get(path)), 200);
        }
    }
    QCOMPARE(names, (QStringList{"funnel", "prep", "quarters", "late", "voids", "cancellations",
                                 "recalls", "bumps"}));
}

void TestNetReports::tellsToday()
{
    const QString id = place("1");
    move(id, "order_started");
    move(id, "order_ready");
    place("2");
    const QJsonObject json = jsonOf(get("/v1/reports/funnel"));
    QCOMPARE(json["name"].toString(), QStringLiteral("funnel"));
    QCOMPARE(json["group"].toString(), QStringLiteral("all"));
    QCOMPARE(json["as_of"].toInt(), 6);
    QCOMPARE(json["tables"].toArray().size(), 1);
    QCOMPARE(json["tables"][0]["name"].toString(), QStringLiteral("stages"));
    QCOMPARE(json["tables"][0]["columns"][2],
             QJsonValue(QJsonObject{{"name", "orders"}, {"type", "integer"}}));
    QList<int> orders;
    for (const QJsonValue &row : json["tables"][0]["rows"].toArray())
        orders.append(row["orders"].toInt());
    QCOMPARE(orders, (QList<int>{2, 2, 1, 1, 1, 0}));
    m_kit->advance(std::chrono::hours(48));
    QCOMPARE(rows("funnel")[0]["orders"].toInt(), 0);
    const QByteArray day = formatTimestamp(SystemClock().now()).left(10);
    QCOMPARE(rows("funnel?from=" + day + "&to=" + day)[0]["orders"].toInt(), 2);
}

void TestNetReports::keepsToTheRestaurantsDays()
{
    put("/v1/settings/restaurant", {{"v", 1}, {"time_zone", "Pacific/Kiritimati"}});
    const QJsonObject json = jsonOf(get("/v1/reports/funnel?from=2026-11-20&to=2026-11-20"));
    QCOMPARE(json["zone"].toString(), QStringLiteral("Pacific/Kiritimati")); // 14 hours ahead
    QCOMPARE(json["from"].toString(), QStringLiteral("2026-11-19T10:00:00.000Z"));
    QCOMPARE(json["to"].toString(), QStringLiteral("2026-11-20T10:00:00.000Z"));
}

void TestNetReports::goesByTheKitchensStations()
{
    const QString id = place("1");
    move(id, "order_started");
    move(id, "order_ready");
    QCOMPARE(rows("prep")[0]["group"].toString(), QString());
    const QJsonObject rules{{"sku", QJsonObject{{"D1", "grill"}}}};
    put("/v1/settings",
        {{"stations", QJsonArray{QJsonObject{{"id", "grill"}}}}, {"routing", rules}});
    QCOMPARE(rows("prep?station=grill").size(), 1);
    QCOMPARE(rows("prep?station=grill")[0]["lines"].toInt(), 1);
    QCOMPARE(rows("prep?group=all")[0]["lines"].toInt(), 2);
}

void TestNetReports::givesCsv()
{
    place("1");
    const QByteArray answer =
        get("/v1/reports/quarters?from=2026-11-20&to=2026-11-21&format=csv&table=clock");
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(headerOf(answer, "content-type"), QByteArray("text/csv; charset=utf-8"));
    QCOMPARE(headerOf(answer, "content-disposition"),
             QByteArray("attachment; filename=\"quarters-clock_2026-11-20_2026-11-21.csv\""));
    const QByteArrayList lines = bodyOf(answer).split('\n');
    QCOMPARE(lines.size(), 1 + 96 + 1);
    QCOMPARE(lines[0], QByteArray("clock,orders,items,orders_a_day\r"));
    QCOMPARE(lines[1], QByteArray("\"00:00\",0,0,0\r"));
}

void TestNetReports::saysThatParquetIsNotInstalled()
{
    const QByteArray answer = get("/v1/reports/funnel?format=parquet");
    QCOMPARE(statusOf(answer), 422);
    QCOMPARE(jsonOf(answer)["errors"][0]["pointer"].toString(), QStringLiteral("/format"));
    QVERIFY(jsonOf(answer)["errors"][0]["detail"].toString().contains(u"not installed"));
}

void TestNetReports::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("a group of another") << QByteArray("late?group=dish") << "/group";
    QTest::newRow("no format") << QByteArray("late?format=xls") << "/format";
    QTest::newRow("no table") << QByteArray("late?table=list") << "/table";
    QTest::newRow("no station") << QByteArray("late?station=grill") << "/station";
    QTest::newRow("too long") << QByteArray("prep?station=" + QByteArray(300, 'a')) << "/station";
    QTest::newRow("no day") << QByteArray("late?from=now") << "/from";
    QTest::newRow("backwards") << QByteArray("late?from=2026-11-20&to=2026-11-19") << "/to";
    QTest::newRow("for ever") << QByteArray("late?from=2020-01-01&to=2026-11-19") << "/to";
    QTest::newRow("a mass of one") << QByteArray("bumps?mass_orders=1") << "/mass_orders";
    QTest::newRow("never soon") << QByteArray("bumps?soon_s=-1") << "/soon_s";
}

void TestNetReports::refusesWhatItCannotRead()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, pointer);
    const QByteArray answer = get("/v1/reports/" + query);
    QCOMPARE(statusOf(answer), 422);
    QCOMPARE(jsonOf(answer)["errors"][0]["pointer"].toString(), pointer);
    QCOMPARE(statusOf(get("/v1/reports/" + query.left(3))), 404);
}

void TestNetReports::isTheManagersOnly()
{
    NetKit guarded(NetKit::guarded());
    const auto status = [&](const QByteArray &token) {
        const QByteArray header =
            token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "-token\r\n";
        return statusOf(ask(guarded.port(), getText("/v1/reports/funnel", header)));
    };
    QCOMPARE(status({}), 401);
    QCOMPARE(status("kitchen"), 403);
    QCOMPARE(status("integration"), 403);
    QCOMPARE(status("manager"), 200);
}

void TestNetReports::isBusyRatherThanWrong()
{
    m_kit->setFull(true);
    QCOMPARE(statusOf(get("/v1/reports/funnel")), 503);
}

QTEST_GUILESS_MAIN(TestNetReports)
#include "test_net_reports.moc"
