// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/settings_limits.h"
#include "shared/protocol/canonical_json.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

const QByteArray manager = "Authorization: Bearer manager-token\r\n";

QByteArray put(const NetKit &kit, const QByteArray &body, const QByteArray &headers = manager)
{
    return ask(kit.port(), "PUT" + postText("/v1/settings/staff", body, headers).mid(4));
}

QByteArray people(int rev, const QByteArray &list)
{
    return "{\"rev\":" + QByteArray::number(rev) + ",\"settings\":{\"people\":[" + list + "]}}";
}

QByteArray signIn(const NetKit &kit, const QByteArray &pin)
{
    return ask(kit.port(), postText("/v1/session", "{\"pin\":\"" + pin + "\"}"));
}

// The header that carries on the session that an answer began.
QByteArray cookieOf(const QByteArray &answer)
{
    return "Cookie: " + headerOf(answer, "set-cookie").split(';').first() + "\r\n";
}

int statusWith(const NetKit &kit, const QByteArray &cookie, const QByteArray &target)
{
    return statusOf(ask(kit.port(), getText(target, cookie)));
}

// Somebody who is there already.
QByteArray asIs(const QString &id, bool endsSessions = false)
{
    return canonicalJson(QJsonObject{
        {"id", id}, {"name", "Ana"}, {"role", "counter"}, {"end_sessions", endsSessions}});
}

constexpr const char *ana = R"({"name":"Ana","role":"counter","pin":"4711"})";

} // namespace

class TestNetStaff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPinOpensWhatItsRoleMay();
    void theTimelineSaysWhoDidIt();
    void noPinComesBack();
    void onlyTheManagerSetsThem();
    void sessionsEndWhenTheManagerSaysSo();
    void sessionsEndByThemselves();
    void wrongOnesHaveToWait();
    void whatIsNoPinIsSaid();
    void aTokenInTheBodyOpensToo();
    void aChangeThatWasNotSeenIsSaid();
    void aFullHubKeepsNothing();
};

void TestNetStaff::aPinOpensWhatItsRoleMay()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(
                 kit, people(0, QByteArray(ana) + R"(,{"name":"Kim","role":"kitchen","pin":"0815"},
                     {"name":"Max","role":"manager","pin":"471100"})"))),
             200);
    const QByteArray counter = signIn(kit, "4711");
    QCOMPARE(statusOf(counter), 200);
    QCOMPARE(jsonOf(counter), (QJsonObject{{"role", "counter"}, {"name", "Ana"}}));
    QVERIFY(headerOf(counter, "set-cookie").contains("HttpOnly"));
    const QByteArray cookie = cookieOf(counter);
    QCOMPARE(jsonOf(ask(kit.port(), getText("/v1/session", cookie))).value("name").toString(),
             "Ana");
    QCOMPARE(statusWith(kit, cookie, "/v1/orders"), 200);
    QCOMPARE(statusWith(kit, cookie, "/v1/settings/menu"), 200);
    QCOMPARE(statusWith(kit, cookie, "/v1/settings/kitchen"), 403);
    QCOMPARE(statusWith(kit, cookie, "/v1/settings/staff"), 403);
    QCOMPARE(statusWith(kit, cookie, "/v1/displays"), 403);
    QCOMPARE(statusWith(kit, cookieOf(signIn(kit, "0815")), "/v1/displays"), 200);
    QCOMPARE(statusWith(kit, cookieOf(signIn(kit, "471100")), "/v1/debug/stats"), 200);
}

void TestNetStaff::theTimelineSaysWhoDidIt()
{
    const NetKit kit(NetKit::guarded());
    put(kit, people(0, ana));
    const QByteArray cookie = cookieOf(signIn(kit, "4711"));
    const QByteArray placed =
        ask(kit.port(), postText("/v1/orders", canonicalJson(orderBody("7")), cookie));
    QCOMPARE(statusOf(placed), 201);
    const QByteArray target =
        "/v1/orders/" + jsonOf(placed).value("order_id").toString().toLatin1() + "/timeline";
    const QJsonObject timeline = jsonOf(ask(kit.port(), getText(target, cookie)));
    QCOMPARE(timeline.value("events")[0]["actor"]["id"].toString(), "Ana");
}

void TestNetStaff::noPinComesBack()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray changed = put(kit, people(0, ana));
    const QByteArray read = ask(kit.port(), getText("/v1/settings/staff", manager));
    const QByteArray history = ask(kit.port(), getText("/v1/settings/staff/history", manager));
    for (const QByteArray &answer : {changed, read, history}) {
        QCOMPARE(statusOf(answer), 200);
        QVERIFY2(!answer.contains("4711") && !answer.contains("hash") && !answer.contains("salt"),
                 answer.constData());
        QVERIFY(answer.contains("\"has_pin\":true"));
    }
    QCOMPARE(jsonOf(read).value("rev").toInt(), 1);
    QCOMPARE(jsonOf(history).value("revisions")[0]["actor"]["id"].toString(), "manager");
}

void TestNetStaff::onlyTheManagerSetsThem()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(kit, people(0, ana), {})), 401);
    QCOMPARE(statusOf(put(kit, people(0, ana), "Authorization: Bearer kitchen-token\r\n")), 403);
    // Nobody's hash comes in from outside.
    const QJsonObject eve{{"name", "Eve"}, {"role", "manager"}, {"pin_hash", QString(64, u'a')}};
    const QByteArray body = people(0, canonicalJson(eve));
    QCOMPARE(statusOf(put(kit, body)), 200);
    const QJsonObject read = jsonOf(ask(kit.port(), getText("/v1/settings/staff", manager)));
    QCOMPARE(read.value("settings")["people"][0]["has_pin"].toBool(true), false);
}

