// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/checker.h"
#include "tests/crash/stream_run.h"

#include <QJsonArray>
#include <QTest>

#include <functional>

using namespace cf::crash;

namespace {

const QByteArray epoch(32, 'e');
const QByteArray burger(32, 'a');
const QByteArray salad(32, 'b');

QByteArray id(qint64 pos)
{
    return QByteArray::number(pos).rightJustified(32, '0');
}
QByteArray chain(qint64 pos)
{
    return QByteArray::number(pos).rightJustified(16, 'c');
}

// Everything a run leaves to be judged.
struct History {
    std::vector<LogEvent> log;
    std::vector<Operation> operations;
    std::vector<DeviceCommand> commands;
    std::vector<HandledCommand> handled;
    std::vector<QJsonObject> frames; // of one recorder, on one connection
    std::vector<Sighting> kept;      // of displays
};

Operation done(const QByteArray &key, const QByteArray &type, const Effect &effect,
               const QByteArray &mark = {})
{
    Operation operation;
    operation.who = "till-1";
    operation.key = key;
    operation.type = type;
    operation.order = effect.order;
    operation.mark = mark;
    operation.outcome = Outcome::Ok;
    operation.attempts = operation.answers = 1;
    operation.effect = effect;
    return operation;
}

QJsonObject told(qint64 pos, const QByteArray &order, int seq, const char *type)
{
    return {{"pos", pos},
            {"id", QString::fromLatin1(id(pos))},
            {"order_id", QString::fromLatin1(order)},
            {"seq", seq},
            {"type", type}};
}

QJsonObject frame(qint64 prev, const QJsonArray &events)
{
    const qint64 to = prev + events.size();
    return {{"t", "ev"},
            {"sid", 7},
            {"prev", prev},
            {"to", to},
            {"h", QString::fromLatin1(chain(to))},
            {"events", events}};
}

// Two orders, one of them finished; every kind of client has had a hand in it.
History sound()
{
    History history;
    history.log = {
        {1, id(1), burger, 1, "order_placed", chain(1), "k1"},
        {2, id(2), burger, 2, "order_paid", chain(2), {}},
        {3, id(3), salad, 1, "order_placed", chain(3), "k2"},
        {4, id(4), burger, 3, "order_note_added", chain(4), "k3"},
        {5, id(5), burger, 4, "item_ready", chain(5), {}},
        {6, id(6), burger, 5, "order_started", chain(6), {}},
        {7, id(7), burger, 6, "order_ready", chain(7), {}},
        {8, id(8), burger, 7, "order_completed", chain(8), {}},
    };
    history.operations = {
        done("k1", "order_placed", {burger, 1, 2, 2}, "k1"),
        done("k2", "order_placed", {salad, 3, 3, 1}, "k2"),
        done("k3", "order_note_added", {burger, 4, 4, 3}, "k3"),
        done("k4", "order_completed", {burger, 8, 8, 7}),
    };
    Operation refused = done("k5", "order_note_added", {salad, 0, 0, 0}, "k5");
    refused.outcome = Outcome::Failed;
    refused.refusal = "409 seq_mismatch";
    refused.effect.reset();
    history.operations.push_back(refused);
    history.commands = {{"grill", 1, burger, "item_ready", {}, true, "applied", 7, 6, {}},
                        {"grill", 2, burger, "order_ready", {}, true, "noop", 0, 0, {}}};
    history.handled = {{"grill", 1, "applied", 7, 6}, {"grill", 2, "noop", 0, 0}};
    const QString empty = QString::fromLatin1(digestText(0));
    history.frames = {
        {{"t", "welcome"},
         {"sid", 7},
         {"mode", "snapshot"},
         {"head", 0},
         {"epoch", QString::fromLatin1(epoch)}},
        {{"t", "snap_end"},
         {"sid", 7},
         {"at", 0},
         {"h", QString(16, '0')},
         {"count", 0},
         {"digest", empty}},
        frame(0, {told(1, burger, 1, "order_placed"), told(2, burger, 2, "order_paid")}),
        frame(2, {told(3, salad, 1, "order_placed")}),
        frame(3, {told(4, burger, 3, "order_note_added"), told(5, burger, 4, "item_ready")}),
        {{"t", "live"},
         {"sid", 7},
         {"at", 5},
         {"count", 2},
         {"digest", QString::fromLatin1(digestText(digestPart(burger, 4) + digestPart(salad, 1)))}},
    };
    history.kept = {{"grill", epoch, 8, chain(8), digestText(digestPart(salad, 1)), 1}};
    return history;
}

std::vector<Finding> judge(const History &history)
{
    Ledger ledger;
    ledger.sawEpoch(epoch);
    for (const LogEvent &event : history.log)
        ledger.append(event);
    ledger.sawHead(history.log.back().pos, history.log.back().chain);
    StreamRun run("recorder-1");
    run.opened(false);
    for (const QJsonObject &frame : history.frames)
        run.take(frame);
    Checker checker(ledger);
    for (const auto &list : {ledger.takeFindings(), run.takeFindings()}) {
        for (const Finding &finding : list)
            checker.add(finding);
    }
    for (const Operation &operation : history.operations)
        checker.operation(operation);
    for (const Sighting &sighting : run.takeSightings())
        checker.sighting(sighting);
    for (const Sighting &sighting : history.kept)
        checker.sighting(sighting);
    for (const ToldEvent &event : run.takeTold())
        checker.told(event);
    checker.accounts(history.operations, history.commands, history.handled);
    return checker.findings();
}

QByteArray list(const std::vector<Finding> &findings)
{
    QByteArray text = QByteArray::number(findings.size()) + " findings\n";
    for (const Finding &finding : findings)
        text += (finding.rule + ": " + finding.what + '\n').toUtf8();
    return text;
}

using Tamper = std::function<void(History &)>;

void row(const char *name, const char *rule, const char *names, const Tamper &tamper)
{
    QTest::newRow(name) << tamper << QString::fromLatin1(rule) << QString::fromLatin1(names);
}

} // namespace

