// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/fake_health.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

// What must not leave the restaurant, in every place where people or programs can put it. With
// hexadecimal and upper-case looks, as a token or a name may have.
const QString secretWord = QStringLiteral("Zq7Secret");
QString hostile(const char *where)
{
    return secretWord + QLatin1Char('-') + QString::fromLatin1(where);
}

} // namespace

class TestNetHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_kit.reset(); }

    void reportTellsHowTheHubIs();
    void findsWhatSomebodyShouldDoSomethingAbout_data();
    void findsWhatSomebodyShouldDoSomethingAbout();
    void proofTellsHowFar();
    void verifyIsPassedOn();
    void bundleIsWholeAndSaysNothingOfAnybody();
    void bundleHasTheNumbers();

private:
    QJsonValue report() const { return jsonOf(ask(m_kit->port(), getText("/v1/health"))); }
    QByteArray send(const QByteArray &method, const QByteArray &target, const QJsonObject &body,
                    const QByteArray &headers = {}) const
    {
        QByteArray request = postText(target, QJsonDocument(body).toJson(), headers);
        request.replace(0, 4, method);
        return ask(m_kit->port(), request);
    }
    QStringList codes() const
    {
        QStringList all;
        for (const QJsonValue &finding : report()["findings"].toArray())
            all.append(finding["code"].toString());
        return all;
    }
    void sayHostileThings();
    // What `tar` makes of the bundle: name -> content.
    QMap<QString, QByteArray> bundle() const;

    FakeHealth m_health;
    std::unique_ptr<NetKit> m_kit;
};

