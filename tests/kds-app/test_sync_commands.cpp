// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/kds-app/session_fixture.h"

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;
using namespace std::chrono_literals;

class TestSyncCommands : public SessionTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }

    void sendsCommandsAfterTheWelcomeInOrderWithinTheWindow()
    {
        goLive();
        (void)m_session->closed();
        const int total = limits::commandWindow + 3;
        std::vector<QUuid> orders;
        orders.reserve(static_cast<size_t>(total));
        for (int i = 0; i < total; ++i)
            orders.push_back(m_hub.place(QString::number(i)));
        goLive();
        (void)m_session->closed();
        for (const QUuid &id : orders)
            QVERIFY(m_kitchen->submit(id, EventType::OrderStarted, {}, std::nullopt));
        const Sent hello = sent(m_session->opened(now()));
        QVERIFY(hello.commands.empty());
        QCOMPARE(hello.hellos[0].outboxNext, total + 1);
        const Sent first =
            sent(receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now()))));
        QCOMPARE(first.commands.size(), size_t(limits::commandWindow));
        for (size_t i = 0; i < first.commands.size(); ++i)
            QCOMPARE(first.commands[i].n, qint64(i + 1));
        const Sent next = sent(receive(encode(m_hub.handle(first.commands[0]))));
        QCOMPARE(next.commands.size(), size_t(1));
        QCOMPARE(next.commands[0].n, qint64(limits::commandWindow + 1));
        QCOMPARE(m_book->state().outboxWaiting, total - 1);
    }

    void mergesABumpMadeOffline()
    {
        goLive();
        (void)m_session->closed();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        QCOMPARE(m_kitchen->tickets().shown(m_id)->status, OrderStatus::InKitchen);
        (void)m_session->opened(now());
        Sent out = sent(receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now()))));
        QCOMPARE(out.commands.size(), size_t(1));
        (void)m_hub.handle(out.commands[0]); // the answer is lost with the connection
        (void)m_session->closed();
        const qint64 from = m_kitchen->tickets().position();
        (void)m_session->opened(now());
        out = sent(receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now()))));
        QCOMPARE(out.commands.size(), size_t(1));
        const CommandResult again = m_hub.handle(out.commands[0]);
        QCOMPARE(again.status, CommandStatus::Duplicate);
        QCOMPARE(m_hub.decided(1), 1);
        receive(encode(again));
        receive(m_hub.evFrame(from, m_hub.head(), m_sid));
        receive(m_hub.liveFrame(m_sid));
        (void)m_session->drained();
        QCOMPARE(m_book->state().outboxWaiting, 0);
        QVERIFY(m_book->state().isCurrent());
        QVERIFY(*m_kitchen->tickets().shown(m_id) == *m_hub.board().find(m_id));
        QVERIFY(m_kitchen->outbox().rejections().empty());
    }

    void saysWhyABumpWasRefused()
    {
        goLive();
        m_hub.append(m_id, EventType::OrderCancelled); // not heard of yet
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        const Sent out = sent(m_session->submitted());
        const SessionStep step = receive(encode(m_hub.handle(out.commands[0])));
        QCOMPARE(step.rejected.size(), size_t(1));
        QCOMPARE(step.rejected[0].code, QStringLiteral("transition_not_allowed"));
        QCOMPARE(step.rejected[0].current->status, OrderStatus::Cancelled);
        QCOMPARE(m_kitchen->tickets().shown(m_id)->status, OrderStatus::Paid);
    }

    void offersAgainWhatTheHubCouldNotDecide()
    {
        goLive();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        QCOMPARE(sent(m_session->submitted()).commands.size(), size_t(1));
        CommandResult trouble;
        trouble.n = 1;
        trouble.code = errorCodeName(ErrorCode::StorageFailed);
        const SessionStep step = receive(encode(trouble));
        QVERIFY(step.close && step.rejected.empty());
        (void)m_session->closed();
        QCOMPARE(m_kitchen->outbox().unanswered(), 1);
        (void)m_session->opened(now());
        QCOMPARE(sent(receive(encode(m_hub.welcome(StreamMode::Resume, ++m_sid, m_clock.now()))))
                     .commands.size(),
                 size_t(1));
    }

    void bringsARestoredHubUpToDate()
    {
        goLive();
        const qint64 backup = m_hub.head();
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        receive(encode(m_hub.handle(sent(m_session->submitted()).commands[0])));
        receive(m_hub.evFrame(backup, m_hub.head(), m_sid));
        (void)m_session->drained();
        (void)m_session->closed();
        m_hub.restore(backup, 0);
        (void)m_session->opened(now());
        const Sent out =
            sent(receive(encode(m_hub.welcome(StreamMode::Snapshot, ++m_sid, m_clock.now()))));
        QCOMPARE(out.commands.size(), size_t(1));
        receive(m_hub.snapFrame(m_sid));
        receive(m_hub.snapEndFrame(m_sid));
        QCOMPARE(m_kitchen->tickets().shown(m_id)->status, OrderStatus::InKitchen);
        const qint64 from = m_hub.head();
        receive(encode(m_hub.handle(out.commands[0])));
        receive(m_hub.evFrame(from, m_hub.head(), m_sid));
        receive(m_hub.liveFrame(m_sid));
        QVERIFY(*m_kitchen->tickets().shown(m_id) == *m_hub.board().find(m_id));
        QCOMPARE(m_kitchen->outbox().unanswered(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSyncCommands)
#include "test_sync_commands.moc"
