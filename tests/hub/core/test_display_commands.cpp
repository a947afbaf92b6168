// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/json_codec.h"
#include "tests/hub/core/core_kit.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using L1 = QLatin1StringView;

namespace {

const QString grill = QStringLiteral("grill-1");
const QString ready = QStringLiteral("order_ready");
const QString started = QStringLiteral("order_started");

CommandResult resultOf(const Answer &answer)
{
    return answer.result.value_or(CommandResult());
}

} // namespace

class DisplayCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appliesAndRepeats();
    void repeatsWithinABatch();
    void aClonedTabletIsRefusedUnrecorded();
    void gapsAreAcceptedAndWhatWasSkippedIsNot();
    void whatDoesNotFollowTheLastOneIsNotAnswered();
    void anAnswerThatCannotBeReadIsNotGuessed();
    void whatIsAlreadySoIsANoop();
    void refusalsAreRecorded_data();
    void refusalsAreRecorded();
    void expectedSeqComesAfterTheWish();
    void needsADeviceAndANumber();
    void isUndecidedWhileTheLogCannotBeRead();
};

void DisplayCommandTest::appliesAndRepeats()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const Answer first = kit.one(CoreKit::bumping(grill, 1, id, started));
    QCOMPARE(first.outcome, Outcome::Applied);
    QCOMPARE(
        resultOf(first),
        (CommandResult{
            1, CommandStatus::Applied, 3, 3, {}, {}, CurrentState{OrderStatus::InKitchen, 3}}));
    QCOMPARE(kit.log.all().back().event.actor.id, grill);
    kit.recover();
    const Answer again = kit.one(CoreKit::bumping(grill, 1, id, started));
    QCOMPARE(again.outcome, Outcome::Replayed);
    CommandResult expected = resultOf(first);
    expected.status = CommandStatus::Duplicate;
    QCOMPARE(resultOf(again), expected);
    QCOMPARE(kit.log.head().pos, 3);
    QCOMPARE(kit.log.violations(), QStringList());
}

void DisplayCommandTest::repeatsWithinABatch()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const Request bump = CoreKit::bumping(grill, 1, id, started);
    const BatchResult result =
        kit.handle({bump, bump, CoreKit::bumping(grill, 2, id, ready), bump});
    QCOMPARE(resultOf(result.answers[0]).status, CommandStatus::Applied);
    QCOMPARE(resultOf(result.answers[1]).status, CommandStatus::Duplicate);
    QCOMPARE(resultOf(result.answers[2]).status, CommandStatus::Applied);
    QCOMPARE(resultOf(result.answers[3]).status, CommandStatus::Duplicate);
    QCOMPARE(resultOf(result.answers[3]).pos, 3);
    QCOMPARE(kit.log.head().pos, 4);
    QCOMPARE(kit.log.violations(), QStringList());
}

void DisplayCommandTest::aClonedTabletIsRefusedUnrecorded()
{
    CoreKit kit;
    const QUuid id = kit.place();
    kit.one(CoreKit::bumping(grill, 1, id, started));
    const Answer clone = kit.one(CoreKit::bumping(grill, 1, id, ready));
    QCOMPARE(clone.outcome, Outcome::Refused);
    QCOMPARE(resultOf(clone).status, CommandStatus::Rejected);
    QCOMPARE(resultOf(clone).code, QStringLiteral("idempotency_mismatch"));
    QCOMPARE(kit.order(id).status, OrderStatus::InKitchen);
    QVERIFY2(kit.log.commits() == 2, "nothing is recorded for it");
    QCOMPARE(resultOf(kit.one(CoreKit::bumping(grill, 1, id, started))).status,
             CommandStatus::Duplicate);
}

