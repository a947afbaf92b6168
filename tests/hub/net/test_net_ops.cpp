// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace cf;
using namespace cf::test;

class TestNetOps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metricsAreInPrometheusFormat();
    void statsTellTheDay();
    void displaysTellWhereTheyAre();

private:
    static void place(const NetKit &kit)
    {
        ask(kit.port(), postText("/v1/orders", QJsonDocument(orderBody("47")).toJson()));
    }
};

// Each line is a comment that announces a metric, or a sample of the metric announced last.
void TestNetOps::metricsAreInPrometheusFormat()
{
    NetKit kit;
    place(kit);
    WireSocket display(kit.port());
    display.sendJson(helloJson("grill"));
    QVERIFY(!display.next("live").isEmpty());
    place(kit);
    QVERIFY(!display.next("ev").isEmpty());
    const QByteArray answer = ask(kit.port(), getText("/metrics"));
    QVERIFY(headerOf(answer, "content-type").startsWith("text/plain; version=0.0.4"));
    const QRegularExpression help("^# HELP (counterfire_[a-z_]+) .+\\.$");
    const QRegularExpression type("^# TYPE (counterfire_[a-z_]+) (counter|gauge|histogram)$");
    const QRegularExpression sample(
        "^(counterfire_[a-z_]+)(\\{[a-z]+=\"[^\"\\\\]*\"\\})? (-?[0-9.e+-]+)$");
    QString current;
    QString kind;
    QSet<QString> announced;
    QSet<QString> samples;
    for (const QString &line : QString::fromUtf8(bodyOf(answer)).split('\n', Qt::SkipEmptyParts)) {
        if (const auto match = help.match(line); match.hasMatch()) {
            current = match.captured(1);
            QVERIFY2(!announced.contains(current), qPrintable(line));
            announced.insert(current);
        } else if (const auto typeMatch = type.match(line); typeMatch.hasMatch()) {
            QCOMPARE(typeMatch.captured(1), current);
            kind = typeMatch.captured(2);
            QCOMPARE(kind == "counter", current.endsWith("_total"));
        } else {
            const auto match2 = sample.match(line);
            QVERIFY2(match2.hasMatch(), qPrintable(line));
            QVERIFY2(match2.captured(1).startsWith(current), qPrintable(line));
            const QString key = match2.captured(1) + match2.captured(2);
            QVERIFY2(!samples.contains(key), qPrintable(line));
            samples.insert(key);
        }
    }
    QVERIFY(samples.contains("counterfire_delivery_seconds_bucket{le=\"+Inf\"}"));
    QVERIFY(bodyOf(answer).contains("\ncounterfire_open_orders 2\n"));
    QVERIFY(bodyOf(answer).contains("\ncounterfire_http_responses_total{status=\"201\"} 2\n"));
}

void TestNetOps::statsTellTheDay()
{
    NetKit kit;
    QVERIFY(jsonOf(ask(kit.port(), getText("/v1/debug/stats"))).value("last_event").isNull());
    place(kit);
    const QJsonObject stats = jsonOf(ask(kit.port(), getText("/v1/debug/stats")));
    QCOMPARE(stats.value("displays_connected").toInt(-1), 0);
    QCOMPARE(stats.value("events_last_24h")["order_placed"].toInt(), 1);
    QCOMPARE(stats.value("last_event")["type"].toString(), "order_paid");
    QVERIFY(stats.value("delivery_ms")["p99"].isDouble());
    QVERIFY(stats.value("queues")["writer"].isDouble());
}

void TestNetOps::displaysTellWhereTheyAre()
{
    NetKit kit;
    place(kit);
    {
        WireSocket display(kit.port());
        display.sendJson(helloJson("grill"));
        const QJsonObject live = display.next("live");
        display.sendJson({{"t", "ack"}, {"sid", live.value("sid")}, {"pos", 2}, {"shown", true}});
        QTRY_COMPARE(jsonOf(ask(kit.port(), getText("/v1/displays")))
                         .value("displays")[0]["shown_position"]
                         .toInt(-1),
                     2);
    }
    place(kit);
    QTRY_COMPARE(jsonOf(ask(kit.port(), getText("/v1/displays")))
                     .value("displays")[0]["connected"]
                     .toBool(true),
                 false);
    const QJsonValue display =
        jsonOf(ask(kit.port(), getText("/v1/displays"))).value("displays")[0];
    QCOMPARE(display["name"].toString(), "grill");
    QCOMPARE(display["position"].toInt(), 2);
    QCOMPARE(display["lag"].toInt(), 2);
    QVERIFY(!display["last_seen"].toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestNetOps)
#include "test_net_ops.moc"
