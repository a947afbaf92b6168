// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/core/core_kit.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using L1 = QLatin1StringView;

class CommitFailureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingThatDependedOnItFails();
    void nothingIsWrittenUntilLoaded();
    void aLogThatCannotBeReadIsOpenedAgain();
    void aRetryAfterwardsIsTheFirst();
    void aRetryAfterAKeptCommitIsAReplay();
    void aRenewalBeforeAFailedCommitIsTold();
};

void CommitFailureTest::everythingThatDependedOnItFails()
{
    CoreKit kit;
    const QUuid id = kit.place({.externalId = QStringLiteral("T-1")});
    const QUuid other = kit.place();
    const QUuid nobody = makeUuidV7(kit.clock.now(), kit.random);
    const QString grill = QStringLiteral("grill-1");
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Lost);
    const BatchResult result = kit.handle({
        CoreKit::placing({.externalId = QStringLiteral("T-1")}),           // replays from the disk
        CoreKit::placing({}),                                              // would be applied
        CoreKit::appending(id, EventType::OrderCompleted),                 // refused by the disk
        CoreKit::appending(id, EventType::OrderStarted, {}, "c"),          // would be applied
        CoreKit::appending(id, EventType::OrderStarted, {}, "c"),          // replays from the batch
        CoreKit::appending(id, EventType::OrderCompleted),                 // refused by the batch
        CoreKit::appending(nobody, EventType::OrderReady),                 // refused by the disk
        CoreKit::bumping(grill, 1, nobody, QStringLiteral("order_ready")), // its record is lost
        CoreKit::appending(other, EventType::OrderStarted),                // would be applied
    });
    QVERIFY(result.storageFailed);
    QVERIFY(result.committed.events.empty());
    QCOMPARE(result.answers[0].outcome, Outcome::Replayed);
    for (const size_t i : {1, 3, 4, 5, 7, 8}) {
        QCOMPARE(result.answers[i].outcome, Outcome::Refused);
        QVERIFY2(result.answers[i].error.code == ErrorCode::StorageFailed,
                 qPrintable(QStringLiteral("answer %1 rests on the commit").arg(i)));
        QVERIFY(result.answers[i].body.isEmpty());
        QVERIFY(!result.answers[i].result);
    }
    QVERIFY(result.answers[2].error.code == ErrorCode::TransitionNotAllowed);
    QVERIFY(result.answers[6].error.code == ErrorCode::UnknownOrder);
    QCOMPARE(kit.hub.head().pos, 4);
}

void CommitFailureTest::nothingIsWrittenUntilLoaded()
{
    CoreKit kit;
    const QUuid id = kit.place();
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Lost);
    kit.append(id, EventType::OrderStarted);
    QVERIFY(kit.log.reopen().has_value());
    const int commits = kit.log.commits();
    const BatchResult result = kit.handle({CoreKit::appending(id, EventType::OrderStarted)});
    QVERIFY2(result.storageFailed && kit.log.commits() == commits, "memory is not trusted");
    QVERIFY(result.answers[0].error.code == ErrorCode::StorageFailed);
    kit.log.failReads(true);
    QVERIFY(!kit.service.load());
    QVERIFY2(kit.handle({CoreKit::placing({})}).storageFailed, "after a load that failed");
    kit.log.failReads(false);
    kit.recover();
    QVERIFY(kit.append(id, EventType::OrderStarted));
    QCOMPARE(kit.log.violations(), QStringList());
}

// A checkpoint that fails between two commits leaves such a log behind: whoever asks under a key
// reads before anything is written.
void CommitFailureTest::aLogThatCannotBeReadIsOpenedAgain()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const int commits = kit.log.commits();
    kit.log.failReads(true);
    const BatchResult result = kit.handle(
        {CoreKit::placing({}), CoreKit::appending(id, EventType::OrderStarted, {}, "c")});
    QVERIFY2(result.storageFailed, "or nobody would ever open the log again");
    QCOMPARE(kit.log.commits(), commits);
    for (const Answer &answer : result.answers)
        QVERIFY(answer.error.code == ErrorCode::StorageFailed);
    kit.log.failReads(false);
    kit.recover();
    QVERIFY(kit.append(id, EventType::OrderStarted));
    QCOMPARE(kit.log.violations(), QStringList());
}

void CommitFailureTest::aRetryAfterwardsIsTheFirst()
{
    CoreKit kit;
    const Till till{.externalId = QStringLiteral("T-1")};
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Lost);
    QCOMPARE(kit.one(CoreKit::placing(till)).outcome, Outcome::Refused);
    kit.recover();
    const Answer retry = kit.one(CoreKit::placing(till));
    QCOMPARE(retry.outcome, Outcome::Applied);
    QVERIFY2(bodyOf(retry).value(L1("number")).toString() == QStringLiteral("1"),
             "the number of the lost order is given again");
    QCOMPARE(kit.log.head().pos, 2);
    QCOMPARE(kit.hub.digest(), kit.foldedDigest());
}

void CommitFailureTest::aRetryAfterAKeptCommitIsAReplay()
{
    CoreKit kit;
    const Till till{.externalId = QStringLiteral("T-1")};
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Kept);
    QCOMPARE(kit.one(CoreKit::placing(till)).outcome, Outcome::Refused);
    QCOMPARE(kit.hub.head().pos, 0);
    kit.recover();
    QVERIFY2(kit.hub.head().pos == 2, "what is on disk is told after all");
    QCOMPARE(kit.one(CoreKit::placing(till)).outcome, Outcome::Replayed);
    QCOMPARE(kit.log.head().pos, 2);
}

void CommitFailureTest::aRenewalBeforeAFailedCommitIsTold()
{
    CoreKit kit;
    kit.place();
    const QByteArray before = kit.hub.head().epoch;
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Lost);
    const BatchResult result =
        kit.handle({Request{RenewEpoch{QStringLiteral("test")}, {}}, CoreKit::placing({})});
    QVERIFY(result.storageFailed);
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QVERIFY(result.answers[1].error.code == ErrorCode::StorageFailed);
    QVERIFY(result.committed.epochRenewed);
    QVERIFY(kit.hub.head().epoch != before);
    QCOMPARE(kit.hub.head().pos, 2);
}

QTEST_GUILESS_MAIN(CommitFailureTest)
#include "test_commit_failure.moc"
