// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/fake_health.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace cf;
using namespace cf::test;
using namespace std::chrono_literals;

class TestNetOps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metricsAreInPrometheusFormat();
    void promtoolFindsNothingWrong();
    void alertRulesAreSound();
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
    const QRegularExpression type(
        "^# TYPE (counterfire_[a-z_]+) (counter|gauge|histogram|summary)$");
    const QRegularExpression sample(
        "^(counterfire_[a-z_]+)(\\{[a-z]+=\"[^\"\\\\]*\"(,[a-z]+=\"[^\"\\\\]*\")*\\})? "
        "(-?[0-9.e+-]+)$");
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

namespace {

// Empty when it finds nothing wrong; else what it said.
QString promtool(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start("promtool", arguments);
    if (!process.waitForStarted())
        return "promtool is missing: packaging/install-dependencies test";
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    const QString said = QString::fromUtf8(process.readAll());
    return process.exitCode() == 0 ? QString() : "promtool: " + said;
}

} // namespace

void TestNetOps::promtoolFindsNothingWrong()
{
    FakeHealth health;
    health.now.startedAt = Timestamp(1'700'000'000s);
    health.now.disk = hub::DiskSpace{100, 50};
    health.now.backup = hub::BackupNote{Timestamp(1'700'000'000s), 5, 6, {}, {}};
    health.now.proof.last = hub::FinishedProof{Timestamp(1'700'000'000s), 5, true, 6ms};
    health.logged.resize(3);
    hub::ServerConfig config = NetKit::demo();
    config.health = &health;
    NetKit kit(config);
    for (const char *name : {"grill", "two \"quotes\" and a \\ slash", "Küche"}) {
        WireSocket display(kit.port());
        display.sendJson(helloJson(QString::fromUtf8(name)));
        QVERIFY(!display.next("live").isEmpty());
    }
    place(kit);
    const QByteArray metrics = bodyOf(ask(kit.port(), getText("/metrics")));
    QCOMPARE(promtool({"check", "metrics"}, metrics), QString());
    QVERIFY2(!promtool({"check", "metrics"}, metrics + "counterfire_unannounced 1\n").isEmpty(),
             "it would have found something");
    for (const char *line :
         {"\ncounterfire_disk_free_bytes 50\n", "\ncounterfire_log_last_proof_sound 1\n",
          "\ncounterfire_last_backup_position 5\n",
          "\ncounterfire_log_lines_total{level=\"info\"} 3",
          "counterfire_display_connected{device=\"grill\",display=\"grill\"}",
          "\ncounterfire_commit_seconds_count 1\n"})
        QVERIFY2(metrics.contains(line), line);
}

void TestNetOps::alertRulesAreSound()
{
    QCOMPARE(promtool({"check", "rules", CF_ALERT_RULES}), QString());
    // Each metric that a rule looks at is one that there is.
    FakeHealth health;
    health.now.disk = hub::DiskSpace{100, 50};
    health.now.backup = hub::BackupNote{};
    hub::ServerConfig config = NetKit::demo();
    config.health = &health;
    NetKit kit(config);
    WireSocket display(kit.port());
    display.sendJson(helloJson("grill"));
    QVERIFY(!display.next("live").isEmpty());
    const QByteArray metrics = bodyOf(ask(kit.port(), getText("/metrics")));
    QFile rules(CF_ALERT_RULES);
    QVERIFY(rules.open(QIODevice::ReadOnly));
    auto names = QRegularExpression("counterfire_[a-z_]+")
                     .globalMatch(QString::fromUtf8(rules.readAll()).remove("alert: CounterFire"));
    int found = 0;
    while (names.hasNext()) {
        const QByteArray name = names.next().captured().toLatin1();
        if (name == "counterfire_station_alarm")
            continue; // only with stations
        QVERIFY2(metrics.contains("\n# TYPE " + name + ' '), name.constData());
        ++found;
    }
    QVERIFY(found >= 8);
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
