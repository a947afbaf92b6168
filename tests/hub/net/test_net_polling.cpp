// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/kitchen_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

// The kitchen stream by polling.
class TestNetPolling : public KitchenTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_kit = std::make_unique<NetKit>(); }
    void cleanup() { m_kit.reset(); }

    void polls();
    void isGivenTheSettings();
    void looksAfterItsStation();
    void pollsAgainFromTheLog();
    void renewsTheEpochForAPollerAhead();
    void neverSendsAPollerAheadBackWithinAnEpoch();
    void wantsASnapshotForABadCursor();
    void givesASnapshot();
};

void TestNetPolling::polls()
{
    const QByteArray empty = cursorNow();
    place("47");
    const QJsonObject first = jsonOf(get("/v1/kds/events?limit=1&since=" + empty));
    QCOMPARE(first.value("events").toArray().size(), 1);
    QCOMPARE(first.value("more").toBool(), true);
    const QByteArray next = first.value("cursor").toString().toUtf8();
    const QJsonObject second = jsonOf(get("/v1/kds/events?since=" + next));
    QCOMPARE(second.value("events").toArray().size(), 1);
    QCOMPARE(second.value("more").toBool(true), false);
    QCOMPARE(second.value("count").toInt(), 1);
    const QJsonObject snapshot = jsonOf(get("/v1/kds/snapshot"));
    QCOMPARE(second.value("digest").toString(), snapshot.value("digest").toString());
    QCOMPARE(second.value("cursor").toString(), snapshot.value("cursor").toString());

    // Waits for what comes.
    Wire waiting(m_kit->port());
    waiting.send(
        getText("/v1/kds/events?wait=25&since=" + second.value("cursor").toString().toUtf8()));
    QTRY_COMPARE(m_kit->stats().connectionsOpen, 1);
    place("48");
    const QJsonObject third = jsonOf(waiting.takeAnswer());
    QVERIFY(third.value("events").toArray().size() >= 1);
    // Or for the time to pass.
    const QJsonObject nothing = jsonOf(get("/v1/kds/events?wait=0.2&since=" + cursorNow()));
    QCOMPARE(nothing.value("events").toArray().size(), 0);
    QCOMPARE(nothing.value("more").toBool(true), false);
}

void TestNetPolling::isGivenTheSettings()
{
    const QByteArray put = "PUT" + postText("/v1/settings", R"({"rev":0,"settings":{}})").mid(4);
    const QByteArray poll = "/v1/kds/events?since=" + cursorNow();
    QVERIFY2(!jsonOf(get(poll + "&settings=")).contains("settings"), "nothing was said yet");
    Wire waiting(m_kit->port());
    waiting.send(getText(poll + "&settings=&wait=25"));
    QTRY_COMPARE(m_kit->stats().connectionsOpen, 1);
    QCOMPARE(statusOf(ask(m_kit->port(), put)), 200);
    const QJsonObject told = jsonOf(waiting.takeAnswer()); // at once, not after 25 s
    const QJsonObject settings = told.value("settings").toObject();
    QCOMPARE(settings, jsonOf(get("/v1/settings")));
    QCOMPARE(settings.value("rev").toInt(), 1);
    const QByteArray id = settings.value("id").toString().toLatin1();
    QVERIFY2(!jsonOf(get(poll + "&settings=" + id)).contains("settings"), "it holds them");
    QVERIFY2(!jsonOf(get(poll)).contains("settings"), "it does not ask");
    QVERIFY2(jsonOf(get(poll + "&settings=x&wait=25")).contains("settings"), "at once");
}

void TestNetPolling::looksAfterItsStation()
{
    const QByteArray body =
        R"({"rev":0,"settings":{"stations":[{"id":"grill","alarm_after_s":1}]}})";
    QCOMPARE(statusOf(ask(m_kit->port(), "PUT" + postText("/v1/settings", body).mid(4))), 200);
    const QByteArray poll = "/v1/kds/events?since=" + cursorNow();
    const QJsonObject told = jsonOf(get(poll + "&alarms=&wait=25")); // no display is there
    const QJsonArray stations = told.value("alarms").toObject().value("stations").toArray();
    QCOMPARE(stations.at(0)["station"].toString(), "grill");
    QCOMPARE(stations.at(0)["reason"].toString(), "off");
    QCOMPARE(jsonOf(get("/v1/debug/stats")).value("station_alarms").toArray(), stations);
    QVERIFY(get("/metrics").contains("\ncounterfire_station_alarm{station=\"grill\"} 1\n"));
    QVERIFY2(!jsonOf(get(poll)).contains("alarms"), "it does not ask");
    // One that says who it is looks after the station from now on.
    const QByteArray id = told.value("alarms").toObject().value("id").toString().toLatin1();
    const QByteArray display = poll + "&display=d-1&name=Grill%201&shown=99999&alarms=" + id;
    const QJsonObject over = jsonOf(get(display + "&wait=25"));
    QCOMPARE(over.value("alarms").toObject().value("stations").toArray(), QJsonArray());
    const QJsonObject known = jsonOf(get("/v1/displays"))["displays"][0].toObject();
    QCOMPARE(known.value("name").toString(), "Grill 1");
    QVERIFY(known.value("connected").toBool() && known.value("polling").toBool());
    QCOMPARE(known.value("shown_position").toInt(), 0); // not beyond where it says it stands
    QVERIFY(get("/metrics").contains("\ncounterfire_station_alarm{station=\"grill\"} 0\n"));
}

