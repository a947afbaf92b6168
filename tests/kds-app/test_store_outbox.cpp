// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/outbox.h"
#include "shared/base/limits.h"

#include <QTest>

using namespace cf;
using namespace cf::kds;

namespace {

const QByteArray epochA(32, 'a');
const QByteArray epochB(32, 'b');
const Timestamp at{std::chrono::milliseconds(5)};

qint64 add(Outbox &outbox)
{
    DeviceCommand command;
    command.orderId = QUuid::createUuid();
    command.type = QStringLiteral("order_ready");
    Result<OutboxEntry> entry = outbox.draft(command, QStringLiteral("47"));
    if (!entry)
        return 0;
    const qint64 n = entry->command.n;
    outbox.add(std::move(*entry));
    return n;
}

std::vector<qint64> numbers(const std::vector<DeviceCommand> &commands)
{
    std::vector<qint64> all;
    all.reserve(commands.size());
    for (const DeviceCommand &command : commands)
        all.push_back(command.n);
    return all;
}

CommandResult answer(qint64 n, CommandStatus status, const QString &code = {})
{
    CommandResult result;
    result.n = n;
    result.status = status;
    result.code = code;
    return result;
}

using Numbers = std::vector<qint64>;

} // namespace

class TestStoreOutbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbersFromOneWithoutHoles()
    {
        Outbox outbox;
        for (qint64 n = 1; n <= 3; ++n)
            QCOMPARE(add(outbox), n);
        QCOMPARE(outbox.next(), 4);
        QCOMPARE(outbox.unanswered(), 3);
    }

    void sendsInOrderWithinTheWindow()
    {
        Outbox outbox;
        for (int i = 0; i < 5; ++i)
            add(outbox);
        QCOMPARE(numbers(outbox.takeToSend(2)), (Numbers{1, 2}));
        QVERIFY(outbox.takeToSend(2).empty());
        QVERIFY(outbox.finish(answer(1, CommandStatus::Applied), epochA, at));
        QCOMPARE(numbers(outbox.takeToSend(2)), (Numbers{3}));
        outbox.connectionLost();
        QCOMPARE(numbers(outbox.takeToSend(10)), (Numbers{2, 3, 4, 5}));
    }

    void finishesEachOnce()
    {
        Outbox outbox;
        add(outbox);
        (void)outbox.takeToSend(1);
        const auto finished = outbox.finish(answer(1, CommandStatus::Noop), epochA, at);
        QVERIFY(finished);
        QCOMPARE(finished->state, OutboxState::Finished);
        QCOMPARE(finished->answeredEpoch, epochA);
        QVERIFY(!outbox.finish(answer(1, CommandStatus::Applied), epochA, at));
        QVERIFY(!outbox.finish(answer(99, CommandStatus::Applied), epochA, at));
        QCOMPARE(outbox.unanswered(), 0);
    }

    void offersARestoredHubWhatItLost()
    {
        Outbox outbox;
        for (int i = 0; i < 5; ++i)
            add(outbox);
        (void)outbox.takeToSend(10);
        for (const qint64 n : {1, 2, 4})
            (void)outbox.finish(answer(n, CommandStatus::Applied), epochA, at);
        (void)outbox.finish(
            answer(3, CommandStatus::Rejected, QStringLiteral("transition_not_allowed")), epochA,
            at);
        outbox.connectionLost();
        QCOMPARE(outbox.onWelcome(4, epochA), Numbers{});
        QCOMPARE(outbox.onWelcome(1, epochA), (Numbers{2, 4}));
        QCOMPARE(numbers(outbox.takeToSend(10)), (Numbers{2, 4, 5}));
        QVERIFY(outbox.find(2)->offeredAgain);
        QVERIFY2(!outbox.find(2)->result, "the other log's answer is not to come back");
        Outbox restarted;
        restarted.load({*outbox.find(1), *outbox.find(2), *outbox.find(5)}, 6);
        QCOMPARE(numbers(restarted.takeToSend(10)), (Numbers{2, 5}));
        QVERIFY(restarted.find(2)->offeredAgain);
        QVERIFY(!restarted.find(5)->offeredAgain);
    }

    // An older copy, put in the place of a log that had gone another way, may have refused what the
    // other one did.
    void asksAgainWhatALogOfAnotherEpochHasRecorded()
    {
        Outbox outbox;
        for (int i = 0; i < 3; ++i)
            add(outbox);
        (void)outbox.takeToSend(10);
        (void)outbox.finish(answer(1, CommandStatus::Applied), epochA, at);
        (void)outbox.finish(answer(2, CommandStatus::Applied), epochB, at);
        (void)outbox.finish(answer(3, CommandStatus::Rejected, QStringLiteral("seq_mismatch")),
                            epochB, at);
        QCOMPARE(outbox.onWelcome(3, epochA), Numbers{});
        QVERIFY2(outbox.find(2)->result, "its answer stands until there is another");
        QCOMPARE(numbers(outbox.takeToSend(10)), (Numbers{2}));
        (void)outbox.finish(answer(2, CommandStatus::Duplicate, QStringLiteral("seq_mismatch")),
                            epochA, at);
        QCOMPARE(outbox.find(2)->answeredEpoch, epochA);
        QCOMPARE(outbox.rejections().size(), size_t(2)); // and a banner says so
        QCOMPARE(outbox.onWelcome(3, epochA), Numbers{});
        QVERIFY(outbox.takeToSend(10).empty());
    }

    void neverGivesOutANumberTheHubHasSeen()
    {
        Outbox outbox;
        (void)outbox.onWelcome(41, epochA);
        QCOMPARE(add(outbox), 42);
    }

    void refusesPlainlyWhenFull()
    {
        Outbox outbox;
        std::vector<OutboxEntry> entries(limits::outboxMax);
        for (size_t i = 0; i < entries.size(); ++i)
            entries[i].command.n = static_cast<qint64>(i) + 1;
        outbox.load(std::move(entries), 1);
        const Result<OutboxEntry> refused = outbox.draft({}, {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().detail.contains(QString::number(limits::outboxMax)));
        (void)outbox.finish(answer(1, CommandStatus::Applied), epochA, at);
        QCOMPARE(add(outbox), limits::outboxMax + 1);
    }

    void keepsRefusalsUntilSomebodyHasSeenThem()
    {
        Outbox outbox;
        add(outbox);
        add(outbox);
        CommandResult refused = answer(1, CommandStatus::Rejected, QStringLiteral("seq_mismatch"));
        refused.detail = QStringLiteral("the order has moved on");
        refused.current = CurrentState{OrderStatus::Cancelled, 4};
        (void)outbox.finish(refused, epochA, at);
        // What was refused the first time is refused when it is answered again.
        (void)outbox.finish(answer(2, CommandStatus::Duplicate, QStringLiteral("unknown_line")),
                            epochA, at);
        const std::vector<Rejection> rejections = outbox.rejections();
        QCOMPARE(rejections.size(), size_t(2));
        QCOMPARE(rejections[0].orderNumber, QStringLiteral("47"));
        QCOMPARE(rejections[0].wished, EventType::OrderReady);
        QCOMPARE(rejections[0].current, refused.current);
        QCOMPARE(rejections[0].at, at);
        QVERIFY(outbox.dismiss(1));
        QVERIFY(!outbox.dismiss(1));
        QCOMPARE(outbox.rejections().size(), size_t(1));
    }

    void saysNothingOfAnOfferToAHubThatDoesNotKnowTheOrder()
    {
        Outbox outbox;
        add(outbox);
        (void)outbox.finish(answer(1, CommandStatus::Applied), epochA, at);
        (void)outbox.onWelcome(0, epochB);
        (void)outbox.finish(answer(1, CommandStatus::Rejected, QStringLiteral("unknown_order")),
                            epochB, at);
        QVERIFY(outbox.rejections().empty());
        // Nor when the display starts again, which does not know any more that it was an offer.
        OutboxEntry stored = *outbox.find(1);
        stored.offeredAgain = false;
        Outbox again;
        again.load({stored}, 2);
        QVERIFY(again.rejections().empty());
    }

    void dropsTheOldestFinishedOnesButNoUnseenRefusal()
    {
        Outbox outbox;
        for (int i = 0; i < limits::outboxFinishedKept + 3; ++i)
            add(outbox);
        const qint64 last = outbox.next() - 1;
        (void)outbox.finish(answer(1, CommandStatus::Rejected, QStringLiteral("unknown_line")),
                            epochA, at);
        for (qint64 n = 2; n < last; ++n)
            (void)outbox.finish(answer(n, CommandStatus::Applied), epochA, at);
        QCOMPARE(outbox.trim(), (Numbers{2, 3}));
        QVERIFY(outbox.find(1));
        QVERIFY(outbox.find(last));
        QVERIFY(outbox.trim().empty());
    }
};

QTEST_GUILESS_MAIN(TestStoreOutbox)
#include "test_store_outbox.moc"