void DisplayCommandTest::gapsAreAcceptedAndWhatWasSkippedIsNot()
{
    CoreKit kit;
    const QUuid id = kit.place();
    QCOMPARE(resultOf(kit.one(CoreKit::bumping(grill, 7, id, started))).status,
             CommandStatus::Applied);
    const BatchResult result =
        kit.handle({CoreKit::bumping(grill, 9, id, ready), CoreKit::bumping(grill, 8, id, ready),
                    CoreKit::bumping(grill, 3, id, ready)});
    QCOMPARE(resultOf(result.answers[0]).status, CommandStatus::Applied);
    QCOMPARE(resultOf(result.answers[1]).code, QStringLiteral("out_of_order"));
    QCOMPARE(resultOf(result.answers[2]).code, QStringLiteral("out_of_order"));
    QCOMPARE(kit.log.lastDeviceCommand(grill).value(), 9);
    QVERIFY2(!kit.log.deviceCommand(grill, 8)->has_value(), "out of order is not recorded");
}

// The device knows of an answer that the log has lost: it shall offer that one first.
void DisplayCommandTest::whatDoesNotFollowTheLastOneIsNotAnswered()
{
    CoreKit kit;
    const QUuid id = kit.place();
    kit.one(CoreKit::bumping(grill, 1, id, started));
    Request third = CoreKit::bumping(grill, 3, id, ready);
    std::get<DisplayCommand>(third.what).after = 2;
    const Answer early = kit.one(third);
    QCOMPARE(early.error.code, ErrorCode::CommandsMissing);
    QVERIFY2(!early.result, "an answer would be taken for its last word");
    QVERIFY2(early.error.detail.contains("is 1"), qPrintable(early.error.detail));
    QCOMPARE(kit.log.lastDeviceCommand(grill).value(), 1);
    kit.one(CoreKit::bumping(grill, 2, id, QStringLiteral("order_accepted")));
    QCOMPARE(resultOf(kit.one(third)).status, CommandStatus::Applied);
}

void DisplayCommandTest::anAnswerThatCannotBeReadIsNotGuessed()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const Request bump = CoreKit::bumping(grill, 1, id, started);
    const QByteArray asked = commandFingerprint(std::get<DisplayCommand>(bump.what).command);
    for (const QByteArray stored : {"x", R"({"t":"cmd","n":1})"}) {
        LogBatch batch;
        batch.deviceCommands = {{grill, stored == "x" ? 1 : 2, asked, stored}};
        QVERIFY(kit.log.commit(batch));
    }
    const Answer first = kit.one(bump);
    QVERIFY(first.error.code == ErrorCode::StorageFailed && !first.result);
    kit.recover();
    Request second = bump;
    std::get<DisplayCommand>(second.what).command.n = 2;
    QCOMPARE(kit.one(second).error.code, ErrorCode::StorageFailed);
    QCOMPARE(kit.order(id).status, OrderStatus::Paid);
}

void DisplayCommandTest::whatIsAlreadySoIsANoop()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const BatchResult result =
        kit.handle({CoreKit::bumping(grill, 1, id, started),
                    CoreKit::bumping(QStringLiteral("pass"), 1, id, started, {}, 2)});
    const CommandResult noop = resultOf(result.answers[1]);
    QVERIFY2(noop.status == CommandStatus::Noop, "though expected_seq is not the order's");
    QCOMPARE(noop.pos, 0);
    QCOMPARE(noop.current, std::optional(CurrentState{OrderStatus::InKitchen, 3}));
    const BatchResult later =
        kit.handle({CoreKit::bumping(QStringLiteral("pass"), 2, id, started)});
    QVERIFY2(later.committed.events.empty() && kit.log.commits() == 3,
             "a noop is recorded without an event");
    QCOMPARE(resultOf(kit.one(CoreKit::bumping(QStringLiteral("pass"), 2, id, started))).status,
             CommandStatus::Duplicate);
    QCOMPARE(kit.log.violations(), QStringList());
}

void DisplayCommandTest::refusalsAreRecorded_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QJsonObject>("payload");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("current");
    const QJsonObject none;
    QTest::newRow("type") << true << QStringLiteral("order_eaten") << none
                          << QStringLiteral("validation_failed") << false;
    QTest::newRow("placing") << true << QStringLiteral("order_placed") << none
                             << QStringLiteral("transition_not_allowed") << true;
    QTest::newRow("payload") << true << QStringLiteral("item_ready")
                             << QJsonObject{{L1("lines"), 5}} << QStringLiteral("validation_failed")
                             << false;
    QTest::newRow("order") << false << ready << none << QStringLiteral("unknown_order") << false;
    QTest::newRow("line") << true << QStringLiteral("item_ready")
                          << linesPayload({QStringLiteral("9")}) << QStringLiteral("unknown_line")
                          << true;
    QTest::newRow("transition") << true << QStringLiteral("order_completed") << none
                                << QStringLiteral("transition_not_allowed") << true;
}

