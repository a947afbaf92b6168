// SPDX-License-Identifier: Apache-2.0
#include "hub/app/config.h"
#include "shared/base/limits.h"

#include <QTemporaryFile>
#include <QTest>

using namespace cf;
using namespace cf::hub;

class TestAppConfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isSafeByDefault()
    {
        const Result<Config> config = parseConfig({}, {});
        QVERIFY(config);
        QCOMPARE(config->address, QStringLiteral("127.0.0.1"));
        QCOMPARE(config->port, quint16(limits::defaultPort));
        QCOMPARE(config->dataDir, QStringLiteral("/var/lib/counterfire"));
        QVERIFY(!config->demo);
        QVERIFY(!config->tls());
        QCOMPARE(config->logLevel, LogLevel::Info);
    }

    void takesTheDataDirectoryFromTheEnvironment()
    {
        QCOMPARE(parseConfig({}, {QStringLiteral("/srv/x")})->dataDir, QStringLiteral("/srv/x"));
        QCOMPARE(parseConfig({"--data", "/y"}, {QStringLiteral("/srv/x")})->dataDir,
                 QStringLiteral("/y"));
    }

    void readsEverything()
    {
        QTemporaryFile pem;
        QVERIFY(pem.open());
        const Result<Config> config =
            parseConfig({"--listen", "0.0.0.0:0", "--data=/d", "--restaurant", "north-1",
                         "--tls-cert", pem.fileName(), "--tls-key", pem.fileName(), "--log-level",
                         "debug", "--port-file", "/p"},
                        {});
        QVERIFY2(config, qPrintable(config ? QString() : config.error().detail));
        QCOMPARE(config->address, QStringLiteral("0.0.0.0"));
        QCOMPARE(config->port, quint16(0));
        QCOMPARE(config->dataDir, QStringLiteral("/d"));
        QCOMPARE(config->restaurantId, QStringLiteral("north-1"));
        QVERIFY(config->tls());
        QCOMPARE(config->logLevel, LogLevel::Debug);
        QCOMPARE(config->portFile, QStringLiteral("/p"));
        QCOMPARE(parseConfig({"--help"}, {})->action, ConfigAction::ShowHelp);
        QCOMPARE(parseConfig({"--version"}, {})->action, ConfigAction::ShowVersion);
    }

    void listens_data()
    {
        QTest::addColumn<QString>("listen");
        QTest::addColumn<QString>("address"); // empty: refused
        QTest::newRow("v4") << "192.168.1.5:80"
                            << "192.168.1.5";
        QTest::newRow("v6") << "[::1]:7300"
                            << "::1";
        QTest::newRow("localhost") << "localhost:1"
                                   << "127.0.0.1";
        QTest::newRow("no port") << "127.0.0.1"
                                 << "";
        QTest::newRow("empty port") << "127.0.0.1:"
                                    << "";
        QTest::newRow("port too high") << "127.0.0.1:65536"
                                       << "";
        QTest::newRow("port negative") << "127.0.0.1:-1"
                                       << "";
        QTest::newRow("port in words") << "127.0.0.1:http"
                                       << "";
        QTest::newRow("name") << "hub.lan:80"
                              << "";
        QTest::newRow("bare v6") << "::1:7300"
                                 << "";
        QTest::newRow("v4 in brackets") << "[127.0.0.1]:1"
                                        << "";
        QTest::newRow("nothing") << ":7300"
                                 << "";
        QTest::newRow("short v4") << "127.1:1"
                                  << "";
    }

    void listens()
    {
        QFETCH(QString, listen);
        QFETCH(QString, address);
        const Result<Config> config = parseConfig({"--listen", listen}, {});
        QCOMPARE(bool(config), !address.isEmpty());
        if (config)
            QCOMPARE(config->address, address);
    }

    void refusesWhatMakesNoSense_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown") << QStringList{"--colour", "red"} << "unknown option";
        QTest::newRow("unknown, last") << QStringList{"--colour"} << "unknown option";
        QTest::newRow("no value") << QStringList{"--listen"} << "wants a value";
        QTest::newRow("twice") << QStringList{"--data", "a", "--data", "b"} << "twice";
        QTest::newRow("empty data") << QStringList{"--data", ""} << "wants a path";
        QTest::newRow("level") << QStringList{"--log-level", "loud"} << "error, warning";
        QTest::newRow("restaurant") << QStringList{"--restaurant", "a b"} << "letters";
        QTest::newRow("long restaurant")
            << QStringList{"--restaurant", QString(65, QLatin1Char('a'))} << "letters";
        QTest::newRow("half of TLS") << QStringList{"--tls-cert", "/c"} << "belong together";
        QTest::newRow("no such certificate")
            << QStringList{"--tls-cert", "/none", "--tls-key", "/none"} << "cannot read";
        QTest::newRow("demo on all addresses")
            << QStringList{"--demo", "--listen", "0.0.0.0:7300"} << "loopback";
        QTest::newRow("demo on a network address")
            << QStringList{"--listen", "192.168.1.5:7300", "--demo"} << "loopback";
        QTest::newRow("demo on v6") << QStringList{"--demo", "--listen", "[::]:7300"} << "loopback";
    }

    void refusesWhatMakesNoSense()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const Result<Config> config = parseConfig(arguments, {});
        QVERIFY2(!config, "these options must be refused");
        QVERIFY2(config.error().detail.contains(says), qPrintable(config.error().detail));
    }

    void allowsTheDemoOnLoopback()
    {
        QVERIFY(parseConfig({"--demo"}, {})->demo);
        QVERIFY(parseConfig({"--demo", "--listen", "127.8.8.8:0"}, {})->demo);
        QVERIFY(parseConfig({"--demo", "--listen", "[::1]:0"}, {})->demo);
    }

    void writesAuthorities()
    {
        QCOMPARE(authorityText(QStringLiteral("127.0.0.1"), 7300),
                 QStringLiteral("127.0.0.1:7300"));
        QCOMPARE(authorityText(QStringLiteral("::1"), 1), QStringLiteral("[::1]:1"));
    }
};

QTEST_GUILESS_MAIN(TestAppConfig)
#include "test_app_config.moc"
