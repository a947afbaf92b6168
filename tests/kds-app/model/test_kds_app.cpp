// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/kitchen_binding.h"
#include "kds-app/app/options.h"
#include "kds-app/app/replace_file.h"
#include "kds-app/app/wishes.h"
#include "qml/lines_flow.h"
#include "shared/order/payload.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::kds;

namespace {

constexpr Timestamp now{std::chrono::milliseconds(1'795'262'590'000)};

Result<Options> parsed(const QStringList &arguments)
{
    return parseOptions(QStringList{QStringLiteral("counterfire-kds")} + arguments);
}

} // namespace

class TestKdsApp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodOptions();
    void badOptions_data();
    void badOptions();
    void tokenFiles();
    void filesAreReplacedWhole();
    void linkIsLiveOnlyWhenProven();
    void ticketsGrowWiderNotTaller();
    void everyWishIsACommandTheHubUnderstands();
};

void TestKdsApp::goodOptions()
{
    const Result<Options> options = parsed(
        {QStringLiteral("--hub"), QStringLiteral("https://hub.local:7300"),
         QStringLiteral("--data"), QStringLiteral("d"), QStringLiteral("--name"),
         QStringLiteral(" Grill 1 "), QStringLiteral("--size"), QStringLiteral("1024x600"),
         QStringLiteral("--headless"), QStringLiteral("--screenshot-every"), QStringLiteral("3")});
    QVERIFY(options.has_value());
    QCOMPARE(options->hub, QUrl(QStringLiteral("https://hub.local:7300")));
    QCOMPARE(options->name, QStringLiteral("Grill 1"));
    QCOMPARE(options->size, QSize(1024, 600));
    QVERIFY(options->headless && !options->fullscreen && !options->control);
    QVERIFY(options->screenshotEvery == std::chrono::seconds(3));
    QVERIFY(options->token.isEmpty());
    QVERIFY(parsed({QStringLiteral("--version")})->showVersion);
    QVERIFY(parsed({QStringLiteral("--help")})->showHelp);
    QVERIFY(helpText().contains(QStringLiteral("--token-file")));
}

void TestKdsApp::badOptions_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *line, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(says);
    };
    row("no data", "--name x", "--data");
    row("no name", "--data d --name ", "--name");
    row("unknown", "--data d --colour red", "colour");
    row("stray", "--data d red", "red");
    row("scheme", "--data d --hub ftp://x", "--hub");
    row("path", "--data d --hub http://x/y/z", "--hub");
    row("password", "--data d --hub http://u:secret@x", "--hub");
    row("size", "--data d --size big", "--size");
    row("tiny size", "--data d --size 1x1", "--size");
    row("every", "--data d --screenshot-every 0", "--screenshot-every");
    row("token file", "--data d --token-file /nowhere/at/all", "--token-file");
}

void TestKdsApp::badOptions()
{
    QFETCH(QString, line);
    QFETCH(QString, says);
    const Result<Options> options = parsed(line.split(u' '));
    QVERIFY2(!options, "should have been refused");
    QVERIFY2(options.error().detail.contains(says), qPrintable(options.error().detail));
    QVERIFY(!options.error().detail.contains(QStringLiteral("secret")));
}

void TestKdsApp::tokenFiles()
{
    QCOMPARE(*tokenIn("abc123\n"), QByteArray("abc123"));
    QCOMPARE(*tokenIn(R"({"integration":"i","kitchen":"k1","manager":"m"})"), QByteArray("k1"));
    for (const char *bad : {"", " \n", "{}", "{\"kitchen\":1}", "{broken", "two words"})
        QVERIFY2(!tokenIn(bad), bad);
}

void TestKdsApp::filesAreReplacedWhole()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("status.json"));
    QVERIFY(replaceFile(path, "one"));
    QVERIFY(replaceFile(path, "two"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("two"));
    QVERIFY(!replaceFile(dir.filePath(QStringLiteral("no/such/place")), "three"));
}

void TestKdsApp::linkIsLiveOnlyWhenProven()
{
    LinkState state;
    state.asOf = now;
    const auto shown = [&] { return linkFactsOf(state).state; };
    QVERIFY(shown() == LinkFacts::State::Offline);
    state.phase = LinkPhase::Connecting;
    QVERIFY(shown() == LinkFacts::State::Offline);
    state.phase = LinkPhase::CatchingUp;
    QVERIFY(shown() == LinkFacts::State::CatchingUp);
    state.phase = LinkPhase::Live;
    QVERIFY(shown() == LinkFacts::State::Live);
    state.eventsBehind = 1;
    QVERIFY(shown() == LinkFacts::State::CatchingUp);
    state.eventsBehind = 0;
    state.phase = LinkPhase::Polling;
    QVERIFY(shown() == LinkFacts::State::Live);
    QVERIFY(!linkFactsOf(state).hint.isEmpty());
    state.storageFault = QStringLiteral("disk full");
    QVERIFY(linkFactsOf(state).unsaved);
    QVERIFY(linkFactsOf(state).hint.contains(state.storageFault));
    for (const LinkTrouble trouble : {LinkTrouble::Unauthorised, LinkTrouble::Superseded}) {
        state.trouble = trouble;
        QVERIFY(shown() == LinkFacts::State::Refused);
    }
}

void TestKdsApp::ticketsGrowWiderNotTaller()
{
    const std::vector<qreal> heights = {40, 60, 40, 80, 40};
    QCOMPARE(LinesFlow::columnsNeeded(heights, 300), 1);
    QCOMPARE(LinesFlow::columnsNeeded(heights, 140), 2);
    QCOMPARE(LinesFlow::columnsNeeded(heights, 100), 4);
    QCOMPARE(LinesFlow::columnsNeeded(heights, 10), 5);
    QCOMPARE(LinesFlow::columnsNeeded({}, 10), 1);
    for (int span = 1; span <= 5; ++span) {
        const qreal limit = LinesFlow::balancedLimit(heights, span);
        QVERIFY2(LinesFlow::columnsNeeded(heights, limit) <= span, "they do not fit");
        QVERIFY2(limit <= 80 || LinesFlow::columnsNeeded(heights, limit - 2) > span,
                 "they would fit lower columns");
    }
}

void TestKdsApp::everyWishIsACommandTheHubUnderstands()
{
    for (int kind = 0; kind <= static_cast<int>(IntentKind::TellFront); ++kind) {
        KitchenIntent intent;
        intent.kind = static_cast<IntentKind>(kind);
        intent.lines = {QStringLiteral("1")};
        intent.text = QStringLiteral("fry");
        intent.course = 2;
        const Wish wish = wishOf(intent);
        const Result<QJsonObject> valid = validatePayload(wish.type, wish.payload);
        QVERIFY2(valid, qPrintable(QStringLiteral("%1: %2").arg(
                            eventTypeName(wish.type), valid ? QString() : valid.error().detail)));
        // A refusal of it is told as what it was; priority is told the same either way.
        const IntentKind told =
            intent.kind == IntentKind::Deprioritise ? IntentKind::Prioritise : intent.kind;
        QCOMPARE(static_cast<int>(intentOf(wish.type)), static_cast<int>(told));
    }
}

QTEST_GUILESS_MAIN(TestKdsApp)
#include "test_kds_app.moc"