void TestNetPolling::pollsAgainFromTheLog()
{
    const QByteArray empty = cursorNow();
    Wire wire(m_kit->port());
    const QByteArray body = QJsonDocument(orderBody("1")).toJson(QJsonDocument::Compact);
    while (m_kit->headPos() <= limits::tailEventsMax + 100) {
        wire.send(postText("/v1/orders", body));
        QCOMPARE(statusOf(wire.takeAnswer()), 201);
    }
    QByteArray cursor = empty;
    qint64 pos = 0;
    for (bool more = true; more;) {
        const QJsonObject page = jsonOf(get("/v1/kds/events?limit=300&since=" + cursor));
        for (const QJsonValue &event : page.value("events").toArray())
            QCOMPARE(event["pos"].toInteger(), ++pos);
        cursor = page.value("cursor").toString().toUtf8();
        more = page.value("more").toBool();
    }
    QCOMPARE(pos, m_kit->headPos());
    QCOMPARE(cursor, cursorNow());
    // A cursor whose hash is another log's, where only the log itself can tell.
    QCOMPARE(statusOf(get("/v1/kds/events?since=" + m_kit->epoch() + ".1.0123456789abcdef")), 410);
}

void TestNetPolling::renewsTheEpochForAPollerAhead()
{
    place("47");
    const QByteArray before = m_kit->epoch();
    const QByteArray refused = get("/v1/kds/events?since=" + before + ".9.0123456789abcdef");
    QCOMPARE(statusOf(refused), 410);
    const QByteArray renewed = m_kit->epoch();
    QVERIFY2(renewed != before, "told before the new epoch was there");
    // The same by the snapshot alone, for a display that wants one for another reason. The epoch is
    // young: this one hears at once that there is no second new one for it so soon.
    const QJsonObject snapshot =
        jsonOf(get("/v1/kds/snapshot?since=" + renewed + ".9.0123456789abcdef"));
    QCOMPARE(snapshot.value("cursor").toString().toUtf8(), cursorNow());
    QCOMPARE(m_kit->epoch(), renewed);
    m_kit->advance(limits::epochRenewalMax);
    const QByteArray again =
        jsonOf(get("/v1/kds/snapshot?since=" + renewed + ".9.0123456789abcdef"))
            .value("cursor")
            .toString()
            .toUtf8();
    QVERIFY2(!again.startsWith(renewed), again.constData());
    QVERIFY(again.startsWith(m_kit->epoch()));
}

void TestNetPolling::neverSendsAPollerAheadBackWithinAnEpoch()
{
    place("47");
    const QByteArray ahead = m_kit->epoch() + ".9.0123456789abcdef";
    m_kit->failRenewals();
    Wire events(m_kit->port());
    events.send(getText("/v1/kds/events?since=" + ahead));
    Wire snapshot(m_kit->port());
    snapshot.send(getText("/v1/kds/snapshot?since=" + ahead));
    QTRY_COMPARE(m_kit->stats().connectionsOpen, 2);
    place("48"); // something happens, but no new epoch
    const std::future<void> stopped = m_kit->stop();
    QVERIFY(stopped.wait_for(limits::noProgressMax) == std::future_status::ready);
    QCOMPARE(statusOf(events.takeAnswer()), 503);
    QCOMPARE(statusOf(snapshot.takeAnswer()), 503);
}

void TestNetPolling::wantsASnapshotForABadCursor()
{
    place("47");
    const QByteArray epoch = m_kit->epoch();
    for (const QByteArray &since :
         {QByteArray(), QByteArray("?since=x"),
          "?since=" + QByteArray(32, 'b') + ".1.0123456789abcdef",
          "?since=" + epoch + ".1.0123456789abcdef", "?since=" + epoch + ".99.0123456789abcdef"}) {
        const QByteArray answer = get("/v1/kds/events" + since);
        QVERIFY2(statusOf(answer) == 410, (since + answer).constData());
        QCOMPARE(jsonOf(answer).value("code").toString(), "snapshot_required");
    }
}

void TestNetPolling::givesASnapshot()
{
    const QJsonObject empty = jsonOf(get("/v1/kds/snapshot"));
    QCOMPARE(empty.value("digest").toString(), "0000000000000000");
    QCOMPARE(empty.value("count").toInt(-1), 0);
    place("47");
    const QJsonObject one = jsonOf(get("/v1/kds/snapshot"));
    QCOMPARE(one.value("orders").toArray().size(), 1);
    QCOMPARE(one.value("recent").toArray().size(), 0);
    QVERIFY(one.value("cursor").toString().startsWith(QString::fromUtf8(m_kit->epoch()) + ".2."));
}

QTEST_GUILESS_MAIN(TestNetPolling)
#include "test_net_polling.moc"