// A checker that finds nothing proves something only if it finds what is there.
class TestCrashChecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soundHistoryIsSound();
    void tamperedHistoryIsFound_data();
    void tamperedHistoryIsFound();

private:
    static void tamperedLogs();
    static void tamperedAnswers();
    static void tamperedCommands();
    static void tamperedStreams();
};

void TestCrashChecker::soundHistoryIsSound()
{
    const std::vector<Finding> findings = judge(sound());
    QVERIFY2(findings.empty(), list(findings).constData());
}

void TestCrashChecker::tamperedHistoryIsFound_data()
{
    QTest::addColumn<Tamper>("tamper");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("names");
    tamperedLogs();
    tamperedAnswers();
    tamperedCommands();
    tamperedStreams();
}

void TestCrashChecker::tamperedLogs()
{
    row("acknowledged event lost", "an acknowledged event is in the log", "key k4",
        [](History &h) { h.log.pop_back(); });
    row("another event in its place", "an acknowledged event is in the log", "key k4",
        [](History &h) { h.log.back().order = salad; });
    row("event done twice", "done at most once", "key k3", [](History &h) {
        h.log.push_back({9, id(9), burger, 8, "order_note_added", chain(9), "k3"});
    });
    row("event nobody asked for", "every event was asked for once", "position 9", [](History &h) {
        h.log.push_back({9, id(9), burger, 8, "order_recalled", chain(9), {}});
    });
    row("order placed twice", "done at most once", "key k2", [](History &h) {
        h.log.push_back({9, id(9), QByteArray(32, 'd'), 1, "order_placed", chain(9), "k2"});
    });
    row("hole in pos", "log: no holes in pos", "position 8",
        [](History &h) { h.log.erase(h.log.begin() + 6); });
    row("hole in seq", "log: no holes in seq", "seq 8", [](History &h) { h.log.back().seq = 8; });
    row("events reordered", "log: no holes in pos", "position 5",
        [](History &h) { std::swap(h.log[3], h.log[4]); });
}

void TestCrashChecker::tamperedAnswers()
{
    row("one event answered to two", "one effect for one wish", "key k4", [](History &h) {
        h.operations.push_back(done("k6", "order_completed", {burger, 8, 8, 7}));
    });
    row("refused but done", "what was refused did not happen", "key k5", [](History &h) {
        h.log.push_back({9, id(9), salad, 2, "order_note_added", chain(9), "k5"});
    });
    row("another answer to the same key", "the same key gets the first answer again", "key k1",
        [](History &h) {
            h.operations[0].differentAnswer = Effect{salad, 3, 3, 1};
        });
    row("refused after it was acknowledged", "the same key gets the first answer again", "key k2",
        [](History &h) { h.operations[1].refusal = "409 late"; });
    row("acknowledged order unknown", "only the state machine refuses", "key k5",
        [](History &h) { h.operations[4].refusal = "404 no such order"; });
    row("never answered", "everything is answered in the end", "key k4", [](History &h) {
        h.operations[3].outcome = Outcome::Unknown;
        h.operations[3].effect.reset();
    });
}

