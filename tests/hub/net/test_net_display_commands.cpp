// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

const QByteArray device = "d-1";

// The request and its answers, as the display's tests read them too. CF_UPDATE_GOLDEN=1 writes the
// answers anew.
QByteArrayList golden()
{
    QFile file(QStringLiteral(CF_GOLDEN_DISPLAY));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QByteArrayList();
}

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

// A display's commands over plain HTTP: the same commands as the stream's.
class TestNetDisplayCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(NetKit::demo()); }
    void cleanup() { m_kit.reset(); }

    void answersArePinned();
    void areOneWhicheverWayTheyCome_data();
    void areOneWhicheverWayTheyCome();
    void anotherCommandOfTheSameNumberIsRefused();
    void refusalsAreToldAgain();
    void wrongOnesAreNamed_data();
    void wrongOnesAreNamed();
    void needTheKitchensToken();
    void areTheDisplaysOwn();
    void areUndecidedWhileTheLogFails();
    void areUndecidedWhileEarlierOnesAreMissing();
    void pollersAreToldWhatIsKnown();

private:
    void start(const hub::ServerConfig &config)
    {
        m_kit = std::make_unique<NetKit>(config);
        const QByteArray token =
            config.demo ? QByteArray() : QByteArray("Authorization: Bearer manager-token\r\n");
        m_order =
            jsonOf(ask(m_kit->port(), postText("/v1/orders", compact(orderBody("47")), token)))
                .value("order_id")
                .toString();
    }
    QByteArray post(const QByteArray &body, const QByteArray &headers = {})
    {
        return ask(m_kit->port(),
                   postText("/v1/orders/" + m_order.toUtf8() + "/events", body, headers));
    }
    QByteArray post(int n, const char *type, const QJsonObject &payload = {})
    {
        return post(
            compact({{"device", QString(device)}, {"n", n}, {"type", type}, {"payload", payload}}));
    }
    QJsonObject streamed(int n, const char *type, const QJsonObject &payload = {})
    {
        WireSocket display(m_kit->port());
        display.sendJson(helloJson(device));
        if (display.next("live").isEmpty())
            return {};
        display.sendJson(
            {{"t", "cmd"}, {"n", n}, {"order_id", m_order}, {"type", type}, {"payload", payload}});
        return display.next("res");
    }
    QJsonObject get(const QByteArray &path) { return jsonOf(ask(m_kit->port(), getText(path))); }

    std::unique_ptr<NetKit> m_kit;
    QString m_order;
};

void TestNetDisplayCommands::answersArePinned()
{
    const QByteArray request = golden().value(0);
    const QByteArray applied = post(request);
    const QByteArray again = post(request);
    const QByteArray noop = post(2, "item_ready", {{"lines", QJsonArray{"1"}}});
    const QByteArray refused = post(3, "order_completed");
    const QByteArrayList lines{request, bodyOf(applied), bodyOf(again), bodyOf(noop),
                               bodyOf(refused)};
    if (qEnvironmentVariableIsSet("CF_UPDATE_GOLDEN")) {
        QFile file(QStringLiteral(CF_GOLDEN_DISPLAY));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(lines.join('\n') + '\n');
    }
    QCOMPARE(golden(), lines);
    QCOMPARE(statusOf(applied), 201);
    QCOMPARE(statusOf(again), 200);
    QCOMPARE(headerOf(again, "idempotency-replayed"), "true");
    QCOMPARE(statusOf(noop), 200);
    QVERIFY(headerOf(noop, "idempotency-replayed").isEmpty());
    QCOMPARE(statusOf(refused), 409);
    QCOMPARE(headerOf(refused, "content-type"), "application/problem+json");
}

void TestNetDisplayCommands::areOneWhicheverWayTheyCome_data()
{
    QTest::addColumn<bool>("isStreamedFirst");
    QTest::newRow("stream, then HTTP") << true;
    QTest::newRow("HTTP, then stream") << false;
}

