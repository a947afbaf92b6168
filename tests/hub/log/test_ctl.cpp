// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"
#include "shared/order/board.h"
#include "tests/hub/log/log_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

// The program itself, on a log that a hub has open.
class TestCtl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init();
    void cleanup() { m_f.reset(); }

    void helpAndVersion();
    void wrongUse();
    void noLog();
    void notALog();
    void timelineById();
    void timelineByNumber();
    void timelineJson();
    void timelineOfNothing();
    void verifySound();
    void verifyNamesTheChangedByte();
    void verifyJson();
    void digestFromBoth();
    void digestsThatDiffer();
    void tailShowsTheLast();
    void tailFollows();
    void dataDirectory();
    void worksAfterAKill();
    void backsUpAndRestores();
    void backupsThatFailSaySo();

private:
    struct Run {
        int exitCode = -1;
        QString out;
        QString err;
        [[nodiscard]] QStringList lines() const { return out.trimmed().split('\n'); }
    };
    Run ctl(const QStringList &arguments, bool withLog = true);

    std::unique_ptr<LogFixture> m_f;
    QUuid m_order;
};

void TestCtl::init()
{
    m_f = std::make_unique<LogFixture>();
    m_f->open();
    m_f->maker.placeAndComplete("47"); // yesterday's
    m_order = m_f->maker.place("47");
    m_f->maker.add(m_order, EventType::OrderPaid, {{"method", "card"}, {"amount", 1900}});
    m_f->maker.add(m_order, EventType::ItemReady, {{"lines", QJsonArray{"2"}}});
    m_f->maker.add(m_order, EventType::OrderNoteAdded, {{"note", "no onions"}});
    QVERIFY(m_f->commit());
}

TestCtl::Run TestCtl::ctl(const QStringList &arguments, bool withLog)
{
    QProcess process;
    process.start(CF_CTL, withLog ? arguments + QStringList{"--log", m_f->path()} : arguments);
    if (!process.waitForFinished(60'000))
        return {-1, {}, process.errorString()};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void TestCtl::helpAndVersion()
{
    const Run help = ctl({"--help"}, false);
    QCOMPARE(help.exitCode, 0);
    for (const char *word : {"timeline", "verify", "digest", "tail", "--log", "--data", "--json"})
        QVERIFY2(help.out.contains(word), word);
    const Run version = ctl({"--version"}, false);
    QCOMPARE(version.exitCode, 0);
    QCOMPARE(version.out, "counterfirectl " CF_VERSION "\n");
}

void TestCtl::wrongUse()
{
    const Run run = ctl({"mend"});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QString());
    QVERIFY2(run.err.contains("unknown command"), qPrintable(run.err));
}

void TestCtl::noLog()
{
    const QString nowhere = m_f->dir.filePath("nowhere.db");
    for (const QStringList &command :
         {QStringList{"verify"}, {"digest"}, {"digest", "--table"}, {"tail"}, {"timeline", "1"}}) {
        const Run run = ctl(command + QStringList{"--log", nowhere}, false);
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains("there is no log at " + nowhere), qPrintable(run.err));
    }
    QVERIFY(!QFile::exists(nowhere));
}

void TestCtl::notALog()
{
    const QString other = m_f->dir.filePath("other.db");
    QFile file(other);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not at all a database, but long enough to look at");
    file.close();
    for (const char *command : {"verify", "digest", "tail"}) {
        const Run run = ctl({command, "--log", other}, false);
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains("not a database"), qPrintable(run.err));
    }
}

void TestCtl::timelineById()
{
    const Run run = ctl({"timeline", QString::fromLatin1(uuidText(m_order))});
    QCOMPARE(run.exitCode, 0);
    const QStringList lines = run.lines();
    QCOMPARE(lines.size(), 5);
    QVERIFY2(lines[0].contains("number 47  paid"), qPrintable(lines[0]));
    QVERIFY2(lines[1].contains("pos 6  seq 1  order_placed"), qPrintable(lines[1]));
    QVERIFY2(lines[1].contains("2 x Cheeseburger, 2 x Fries"), qPrintable(lines[1]));
    QVERIFY2(lines[1].contains("kitchen grill-1 (10.0.0.5, test/1)"), qPrintable(lines[1]));
    QVERIFY2(lines[2].contains("card, amount 1900"), qPrintable(lines[2]));
    QVERIFY2(lines[3].contains("item_ready") && lines[3].contains("2 x Fries [2]"),
             qPrintable(lines[3]));
    QVERIFY2(lines[4].contains("\"no onions\""), qPrintable(lines[4]));
    const QString time = QString::fromLatin1(
        formatTimestamp(m_f->maker.all().back().event.at).replace('T', ' ').chopped(1));
    QVERIFY2(lines[4].startsWith(time), qPrintable(lines[4]));
}

