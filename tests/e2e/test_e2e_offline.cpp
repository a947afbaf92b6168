// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/fault_proxy.h"
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
    void aServiceGoesOnWithoutTheHub();
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

// Sixty bumps of a kitchen that cannot reach its hub; meanwhile the till cancels some of the
// orders, and the pass, which can, has bumped others.
void TestE2eOffline::aServiceGoesOnWithoutTheHub()
{
    constexpr int orders = 60;
    constexpr int cancelled = 3;
    constexpr int bumpedElsewhere = 5;
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    FaultProxy wifi(hub.port());
    DisplayProcess grill("grill-1");
    QVERIFY2(grill.start(wifi.port()), grill.brief().constData());
    DisplayProcess pass("pass");
    QVERIFY2(pass.start(hub.port()), pass.brief().constData());
    QList<QByteArray> ids;
    for (int i = 1; i <= orders; ++i) {
        const HttpReply placed = hub.client().post("/v1/orders", orderBody(QString::number(i)));
        ids.append(placed.json().value("order_id").toString().toUtf8());
    }
    CF_WAIT_FOR(grill.isLive() && grill.number("tickets") == orders, grill.brief());
    CF_WAIT_FOR(pass.isLive() && pass.number("tickets") == orders, pass.brief());

    wifi.setLink(Link::Refuse);
    CF_WAIT_FOR(grill.text("link") == "offline", grill.brief());
    for (int i = 0; i < cancelled; ++i) {
        const QByteArray events = "/v1/orders/" + ids[i] + "/events";
        QCOMPARE(hub.client().post(events, QJsonObject{{"type", "order_cancelled"}}).status, 201);
    }
    for (int i = cancelled; i < cancelled + bumpedElsewhere; ++i)
        pass.control("bump " + ids[i]);
    for (const QByteArray &id : ids)
        grill.control("bump " + id);
    CF_WAIT_FOR(grill.number("outbox") == orders && grill.number("tickets") == 0, grill.brief());
    CF_WAIT_FOR(pass.number("tickets") == orders - cancelled - bumpedElsewhere, pass.brief());

    wifi.setLink(Link::Pass);
    CF_WAIT_FOR(grill.isLive() && grill.number("outbox") == 0, grill.brief());
    CF_WAIT_FOR(grill.number("rejections") == cancelled, grill.brief());
    CF_WAIT_FOR(pass.number("tickets") == 0, pass.brief());
    for (int i = 0; i < orders; ++i) {
        const QJsonObject timeline = hub.getJson("/v1/orders/" + ids[i] + "/timeline");
        int ready = 0;
        for (const QJsonValue &event : timeline.value("events").toArray())
            ready += event["type"].toString() == "order_ready" ? 1 : 0;
        const QByteArray wrong = "order " + QByteArray::number(i + 1) + " is not ready once";
        QVERIFY2(ready == (i < cancelled ? 0 : 1), wrong.constData());
    }
    const QJsonObject end = hub.snapshot();
    const QString digest = end.value("digest").toString();
    for (DisplayProcess *display : {&grill, &pass})
        CF_WAIT_FOR(display->shows(posOf(end.value("cursor").toString()), digest),
                    display->brief());
}

QTEST_GUILESS_MAIN(TestE2eOffline)
#include "test_e2e_offline.moc"