void TestNetDisplayCommands::areOneWhicheverWayTheyCome()
{
    QFETCH(bool, isStreamedFirst);
    const char *type = "order_note_added";
    const QJsonObject note{{"note", "no salt"}};
    const QJsonObject first = isStreamedFirst ? streamed(1, type, note)
                                              : jsonOf(post(1, type, note)).value("res").toObject();
    const qint64 head = m_kit->headPos();
    QJsonObject second = isStreamedFirst ? jsonOf(post(1, type, note)).value("res").toObject()
                                         : streamed(1, type, note);
    QCOMPARE(first.value("status").toString(), "applied");
    QCOMPARE(second.value("status").toString(), "duplicate");
    second.insert("status", "applied");
    QCOMPARE(second, first);
    QCOMPARE(m_kit->headPos(), head);
    QCOMPARE(get("/v1/orders/" + m_order.toUtf8()).value("notes").toArray().size(), 1);
}

void TestNetDisplayCommands::anotherCommandOfTheSameNumberIsRefused()
{
    QCOMPARE(statusOf(post(2, "order_accepted")), 201);
    const QByteArray other = post(2, "order_started");
    QCOMPARE(statusOf(other), 422);
    QCOMPARE(jsonOf(other).value("code").toString(), "idempotency_mismatch");
    QCOMPARE(jsonOf(other).value("res")["status"].toString(), "rejected");
    const QByteArray late = post(1, "order_started");
    QCOMPARE(statusOf(late), 409);
    QCOMPARE(jsonOf(late).value("res")["code"].toString(), "out_of_order");
}

void TestNetDisplayCommands::refusalsAreToldAgain()
{
    const QByteArray first = post(1, "item_ready", {{"lines", QJsonArray{"9"}}});
    QCOMPARE(statusOf(first), 422);
    QCOMPARE(jsonOf(first).value("errors")[0]["pointer"].toString(), "/payload/lines/0");
    const QByteArray again = post(1, "item_ready", {{"lines", QJsonArray{"9"}}});
    QCOMPARE(statusOf(again), 422);
    QCOMPARE(headerOf(again, "idempotency-replayed"), "true");
    QJsonObject res = jsonOf(again).value("res").toObject();
    QCOMPARE(res.value("status").toString(), "duplicate");
    res.insert("status", "rejected");
    QCOMPARE(res, jsonOf(first).value("res").toObject());
    // What no version knows is refused on the record, as on the stream.
    QCOMPARE(jsonOf(post(2, "order_eaten")).value("res")["code"].toString(), "validation_failed");
    QCOMPARE(streamed(2, "order_eaten").value("status").toString(), "duplicate");
}

void TestNetDisplayCommands::wrongOnesAreNamed_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *members, const char *pointer) {
        QTest::newRow(name) << QByteArray(members) << QString(pointer);
    };
    row("no n", R"("device":"d-1")", "/n");
    row("no device", R"("n":1)", "/device");
    row("an empty device", R"("device":"","n":1)", "/device");
    row("a device that is none", R"("device":7,"n":1)", "/device");
    row("a long device",
        R"("n":1,"device":"0123456789012345678901234567890123456789012345678901234567890123x")",
        "/device");
    row("n 0", R"("device":"d-1","n":0)", "/n");
    row("half an n", R"("device":"d-1","n":1.5)", "/n");
    row("a payload that is none", R"("device":"d-1","n":1,"payload":[])", "/payload");
    row("a seq that is none", R"("device":"d-1","n":1,"expected_seq":0)", "/expected_seq");
    row("after itself", R"("device":"d-1","n":1,"after":1)", "/after");
    row("after that is none", R"("device":"d-1","n":9,"after":"8")", "/after");
    row("after below 0", R"("device":"d-1","n":9,"after":-1)", "/after");
    row("another actor", R"("device":"d-1","n":1,"actor":{"kind":"manager","id":"x"})", "/actor");
    const QByteArray longName =
        "\"device\":\"d-1\",\"n\":1,\"name\":\"" + QByteArray(65, 'x') + '"';
    row("a long name", longName.constData(), "/name");
}

void TestNetDisplayCommands::wrongOnesAreNamed()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, pointer);
    const QByteArray answer = post("{\"type\":\"order_accepted\"," + members + "}");
    QVERIFY2(statusOf(answer) == 422, answer.constData());
    QCOMPARE(jsonOf(answer).value("errors")[0]["pointer"].toString(), pointer);
    QVERIFY(!jsonOf(answer).contains("res"));
    QCOMPARE(m_kit->headPos(), 2);
    QCOMPARE(get("/v1/kds/snapshot?device=d-1").value("outbox_last").toInt(-1), 0);
}

