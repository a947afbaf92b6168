// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/hub_process.h"
#include "tests/support/order_traffic.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace cf::test;

namespace {
constexpr int kills = 20;
constexpr int posters = 4;
constexpr int eventsBetweenKills = 150;
constexpr int eventsPerRequestMax = 3;
} // namespace

// The hub is killed, again and again, and its log is tampered with.
class TestE2eCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingAcknowledgedSurvivesKills();
    void verifyNamesAChangedByte();

private:
    static void checkTimelines(const HubProcess &hub, const std::map<QString, int> &acknowledged);
};

// Each acknowledged order is there with every acknowledged seq, 1, 2, 3 ... without a hole.
void TestE2eCrash::checkTimelines(const HubProcess &hub, const std::map<QString, int> &acknowledged)
{
    HttpClient http(hub.port());
    for (const auto &[orderId, seq] : acknowledged) {
        const HttpReply reply = http.get("/v1/orders/" + orderId.toUtf8() + "/timeline");
        QCOMPARE(reply.status, 200);
        const QJsonArray events = reply.json().value("events").toArray();
        QVERIFY2(events.size() >= seq, "an acknowledged event is gone");
        int expected = 0;
        for (const QJsonValue &event : events)
            QCOMPARE(event["seq"].toInt(), ++expected);
    }
}

void TestE2eCrash::everythingAcknowledgedSurvivesKills()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    DisplayProcess grill("grill-1");
    DisplayProcess expo("expo-1");
    QVERIFY2(grill.start(hub.port()), grill.brief().constData());
    QVERIFY2(expo.start(hub.port()), expo.brief().constData());

    TrafficThreads traffic(hub.port(), posters);
    for (int kill = 0; kill < kills; ++kill) {
        const int enough = traffic.acknowledgedEvents() + eventsBetweenKills;
        CF_WAIT_FOR(traffic.acknowledgedEvents() >= enough || !traffic.refusal().isEmpty(),
                    "only " + QByteArray::number(traffic.acknowledgedEvents()) + " after kill "
                        + QByteArray::number(kill) + '\n' + hub.tail());
        QVERIFY2(hub.isRunning(), hub.tail().constData());
        hub.kill();
        QVERIFY2(hub.start(), hub.tail().constData());
    }
    traffic.stop();
    QCOMPARE(traffic.refusal(), QByteArray());

    checkTimelines(hub, traffic.acknowledged());
    if (QTest::currentTestFailed())
        return;
    const QJsonObject end = hub.snapshot();
    const qint64 pos = posOf(end.value("cursor").toString());
    QVERIFY(pos >= traffic.acknowledgedEvents());
    // A request that was asked again was done once: nothing beyond what was acknowledged, but for
    // the last request of each poster.
    QVERIFY2(pos <= traffic.acknowledgedEvents() + posters * eventsPerRequestMax,
             QByteArray::number(pos).constData());
    qInfo("%d kills: %d events of %d orders acknowledged, %lld in the log", kills,
          traffic.acknowledgedEvents(), static_cast<int>(traffic.acknowledged().size()), pos);
    for (const DisplayProcess *display : {&grill, &expo})
        CF_WAIT_FOR(display->shows(pos, end.value("digest").toString()), display->brief());

    const Finished live = runCtl({"verify", "--data", hub.dataDir()});
    QVERIFY2(live.exitCode == 0, live.output.constData());
    QVERIFY2(hub.terminate(), hub.tail().constData());
    const Finished atRest = runCtl({"verify", "--data", hub.dataDir()});
    QVERIFY2(atRest.exitCode == 0, atRest.output.constData());
}

void TestE2eCrash::verifyNamesAChangedByte()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    OrderTraffic traffic(hub.port(), "V");
    QVERIFY2(traffic.append(60), traffic.refusal().constData());
    QVERIFY(hub.terminate());
    const Finished sound = runCtl({"verify", "--data", hub.dataDir()});
    QVERIFY2(sound.exitCode == 0, sound.output.constData());

    // The 31st order_placed or so: one letter of one dish.
    const Finished tamper =
        runProgram("sqlite3", {hub.dataDir() + "/counterfire.db",
                               "DROP TRIGGER event_no_update;"
                               "CREATE TEMP TABLE victim AS SELECT max(pos) AS pos FROM event"
                               "  WHERE type = 'order_placed' AND pos < 40;"
                               "UPDATE event SET payload = replace(payload, 'Dish 1', 'Fish 1')"
                               "  WHERE pos = (SELECT pos FROM victim);"
                               "SELECT pos FROM victim;"});
    QVERIFY2(tamper.exitCode == 0, tamper.output.constData());
    const QByteArray position = tamper.output.trimmed();
    QVERIFY2(position.toInt() > 1, tamper.output.constData());

    const Finished broken = runCtl({"verify", "--data", hub.dataDir()});
    QCOMPARE(broken.exitCode, 1);
    const QRegularExpression names(
        QStringLiteral("\\bpos(ition)?\\W+%1\\b").arg(QString::fromUtf8(position)));
    QVERIFY2(names.match(QString::fromUtf8(broken.output)).hasMatch(),
             ("expected position " + position + " in: " + broken.output).constData());
}

QTEST_GUILESS_MAIN(TestE2eCrash)
#include "test_e2e_crash.moc"
