// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/hub_process.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace cf::test;

namespace {

QJsonObject bistro(int alarmAfterSeconds)
{
    const auto station = [&](const char *id, const char *name) {
        return QJsonObject{{"id", id}, {"name", name}, {"alarm_after_s", alarmAfterSeconds}};
    };
    const auto display = [](const char *name, const char *role, const QJsonArray &stations) {
        return QJsonObject{{"name", name}, {"role", role}, {"stations", stations}};
    };
    return {
        {"stations", QJsonArray{station("grill", "Hot Grill"), station("fry", "Fryer")}},
        {"routing", QJsonObject{{"category", QJsonObject{{"burgers", "grill"}, {"sides", "fry"}}}}},
        {"displays", QJsonArray{display("grill-1", "prep", {"grill"}),
                                display("fry-1", "prep", {"fry"}), display("pass", "expo", {})}}};
}

QJsonObject orderOf(const QString &number, const QStringList &categories)
{
    QJsonArray items;
    for (const QString &category : categories)
        items.append(
            QJsonObject{{"name", "of " + category}, {"quantity", 1}, {"category", category}});
    return {{"number", number},
            {"items", items},
            {"payment", QJsonObject{{"method", "card"}, {"amount", 100}}}};
}

} // namespace

// A restaurant with stations: real displays, each with its part of it.
class TestE2eStations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDisplayHasItsPart();

private:
    HubProcess m_hub;
    DisplayProcess m_grill{QStringLiteral("grill-1")};
    DisplayProcess m_fry{QStringLiteral("fry-1")};
    DisplayProcess m_pass{QStringLiteral("pass")};
};

void TestE2eStations::eachDisplayHasItsPart()
{
    QVERIFY2(m_hub.start(), m_hub.tail().constData());
    for (DisplayProcess *display : {&m_grill, &m_fry, &m_pass})
        QVERIFY2(display->start(m_hub.port()), display->brief().constData());
    const auto place = [&](const QString &number, const QStringList &categories) {
        return m_hub.client().post("/v1/orders", orderOf(number, categories)).status;
    };
    QCOMPARE(place("1", {"burgers", "sides"}), 201);
    QCOMPARE(place("2", {"sides"}), 201);
    for (DisplayProcess *display : {&m_grill, &m_fry, &m_pass})
        CF_WAIT_FOR(display->number("tickets") == 2, display->brief()); // nothing was said yet

    const QByteArray said =
        QJsonDocument(QJsonObject{{"rev", 0}, {"settings", bistro(1)}}).toJson();
    const HttpReply put =
        m_hub.client().request("PUT", "/v1/settings", said, {{"Content-Type", "application/json"}});
    QVERIFY2(put.status == 200, put.brief().constData());
    CF_WAIT_FOR(m_grill.number("tickets") == 1, m_grill.brief());
    QCOMPARE(m_fry.number("tickets"), 2);
    QCOMPARE(m_pass.number("tickets"), 2);

    // The grill's display is gone: the pass is told, the grill's tickets are not lost, and it is
    // over when the display is back.
    m_grill.kill();
    QCOMPARE(place("3", {"burgers"}), 201);
    CF_WAIT_FOR(m_pass.text("alarm") == QStringLiteral("Hot Grill is off"), m_pass.brief());
    QCOMPARE(m_fry.text("alarm"), QString());
    const QJsonArray alarms = m_hub.getJson("/v1/debug/stats").value("station_alarms").toArray();
    QCOMPARE(alarms.size(), 1);
    QCOMPARE(alarms.at(0)["station"].toString(), "grill");
    QCOMPARE(alarms.at(0)["tickets"].toInt(), 2);
    QVERIFY2(m_grill.start(m_hub.port()), m_grill.brief().constData());
    CF_WAIT_FOR(m_grill.isLive() && m_grill.number("tickets") == 2, m_grill.brief());
    CF_WAIT_FOR(m_pass.text("alarm").isEmpty(), m_pass.brief());

    // Without the hub a display goes by the settings it holds, also when it starts anew.
    m_hub.kill();
    m_grill.kill();
    QVERIFY2(m_grill.start(m_hub.port()), m_grill.brief().constData());
    CF_WAIT_FOR(m_grill.text("link") == "offline", m_grill.brief());
    QCOMPARE(m_grill.number("tickets"), 2);
    CF_WAIT_FOR(m_pass.text("link") == "offline", m_pass.brief());
    QCOMPARE(m_pass.text("alarm"), QString()); // nobody knows
}

QTEST_GUILESS_MAIN(TestE2eStations)
#include "test_e2e_stations.moc"