void TestNetDisplayCommands::needTheKitchensToken()
{
    start(NetKit::guarded());
    const QByteArray body = R"({"device":"d-1","n":1,"type":"order_accepted"})";
    const QByteArray till = post(body, "Authorization: Bearer integration-token\r\n");
    QCOMPARE(statusOf(till), 403);
    QCOMPARE(m_kit->headPos(), 2);
    QCOMPARE(statusOf(post(body, "Authorization: Bearer kitchen-token\r\n")), 201);
}

void TestNetDisplayCommands::areTheDisplaysOwn()
{
    QCOMPARE(statusOf(post(1, "order_accepted")), 201);
    QCOMPARE(
        statusOf(post(
            R"({"device":"d-1","n":2,"name":"grill-1","type":"order_started","payload":null})")),
        201);
    const QJsonArray events =
        get("/v1/orders/" + m_order.toUtf8() + "/timeline").value("events").toArray();
    QCOMPARE(events[2]["actor"]["kind"].toString(), "kitchen");
    QCOMPARE(events[2]["actor"]["id"].toString(), "d-1");
    QCOMPARE(events[3]["actor"]["id"].toString(), "grill-1");
    QCOMPARE(events[3]["actor"]["address"].toString(), "127.0.0.1");
}

void TestNetDisplayCommands::areUndecidedWhileTheLogFails()
{
    m_kit->failNextCommit();
    const QByteArray failed = post(1, "order_accepted");
    QCOMPARE(statusOf(failed), 503);
    QVERIFY2(!jsonOf(failed).contains("res"), "nothing was decided");
    QCOMPARE(jsonOf(post(1, "order_accepted")).value("res")["status"].toString(), "applied");
    m_kit->setFull(true);
    QCOMPARE(statusOf(post(2, "order_started")), 503);
}

// What a hub restored from an older copy says to a display that does not know it yet.
void TestNetDisplayCommands::areUndecidedWhileEarlierOnesAreMissing()
{
    const QByteArray third = R"({"device":"d-1","n":3,"after":2,"type":"order_started"})";
    const QByteArray missing = post(third);
    QCOMPARE(statusOf(missing), 409);
    QCOMPARE(jsonOf(missing).value("code").toString(), "commands_missing");
    QVERIFY2(!jsonOf(missing).contains("res"), "nothing was decided");
    QCOMPARE(m_kit->headPos(), 2);
    QCOMPARE(statusOf(post(R"({"device":"d-1","n":2,"after":0,"type":"order_accepted"})")), 201);
    QCOMPARE(statusOf(post(third)), 201);
    // Known already: what it claims counts for nothing.
    QCOMPARE(statusOf(post(R"({"device":"d-1","n":2,"after":1,"type":"order_accepted"})")), 200);
}

void TestNetDisplayCommands::pollersAreToldWhatIsKnown()
{
    post(7, "order_accepted");
    QVERIFY(!get("/v1/kds/snapshot").contains("outbox_last"));
    const QJsonObject snapshot = get("/v1/kds/snapshot?device=d-1");
    QCOMPARE(snapshot.value("outbox_last").toInt(), 7);
    QCOMPARE(snapshot.value("orders").toArray().size(), 1);
    const QByteArray since = snapshot.value("cursor").toString().toUtf8();
    const QJsonObject page = get("/v1/kds/events?device=d-1&since=" + since);
    QCOMPARE(page.value("outbox_last").toInt(), 7);
    QCOMPARE(page.value("more").toBool(true), false);
    QVERIFY(!get("/v1/kds/events?since=" + since).contains("outbox_last"));
    QCOMPARE(get("/v1/kds/events?device=other&since=" + since).value("outbox_last").toInt(-1), 0);
    m_kit->setFull(true);
    QCOMPARE(statusOf(ask(m_kit->port(), getText("/v1/kds/snapshot?device=d-1"))), 503);
}

QTEST_GUILESS_MAIN(TestNetDisplayCommands)
#include "test_net_display_commands.moc"
