// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

QByteArray put(const NetKit &kit, const QByteArray &body, const char *token = "manager-token",
               const QByteArray &path = "/v1/settings")
{
    return ask(
        kit.port(),
        "PUT" + postText(path, body, QByteArray("Authorization: Bearer ") + token + "\r\n").mid(4));
}

QJsonObject read(const NetKit &kit, const char *token = "kitchen-token",
                 const QByteArray &path = "/v1/settings")
{
    return jsonOf(
        ask(kit.port(), getText(path, QByteArray("Authorization: Bearer ") + token + "\r\n")));
}

QByteArray change(qint64 rev, const QByteArray &settings)
{
    return "{\"rev\":" + QByteArray::number(rev) + ",\"settings\":" + settings + '}';
}

constexpr const char *grill = R"({"stations":[{"id":"grill"}],"colour":"unknown"})";

} // namespace

class TestNetSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReadAndChanged();
    void onlyTheManagerChangesThem();
    void eachWrongFieldIsNamed();
    void aChangeThatWasNotSeenIsSaid();
    void troubleIsTold();
    void otherDocumentsAreKeptBesideThem();
    void aDocumentsWrongFieldsAreNamed_data();
    void aDocumentsWrongFieldsAreNamed();
    void whatIsSaidOfTheRestaurantIsReadByAll();
    void whoChangedWhatIsKept();
};

void TestNetSettings::areReadAndChanged()
{
    const NetKit kit(NetKit::guarded());
    const QJsonObject none = read(kit);
    QCOMPARE(none.value("rev").toInt(-1), 0);
    QCOMPARE(none.value("id").toString("x"), QString());
    QVERIFY(none.value("settings")["stations"].isArray()); // the defaults, spelt out
    const QByteArray answer = put(kit, change(0, grill));
    QCOMPARE(statusOf(answer), 200);
    const QJsonObject changed = jsonOf(answer);
    QCOMPARE(changed.value("rev").toInt(), 1);
    QCOMPARE(changed.value("id").toString().size(), 16);
    QCOMPARE(changed.value("settings")["stations"][0]["name"].toString(), "grill");
    QVERIFY2(!changed.value("settings").toObject().contains("colour"), "not understood, not kept");
    QCOMPARE(read(kit), changed);
    QCOMPARE(jsonOf(put(kit, change(0, grill))), changed); // sent again: the first answer was lost
}

void TestNetSettings::onlyTheManagerChangesThem()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(kit, change(0, grill), "kitchen-token")), 403);
    QCOMPARE(statusOf(put(kit, change(0, grill), "integration-token")), 403);
    QCOMPARE(statusOf(put(kit, change(0, grill), "wrong")), 401);
    QCOMPARE(read(kit, "integration-token").value("code").toString(), "forbidden");
    QCOMPARE(read(kit, "manager-token").value("rev").toInt(-1), 0);
    QCOMPARE(statusOf(ask(kit.port(), postText("/v1/settings", "{}"))), 405);
}

void TestNetSettings::eachWrongFieldIsNamed()
{
    const NetKit kit(NetKit::guarded());
    const QJsonObject problem = jsonOf(put(
        kit, R"({"rev":-1,"settings":{"stations":[{}],"displays":[{"name":"a","role":"x"}]}})"));
    QCOMPARE(problem.value("status").toInt(), 422);
    QStringList pointers;
    for (const QJsonValue &error : problem.value("errors").toArray())
        pointers.append(error["pointer"].toString());
    QCOMPARE(pointers,
             (QStringList{"/rev", "/settings/stations/0/id", "/settings/displays/0/role"}));
    const QJsonObject empty = jsonOf(put(kit, "{}"));
    QCOMPARE(empty.value("errors").toArray().size(), 2);
    QCOMPARE(jsonOf(put(kit, "[")).value("code").toString(), "malformed_json");
    QCOMPARE(read(kit).value("rev").toInt(-1), 0);
}

void TestNetSettings::aChangeThatWasNotSeenIsSaid()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(kit, change(0, grill))), 200);
    const QByteArray late = put(kit, change(0, R"({"hold_courses":true})"));
    QCOMPARE(statusOf(late), 409);
    QCOMPARE(jsonOf(late).value("code").toString(), "settings_changed");
    QCOMPARE(statusOf(put(kit, change(1, R"({"hold_courses":true})"))), 200);
    QVERIFY(read(kit).value("settings")["hold_courses"].toBool());
}

void TestNetSettings::troubleIsTold()
{
    NetKit kit(NetKit::guarded());
    kit.failNextCommit();
    QCOMPARE(statusOf(put(kit, change(0, grill))), 503);
    QCOMPARE(read(kit).value("rev").toInt(-1), 0);
    kit.setFull(true);
    QCOMPARE(jsonOf(put(kit, change(0, grill))).value("code").toString(), "unavailable");
}