void DisplayCommandTest::refusalsAreRecorded()
{
    QFETCH(bool, known);
    QFETCH(QString, type);
    QFETCH(QJsonObject, payload);
    QFETCH(QString, code);
    QFETCH(bool, current);
    CoreKit kit;
    const QUuid placed = kit.place();
    const QUuid id = known ? placed : makeUuidV7(kit.clock.now(), kit.random);
    const Answer answer = kit.one(CoreKit::bumping(grill, 1, id, type, payload));
    QCOMPARE(answer.outcome, Outcome::Refused);
    QCOMPARE(QString(errorCodeName(answer.error.code)), code);
    const CommandResult first = resultOf(answer);
    QCOMPARE(first.status, CommandStatus::Rejected);
    QCOMPARE(first.code, code);
    QVERIFY(!first.detail.isEmpty());
    QCOMPARE(first.current.has_value(), current);
    QCOMPARE(kit.log.head().pos, 2);
    QCOMPARE(kit.log.lastDeviceCommand(grill).value(), 1);
    kit.recover();
    CommandResult expected = first;
    expected.status = CommandStatus::Duplicate;
    QCOMPARE(resultOf(kit.one(CoreKit::bumping(grill, 1, id, type, payload))), expected);
    QCOMPARE(kit.log.violations(), QStringList());
}

void DisplayCommandTest::expectedSeqComesAfterTheWish()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const CommandResult late = resultOf(kit.one(CoreKit::bumping(grill, 1, id, started, {}, 1)));
    QCOMPARE(late.status, CommandStatus::Rejected);
    QCOMPARE(late.code, QStringLiteral("seq_mismatch"));
    QCOMPARE(late.current, std::optional(CurrentState{OrderStatus::Paid, 2}));
    QCOMPARE(resultOf(kit.one(CoreKit::bumping(grill, 2, id, started, {}, 2))).status,
             CommandStatus::Applied);
}

void DisplayCommandTest::needsADeviceAndANumber()
{
    CoreKit kit;
    const QUuid id = kit.place();
    for (const Request &request :
         {CoreKit::bumping(QString(), 1, id, started), CoreKit::bumping(grill, 0, id, started)}) {
        const Answer answer = kit.one(request);
        QCOMPARE(answer.outcome, Outcome::Refused);
        QCOMPARE(resultOf(answer).code, QStringLiteral("validation_failed"));
    }
    QCOMPARE(kit.log.commits(), 1);
}

void DisplayCommandTest::isUndecidedWhileTheLogCannotBeRead()
{
    CoreKit kit;
    const QUuid id = kit.place();
    kit.log.failReads(true);
    const Answer answer = kit.one(CoreKit::bumping(grill, 1, id, started));
    QVERIFY(answer.error.code == ErrorCode::StorageFailed);
    QVERIFY2(!answer.result, "no result: the bump must stay in the display's outbox");
    kit.log.failReads(false);
    kit.recover(); // a log that could not be read is opened again
    QCOMPARE(resultOf(kit.one(CoreKit::bumping(grill, 1, id, started))).status,
             CommandStatus::Applied);
    // Later on the way to a decision: only the order cannot be read.
    const QUuid closed = kit.placeAndComplete();
    const Request recall = CoreKit::bumping(grill, 2, closed, QStringLiteral("order_recalled"));
    kit.log.failOrders(true);
    const Answer undecided = kit.one(recall);
    QVERIFY(undecided.error.code == ErrorCode::StorageFailed && !undecided.result);
    QVERIFY2(kit.log.lastDeviceCommand(grill).value() == 1, "an undecided command is not recorded");
    kit.log.failOrders(false);
    kit.recover();
    QCOMPARE(resultOf(kit.one(recall)).status, CommandStatus::Applied);
}

QTEST_GUILESS_MAIN(DisplayCommandTest)
#include "test_display_commands.moc"
