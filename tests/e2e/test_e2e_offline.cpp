// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/hub_process.h"

#include <QJsonArray>

using namespace cf::test;

// A display alone: killed and started again with no hub to ask.
class TestE2eOffline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boardAndBumpsSurviveWithoutTheHub();
    void aBumpThatIsTooLateIsRefusedWithABanner();
};

void TestE2eOffline::boardAndBumpsSurviveWithoutTheHub()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    QByteArray orderId;
    for (int i = 1; i <= 7; ++i) {
        const HttpReply placed =
            hub.client().post("/v1/orders", orderBody(QString::number(i), i == 3 ? 1 : 2));
        QCOMPARE(placed.status, 201);
        if (i == 3)
            orderId = placed.json().value("order_id").toString().toUtf8();
    }
    QCOMPARE(hub.client()
                 .post("/v1/orders/" + orderId + "/events", QJsonObject{{"type", "order_accepted"}})
                 .status,
             201);
    DisplayProcess display("grill-1");
    QVERIFY2(display.start(hub.port()), display.brief().constData());
    const QString digest = hub.snapshot().value("digest").toString();
    CF_WAIT_FOR(display.shows(15, digest), display.brief());

    display.kill();
    hub.kill();
    QVERIFY2(display.start(hub.port()), display.brief().constData());
    // The board is there, the same, and does not look healthy.
    CF_WAIT_FOR(display.number("count") == 7, display.brief());
    QCOMPARE(display.text("digest"), digest);
    QCOMPARE(display.number("pos"), 15);
    QVERIFY2(!display.isLive(), display.brief().constData());
    CF_WAIT_FOR(display.text("link") == "offline", display.brief());

    display.control("item_ready " + orderId + " 1");
    CF_WAIT_FOR(display.number("outbox") == 1, display.brief());
    // Stored before it was shown: it survives the next power cut too.
    display.kill();
    QVERIFY2(display.start(hub.port()), display.brief().constData());
    CF_WAIT_FOR(display.number("outbox") == 1, display.brief());

    QVERIFY2(hub.start(), hub.tail().constData());
    CF_WAIT_FOR(display.isLive() && display.number("outbox") == 0, display.brief());
    QCOMPARE(hub.getJson("/v1/orders/" + orderId).value("status").toString(), "ready");
    const QJsonArray events =
        hub.getJson("/v1/orders/" + orderId + "/timeline").value("events").toArray();
    int itemReady = 0;
    for (const QJsonValue &event : events)
        itemReady += event["type"].toString() == "item_ready" ? 1 : 0;
    QCOMPARE(itemReady, 1);
    const QJsonObject end = hub.snapshot();
    CF_WAIT_FOR(
        display.shows(posOf(end.value("cursor").toString()), end.value("digest").toString()),
        display.brief());
}

void TestE2eOffline::aBumpThatIsTooLateIsRefusedWithABanner()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    const QByteArray orderId = hub.client()
                                   .post("/v1/orders", orderBody("47"))
                                   .json()
                                   .value("order_id")
                                   .toString()
                                   .toUtf8();
    const QByteArray events = "/v1/orders/" + orderId + "/events";
    QCOMPARE(hub.client().post(events, QJsonObject{{"type", "order_started"}}).status, 201);
    DisplayProcess display("grill-1");
    QVERIFY2(display.start(hub.port()), display.brief().constData());
    CF_WAIT_FOR(display.isLive() && display.number("count") == 1, display.brief());

    display.kill();
    QCOMPARE(hub.client().post(events, QJsonObject{{"type", "order_cancelled"}}).status, 201);
    hub.kill();
    QVERIFY2(display.start(hub.port()), display.brief().constData());
    CF_WAIT_FOR(display.number("count") == 1, display.brief());
    display.control("bump " + orderId);
    CF_WAIT_FOR(display.number("outbox") == 1, display.brief());

    QVERIFY2(hub.start(), hub.tail().constData());
    CF_WAIT_FOR(display.number("rejections") == 1, display.brief());
    QCOMPARE(hub.getJson("/v1/orders/" + orderId).value("status").toString(), "cancelled");
    CF_WAIT_FOR(display.isLive() && display.number("count") == 0, display.brief());
}

QTEST_GUILESS_MAIN(TestE2eOffline)
#include "test_e2e_offline.moc"
