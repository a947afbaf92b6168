// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/hub_process.h"
#include "tests/support/order_traffic.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace cf::test;

namespace {
constexpr int posters = 2;
constexpr int eventsOfLoad = 150;
constexpr int eventsOfABump = 2; // its lines, and the order
} // namespace

// A backup under load, and the way back: the displays heal by themselves, and what their cooks did
// after the backup is offered again and done once.
class TestE2eRestore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everybodyComesBackFromABackup();

private:
    static void staysSo(const HubProcess &hub, DisplayProcess &display);
    static QByteArray place(const HubProcess &hub, const QString &number);
    static int count(const HubProcess &hub, const QByteArray &orderId, const QString &type);
};

// Placed, paid and accepted.
QByteArray TestE2eRestore::place(const HubProcess &hub, const QString &number)
{
    const HttpReply placed = hub.client().post("/v1/orders", orderBody(number));
    const QByteArray orderId = placed.json().value("order_id").toString().toUtf8();
    const HttpReply accepted = hub.client().post("/v1/orders/" + orderId + "/events",
                                                 QJsonObject{{"type", "order_accepted"}});
    return accepted.status == 201 ? orderId : QByteArray();
}

// How often this happened to the order; -1: the hub does not know it.
int TestE2eRestore::count(const HubProcess &hub, const QByteArray &orderId, const QString &type)
{
    const HttpReply reply = hub.client().get("/v1/orders/" + orderId + "/timeline");
    if (reply.status != 200)
        return -1;
    int found = 0;
    for (const QJsonValue &event : reply.json().value("events").toArray())
        found += event["type"].toString() == type ? 1 : 0;
    return found;
}

void TestE2eRestore::everybodyComesBackFromABackup()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    DisplayProcess grill("grill-1");
    DisplayProcess expo("expo-1");
    QVERIFY2(grill.start(hub.port()), grill.brief().constData());
    QVERIFY2(expo.start(hub.port()), expo.brief().constData());
    std::vector<QByteArray> orders;
    for (int i = 1; i <= 4; ++i)
        orders.push_back(place(hub, QStringLiteral("early-%1").arg(i)));
    CF_WAIT_FOR(grill.isLive() && grill.number("count") >= 4, grill.brief());
    grill.control("bump " + orders[0]);
    CF_WAIT_FOR(count(hub, orders[0], "order_ready") == 1, grill.brief());

    // While the hub works, and in one piece.
    QTemporaryDir dir;
    const QString file = dir.filePath("backup.db");
    TrafficThreads traffic(hub.port(), posters);
    CF_WAIT_FOR(traffic.acknowledgedEvents() >= eventsOfLoad, traffic.refusal());
    const Finished backup = runCtl({"backup", "--data", hub.dataDir(), "--to", file, "--json"});
    QVERIFY2(backup.exitCode == 0, backup.output.constData());
    const QJsonObject facts = QJsonDocument::fromJson(backup.output).object();
    const int then = traffic.acknowledgedEvents();
    CF_WAIT_FOR(traffic.acknowledgedEvents() >= then + eventsOfLoad, traffic.refusal());
    traffic.stop();
    QVERIFY2(traffic.refusal().isEmpty(), traffic.refusal().constData());

    // What the backup does not know: two bumps, one order, and its bump.
    orders.push_back(place(hub, "late"));
    const QJsonObject busy = hub.snapshot();
    CF_WAIT_FOR(
        grill.shows(posOf(busy.value("cursor").toString()), busy.value("digest").toString()),
        grill.brief());
    for (const size_t i : {1, 2, 4}) {
        grill.control("bump " + orders[i]);
        CF_WAIT_FOR(count(hub, orders[i], "order_ready") == 1, grill.brief());
    }
    CF_WAIT_FOR(grill.number("outbox") == 0, grill.brief());
    const QString oldEpoch = hub.snapshot().value("cursor").toString().section('.', 0, 0);

    QVERIFY2(hub.terminate(), hub.tail().constData());
    const Finished restore = runCtl({"restore", "--data", hub.dataDir(), "--from", file});
    QVERIFY2(restore.exitCode == 0, restore.output.constData());
    QVERIFY2(hub.start(), hub.tail().constData());

    // The bumps of early orders are done again, once; that of an order which nobody can see any
    // more is given up.
    CF_WAIT_FOR(count(hub, orders[1], "order_ready") == 1
                    && count(hub, orders[2], "order_ready") == 1,
                grill.brief());
    CF_WAIT_FOR(grill.number("outbox") == 0, grill.brief());
    QCOMPARE(count(hub, orders[0], "order_ready"), 1);
    QCOMPARE(count(hub, orders[3], "order_ready"), 0);
    QCOMPARE(count(hub, orders[4], "order_ready"), -1);

    const QJsonObject end = hub.snapshot();
    const QString cursor = end.value("cursor").toString();
    QVERIFY(cursor.section('.', 0, 0) != oldEpoch);
    const Finished tail = runCtl({"tail", "-n", "6", "--data", hub.dataDir()});
    QVERIFY2(posOf(cursor) == posOf(facts.value("head").toString()) + 2 * eventsOfABump,
             (tail.output + backup.output).constData());
    for (const DisplayProcess *display : {&grill, &expo})
        CF_WAIT_FOR(display->shows(posOf(cursor), end.value("digest").toString()),
                    display->brief());
    const Finished verified = runCtl({"verify", "--data", hub.dataDir()});
    QVERIFY2(verified.exitCode == 0 && verified.output.contains("sound: "),
             verified.output.constData());
    staysSo(hub, grill);
}

// Nothing is offered a third time, nor said a second time.
void TestE2eRestore::staysSo(const HubProcess &hub, DisplayProcess &display)
{
    const QJsonObject end = hub.snapshot();
    const QString cursor = end.value("cursor").toString();
    display.kill();
    QVERIFY2(display.start(hub.port()), display.brief().constData());
    CF_WAIT_FOR(display.shows(posOf(cursor), end.value("digest").toString()), display.brief());
    QCOMPARE(display.number("rejections"), 0);
    QCOMPARE(hub.snapshot().value("cursor").toString(), cursor);
}

QTEST_GUILESS_MAIN(TestE2eRestore)
#include "test_e2e_restore.moc"