void TestCtl::timelineByNumber()
{
    const Run run = ctl({"timeline", "47"});
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.out.contains(QString::fromLatin1(uuidText(m_order))), qPrintable(run.out));
    const QUuid earlier = m_f->maker.all().front().event.orderId;
    QVERIFY2(run.err.contains("earlier order")
                 && run.err.contains(QString::fromLatin1(uuidText(earlier))),
             qPrintable(run.err));
}

void TestCtl::timelineJson()
{
    const Run run = ctl({"timeline", "47", "--json"});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines().size(), 4);
    const QJsonObject event = QJsonDocument::fromJson(run.lines()[3].toUtf8()).object();
    QCOMPARE(event["pos"].toInteger(), 9);
    QCOMPARE(event["type"].toString(), "order_note_added");
    QCOMPARE(event["payload"]["note"].toString(), "no onions");
}

void TestCtl::timelineOfNothing()
{
    for (const char *order : {"48", "01940000-0000-7000-8000-000000000000"}) {
        const Run run = ctl({"timeline", order});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains(QString("no order \"%1\"").arg(order)), qPrintable(run.err));
    }
}

void TestCtl::verifySound()
{
    const Run run = ctl({"verify"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.out + run.err));
    QVERIFY2(run.out.contains("sound: 9 events, 2 orders, 1 open"), qPrintable(run.out));
    QVERIFY2(run.out.contains(QString::fromLatin1("head " + m_f->log->head().epoch + ".9.")),
             qPrintable(run.out));
}

void TestCtl::verifyNamesTheChangedByte()
{
    QCOMPARE(rawSql(m_f->path(), "DROP TRIGGER event_no_update; UPDATE event SET payload = "
                                 "replace(payload, 'no onions', 'no opions') WHERE pos = 9"),
             QString());
    const Run run = ctl({"verify"});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.lines().first().startsWith("position 9: "), qPrintable(run.out));
    QVERIFY2(run.out.contains("DAMAGED"), qPrintable(run.out));
}

void TestCtl::verifyJson()
{
    const Run sound = ctl({"verify", "--json"});
    QCOMPARE(sound.exitCode, 0);
    const QJsonObject json = QJsonDocument::fromJson(sound.out.toUtf8()).object();
    QVERIFY(json["sound"].toBool());
    QCOMPARE(json["events"].toInteger(), 9);
    QCOMPARE(rawSql(m_f->path(), "UPDATE order_state SET state = '{}' WHERE closed_pos IS NULL"),
             QString());
    const Run damaged = ctl({"verify", "--json"});
    QCOMPARE(damaged.exitCode, 1);
    const QJsonObject found = QJsonDocument::fromJson(damaged.out.toUtf8()).object();
    QVERIFY(!found["sound"].toBool());
    QCOMPARE(found["problems"][0]["pos"].toInteger(), 9);
}

void TestCtl::digestFromBoth()
{
    const QString digest = QString::fromLatin1(digestText(digestTerm(m_order, 4)));
    const Run run = ctl({"digest"});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines(), (QStringList{"table   pos 9  count 1  digest " + digest,
                                       "events  pos 9  count 1  digest " + digest}));
    const Run table = ctl({"digest", "--table"});
    QCOMPARE(table.exitCode, 0);
    QCOMPARE(table.lines(), QStringList{"table   pos 9  count 1  digest " + digest});
    const Run json = ctl({"digest", "--json"});
    const QJsonObject first = QJsonDocument::fromJson(json.lines().first().toUtf8()).object();
    QCOMPARE(first["digest"].toString(), digest);
    QCOMPARE(first["pos"].toInteger(), 9);
}

void TestCtl::digestsThatDiffer()
{
    QCOMPARE(rawSql(m_f->path(), "DELETE FROM order_state WHERE closed_pos IS NULL"), QString());
    const Run run = ctl({"digest"});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.err.contains("differ"), qPrintable(run.err));
}

void TestCtl::tailShowsTheLast()
{
    const Run two = ctl({"tail", "-n", "2"});
    QCOMPARE(two.exitCode, 0);
    QCOMPARE(two.lines().size(), 2);
    QVERIFY(two.lines()[0].contains("pos 8"));
    QVERIFY2(two.lines()[1].contains("order " + QString::fromLatin1(uuidText(m_order))),
             qPrintable(two.lines()[1]));
    QCOMPARE(ctl({"tail"}).lines().size(), 9);
    QCOMPARE(ctl({"tail", "-n", "0"}).out, QString());
    const Run json = ctl({"tail", "-n", "1", "--json"});
    QCOMPARE(QJsonDocument::fromJson(json.out.toUtf8()).object()["pos"].toInteger(), 9);
}

