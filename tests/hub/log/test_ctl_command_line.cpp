// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/command_line.h"
#include "hub/ctl/event_text.h"
#include "hub/ctl/output.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;

class TestCtlCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commands();
    void whereTheLogIs_data();
    void whereTheLogIs();
    void wrongUse_data();
    void wrongUse();
    void terminalIsSafe();
    void unknownEventIsShown();
};

void TestCtlCommandLine::commands()
{
    const QStringList words{"ctl", "tail", "-f", "-n", "3", "--json", "--log", "x"};
    const auto parsed = parseCommandLine(words, {});
    const auto *line = std::get_if<CommandLine>(&parsed);
    QVERIFY(line);
    QCOMPARE(line->command, CtlCommand::Tail);
    QCOMPARE(line->lines, 3);
    QVERIFY(line->follow && line->json);
    const auto timeline = parseCommandLine({"ctl", "timeline", "47"}, {});
    QVERIFY(std::holds_alternative<CommandLine>(timeline));
    QCOMPARE(std::get<CommandLine>(timeline).order, "47");
    QVERIFY(!std::get<CommandLine>(timeline).follow);
    const auto backup = parseCommandLine({"ctl", "backup", "--to", "/b/x", "--force"}, {});
    QVERIFY(std::holds_alternative<CommandLine>(backup));
    QCOMPARE(std::get<CommandLine>(backup).file, "/b/x");
    QVERIFY(std::get<CommandLine>(backup).force);
    const auto restore = parseCommandLine({"ctl", "restore", "--from=/b/x", "--data", "/d"}, {});
    QVERIFY(std::holds_alternative<CommandLine>(restore));
    QCOMPARE(std::get<CommandLine>(restore).command, CtlCommand::Restore);
    QCOMPARE(std::get<CommandLine>(restore).file, "/b/x");
}

void TestCtlCommandLine::whereTheLogIs_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("path");
    QTest::newRow("default") << QStringList{} << ""
                             << "/var/lib/counterfire/counterfire.db";
    QTest::newRow("environment") << QStringList{} << "/srv/cf"
                                 << "/srv/cf/counterfire.db";
    QTest::newRow("data") << QStringList{"--data", "/d"} << "/srv/cf"
                          << "/d/counterfire.db";
    QTest::newRow("log") << QStringList{"--log", "/d/old.db"} << "/srv/cf"
                         << "/d/old.db";
}

void TestCtlCommandLine::whereTheLogIs()
{
    QFETCH(QStringList, options);
    QFETCH(QString, environment);
    QFETCH(QString, path);
    const auto parsed = parseCommandLine(QStringList{"ctl", "verify"} + options, environment);
    QVERIFY(std::holds_alternative<CommandLine>(parsed));
    QCOMPARE(std::get<CommandLine>(parsed).logPath, path);
}

void TestCtlCommandLine::wrongUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QStringList{} << "no command";
    QTest::newRow("unknown") << QStringList{"mend"} << "unknown command \"mend\"";
    QTest::newRow("no order") << QStringList{"timeline"} << "needs an order";
    QTest::newRow("two orders") << QStringList{"timeline", "1", "2"} << "unexpected \"2\"";
    QTest::newRow("order to verify") << QStringList{"verify", "1"} << "unexpected \"1\"";
    QTest::newRow("unknown option") << QStringList{"verify", "--fix"} << "fix";
    QTest::newRow("another's option") << QStringList{"verify", "-f"} << "takes no follow";
    QTest::newRow("both places") << QStringList{"verify", "--log", "a", "--data", "b"}
                                 << "not both";
    QTest::newRow("backup nowhere") << QStringList{"backup"} << "backup needs --to FILE";
    QTest::newRow("restore nothing")
        << QStringList{"restore", "--from="} << "restore needs --from FILE";
    QTest::newRow("restore to") << QStringList{"restore", "--from", "x", "--to", "y"}
                                << "restore takes no to";
    QTest::newRow("verify --force") << QStringList{"verify", "--force"} << "verify takes no force";
    QTest::newRow("n not a number") << QStringList{"tail", "-n", "many"} << "-n is a number";
    QTest::newRow("n negative") << QStringList{"tail", "-n", "-4"} << "-n is a number";
}

void TestCtlCommandLine::wrongUse()
{
    QFETCH(QStringList, words);
    QFETCH(QString, says);
    const auto parsed = parseCommandLine(QStringList{"ctl"} + words, {});
    const auto *saying = std::get_if<Saying>(&parsed);
    QVERIFY(saying);
    QCOMPARE(saying->exitCode, int(exitFailed));
    QVERIFY2(saying->text.contains(says), qPrintable(saying->text));
}

// A guest's note must not move the manager's cursor, nor turn his text around.
void TestCtlCommandLine::terminalIsSafe()
{
    OrderEvent event;
    event.type = EventType::OrderNoteAdded;
    event.actor.id = QStringLiteral("a\x1b]0;x\x07");
    event.payload = {{"note", QString("\u202eevil\u009b2J\nnext\u2028line")}};
    const QString line = eventLine(event, nullptr);
    for (const QChar c : line)
        QVERIFY2(c.isPrint() || c == QChar(QChar::ReplacementCharacter), qPrintable(line));
    QVERIFY(line.contains("evil"));
    QCOMPARE(printable("Crème brûlée 🔥"), "Crème brûlée 🔥");
}

void TestCtlCommandLine::unknownEventIsShown()
{
    OrderEvent event;
    event.unknownType = "order_%5_wrapped";
    event.payload = {{"paper", "red"}};
    const QString line = eventLine(event, nullptr);
    QVERIFY2(line.contains("order_%5_wrapped"), qPrintable(line));
    QVERIFY2(line.contains(R"({"paper":"red"})"), qPrintable(line));
}

QTEST_GUILESS_MAIN(TestCtlCommandLine)
#include "test_ctl_command_line.moc"