void TestNetSettings::otherDocumentsAreKeptBesideThem()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray path = "/v1/settings/restaurant";
    QCOMPARE(statusOf(put(kit, change(0, grill))), 200);
    const QJsonObject unsaid = read(kit, "manager-token", path);
    QCOMPARE(unsaid.value("rev").toInt(-1), 0);
    QCOMPARE(unsaid.value("settings")["currency"].toString(), "EUR");
    const QByteArray answer =
        put(kit, change(0, R"({"name":"Chez Ana","accent":"#006D5b","time_zone":"Europe/Paris"})"),
            "manager-token", path);
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(jsonOf(answer).value("rev").toInt(), 1); // of its own
    QCOMPARE(read(kit, "manager-token", path), jsonOf(answer));
    QCOMPARE(read(kit, "manager-token", "/v1/settings/kitchen"), read(kit)); // one and the same
    QCOMPARE(read(kit).value("rev").toInt(), 1);
    QCOMPARE(read(kit, "manager-token", "/v1/settings/nothing").value("code").toString(),
             "not_found");
    const QByteArray stale = put(kit, change(0, R"({"name":"x"})"), "manager-token", path);
    QCOMPARE(jsonOf(stale).value("code").toString(), "settings_changed");
}

void TestNetSettings::aDocumentsWrongFieldsAreNamed_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *settings, const char *pointer) {
        QTest::newRow(pointer) << QByteArray(settings) << QString::fromLatin1(pointer);
    };
    row(R"({"name":7.5})", "/settings/name");
    row(R"({"accent":"red"})", "/settings/accent");
    row(R"({"accent":"#12345"})", "/settings/accent");
    row(R"({"currency":"euro"})", "/settings/currency");
    row(R"({"languages":["en","xx"]})", "/settings/languages/1");
    row(R"({"languages":["en"],"language":"es"})", "/settings/language");
    row(R"({"time_zone":"Europe/Atlantis"})", "/settings/time_zone");
    row(R"({"address":"one line"})", "/settings/address");
    row(R"({"address":["1","2","3","4","5","6","7","8","9","10","11"]})", "/settings/address");
}

void TestNetSettings::aDocumentsWrongFieldsAreNamed()
{
    QFETCH(const QByteArray, settings);
    QFETCH(const QString, pointer);
    const NetKit kit(NetKit::guarded());
    const QByteArray answer =
        put(kit, change(0, settings), "manager-token", "/v1/settings/restaurant");
    QCOMPARE(statusOf(answer), 422);
    QCOMPARE(jsonOf(answer).value("errors")[0]["pointer"].toString(), pointer);
}

void TestNetSettings::whatIsSaidOfTheRestaurantIsReadByAll()
{
    const NetKit kit(NetKit::guarded());
    for (const char *token : {"kitchen-token", "integration-token", "manager-token"})
        QCOMPARE(read(kit, token, "/v1/settings/restaurant").value("rev").toInt(-1), 0);
    const QByteArray path = "/v1/settings/restaurant";
    QCOMPARE(statusOf(put(kit, change(0, "{}"), "integration-token", path)), 403);
    QCOMPARE(read(kit, "integration-token", "/v1/settings/kitchen").value("code").toString(),
             "forbidden");
    QCOMPARE(read(kit, "wrong", path).value("code").toString(), "unauthorised");
}

void TestNetSettings::whoChangedWhatIsKept()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray path = "/v1/settings/restaurant";
    for (int rev = 0; rev < 3; ++rev) {
        const QByteArray name = "{\"name\":\"" + QByteArray::number(rev + 1) + "\"}";
        QCOMPARE(statusOf(put(kit, change(rev, name), "manager-token", path)), 200);
    }
    const QJsonArray all =
        read(kit, "manager-token", path + "/history").value("revisions").toArray();
    QCOMPARE(all.size(), 3);
    QCOMPARE(all[0]["rev"].toInt(), 3); // newest first
    QCOMPARE(all[0]["settings"]["name"].toString(), "3");
    QCOMPARE(all[0]["actor"]["kind"].toString(), "manager");
    QVERIFY(parseTimestamp(all[0]["at"].toString()));
    const QJsonArray older =
        read(kit, "manager-token", path + "/history?before=3&limit=1").value("revisions").toArray();
    QCOMPARE(older.size(), 1);
    QCOMPARE(older[0]["rev"].toInt(), 2);
    QCOMPARE(read(kit, "kitchen-token", path + "/history").value("code").toString(), "forbidden");
}

QTEST_GUILESS_MAIN(TestNetSettings)
#include "test_net_settings.moc"