void TestNetHealth::init()
{
    m_health.now = {};
    m_health.logged.clear();
    const Timestamp now = SystemClock().now();
    m_health.now.startedAt = now - 1h;
    m_health.now.lookedAt = now;
    m_health.now.databaseBytes = 40'000;
    m_health.now.walBytes = 2'000;
    m_health.now.disk = DiskSpace{100'000'000'000, 50'000'000'000};
    m_health.now.backup = BackupNote{now - 10h, 1, 39'000, QByteArray(32, 'e'), "monday.db"};
    m_health.now.proof.beganAt = now - 1h;
    m_health.now.proof.isAtEnd = true;
    m_health.now.proof.last = FinishedProof{now - 30min, 2, true, 1'500ms};
    ServerConfig config = NetKit::demo();
    config.health = &m_health;
    m_kit = std::make_unique<NetKit>(config);
}

void TestNetHealth::reportTellsHowTheHubIs()
{
    send("POST", "/v1/orders", orderBody("47"));
    m_health.logged = {{SystemClock().now(), "warning", "disk_low", {{"free_bytes", "7"}}}};
    const QJsonValue json = report();
    QCOMPARE(json["status"].toString(), "good");
    QCOMPARE(json["findings"].toArray().size(), 0);
    QCOMPARE(json["version"].toString(), CF_VERSION);
    QVERIFY(json["uptime_s"].toInt() >= 3'600);
    QCOMPARE(json["log"]["bytes"].toInt(), 42'000);
    QCOMPARE(json["log"]["events"].toInt(), 2);
    QCOMPARE(json["log"]["events_last_24h"].toInt(), 2);
    QVERIFY(json["log"]["bytes_per_day"].toInt() > 0);
    QVERIFY(!json["log"]["first_event_at"].toString().isEmpty());
    QCOMPARE(json["commit_ms"]["p50"].toDouble(), 2.0);
    QCOMPARE(json["disk"]["free_bytes"].toDouble(), 5e10);
    QVERIFY(json["disk"]["days_left"].toDouble() > 1'000);
    QCOMPARE(json["backup"]["file"].toString(), "monday.db");
    QCOMPARE(json["backup"]["events_since"].toInt(), 1);
    QCOMPARE(json["backup"]["age_s"].toInt() / 3'600, 10);
    QCOMPARE(json["epochs"][0]["why"].toString(), "created");
    QCOMPARE(json["lines"][0]["event"].toString(), "disk_low");
    QCOMPARE(json["lines"][0]["fields"]["free_bytes"].toString(), "7");
    QCOMPARE(json["open_orders"].toInt(), 1);
}

void TestNetHealth::findsWhatSomebodyShouldDoSomethingAbout_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("status");
    for (const char *code : {"log_damaged", "log_unreadable", "disk_low", "log_unavailable"})
        QTest::newRow(code) << code << "bad";
    for (const char *code : {"backup_never", "backup_old", "disk_fills"})
        QTest::newRow(code) << code << "warn";
}

void TestNetHealth::findsWhatSomebodyShouldDoSomethingAbout()
{
    QFETCH(QString, code);
    QFETCH(QString, status);
    send("POST", "/v1/orders", orderBody("47"));
    QCOMPARE(codes(), QStringList());
    HealthFacts &now = m_health.now;
    if (code == "log_damaged")
        now.proof.problems = {{2, QStringLiteral("changed")}};
    else if (code == "log_unreadable")
        now.proof.failure = QStringLiteral("disk I/O error");
    else if (code == "disk_low")
        now.disk->free = 100'000'000;
    else if (code == "log_unavailable")
        m_kit->setReady(false);
    else if (code == "backup_never")
        now.backup.reset();
    else if (code == "backup_old")
        now.backup->at -= 72h;
    else if (code == "disk_fills")
        now.databaseBytes = 80'000'000'000; // all of it in a day
    QCOMPARE(codes(), QStringList(code));
    QCOMPARE(report()["status"].toString(), status);
    QVERIFY(!report()["findings"][0]["detail"].toString().isEmpty());
}

void TestNetHealth::proofTellsHowFar()
{
    send("POST", "/v1/orders", orderBody("47"));
    ProofProgress &proof = m_health.now.proof;
    QCOMPARE(report()["proof"]["running"].toBool(true), false);
    QCOMPARE(report()["proof"]["last"]["took_ms"].toInt(), 1'500);
    proof.isAtEnd = false;
    proof.pos = 1;
    proof.problems = {{1, QStringLiteral("the payload is not as it was written")}};
    const QJsonValue json = report()["proof"];
    QCOMPARE(json["running"].toBool(), true);
    QCOMPARE(json["pos"].toInt(), 1);
    QCOMPARE(json["head"].toInt(), 2);
    QCOMPARE(json["problems"][0]["what"].toString(), "the payload is not as it was written");
    proof.last.reset();
    QVERIFY(report()["proof"]["last"].isNull());
}

void TestNetHealth::verifyIsPassedOn()
{
    QCOMPARE(statusOf(send("POST", "/v1/health/verify", {})), 202);
    QCOMPARE(m_health.asked.load(), 1);
    QCOMPARE(statusOf(ask(m_kit->port(), getText("/v1/health/verify"))), 405);
    ServerConfig config = NetKit::guarded();
    config.health = &m_health;
    const NetKit guarded(config);
    QCOMPARE(statusOf(ask(guarded.port(), postText("/v1/health/verify", "{}",
                                                   "Authorization: Bearer kitchen-token\r\n"))),
             403);
    QCOMPARE(m_health.asked.load(), 1);
}

// Every place of the wire, the settings and the machine where words come from outside.
void TestNetHealth::sayHostileThings()
{
    const QByteArray agent = "User-Agent: " + hostile("agent").toLatin1() + "\r\n";
    QJsonObject item{{"line_id", hostile("line")},
                     {"name", hostile("item")},
                     {"quantity", 1},
                     {"sku", hostile("sku")},
                     {"category", hostile("category")},
                     {"station", hostile("station")},
                     {"seat", hostile("seat")},
                     {"note", hostile("line note")},
                     {"allergens", QJsonArray{hostile("allergen")}}};
    item.insert("modifiers", QJsonArray{QJsonObject{{"group", hostile("group")},
                                                    {"name", hostile("modifier")}}});
    QJsonObject body{
        {"number", hostile("number")},
        {"table", hostile("table")},
        {"note", hostile("note")},
        {"items", QJsonArray{item}},
        {"customer", QJsonObject{{"name", hostile("customer")},
                                 {"phone", hostile("phone")},
                                 {"address", hostile("street")}}},
        {"source", QJsonObject{{"name", hostile("source")}, {"external_id", hostile("external")}}},
        {"meta", QJsonObject{{hostile("meta key"), hostile("meta")}}},
        {"payment",
         QJsonObject{{"method", hostile("method")}, {"reference", hostile("reference")}}}};
    const QByteArray placed =
        send("POST", "/v1/orders", body,
             agent + "Idempotency-Key: " + hostile("key").toLatin1() + "\r\n");
    QCOMPARE(statusOf(placed), 201);
    const QByteArray order = jsonOf(placed).value("order_id").toString().toLatin1();
    for (const char *type : {"order_note_added", "kitchen_notified", "front_notified"}) {
        const QString key = qstrcmp(type, "order_note_added") == 0 ? "note" : "message";
        QCOMPARE(statusOf(send("POST", "/v1/orders/" + order + "/events",
                               {{"type", type},
                                {"payload", QJsonObject{{key, hostile(type)}}},
                                {"command_id", hostile(type)}},
                               agent)),
                 201);
    }
    QCOMPARE(statusOf(send("POST", "/v1/orders/" + order + "/events",
                           {{"type", "order_cancelled"},
                            {"payload", QJsonObject{{"reason", hostile("reason")}}}})),
             201);
    const QString id = QStringLiteral("zq7secret-id");
    const QJsonObject kitchen{
        {"stations", QJsonArray{QJsonObject{{"id", id}, {"name", hostile("station name")}}}},
        {"routing", QJsonObject{{"sku", QJsonObject{{hostile("rule"), id}}},
                                {"category", QJsonObject{{hostile("rule"), id}}}}},
        {"prep_times", QJsonObject{{"sku", QJsonObject{{hostile("slow"), 60}}}}},
        {"displays",
         QJsonArray{QJsonObject{
             {"name", hostile("display")}, {"role", "prep"}, {"stations", QJsonArray{id}}}}}};
    QCOMPARE(statusOf(send("PUT", "/v1/settings", {{"rev", 0}, {"settings", kitchen}})), 200);
    const QJsonObject restaurant{{"name", hostile("restaurant")},
                                 {"address", QJsonArray{hostile("address")}},
                                 {"phone", hostile("phone")},
                                 {"tax_id", hostile("tax")}};
    QCOMPARE(
        statusOf(send("PUT", "/v1/settings/restaurant", {{"rev", 0}, {"settings", restaurant}})),
        200);
    ask(m_kit->port(), getText("/v1/orders?access_token=" + hostile("token").toLatin1(), agent));
    m_health.now.backup->file = hostile("file");
    m_health.now.proof.problems = {{1, hostile("problem")}};
    m_health.now.proof.failure = hostile("failure");
    m_health.logged = {{SystemClock().now(),
                        "info",
                        "listening",
                        {{"url", hostile("url")}, {"pos", hostile("pos")}, {"bytes", "17"}}}};
}

QMap<QString, QByteArray> TestNetHealth::bundle() const
{
    const QByteArray answer = ask(m_kit->port(), getText("/v1/health/bundle"));
    QTemporaryDir dir;
    QFile file(dir.filePath("bundle.tar.gz"));
    if (statusOf(answer) != 200 || !file.open(QIODevice::WriteOnly))
        return {};
    file.write(bodyOf(answer));
    file.close();
    QProcess tar;
    tar.start("tar", {"-xzf", file.fileName(), "-C", dir.path()});
    if (!tar.waitForFinished() || tar.exitCode() != 0)
        return {};
    QMap<QString, QByteArray> files;
    const QDir unpacked(dir.filePath("counterfire-bundle"));
    for (const QString &name : unpacked.entryList(QDir::Files)) {
        QFile one(unpacked.filePath(name));
        if (one.open(QIODevice::ReadOnly))
            files.insert(name, one.readAll());
    }
    return files;
}

void TestNetHealth::bundleIsWholeAndSaysNothingOfAnybody()
{
    WireSocket display(m_kit->port());
    display.sendJson({{"t", "hello"},
                      {"v", 1},
                      {"device", hostile("device")},
                      {"name", hostile("shown name")},
                      {"cursor", QJsonValue()},
                      {"outbox_next", 1}});
    QVERIFY(!display.next("live").isEmpty());
    sayHostileThings();
    const QByteArray tracker = jsonOf(send("POST", "/v1/orders", orderBody("48")))
                                   .value("tracker_token")
                                   .toString()
                                   .toLatin1();
    QCOMPARE(tracker.size(), 32);
    QVERIFY2(QJsonDocument(report().toObject()).toJson().contains(secretWord.toLatin1()),
             "the manager's own report has some of it, so the test is not blind");
    const QMap<QString, QByteArray> files = bundle();
    QCOMPARE(files.keys(),
             (QStringList{"README.txt", "displays.json", "events.jsonl", "health.json", "log.jsonl",
                          "metrics.txt", "settings.json", "system.json"}));
    const QList<QByteArray> never{"zq7secret", "ana secret",      "600 123",  "pi_1",
                                  "dish 1",    tracker.toLower(), "127.0.0.1"};
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        QVERIFY2(!it.value().isEmpty(), qPrintable(it.key()));
        for (const QByteArray &word : never)
            QVERIFY2(!it.value().toLower().contains(word),
                     qPrintable(QStringLiteral("%1 in %2: %3")
                                    .arg(QString::fromLatin1(word), it.key(),
                                         QString::fromUtf8(it.value()))));
    }
}

void TestNetHealth::bundleHasTheNumbers()
{
    send("POST", "/v1/orders", orderBody("47", 3));
    m_health.logged = {{SystemClock().now(), "info", "log_proven", {{"pos", "17"}, {"ms", "5"}}}};
    const QByteArray answer = ask(m_kit->port(), getText("/v1/health/bundle"));
    QCOMPARE(headerOf(answer, "content-type"), "application/gzip");
    QVERIFY(headerOf(answer, "content-disposition").startsWith("attachment; filename=\"counter"));
    const QMap<QString, QByteArray> files = bundle();
    const QList<QByteArray> events = files["events.jsonl"].trimmed().split('\n');
    QCOMPARE(events.size(), 2);
    const QJsonObject first = QJsonDocument::fromJson(events.front()).object();
    QCOMPARE(first["type"].toString(), "order_placed");
    QCOMPARE(first["lines"].toInt(), 3);
    QVERIFY(first["payload_bytes"].toInt() > 100);
    const QJsonObject health = QJsonDocument::fromJson(files["health.json"]).object();
    QCOMPARE(health["log"]["events"].toInt(), 2);
    QVERIFY(health["backup"]["file"].isUndefined());
    QVERIFY(files["metrics.txt"].contains("counterfire_open_orders 1\n"));
    const QJsonObject line = QJsonDocument::fromJson(files["log.jsonl"]).object();
    QCOMPARE(line["fields"]["pos"].toString(), "17");
}

QTEST_GUILESS_MAIN(TestNetHealth)
#include "test_net_health.moc"