void TestCtl::tailFollows()
{
    QProcess tail;
    tail.start(CF_CTL, {"tail", "-f", "-n", "1", "--log", m_f->path()});
    QVERIFY(tail.waitForStarted(30'000));
    QByteArray seen;
    const auto sees = [&](const char *text) {
        seen += tail.readAllStandardOutput();
        return seen.contains(text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(sees("pos 9 "), 30'000);
    m_f->maker.add(m_order, EventType::OrderPrioritised);
    QVERIFY(m_f->commit());
    QTRY_VERIFY_WITH_TIMEOUT(sees("pos 10 "), 30'000);
    m_f->maker.placeAndComplete("48");
    QVERIFY(m_f->commit());
    QTRY_VERIFY_WITH_TIMEOUT(sees("pos 15 "), 30'000);
    QCOMPARE(seen.count('\n'), 7);
    tail.terminate();
    QVERIFY(tail.waitForFinished(30'000));
}

void TestCtl::dataDirectory()
{
    const Run run = ctl({"digest", "--table", "--data", m_f->dir.path()}, false);
    QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    qputenv("COUNTERFIRE_DATA", m_f->dir.path().toUtf8());
    const Run environment = ctl({"digest", "--table"}, false);
    qunsetenv("COUNTERFIRE_DATA");
    QCOMPARE(environment.exitCode, 0);
    QCOMPARE(environment.out, run.out);
}

// The hub is gone without a word: its WAL holds everything, and there is no shared memory file.
void TestCtl::worksAfterAKill()
{
    QTemporaryDir dir;
    QVERIFY(copyLog(m_f->path(), dir.filePath(logFileName)));
    QVERIFY(QFileInfo(dir.filePath(logFileName) + "-wal").size() > 0);
    const Run run = ctl({"verify", "--data", dir.path()}, false);
    QVERIFY2(run.exitCode == 0, qPrintable(run.out + run.err));
    QVERIFY2(run.out.contains("sound: 9 events"), qPrintable(run.out));
    QVERIFY(QFileInfo(dir.filePath(logFileName) + "-wal").size() > 0); // left for the hub
}

void TestCtl::backsUpAndRestores()
{
    QTemporaryDir dir;
    const QString file = dir.filePath("b.db");
    const Run backup = ctl({"backup", "--to", file}); // beside the hub
    QVERIFY2(backup.exitCode == 0, qPrintable(backup.out + backup.err));
    QVERIFY2(backup.out.startsWith("sound: 9 events"), qPrintable(backup.out));
    QVERIFY2(backup.out.contains(file + ": "), qPrintable(backup.out));
    QVERIFY(ctl({"verify", "--log", file}, false).exitCode == 0);
    m_f->maker.place("48");
    QVERIFY(m_f->commit());
    const Run again = ctl({"backup", "--to", file, "--force", "--json"});
    const QJsonObject json = QJsonDocument::fromJson(again.out.toUtf8()).object();
    QCOMPARE(json["events"].toInt(), 10);
    QCOMPARE(json["bytes"].toInteger(), QFileInfo(file).size());
    m_f->maker.place("49");
    QVERIFY(m_f->commit());
    m_f->close();
    const Run restore = ctl({"restore", "--from", file});
    QVERIFY2(restore.exitCode == 0, qPrintable(restore.out + restore.err));
    QVERIFY2(restore.out.contains("sound: 10 events"), qPrintable(restore.out));
    QVERIFY2(restore.out.contains("at position 11, is kept as"), qPrintable(restore.out));
    const Run verified = ctl({"verify"});
    QVERIFY2(verified.out.contains("sound: 10 events"), qPrintable(verified.out));
    const Run asJson = ctl({"restore", "--from", file, "--json"});
    QCOMPARE(QJsonDocument::fromJson(asJson.out.toUtf8())["kept_pos"].toInt(), 10);
}

void TestCtl::backupsThatFailSaySo()
{
    QTemporaryDir dir;
    const QString file = dir.filePath("b.db");
    QCOMPARE(ctl({"backup", "--to", file}).exitCode, 0);
    const Run there = ctl({"backup", "--to", file});
    QCOMPARE(there.exitCode, 2);
    QVERIFY2(there.err.contains("already"), qPrintable(there.err));
    const Run running = ctl({"restore", "--from", file});
    QCOMPARE(running.exitCode, 2);
    QVERIFY2(running.err.contains("stop it first"), qPrintable(running.err));
    m_f->close();
    QCOMPARE(rawSql(file, "UPDATE meta SET head_pos = 3"), QString());
    const Run damaged = ctl({"restore", "--from", file});
    QCOMPARE(damaged.exitCode, 1);
    QVERIFY2(damaged.err.contains("damaged at position 4"), qPrintable(damaged.err));
}

QTEST_GUILESS_MAIN(TestCtl)
#include "test_ctl.moc"
