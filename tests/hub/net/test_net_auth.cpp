// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QMutex>
#include <QTest>

using namespace cf;
using namespace cf::test;

class TestNetAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensByRole_data();
    void opensByRole();
    void asksForAToken();
    void takesTokensInAddressesOnStreamsOnly();
    void keepsForeignPagesOutOfADemo();
    void anEmptyTokenOpensNothing();
    void namesTheActor();
    void letsOnlyManagersActAsOthers();
    void logsNoSecret();
};

namespace {

QByteArray bearer(const QByteArray &role)
{
    return "Authorization: Bearer " + role + "-token\r\n";
}

const QByteArray order = "{\"items\":[{\"name\":\"x\",\"quantity\":1}]}";

QString place(quint16 port, const QByteArray &headers)
{
    return jsonOf(ask(port, postText("/v1/orders", order, headers))).value("order_id").toString();
}

QJsonObject lastActor(quint16 port, const QString &orderId, const QByteArray &headers)
{
    const QByteArray path = "/v1/orders/" + orderId.toUtf8() + "/timeline";
    return jsonOf(ask(port, getText(path, headers)))
        .value("events")
        .toArray()
        .last()
        .toObject()
        .value("actor")
        .toObject();
}

} // namespace

void TestNetAuth::opensByRole_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArrayList>("roles"); // who gets in; "": everyone
    const QByteArrayList all{"kitchen", "manager", "integration"};
    const QByteArrayList kitchen{"kitchen", "manager"};
    const QByteArray id = "/v1/orders/01890a5d-ac96-774b-bcce-b302099a8057";
    const auto row = [](const QByteArray &method, const QByteArray &path,
                        const QByteArrayList &roles) {
        QTest::newRow((method + ' ' + path).constData()) << method << path << roles;
    };
    row("POST", "/v1/orders", {"integration", "manager"});
    row("POST", id + "/events", all);
    row("GET", "/v1/orders", all);
    row("GET", id, all);
    row("GET", id + "/timeline", all);
    row("GET", "/v1/kds/stream", kitchen);
    row("GET", "/v1/kds/events", kitchen);
    row("GET", "/v1/kds/snapshot", kitchen);
    row("GET", "/v1/displays", kitchen);
    row("GET", "/metrics", {"manager"});
    row("GET", "/v1/debug/stats", {"manager"});
    const QByteArrayList everyone{"", "kitchen", "manager", "integration"};
    row("GET", "/healthz", everyone);
    row("GET", "/readyz", everyone);
    row("GET", "/v1/track/00", everyone);
    row("GET", "/t/00", everyone);
}

void TestNetAuth::opensByRole()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArrayList, roles);
    NetKit kit(NetKit::guarded());
    for (const char *role : {"", "kitchen", "manager", "integration", "unknown"}) {
        const QByteArray headers = *role ? bearer(role) : QByteArray();
        const QByteArray answer = ask(kit.port(), method == "POST" ? postText(path, "{}", headers)
                                                                   : getText(path, headers));
        const bool known = QByteArrayList{"kitchen", "manager", "integration"}.contains(role);
        const bool allowed = roles.contains(role) || roles.contains("");
        const int status = statusOf(answer);
        const QByteArray what = QByteArray(role) + ": " + answer;
        if (allowed)
            QVERIFY2(status != 0 && status != 401 && status != 403, what.constData());
        else
            QVERIFY2(status == (known ? 403 : 401), what.constData());
    }
    QCOMPARE(kit.headPos(), 0);
}

void TestNetAuth::asksForAToken()
{
    NetKit kit(NetKit::guarded());
    const QByteArray answer = ask(kit.port(), postText("/v1/orders", order));
    QCOMPARE(statusOf(answer), 401);
    QVERIFY(headerOf(answer, "www-authenticate").startsWith("Bearer"));
    QCOMPARE(jsonOf(answer).value("code").toString(), "unauthorised");
    // Who may not come in does not learn what there is: but a wrong path is nobody's secret.
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/nothing"))), 404);
}

void TestNetAuth::takesTokensInAddressesOnStreamsOnly()
{
    NetKit kit(NetKit::guarded());
    WireSocket open(kit.port(), "/v1/kds/stream?access_token=kitchen-token");
    QCOMPARE(open.status(), 101);
    WireSocket wrong(kit.port(), "/v1/kds/stream?access_token=integration-token");
    QCOMPARE(wrong.status(), 403);
    WireSocket none(kit.port());
    QCOMPARE(none.status(), 401);
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/kds/snapshot?access_token=kitchen-token"))),
             401);
    // A page of another site has no token unless it was given one: then it may.
    WireSocket page(kit.port(), "/v1/kds/stream?access_token=kitchen-token",
                    "Origin: https://kitchen.example\r\n");
    QCOMPARE(page.status(), 101);
}

