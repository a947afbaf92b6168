// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/hub_process.h"
#include "tests/support/kitchen_client.h"

#include <QJsonArray>

using namespace cf::test;

// What the customer is shown, and what not.
class TestE2eTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void trackerMovesWhenTheDisplayBumps();
    void resumeSendsOnlyWhatWasMissed();
    void tokenShowsItsOwnOrderOnly();
    void unknownTokensAllLookAlike();

private:
    struct Placed {
        QString orderId;
        QByteArray token;
    };
    Placed place(const QString &number);
    void move(const Placed &order, const QString &type);
    [[nodiscard]] QUrl url(const QByteArray &path) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2")
                        .arg(m_hub->port())
                        .arg(QString::fromUtf8(path)));
    }

    std::unique_ptr<HubProcess> m_hub;
    std::unique_ptr<EventSourceClient> m_stream;
};

void TestE2eTracker::init()
{
    m_hub = std::make_unique<HubProcess>();
    QVERIFY2(m_hub->start(), m_hub->tail().constData());
    m_stream = std::make_unique<EventSourceClient>();
}

void TestE2eTracker::cleanup()
{
    m_stream.reset();
    m_hub.reset();
}

TestE2eTracker::Placed TestE2eTracker::place(const QString &number)
{
    QJsonObject body = orderBody(number);
    body.insert("customer", QJsonObject{{"name", "Ana Secret"}, {"phone", "+34 600 123 456"}});
    const HttpReply reply = m_hub->client().post("/v1/orders", body);
    return {reply.json().value("order_id").toString(),
            reply.json().value("tracker_token").toString().toUtf8()};
}

void TestE2eTracker::move(const Placed &order, const QString &type)
{
    const HttpReply reply = m_hub->client().post("/v1/orders/" + order.orderId.toUtf8() + "/events",
                                                 QJsonObject{{"type", type}});
    QVERIFY2(reply.status == 201, reply.brief().constData());
}

void TestE2eTracker::trackerMovesWhenTheDisplayBumps()
{
    DisplayProcess display("grill-1");
    QVERIFY2(display.start(m_hub->port()), display.brief().constData());
    const Placed order = place("47");
    QCOMPARE(order.token.size(), 32);
    m_stream->open(url("/v1/track/" + order.token + "/stream"));
    CF_WAIT_FOR(m_stream->states().size() == 1, m_stream->bytes());
    const ServerSentEvent first = m_stream->states().front();
    QCOMPARE(first.event, "snapshot");
    QCOMPARE(first.json().value("status").toString(), "paid");
    QCOMPARE(first.json().value("step").toString(), "received");
    QVERIFY2(m_stream->bytes().contains("retry: 1000"), m_stream->bytes().constData());

    move(order, "order_started");
    CF_WAIT_FOR(m_stream->states().back().json().value("status").toString() == "in_kitchen",
                m_stream->bytes());
    // Started there too: before that the order cannot be bumped.
    CF_WAIT_FOR(display.number("pos") == 3 && display.isLive(), display.brief());
    display.control("bump " + order.orderId.toUtf8());
    CF_WAIT_FOR(m_stream->states().back().json().value("status").toString() == "ready",
                m_stream->bytes() + '\n' + display.brief());
    const ServerSentEvent last = m_stream->states().back();
    QCOMPARE(last.event, "status");
    QCOMPARE(last.json().value("step").toString(), "ready");
    QVERIFY(!last.json().value("steps")[2]["at"].toString().isEmpty());
}

void TestE2eTracker::resumeSendsOnlyWhatWasMissed()
{
    const Placed order = place("47");
    const QUrl stream = url("/v1/track/" + order.token + "/stream");
    m_stream->open(stream);
    CF_WAIT_FOR(m_stream->states().size() == 1, m_stream->bytes());
    move(order, "order_accepted");
    CF_WAIT_FOR(m_stream->states().size() == 2, m_stream->bytes());
    const QByteArray seen = m_stream->states().back().id.toUtf8();
    QVERIFY2(seen.endsWith(".3"), seen.constData());
    m_stream->close();

    move(order, "order_started");
    move(order, "order_ready");
    m_stream->open(stream, seen);
    CF_WAIT_FOR(m_stream->states().size() >= 2, m_stream->bytes());
    QCOMPARE(m_stream->states().at(0).json().value("seq").toInt(), 4);
    QCOMPARE(m_stream->states().at(0).json().value("status").toString(), "in_kitchen");
    QCOMPARE(m_stream->states().at(1).json().value("seq").toInt(), 5);
    QCOMPARE(m_stream->states().at(1).json().value("status").toString(), "ready");
    // And goes on live from there.
    move(order, "order_completed");
    CF_WAIT_FOR(m_stream->states().size() == 3, m_stream->bytes());
    QCOMPARE(m_stream->states().at(2).json().value("seq").toInt(), 6);
}

void TestE2eTracker::tokenShowsItsOwnOrderOnly()
{
    const Placed mine = place("MINE-47");
    const Placed other = place("OTHER-48");
    QVERIFY(mine.token != other.token);
    m_stream->open(url("/v1/track/" + mine.token + "/stream"));
    CF_WAIT_FOR(m_stream->states().size() == 1, m_stream->bytes());
    for (const char *type : {"order_accepted", "order_started", "order_ready"})
        move(other, type);
    move(mine, "order_accepted");
    CF_WAIT_FOR(m_stream->states().size() == 2, m_stream->bytes());
    QCOMPARE(m_stream->states().back().json().value("seq").toInt(), 3);

    HttpClient http(m_hub->port());
    const QByteArray now = http.get("/v1/track/" + mine.token).body;
    const QByteArray page = http.get("/t/" + mine.token).body;
    const QByteArray poll = http.get("/v1/track/" + mine.token + "/events").body;
    for (const QByteArray &shown : {m_stream->bytes(), now, page, poll}) {
        QVERIFY2(shown.contains("MINE-47"), shown.constData());
        for (const QByteArray secret :
             {"OTHER-48", "Ana Secret", "600 123", "card", "950", "actor", "127.0.0.1"})
            QVERIFY2(!shown.contains(secret), (secret + " in " + shown).constData());
        QVERIFY2(!shown.contains(other.orderId.toUtf8()), shown.constData());
    }
}

void TestE2eTracker::unknownTokensAllLookAlike()
{
    const Placed order = place("47");
    QByteArray wrong = order.token;
    wrong[0] = wrong[0] == 'a' ? 'b' : 'a';
    HttpClient http(m_hub->port());
    for (const char *path : {"/v1/track/%", "/v1/track/%/stream", "/v1/track/%/events", "/t/%"}) {
        QByteArray first;
        for (const QByteArray &token :
             {wrong, QByteArray(32, '0'), QByteArray("x"), order.token + '0'}) {
            const HttpReply reply = http.get(QByteArray(path).replace("%", token));
            QVERIFY2(reply.status == 404, (path + (' ' + token + ' ') + reply.brief()).constData());
            if (first.isEmpty())
                first = reply.body;
            QCOMPARE(reply.body, first);
        }
    }
    QVERIFY(http.get("/t/" + wrong).body.contains("We cannot find this order"));
}

QTEST_GUILESS_MAIN(TestE2eTracker)
#include "test_e2e_tracker.moc"