void TestNetStaff::sessionsEndWhenTheManagerSaysSo()
{
    NetKit kit(NetKit::guarded());
    const QJsonObject set = jsonOf(put(kit, people(0, ana)));
    const QString id = set.value("settings")["people"][0]["id"].toString();
    const QByteArray cookie = cookieOf(signIn(kit, "4711"));
    kit.advance(std::chrono::seconds(1));
    QCOMPARE(statusOf(put(kit, people(1, asIs(id)))), 200);
    QCOMPARE(statusWith(kit, cookie, "/v1/session"), 200);
    QCOMPARE(statusOf(put(kit, people(1, asIs(id, true)))), 200);
    QCOMPARE(statusWith(kit, cookie, "/v1/session"), 401);
    QCOMPARE(statusWith(kit, cookie, "/v1/orders"), 401);

    const QByteArray again = cookieOf(signIn(kit, "4711"));
    QCOMPARE(statusWith(kit, again, "/v1/session"), 200);
    QCOMPARE(statusOf(put(kit, people(2, {}))), 200); // she has left
    QCOMPARE(statusWith(kit, again, "/v1/session"), 401);
    QCOMPARE(statusOf(signIn(kit, "4711")), 401);
}

void TestNetStaff::sessionsEndByThemselves()
{
    NetKit kit(NetKit::guarded());
    put(kit, people(0, ana));
    const QByteArray cookie = cookieOf(signIn(kit, "4711"));
    kit.advance(limits::sessionMax - std::chrono::minutes(1));
    QCOMPARE(statusWith(kit, cookie, "/v1/session"), 200);
    kit.advance(std::chrono::minutes(2));
    QCOMPARE(statusWith(kit, cookie, "/v1/session"), 401);
}

void TestNetStaff::wrongOnesHaveToWait()
{
    NetKit kit(NetKit::guarded());
    put(kit, people(0, ana));
    for (int i = 0; i < limits::pinTriesFree; ++i)
        QCOMPARE(statusOf(signIn(kit, "1111")), 401);
    const QByteArray wait = signIn(kit, "4711");
    QVERIFY2(statusOf(wait) == 429, "the right one, too soon");
    QCOMPARE(jsonOf(wait).value("code").toString(), "too_many_requests");
    QVERIFY(jsonOf(wait).value("retry_after_s").toInt() >= 1);
    QCOMPARE(headerOf(wait, "retry-after").toInt(), jsonOf(wait).value("retry_after_s").toInt());
    kit.advance(std::chrono::seconds(2));
    QCOMPARE(statusOf(signIn(kit, "4711")), 200);
}

void TestNetStaff::whatIsNoPinIsSaid()
{
    const NetKit kit(NetKit::guarded());
    const auto statusFor = [&kit](const QByteArray &body) {
        return statusOf(ask(kit.port(), postText("/v1/session", body)));
    };
    QCOMPARE(statusFor(R"({"pin":4711})"), 422);
    QCOMPARE(statusFor("{\"pin\":\"" + QByteArray(1000, '1') + "\"}"), 422);
    QCOMPARE(statusFor("{"), 400);
    QCOMPARE(statusFor("{}"), 401);
    QVERIFY2(statusFor("{\"pin\":\"\"}") == 401, "an empty PIN is none");
    QVERIFY2(statusOf(signIn(kit, "4711")) == 401, "nobody has one");
}

void TestNetStaff::aTokenInTheBodyOpensToo()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer =
        ask(kit.port(), postText("/v1/session", R"({"token":"manager-token"})"));
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(statusWith(kit, cookieOf(answer), "/v1/debug/stats"), 200);
    QCOMPARE(statusOf(ask(kit.port(), postText("/v1/session", R"({"token":"wrong"})"))), 401);
}

void TestNetStaff::aChangeThatWasNotSeenIsSaid()
{
    const NetKit kit(NetKit::guarded());
    QCOMPARE(statusOf(put(kit, people(0, ana))), 200);
    const QByteArray late = put(kit, people(0, R"({"name":"Bo","role":"kitchen"})"));
    QCOMPARE(statusOf(late), 409);
    QCOMPARE(jsonOf(late).value("code").toString(), "settings_changed");
    const QJsonObject wrong = jsonOf(put(kit, people(1, R"({"name":"Bo","role":"cook"})")));
    QCOMPARE(wrong.value("errors")[0]["pointer"].toString(), "/settings/people/0/role");
}

void TestNetStaff::aFullHubKeepsNothing()
{
    NetKit kit(NetKit::guarded());
    kit.setFull(true);
    QCOMPARE(statusOf(put(kit, people(0, ana))), 503);
    for (int i = 0; i < 2 * limits::pinTriesFree; ++i)
        QVERIFY(statusOf(signIn(kit, "4711")) != 200);
    kit.setFull(false);
    kit.advance(std::chrono::minutes(10));
    QCOMPARE(statusOf(put(kit, people(0, ana))), 200);
    QVERIFY2(statusOf(signIn(kit, "4711")) == 200, "no check was left running");
}

QTEST_GUILESS_MAIN(TestNetStaff)
#include "test_net_staff.moc"
