// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

QByteArray bearer(const char *token)
{
    return QByteArray("Authorization: Bearer ") + token + "\r\n";
}

// A table, sent as one.
QByteArray import(const NetKit &kit, const QByteArray &csv, const QByteArray &query = {},
                  const QByteArray &headers = bearer("manager-token"))
{
    const QByteArray target = "/v1/settings/menu/import" + query;
    QByteArray request = postText(target, csv, headers);
    request.replace("application/json", "text/csv");
    return ask(kit.port(), request);
}

QJsonObject read(const NetKit &kit, const QByteArray &target, const char *token = "manager-token")
{
    return jsonOf(ask(kit.port(), getText(target, bearer(token))));
}

QByteArray put(const NetKit &kit, const QByteArray &document, const QByteArray &body)
{
    return ask(kit.port(),
               "PUT" + postText("/v1/settings/" + document, body, bearer("manager-token")).mid(4));
}

QJsonObject routeTest(const NetKit &kit, const QByteArray &body)
{
    return jsonOf(ask(kit.port(),
                      postText("/v1/settings/kitchen/route-test", body, bearer("manager-token"))));
}

constexpr const char *table = "sku,name,price,category\nBURG,Burger,9.50,burgers\n"
                              "FRY,Fries,4,sides\n";

constexpr const char *kitchen = R"({"rev":0,"settings":{
    "stations":[{"id":"grill","name":"Hot Grill"},{"id":"fry"}],
    "routing":{"sku":{"BURG":"grill"},"category":{"sides":"fry"},"service_type":{"delivery":"fry"}},
    "displays":[{"name":"grill-1","stations":["grill"]},{"name":"pass","role":"expo"}]}})";

QString showsOn(const QJsonObject &answer, const QString &display)
{
    for (const QJsonValue &value : answer.value("displays").toArray()) {
        if (value["name"].toString() == display)
            return value["shows"].toString();
    }
    return {};
}

} // namespace

class TestNetSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTableBecomesTheMenu();
    void aDryRunChangesNothing();
    void whatChangesIsTold();
    void aWrongTableNamesLineAndColumn();
    void theCurrencyIsTheRestaurants();
    void aChangeThatWasNotSeenIsSaid();
    void comesBackAsItWent();
    void onlyTheManagerImports();
    void onlyATableIsTaken();
    void everyoneReadsTheMenu();
    void tellsWhereAnItemWouldShow();
    void tellsItOfADraft();
    void tellsWhatIsWrongWithTheQuestion();
};

void TestNetSetup::aTableBecomesTheMenu()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = import(kit, table);
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(jsonOf(answer).value("rev").toInt(), 1);
    QCOMPARE(jsonOf(answer).value("items")["added"].toArray().size(), 2);
    const QJsonObject menu = read(kit, "/v1/settings/menu").value("settings").toObject();
    QCOMPARE(menu.value("items")[0]["price"].toInt(), 950);
    QCOMPARE(menu.value("categories")[1]["id"].toString(), "sides");
    const QJsonArray history = read(kit, "/v1/settings/menu/history").value("revisions").toArray();
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.at(0)["actor"]["id"].toString(), "manager");
}

void TestNetSetup::aDryRunChangesNothing()
{
    const NetKit kit(NetKit::guarded());
    const QJsonObject told = jsonOf(import(kit, table, "?dry_run=1"));
    QCOMPARE(told.value("rev").toInt(-1), 0);
    QVERIFY(told.value("dry_run").toBool());
    QCOMPARE(told.value("items")["added"].toArray().size(), 2);
    QCOMPARE(read(kit, "/v1/settings/menu").value("rev").toInt(-1), 0);
}

void TestNetSetup::whatChangesIsTold()
{
    const NetKit kit(NetKit::guarded());
    import(kit, table);
    const QJsonObject told =
        jsonOf(import(kit, "sku,name,price,category,colour\nBURG,Burger,9.90,burgers,red\n"
                           "SALAD,Salad,7,burgers,\n"));
    const QJsonObject items = told.value("items").toObject();
    QCOMPARE(items.value("added")[0]["id"].toString(), "SALAD");
    QCOMPARE(items.value("changed")[0]["name"].toString(), "Burger");
    QCOMPARE(items.value("changed")[0]["fields"].toArray(), QJsonArray{"price"});
    QCOMPARE(items.value("removed")[0]["id"].toString(), "FRY");
    QCOMPARE(told.value("categories")["removed"].toArray().size(), 1);
    QCOMPARE(told.value("categories")["unchanged"].toInt(), 1);
    QCOMPARE(told.value("ignored_columns").toArray(), QJsonArray{"colour"});
}

void TestNetSetup::aWrongTableNamesLineAndColumn()
{
    const NetKit kit(NetKit::guarded());
    const QJsonObject problem = jsonOf(import(kit, "name,price\nA,1\n,x\n"));
    QCOMPARE(problem.value("status").toInt(), 422);
    QCOMPARE(problem.value("code").toString(), "validation_failed");
    const QJsonArray errors = problem.value("errors").toArray();
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.at(0)["pointer"].toString(), "/lines/3/price");
    QCOMPARE(errors.at(1)["detail"].toString(), "line 3, column name: is required");
    QCOMPARE(read(kit, "/v1/settings/menu").value("rev").toInt(-1), 0);
}

void TestNetSetup::theCurrencyIsTheRestaurants()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(kit, "restaurant", R"({"rev":0,"settings":{"currency":"JPY"}})")), 200);
    QCOMPARE(statusOf(import(kit, table)), 422);
    QCOMPARE(statusOf(import(kit, "name,price\nRamen,950\n")), 200);
    QCOMPARE(read(kit, "/v1/settings/menu").value("settings")["items"][0]["price"].toInt(), 950);
}