void TestCrashChecker::tamperedCommands()
{
    row("command lost", "a command is never dropped", "command 2 of grill",
        [](History &h) { h.handled.pop_back(); });
    row("command without an answer", "everything is answered in the end", "command 1 of grill",
        [](History &h) { h.commands[0].isAnswered = false; });
    row("command done twice", "every event was asked for once", "position 9", [](History &h) {
        h.log.push_back({9, id(9), salad, 2, "item_ready", chain(9), {}});
    });
    row("two results", "one result for one command", "command 2 of grill",
        [](History &h) { h.commands[1].status = "applied"; });
    row("another result later", "one result for one command", "then at position 9",
        [](History &h) { h.commands[0].differentAnswer = "position 9 seq 8"; });
    row("command from nowhere", "every command was made by its device", "command 3 of grill",
        [](History &h) {
            h.handled.push_back({"grill", 3, "noop", 0, 0});
        });
    row("commands out of order", "a device's commands are done in order", "command 2 of grill",
        [](History &h) {
            h.handled[1] = {"grill", 2, "applied", 4, 3};
        });
    row("applied beyond the log", "an applied command is in the log", "command 1 of grill",
        [](History &h) { h.handled[0].pos = 99; });
}

void TestCrashChecker::tamperedStreams()
{
    row("told before it is durable", "nothing is told that is not durable", "position 9",
        [](History &h) {
            h.frames.push_back(frame(
                5, {told(6, burger, 5, "order_started"), told(7, burger, 6, "order_ready"),
                    told(8, burger, 7, "order_completed"), told(9, burger, 8, "order_recalled")}));
        });
    row("told another event", "nothing is told that is not durable", "position 3",
        [](History &h) { h.frames[3] = frame(2, {told(3, salad, 1, "order_cancelled")}); });
    row("gap", "one contiguous run", "after 3 to 5",
        [](History &h) { h.frames.erase(h.frames.begin() + 3); });
    row("frames reordered", "one contiguous run", "after 3 to 5",
        [](History &h) { std::swap(h.frames[3], h.frames[4]); });
    row("frame repeated", "one contiguous run", "after 2 to 3",
        [](History &h) { h.frames.insert(h.frames.begin() + 4, h.frames[3]); });
    row("late frame of an old session", "a stream speaks of its own session", "of session 6",
        [](History &h) { h.frames[4].insert("sid", 6); });
    row("wrong board", "a board is the fold of the log", "recorder-1 at position 5",
        [](History &h) { h.frames.back().insert("digest", QString(16, '1')); });
    row("snapshot without its orders", "a snapshot holds the board it names", "recorder-1",
        [](History &h) { h.frames[1].insert("count", 1); });
    row("another epoch", "one epoch", "grill at position 8",
        [](History &h) { h.kept[0].epoch = QByteArray(32, 'f'); });
    row("display ahead of the log", "nobody is beyond the durable head", "grill at position 12",
        [](History &h) { h.kept[0].pos = 12; });
    row("display on another log", "a cursor is a place of this log", "grill at position 8",
        [](History &h) { h.kept[0].chain = chain(7); });
    row("display lacks an order", "a board is the fold of the log", "grill at position 8",
        [](History &h) { h.kept[0].digest = digestText(0); });
}

void TestCrashChecker::tamperedHistoryIsFound()
{
    QFETCH(Tamper, tamper);
    QFETCH(QString, rule);
    QFETCH(QString, names);
    History history = sound();
    tamper(history);
    const std::vector<Finding> findings = judge(history);
    const bool isFound = std::any_of(findings.begin(), findings.end(), [&](const Finding &finding) {
        return finding.rule == rule && finding.what.contains(names);
    });
    QVERIFY2(isFound, ("expected \"" + rule + "\" naming \"" + names + "\" among "
                       + QString::fromUtf8(list(findings)))
                          .toUtf8()
                          .constData());
}

QTEST_GUILESS_MAIN(TestCrashChecker)
#include "test_crash_checker.moc"
