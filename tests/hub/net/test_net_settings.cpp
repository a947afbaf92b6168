// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

QByteArray put(const NetKit &kit, const QByteArray &body, const char *token = "manager-token")
{
    return ask(kit.port(), "PUT"
                               + postText("/v1/settings", body,
                                          QByteArray("Authorization: Bearer ") + token + "\r\n")
                                     .mid(4));
}

QJsonObject read(const NetKit &kit, const char *token = "kitchen-token")
{
    return jsonOf(ask(kit.port(), getText("/v1/settings",
                                          QByteArray("Authorization: Bearer ") + token + "\r\n")));
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

QTEST_GUILESS_MAIN(TestNetSettings)
#include "test_net_settings.moc"
