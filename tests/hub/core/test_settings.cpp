// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"
#include "tests/hub/core/test_session.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

Request changing(const char *station, qint64 basedOn)
{
    KitchenSettings settings;
    settings.stations = {{station, station}};
    return {changeKitchen(settings, basedOn), {ActorKind::Manager, QStringLiteral("ana"), {}, {}}};
}

qint64 revOf(const Answer &answer)
{
    return bodyOf(answer).value("rev").toInteger(-1);
}

Hello holding(const QByteArray &settings)
{
    Hello hello = helloFrom(QStringLiteral("grill-1"));
    hello.settings = settings;
    return hello;
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginWithNothingSaid();
    void areKeptAndTold();
    void theSameAgainIsNoChange();
    void whoHasNotSeenTheLastChangeIsRefused();
    void aFailedCommitChangesNothing();
    void areReadAgainAfterAStart();
    void comeBeforeTheBoard();
    void areSentWhenTheyChange();
    void areNotSentToWhoHasThemOrDoesNotAsk();
};

void SettingsTest::beginWithNothingSaid()
{
    const CoreKit kit;
    QCOMPARE(kit.hub.settings(), SettingsRecord());
}

void SettingsTest::areKeptAndTold()
{
    CoreKit kit;
    const Answer first = kit.one(changing("grill", 0));
    QCOMPARE(first.outcome, Outcome::Applied);
    QCOMPARE(revOf(first), 1);
    QCOMPARE(bodyOf(first).value("settings")["stations"][0]["id"].toString(), "grill");
    QCOMPARE(bodyOf(first).value("id").toString().toLatin1(), contentId(kit.hub.settings().body));
    QCOMPARE(kit.hub.settings().rev, 1);
    QCOMPARE(kit.hub.settings().actor.id, QStringLiteral("ana"));
    QCOMPARE(kit.hub.settings().at, kit.clock.now());
    QVERIFY(kit.hub.settings().body.contains("\"id\":\"grill\""));
    QCOMPARE(kit.log.settings().value(), (Documents{{"kitchen", kit.hub.settings()}}));
    QCOMPARE(kit.hub.head().pos, 0); // no event of any order
    QCOMPARE(revOf(kit.one(changing("fry", 1))), 2);
    QCOMPARE(kit.log.violations(), QStringList());
}

void SettingsTest::theSameAgainIsNoChange()
{
    CoreKit kit;
    kit.one(changing("grill", 0));
    const int commits = kit.log.commits();
    const Answer again = kit.one(changing("grill", 0)); // the first answer was lost
    QCOMPARE(again.outcome, Outcome::Replayed);
    QCOMPARE(revOf(again), 1);
    QCOMPARE(kit.log.commits(), commits);
}

void SettingsTest::whoHasNotSeenTheLastChangeIsRefused()
{
    CoreKit kit;
    kit.one(changing("grill", 0));
    const Answer late = kit.one(changing("fry", 0));
    QCOMPARE(late.outcome, Outcome::Refused);
    QCOMPARE(late.error.code, ErrorCode::SettingsChanged);
    QVERIFY2(late.error.detail.contains("at revision 1, not 0"), qPrintable(late.error.detail));
    const BatchResult both = kit.handle({changing("fry", 1), changing("bar", 1)});
    QCOMPARE(both.answers[0].outcome, Outcome::Applied);
    QCOMPARE(both.answers[1].error.code, ErrorCode::SettingsChanged);
    QCOMPARE(kit.hub.settings().rev, 2);
    QCOMPARE(kit.log.violations(), QStringList());
}

void SettingsTest::aFailedCommitChangesNothing()
{
    CoreKit kit;
    kit.one(changing("grill", 0));
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Lost);
    const BatchResult failed = kit.handle({changing("fry", 1), changing("bar", 1)});
    QVERIFY(failed.storageFailed && failed.committed.settings.empty());
    for (const Answer &answer : failed.answers)
        QCOMPARE(answer.error.code, ErrorCode::StorageFailed);
    QCOMPARE(kit.hub.settings().rev, 1);
    kit.recover();
    QCOMPARE(kit.hub.settings().rev, 1);
    QCOMPARE(revOf(kit.one(changing("fry", 1))), 2);
}

void SettingsTest::areReadAgainAfterAStart()
{
    CoreKit kit;
    kit.one(changing("grill", 0));
    const SettingsRecord before = kit.hub.settings();
    kit.recover();
    QCOMPARE(kit.hub.settings(), before);
    // Kept although the answer was lost: whoever asks again gets it.
    kit.log.failNextCommit(MemoryEventLog::CommitFailure::Kept);
    kit.one(changing("fry", 1));
    kit.recover();
    QCOMPARE(revOf(kit.one(changing("fry", 1))), 2);
    kit.log.failReads(true);
    QVERIFY(!kit.service.load());
}

void SettingsTest::comeBeforeTheBoard()
{
    CoreKit kit;
    kit.place();
    kit.one(changing("grill", 0));
    TestSession session(kit, holding({}));
    session.pump();
    QCOMPARE(session.names().mid(0, 3), (QByteArrayList{"welcome", "settings", "snap"}));
    const SettingsMessage sent = session.all<SettingsMessage>().at(0);
    QCOMPARE(sent.sid, session.subscriber->sid());
    QCOMPARE(sent.rev, 1);
    QCOMPARE(sent.id, kit.hub.settingsId());
    QCOMPARE(canonicalJson(sent.settings), kit.hub.settings().body);
    QCOMPARE(modelAfter(session, {}).faults, QStringList());
}

void SettingsTest::areSentWhenTheyChange()
{
    CoreKit kit;
    TestSession session(kit, holding({}));
    session.pump();
    QVERIFY2(session.all<SettingsMessage>().empty(), "nothing said, nothing held: nothing sent");
    kit.one(changing("grill", 0));
    QCOMPARE(session.wakes, 1);
    session.pump();
    kit.one(changing("fry", 1));
    kit.one(changing("bar", 2));
    session.pump();
    const std::vector<SettingsMessage> sent = session.all<SettingsMessage>();
    QCOMPARE(sent.size(), size_t(2)); // one for both
    QCOMPARE(sent[1].rev, 3);
    QCOMPARE(sent[1].settings["stations"][0]["id"].toString(), "bar");
    kit.recover(); // another process on the same log says the same
    QCOMPARE(kit.hub.settingsId(), sent[1].id);
}

void SettingsTest::areNotSentToWhoHasThemOrDoesNotAsk()
{
    CoreKit kit;
    kit.one(changing("grill", 0));
    TestSession knowing(kit, holding(kit.hub.settingsId()));
    TestSession unaware(kit, helloFrom(QStringLiteral("other")));
    knowing.pump();
    unaware.pump();
    kit.one(changing("fry", 1));
    knowing.pump();
    unaware.pump();
    QCOMPARE(knowing.all<SettingsMessage>().size(), size_t(1));
    QVERIFY(unaware.all<SettingsMessage>().empty());
    QVERIFY(!unaware.all<Live>().empty());
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "test_settings.moc"