void TestNetSetup::aChangeThatWasNotSeenIsSaid()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(import(kit, table, "?rev=0")), 200);
    const QByteArray late = import(kit, "name\nOther\n", "?rev=0");
    QCOMPARE(statusOf(late), 409);
    QCOMPARE(jsonOf(late).value("code").toString(), "settings_changed");
    QCOMPARE(statusOf(import(kit, "name\nOther\n", "?rev=x")), 400);
}

void TestNetSetup::comesBackAsItWent()
{
    const NetKit kit(NetKit::guarded());
    import(kit, table);
    for (const char *query : {"", "?delimiter=semicolon"}) {
        const QByteArray answer =
            ask(kit.port(),
                getText(QByteArray("/v1/settings/menu/export") + query, bearer("manager-token")));
        QCOMPARE(headerOf(answer, "content-type"), QByteArray("text/csv; charset=utf-8"));
        QVERIFY(headerOf(answer, "content-disposition").contains("menu.csv"));
        const QJsonObject told = jsonOf(import(kit, bodyOf(answer), "?dry_run=1"));
        QCOMPARE(told.value("items")["unchanged"].toInt(), 2);
        QCOMPARE(told.value("items")["changed"].toArray().size(), 0);
        QCOMPARE(told.value("categories")["unchanged"].toInt(), 2);
    }
}

void TestNetSetup::onlyTheManagerImports()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(import(kit, table, {}, bearer("integration-token"))), 403);
    QCOMPARE(statusOf(import(kit, table, {}, bearer("kitchen-token"))), 403);
    QCOMPARE(statusOf(import(kit, table, {}, {})), 401);
    QCOMPARE(
        statusOf(ask(kit.port(), getText("/v1/settings/menu/export", bearer("integration-token")))),
        403);
}

void TestNetSetup::onlyATableIsTaken()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray json =
        ask(kit.port(), postText("/v1/settings/menu/import", "name\nA\n", bearer("manager-token")));
    QCOMPARE(statusOf(json), 415);
    // A form of another page cannot say text/csv.
    QByteArray form = postText("/v1/settings/menu/import", "name\nA\n",
                               bearer("manager-token") + "Origin: http://elsewhere\r\n");
    form.replace("application/json", "text/plain");
    QCOMPARE(statusOf(ask(kit.port(), form)), 415);
}

void TestNetSetup::everyoneReadsTheMenu()
{
    const NetKit kit(NetKit::guarded());
    import(kit, table);
    for (const char *token : {"integration-token", "kitchen-token", "manager-token"})
        QCOMPARE(read(kit, "/v1/settings/menu", token).value("rev").toInt(), 1);
    const QByteArray change = R"({"rev":1,"settings":{"items":[{"sku":"A"}]}})";
    const QJsonObject problem = jsonOf(put(kit, "menu", change));
    QCOMPARE(problem.value("errors")[0]["pointer"].toString(), "/settings/items/0/name");
}

void TestNetSetup::tellsWhereAnItemWouldShow()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(kit, "kitchen", kitchen)), 200);
    const QJsonObject bySku = routeTest(kit, R"({"item":{"sku":"BURG","category":"sides"}})");
    QCOMPARE(bySku.value("station")["name"].toString(), "Hot Grill");
    QCOMPARE(bySku.value("by").toString(), "sku");
    QCOMPARE(showsOn(bySku, "grill-1"), "yes");
    QCOMPARE(showsOn(bySku, "pass"), "yes");
    const QJsonObject byCategory = routeTest(kit, R"({"item":{"category":"sides"}})");
    QCOMPARE(byCategory.value("by").toString(), "category");
    QVERIFY2(showsOn(byCategory, "grill-1") == "unrouted", "no display is set up for fry");
    QCOMPARE(routeTest(kit, R"({"item":{"station":"HOT grill"}})").value("by").toString(), "order");
    QCOMPARE(
        routeTest(kit, R"({"item":{"sku":"x"},"service_type":"delivery"})").value("by").toString(),
        "service_type");
    const QJsonObject nowhere = routeTest(kit, R"({"item":{"sku":"x"}})");
    QVERIFY(nowhere.value("station").isNull());
    QCOMPARE(nowhere.value("by").toString(), "nothing");
    QCOMPARE(showsOn(nowhere, "grill-1"), "unrouted");
}

void TestNetSetup::tellsItOfADraft()
{
    const NetKit kit(NetKit::guarded());
    const QJsonObject answer =
        routeTest(kit, R"({"item":{"sku":"A"},"settings":{"stations":[{"id":"bar"}],
                 "routing":{"sku":{"A":"bar"}},
                 "displays":[{"name":"bar-1","stations":["bar"]}]}})");
    QCOMPARE(answer.value("station")["id"].toString(), "bar");
    QCOMPARE(showsOn(answer, "bar-1"), "yes");
    QCOMPARE(read(kit, "/v1/settings/kitchen").value("rev").toInt(-1), 0);
}

void TestNetSetup::tellsWhatIsWrongWithTheQuestion()
{
    const NetKit kit(NetKit::guarded());
    const QJsonObject problem =
        routeTest(kit, R"({"item":{"sku":[]},"service_type":"x","settings":{"stations":[{}]}})");
    QStringList pointers;
    for (const QJsonValue &error : problem.value("errors").toArray())
        pointers.append(error["pointer"].toString());
    QCOMPARE(pointers, (QStringList{"/item/sku", "/service_type", "/settings/stations/0/id"}));
    QCOMPARE(statusOf(ask(kit.port(), postText("/v1/settings/kitchen/route-test", "{}",
                                               bearer("integration-token")))),
             403);
}

QTEST_GUILESS_MAIN(TestNetSetup)
#include "test_net_setup.moc"