void TestNetAuth::keepsForeignPagesOutOfADemo()
{
    NetKit kit;
    const auto stream = [&](const QByteArray &origin) {
        return WireSocket(kit.port(), "/v1/kds/stream", "Origin: " + origin + "\r\n").status();
    };
    QCOMPARE(stream("http://127.0.0.1"), 101);
    QCOMPARE(stream("http://evil.example"), 403);
    QCOMPARE(stream("null"), 403);
    QCOMPARE(
        statusOf(ask(kit.port(), postText("/v1/orders", order, "Origin: http://evil.example\r\n"))),
        403);
    QCOMPARE(kit.headPos(), 0);
}

void TestNetAuth::anEmptyTokenOpensNothing()
{
    hub::ServerConfig config = NetKit::guarded();
    config.tokens.push_back({hub::Role::Manager, QStringLiteral("forgotten"), {}});
    NetKit kit(config);
    QCOMPARE(statusOf(ask(kit.port(), getText("/metrics", "Authorization: Bearer \r\n"))), 401);
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/kds/stream?access_token="))), 401);
}

void TestNetAuth::namesTheActor()
{
    NetKit kit(NetKit::guarded());
    const QString id = place(kit.port(), bearer("integration") + "User-Agent: till/2\r\n");
    QJsonObject actor = lastActor(kit.port(), id, bearer("manager"));
    QCOMPARE(actor.value("kind").toString(), "integration");
    QCOMPARE(actor.value("id").toString(), "till");
    QCOMPARE(actor.value("address").toString(), "127.0.0.1");
    QCOMPARE(actor.value("user_agent").toString(), "till/2");

    WireSocket display(kit.port(), "/v1/kds/stream", bearer("kitchen"));
    display.sendJson(helloJson("grill-1"));
    QVERIFY(!display.next("live").isEmpty());
    display.sendJson({{"t", "cmd"},
                      {"n", 1},
                      {"order_id", id},
                      {"type", "order_cancelled"},
                      {"payload", QJsonObject()}});
    QCOMPARE(display.next("res").value("status").toString(), "applied");
    actor = lastActor(kit.port(), id, bearer("manager"));
    QCOMPARE(actor.value("kind").toString(), "kitchen");
    QCOMPARE(actor.value("id").toString(), "grill-1");
}

void TestNetAuth::letsOnlyManagersActAsOthers()
{
    NetKit kit(NetKit::guarded());
    const QString id = place(kit.port(), bearer("integration"));
    const QByteArray path = "/v1/orders/" + id.toUtf8() + "/events";
    const auto as = [&](const QByteArray &kind, const QByteArray &role) {
        return ask(kit.port(),
                   postText(path,
                            "{\"type\":\"order_note_added\",\"payload\":{\"note\":\"n\"},"
                            "\"actor\":{\"kind\":\""
                                + kind + "\",\"id\":\"grill\"}}",
                            bearer(role)));
    };
    QCOMPARE(statusOf(as("kitchen", "integration")), 403);
    QCOMPARE(statusOf(as("kitchen", "kitchen")), 403);
    QCOMPARE(statusOf(as("system", "manager")), 422);
    QCOMPARE(kit.headPos(), 1);
    QCOMPARE(statusOf(as("kitchen", "manager")), 201);
    QCOMPARE(lastActor(kit.port(), id, bearer("manager")).value("kind").toString(), "kitchen");
}

void TestNetAuth::logsNoSecret()
{
    QMutex mutex;
    QByteArray log;
    hub::ServerConfig config = NetKit::guarded();
    config.accessLog = [&](const hub::AccessLine &line) {
        const QMutexLocker lock(&mutex);
        log += line.method + ' ' + line.path + ' ' + QByteArray::number(line.status) + '\n';
    };
    NetKit kit(config);
    ask(kit.port(), getText("/v1/track/secret-token/events?since=secret"));
    ask(kit.port(), getText("/t/secret-token"));
    ask(kit.port(), getText("/v1/kds/stream?access_token=secret-token"));
    const QMutexLocker lock(&mutex);
    QVERIFY2(log.contains("GET /v1/track/***/events 404\n"), log.constData());
    QVERIFY2(!log.contains("secret"), log.constData());
}

QTEST_GUILESS_MAIN(TestNetAuth)
#include "test_net_auth.moc"
