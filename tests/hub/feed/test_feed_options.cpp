// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/options.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::feed;

class TestFeedOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEverything()
    {
        const Result<Options> options = parseOptions(
            {"--hub", "https://hub.lan:7300/", "--token-env=T", "--rate", "30.5", "--seed", "9",
             "--run", "a-1", "--for", "0", "--cook", "--speed", "10", "--report", "r.json"});
        QVERIFY2(options, qPrintable(options ? QString() : options.error().detail));
        QCOMPARE(options->hub, QUrl(QStringLiteral("https://hub.lan:7300")));
        QCOMPARE(options->tokenEnv, QStringLiteral("T"));
        QCOMPARE(options->perMinute, 30.5);
        QCOMPARE(options->seed, quint64(9));
        QCOMPARE(options->run, QStringLiteral("a-1"));
        QCOMPARE(options->duration.count(), 0);
        QVERIFY(options->cook);
        QCOMPARE(options->speed, 10.0);
        QCOMPARE(options->report, QStringLiteral("r.json"));
    }

    void refusesWhatMakesNoSense_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown") << QStringList{"--colour", "red"};
        QTest::newRow("no value") << QStringList{"--rate"};
        QTest::newRow("rate 0") << QStringList{"--rate", "0"};
        QTest::newRow("rate nan") << QStringList{"--rate", "nan"};
        QTest::newRow("rate inf") << QStringList{"--rate", "inf"};
        QTest::newRow("speed -1") << QStringList{"--speed", "-1"};
        QTest::newRow("for -1") << QStringList{"--for", "-1"};
        QTest::newRow("seed x") << QStringList{"--seed", "x"};
        QTest::newRow("run with space") << QStringList{"--run", "a b"};
        QTest::newRow("hub ftp") << QStringList{"--hub", "ftp://x"};
        QTest::newRow("hub with user") << QStringList{"--hub", "http://a:b@x"};
        QTest::newRow("hub with token") << QStringList{"--hub", "http://x/?access_token=1"};
        QTest::newRow("two tokens") << QStringList{"--token-env", "A", "--token-file", "b"};
    }

    void refusesWhatMakesNoSense()
    {
        QFETCH(QStringList, arguments);
        QVERIFY2(!parseOptions(arguments), "these options must be refused");
    }

    void readsTokens()
    {
        const QTemporaryDir dir;
        Options options;
        QCOMPARE(readTokens(options).value(), Tokens{});
        options.tokenFile = dir.filePath(QStringLiteral("token"));
        QVERIFY2(!readTokens(options), "a missing file is an error");
        write(options.tokenFile, " abc\n");
        QCOMPARE(readTokens(options).value(), (Tokens{"abc", "abc"}));
        write(options.tokenFile, R"({"integration":"i","kitchen":"k","manager":"m"})");
        QCOMPARE(readTokens(options).value(), (Tokens{"i", "m"}));
        write(options.tokenFile, "two words");
        QVERIFY2(!readTokens(options), "a token has no spaces: it would split a header");
        write(options.tokenFile, "");
        QVERIFY2(!readTokens(options), "an empty file holds no token");
    }

    void readsATokenFromTheEnvironment()
    {
        Options options;
        options.tokenEnv = QStringLiteral("CF_TEST_FEED_TOKEN");
        QVERIFY2(!readTokens(options), "an unset variable is an error");
        qputenv("CF_TEST_FEED_TOKEN", "xyz");
        QCOMPARE(readTokens(options).value(), (Tokens{"xyz", "xyz"}));
        qunsetenv("CF_TEST_FEED_TOKEN");
    }

private:
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
};

QTEST_GUILESS_MAIN(TestFeedOptions)
#include "test_feed_options.moc"
