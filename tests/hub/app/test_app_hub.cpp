// SPDX-License-Identifier: Apache-2.0
// The programs as they are installed: one hub, and the feed against it.
#include "tests/support/child_process.h"
#include "tests/support/http_client.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf::test;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject jsonIn(const QString &path)
{
    return QJsonDocument::fromJson(contentOf(path)).object();
}

QByteArray bearer(const QString &token)
{
    return "Bearer " + token.toLatin1();
}

const QByteArray soup = R"({"items":[{"name":"Soup","quantity":1}]})";

} // namespace

class TestAppHub : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_data = m_dir->filePath(QStringLiteral("data"));
        m_hub = std::make_unique<ChildProcess>();
    }

    void cleanup() { m_hub.reset(); }

    void servesAndKeeps()
    {
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        QCOMPARE(HttpClient(m_port).get("/readyz").status, 200);
        const HttpReply placed = HttpClient(m_port).post("/v1/orders", soup);
        QVERIFY2(placed.status == 201, placed.brief().constData());
        const QByteArray order =
            "/v1/orders/" + placed.json().value(u"order_id").toString().toLatin1();
        QVERIFY2(m_hub->terminate(), "SIGTERM ends a hub");
        QCOMPARE(m_hub->exitCode(), 0);
        QVERIFY(start({"--demo"}));
        const HttpReply found = HttpClient(m_port).get(order);
        QVERIFY2(found.status == 200, found.brief().constData());
        // Nobody but its owner: the log holds names and telephone numbers.
        const int others = 0x0077;
        QCOMPARE(QFileInfo(m_data).permissions().toInt() & others, 0);
        const QFileInfoList files = QDir(m_data).entryInfoList(QDir::Files | QDir::Hidden);
        QVERIFY(!files.isEmpty());
        for (const QFileInfo &file : files)
            QVERIFY2((file.permissions().toInt() & others) == 0, qPrintable(file.fileName()));
    }

    void asksForATokenAndNeverTellsOne()
    {
        QVERIFY2(start({"--log-level", "debug"}), m_hub->tail().constData());
        const QJsonObject tokens = jsonIn(m_data + QStringLiteral("/tokens.json"));
        QCOMPARE(tokens.size(), 3);
        HttpClient client(m_port);
        QCOMPARE(client.post("/v1/orders", soup).status, 401);
        QCOMPARE(client.post("/v1/orders", soup, {{"Authorization", "Bearer no"}}).status, 401);
        const QByteArray integration = bearer(tokens.value(u"integration").toString());
        const HttpReply placed = client.post("/v1/orders", soup, {{"Authorization", integration}});
        QVERIFY2(placed.status == 201, placed.brief().constData());
        const QByteArray kitchen = bearer(tokens.value(u"kitchen").toString());
        QCOMPARE(client.post("/v1/orders", soup, {{"Authorization", kitchen}}).status, 403);
        QCOMPARE(client.get("/v1/kds/snapshot", {{"Authorization", kitchen}}).status, 200);
        QCOMPARE(client.get("/v1/kds/snapshot?access_token=" + kitchen.mid(7)).status, 401);
        QVERIFY(m_hub->terminate());
        for (const QJsonValue &token : tokens) {
            QVERIFY2(!m_hub->output().contains(token.toString().toLatin1()),
                     "a token is never written to the log");
        }
        QVERIFY(m_hub->output().contains("tokens_made"));
    }

    void keepsItsTokens()
    {
        QVERIFY(start({}));
        QVERIFY(m_hub->terminate());
        const QByteArray before = contentOf(m_data + QStringLiteral("/tokens.json"));
        QVERIFY(start({}));
        QCOMPARE(contentOf(m_data + QStringLiteral("/tokens.json")), before);
    }

    void refusesToStart_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("unknown option") << QStringList{"--colour"} << 2;
        QTest::newRow("open demo") << QStringList{"--demo", "--listen", "0.0.0.0:0"} << 2;
        QTest::newRow("no directory") << QStringList{"--data", "/proc/none"} << 1;
        QTest::newRow("not our address") << QStringList{"--listen", "192.0.2.1:0"} << 1;
    }

    void refusesToStart()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        if (!arguments.contains(u"--data"))
            arguments += {"--data", m_data};
        QVERIFY(m_hub->start(QStringLiteral(CF_HUB_BIN), arguments));
        QVERIFY2(m_hub->waitForExit(), "a hub that cannot start ends");
        QCOMPARE(m_hub->exitCode(), code);
        QVERIFY2(m_hub->output().contains("counterfire-hub: "), "it says why");
        QVERIFY(!m_hub->output().contains("listening"));
    }

    void twoHubsNeverShareALog()
    {
        QVERIFY(start({"--demo"}));
        ChildProcess second;
        QVERIFY(second.start(QStringLiteral(CF_HUB_BIN),
                             {"--demo", "--listen", "127.0.0.1:0", "--data", m_data}));
        QVERIFY2(second.waitForExit(), "the second hub ends");
        QCOMPARE(second.exitCode(), 1);
        QCOMPARE(HttpClient(m_port).get("/readyz").status, 200);
    }

    void nothingTheFeedWasToldIsLost()
    {
        QVERIFY2(start({}), m_hub->tail().constData());
        const QString tokens = m_data + QStringLiteral("/tokens.json");
        const QString report = m_dir->filePath(QStringLiteral("report.json"));
        const Finished fed = runProgram(QStringLiteral(CF_FEED_BIN),
                                        {"--hub", QStringLiteral("http://127.0.0.1:%1").arg(m_port),
                                         "--token-file", tokens, "--rate", "1200", "--for", "4",
                                         "--cook", "--speed", "300", "--report", report});
        QVERIFY2(fed.exitCode == 0, fed.output.constData());
        const QJsonObject told = jsonIn(report);
        const QJsonArray orders = told.value(u"orders").toArray();
        QVERIFY2(orders.size() >= 20, fed.output.constData());
        QVERIFY2(told.value(u"events").toArray().size() > orders.size(), fed.output.constData());
        QCOMPARE(told.value(u"summary").toObject().value(u"refused").toObject(), QJsonObject());
        m_hub->kill();
        QVERIFY2(start({}), m_hub->tail().constData());
        HttpClient client(m_port);
        const HttpHeaders manager{
            {"Authorization", bearer(jsonIn(tokens).value(u"manager").toString())}};
        QHash<QString, int> seqs;
        for (const char *list : {"orders", "events"}) {
            const QJsonArray acknowledged = told.value(QLatin1StringView(list)).toArray();
            for (const QJsonValue &one : acknowledged) {
                int &seq = seqs[one.toObject().value(u"order_id").toString()];
                seq = std::max(seq, one.toObject().value(u"seq").toInt());
            }
        }
        for (auto order = seqs.begin(); order != seqs.end(); ++order) {
            const HttpReply found = client.get("/v1/orders/" + order.key().toLatin1(), manager);
            QVERIFY2(found.status == 200, found.brief().constData());
            QVERIFY2(found.json().value(u"seq").toInt() >= order.value(),
                     "what was acknowledged is on disk");
        }
    }

    void findsOrdersWhateverBecameOfTheLedger()
    {
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        QCOMPARE(HttpClient(m_port).post("/v1/orders", soup).status, 201);
        const QString ledger = m_data + QStringLiteral("/ledger.db");
        const auto found = [&] {
            const HttpReply reply = HttpClient(m_port).get("/v1/orders?q=soup");
            return reply.status == 200 ? reply.json().value(u"orders").toArray().size() : -1;
        };
        QCOMPARE(found(), 1);
        m_hub->kill();
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        QVERIFY(waitUntil([&] { return found() == 1; }));
        m_hub->kill();
        QVERIFY(QFile::remove(ledger));
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        QVERIFY(waitUntil([&] { return found() == 1; }));
        m_hub->kill();
        QFile file(ledger);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no ledger");
        file.close();
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        QVERIFY(waitUntil([&] { return found() == 1; }));
    }

    void saysWhatParquetNeeds()
    {
        qputenv("COUNTERFIRE_DUCKDB", "/nowhere/libduckdb.so");
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        const HttpReply refused = HttpClient(m_port).get("/v1/reports/funnel?format=parquet");
        QCOMPARE(refused.status, 422);
        QVERIFY2(refused.body.contains("/nowhere/libduckdb.so"), refused.brief().constData());
        qunsetenv("COUNTERFIRE_DUCKDB");
    }

    // Where DuckDB is installed, and where it is not.
    void writesParquetOrRefuses()
    {
        QVERIFY2(start({"--demo"}), m_hub->tail().constData());
        QCOMPARE(HttpClient(m_port).post("/v1/orders", soup).status, 201);
        const HttpReply file = HttpClient(m_port).get("/v1/reports/funnel?format=parquet");
        if (file.status == 422) {
            QVERIFY2(file.body.contains("packaging/install-duckdb"), file.brief().constData());
            return;
        }
        QCOMPARE(file.status, 200);
        QVERIFY2(file.body.startsWith("PAR1") && file.body.endsWith("PAR1"), "it is Parquet");
        for (const char *column : {"stage", "orders", "median_s"})
            QVERIFY2(file.body.contains(column), column);
    }

private:
    bool start(const QStringList &more)
    {
        const QString portFile = m_dir->filePath(QStringLiteral("port"));
        QFile::remove(portFile);
        const QStringList arguments{"--listen", "127.0.0.1:0", "--data",
                                    m_data,     "--port-file", portFile};
        if (!m_hub->start(QStringLiteral(CF_HUB_BIN), arguments + more))
            return false;
        const bool serving = waitUntil([&] {
            m_port = contentOf(portFile).trimmed().toUShort();
            return m_port != 0 || !m_hub->isRunning();
        });
        return serving && m_port != 0;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ChildProcess> m_hub;
    QString m_data;
    quint16 m_port = 0;
};

QTEST_GUILESS_MAIN(TestAppHub)
#include "test_app_hub.moc"
