// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/hub/core/core_kit.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using L1 = QLatin1StringView;

class OrderServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAndPays();
    void fiftyEqualPostsInOneBatchAreOneOrder();
    void replaysAcrossBatchesAndKeys();
    void anotherBodyUnderTheSameKeyIsRefused();
    void numbersTheDay();
    void appendsWhatFollows();
    void replaysACommandId();
    void refusesWithCurrent();
    void aRefusalLeavesItsNeighboursAlone();
    void commandsOfABatchSeeEachOther();
    void recallsACompletedOrderOfAnyAge();
    void boundsEventsOfAnOrder();
    void boundsTheBytesOfAnOrder();
    void timeNeverRunsBackwards();
    void renewsTheEpochOncePerBatch();
    void aFreshServiceGoesOnWhereTheLastEnded();
};

void OrderServiceTest::placesAndPays()
{
    CoreKit kit;
    BatchResult result = kit.handle({CoreKit::placing({.lines = 2})});
    QCOMPARE(result.answers.size(), size_t(1));
    const Answer &answer = result.answers[0];
    QCOMPARE(answer.outcome, Outcome::Applied);
    const QJsonObject body = bodyOf(answer);
    const QString token = body.value(L1("tracker_token")).toString();
    QCOMPARE(token.size(), 32);
    QCOMPARE(body.value(L1("tracker_url")).toString(), QStringLiteral("/t/") + token);
    QCOMPARE(body.value(L1("number")).toString(), QStringLiteral("1"));
    QCOMPARE(body.value(L1("status")).toString(), QStringLiteral("paid"));
    QCOMPARE(body.value(L1("seq")).toInt(), 2);
    QCOMPARE(body.value(L1("pos")).toInt(), 2);
    QCOMPARE(result.committed.events.size(), size_t(2));
    QVERIFY2(result.committed.events[0].whole, "order_placed carries the whole order");
    QVERIFY2(!result.committed.events[1].whole, "order_paid does not open the order again");
    QCOMPARE(result.committed.head, kit.log.head());
    const QUuid id = *parseUuid(body.value(L1("order_id")).toString());
    QCOMPARE(kit.log.orderForTracker(token.toLatin1())->value(), id);
    QCOMPARE(kit.order(id).number, QStringLiteral("1"));
    QCOMPARE(kit.order(id).lines.size(), size_t(2));
    QVERIFY2(!result.committed.events[0].encoded.contains("192.0.2.7"),
             "the kitchen stream does not tell the till's address");
    QCOMPARE(kit.log.violations(), QStringList());
}

void OrderServiceTest::fiftyEqualPostsInOneBatchAreOneOrder()
{
    for (const bool byKey : {true, false}) {
        CoreKit kit;
        Till till;
        if (byKey)
            till.idempotencyKey = "k";
        else
            till.externalId = QStringLiteral("T-1042");
        const std::vector<Request> posts(50, CoreKit::placing(till));
        const BatchResult result = kit.handle(posts);
        QCOMPARE(kit.log.head().pos, 2);
        QCOMPARE(kit.log.commits(), 1);
        QCOMPARE(result.answers[0].outcome, Outcome::Applied);
        for (size_t i = 1; i < result.answers.size(); ++i) {
            QCOMPARE(result.answers[i].outcome, Outcome::Replayed);
            QCOMPARE(result.answers[i].body, result.answers[0].body);
        }
    }
}

void OrderServiceTest::replaysAcrossBatchesAndKeys()
{
    CoreKit kit;
    Till till;
    till.externalId = QStringLiteral("T-1");
    const Answer first = kit.one(CoreKit::placing(till));
    till.idempotencyKey = "k1";
    const Answer second = kit.one(CoreKit::placing(till));
    QCOMPARE(second.outcome, Outcome::Replayed);
    QCOMPARE(second.body, first.body);
    kit.recover();
    till.externalId.clear();
    till.note = QStringLiteral("another body");
    const Answer third = kit.one(CoreKit::placing(till));
    QVERIFY2(third.error.code == ErrorCode::IdempotencyMismatch,
             "a key that came with a replay belongs to that order from then on");
    QCOMPARE(kit.log.head().pos, 2);
    QCOMPARE(kit.log.violations(), QStringList());
}

void OrderServiceTest::anotherBodyUnderTheSameKeyIsRefused()
{
    CoreKit kit;
    Till till;
    till.externalId = QStringLiteral("T-1");
    Till other = till;
    other.lines = 3;
    const BatchResult result = kit.handle(
        {CoreKit::placing(till), CoreKit::placing(other), CoreKit::placing({.externalId = "T-2"})});
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QCOMPARE(result.answers[1].outcome, Outcome::Refused);
    QVERIFY(result.answers[1].error.code == ErrorCode::IdempotencyMismatch);
    QCOMPARE(result.answers[1].body, QByteArray());
    QCOMPARE(result.answers[2].outcome, Outcome::Applied);
    QCOMPARE(kit.log.head().pos, 4);
}

void OrderServiceTest::numbersTheDay()
{
    CoreKit kit;
    kit.place({.number = QStringLiteral("2")});
    const QUuid one = kit.place();
    const QUuid three = kit.place();
    QCOMPARE(kit.order(one).number, QStringLiteral("1"));
    QCOMPARE(kit.order(three).number, QStringLiteral("3"));
    // In one batch, too.
    const BatchResult both = kit.handle({CoreKit::placing({.number = QStringLiteral("4")}),
                                         CoreKit::placing({}), CoreKit::placing({})});
    QCOMPARE(bodyOf(both.answers[1]).value(L1("number")).toString(), QStringLiteral("5"));
    QCOMPARE(bodyOf(both.answers[2]).value(L1("number")).toString(), QStringLiteral("6"));
    QCOMPARE(kit.log.dayNumber()->value().last, 6);
    kit.recover();
    QCOMPARE(kit.order(kit.place()).number, QStringLiteral("7"));
    QVERIFY(kit.append(one, EventType::OrderCancelled));
    kit.clock.advance(std::chrono::hours(24));
    QVERIFY2(kit.order(kit.place()).number == QStringLiteral("1"),
             "the next day begins at 1 again when no open order bears it");
    QVERIFY2(kit.order(kit.place()).number == QStringLiteral("8"),
             "2 to 7 are still borne by yesterday's open orders");
}

void OrderServiceTest::appendsWhatFollows()
{
    CoreKit kit;
    const QUuid id = kit.place({.lines = 1});
    const Answer answer =
        kit.one(CoreKit::appending(id, EventType::ItemReady, linesPayload({QStringLiteral("1")})));
    QCOMPARE(answer.outcome, Outcome::Applied);
    const QJsonObject body = bodyOf(answer);
    const QJsonObject event = body.value(L1("event")).toObject();
    QCOMPARE(event.value(L1("type")).toString(), QStringLiteral("item_ready"));
    QCOMPARE(event.value(L1("seq")).toInt(), 3);
    QCOMPARE(body.value(L1("status")).toString(), QStringLiteral("ready"));
    QVERIFY2(body.value(L1("seq")).toInt() == 5, "order_started and order_ready follow");
    QCOMPARE(body.value(L1("pos")).toInteger(), kit.log.head().pos);
    QCOMPARE(kit.order(id).status, OrderStatus::Ready);
    QCOMPARE(kit.log.violations(), QStringList());
}

void OrderServiceTest::replaysACommandId()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const QUuid other = kit.place();
    const Request ready = CoreKit::appending(id, EventType::OrderStarted, {}, "c1", 2);
    const BatchResult result =
        kit.handle({ready, ready, CoreKit::appending(id, EventType::OrderReady, {}, "c1"),
                    CoreKit::appending(other, EventType::OrderStarted, {}, "c1")});
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QVERIFY2(result.answers[1].outcome == Outcome::Replayed, "before expected_seq is looked at");
    QCOMPARE(result.answers[1].body, result.answers[0].body);
    QVERIFY(result.answers[2].error.code == ErrorCode::IdempotencyMismatch);
    QVERIFY2(result.answers[3].outcome == Outcome::Applied, "command ids belong to an order");
    const Answer again = kit.one(ready);
    QCOMPARE(again.outcome, Outcome::Replayed);
    QCOMPARE(again.body, result.answers[0].body);
}

void OrderServiceTest::refusesWithCurrent()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const auto refused = [&](const Request &request, ErrorCode code, bool withCurrent) {
        const Answer answer = kit.one(request);
        QCOMPARE(answer.outcome, Outcome::Refused);
        QCOMPARE(errorCodeName(answer.error.code), errorCodeName(code));
        QCOMPARE(answer.current.has_value(), withCurrent);
        QCOMPARE(answer.body, QByteArray());
        QVERIFY(!answer.error.detail.isEmpty());
    };
    const auto notAllowed = ErrorCode::TransitionNotAllowed;
    refused(CoreKit::appending(id, EventType::OrderCompleted), notAllowed, true);
    refused(CoreKit::appending(id, EventType::OrderPlaced), notAllowed, true);
    refused(CoreKit::appending(id, EventType::OrderPaid), notAllowed, true); // already so
    refused(CoreKit::appending(id, EventType::OrderStarted, {}, {}, 1), ErrorCode::SeqMismatch,
            true);
    refused(CoreKit::appending(id, EventType::ItemReady, linesPayload({QStringLiteral("9")})),
            ErrorCode::UnknownLine, true);
    const QUuid nobody = makeUuidV7(kit.clock.now(), kit.random);
    refused(CoreKit::appending(nobody, EventType::OrderReady), ErrorCode::UnknownOrder, false);
    QVERIFY2(kit.log.head().pos == 2 && kit.log.commits() == 1, "nothing is appended");
}

void OrderServiceTest::aRefusalLeavesItsNeighboursAlone()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const BatchResult result =
        kit.handle({CoreKit::appending(id, EventType::OrderCompleted),
                    CoreKit::appending(id, EventType::OrderStarted),
                    CoreKit::appending(id, EventType::OrderPaid), CoreKit::placing({})});
    QCOMPARE(result.answers[0].outcome, Outcome::Refused);
    QCOMPARE(result.answers[1].outcome, Outcome::Applied);
    QCOMPARE(result.answers[2].outcome, Outcome::Refused);
    QCOMPARE(result.answers[3].outcome, Outcome::Applied);
    QCOMPARE(kit.log.head().pos, 5);
    QCOMPARE(kit.log.violations(), QStringList());
}

void OrderServiceTest::commandsOfABatchSeeEachOther()
{
    CoreKit kit;
    const QUuid id = kit.place();
    const BatchResult result =
        kit.handle({CoreKit::appending(id, EventType::OrderStarted, {}, {}, 2),
                    CoreKit::appending(id, EventType::OrderReady, {}, {}, 3),
                    CoreKit::appending(id, EventType::OrderCompleted),
                    CoreKit::appending(id, EventType::OrderCompleted),
                    CoreKit::appending(id, EventType::OrderRecalled)});
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QCOMPARE(result.answers[1].outcome, Outcome::Applied);
    QCOMPARE(result.answers[2].outcome, Outcome::Applied);
    QCOMPARE(result.answers[3].outcome, Outcome::Refused);
    QCOMPARE(result.answers[3].current, std::optional(CurrentState{OrderStatus::Completed, 5}));
    QCOMPARE(result.answers[4].outcome, Outcome::Applied);
    QVERIFY2(result.committed.events.back().whole, "recalled when completed: the whole order");
    QCOMPARE(kit.order(id).status, OrderStatus::InKitchen);
    QCOMPARE(kit.log.commits(), 2);
    QCOMPARE(kit.log.violations(), QStringList());
}

void OrderServiceTest::recallsACompletedOrderOfAnyAge()
{
    CoreKit kit;
    const QUuid id = kit.placeAndComplete();
    for (int i = 0; i < limits::recentOrdersMax + 10; ++i)
        kit.placeAndComplete();
    QVERIFY2(!kit.hub.board().find(id), "too old for the board to hold");
    kit.recover();
    const BatchResult result = kit.handle({CoreKit::appending(id, EventType::OrderRecalled)});
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QVERIFY(result.committed.events[0].whole);
    QCOMPARE(result.committed.events[0].whole->status, OrderStatus::InKitchen);
    QVERIFY(kit.hub.board().isOpenOrder(id));
    QVERIFY2(kit.append(id, EventType::OrderReady), "it is open again");
    const BatchResult again = kit.handle({CoreKit::appending(id, EventType::OrderRecalled)});
    QVERIFY2(!again.committed.events[0].whole, "recalled from ready: every display has it");
    QCOMPARE(kit.hub.stats().boardHoles, 0);
    QCOMPARE(kit.hub.digest(), kit.foldedDigest());
}

void OrderServiceTest::boundsEventsOfAnOrder()
{
    CoreKit kit;
    kit.manyEvents(limits::eventsPerOrderMax);
    const QUuid id = kit.log.all().front().event.orderId;
    QCOMPARE(kit.order(id).seq, limits::eventsPerOrderMax);
    const Answer answer = kit.one(CoreKit::appending(id, EventType::OrderStarted));
    QCOMPARE(answer.outcome, Outcome::Refused);
    QVERIFY(answer.error.code == ErrorCode::TransitionNotAllowed);
    QCOMPARE(kit.log.violations(), QStringList());
}

// One that no display could take in a message would keep every display away for ever.
void OrderServiceTest::boundsTheBytesOfAnOrder()
{
    CoreKit kit;
    const QUuid id = kit.place();
    std::vector<Item> items(100);
    for (Item &item : items) {
        item.name = QStringLiteral("Dish");
        item.note = QString(limits::noteLengthMax, u'\x1');
    }
    const QJsonObject late = withItems({}, items);
    Answer answer;
    do
        answer = kit.one(CoreKit::appending(id, EventType::ItemsAdded, late));
    while (answer.outcome == Outcome::Applied);
    QVERIFY(answer.error.code == ErrorCode::TransitionNotAllowed);
    QVERIFY2(answer.error.detail.contains(QString::number(limits::orderBytesMax)),
             qPrintable(answer.error.detail));
    QVERIFY(kit.append(id, EventType::OrderStarted));
    const qint64 bytes = canonicalJson(orderToJson(kit.order(id))).size();
    QVERIFY(bytes > limits::orderBytesMax / 2 && bytes <= limits::orderBytesMax + 1024);
}

void OrderServiceTest::timeNeverRunsBackwards()
{
    CoreKit kit;
    kit.place();
    const Timestamp before = kit.log.head().at;
    kit.clock.setNow(before - std::chrono::hours(1));
    const QUuid id = kit.place();
    QCOMPARE(kit.order(id).placedAt, before);
    QCOMPARE(kit.log.violations(), QStringList());
}

void OrderServiceTest::renewsTheEpochOncePerBatch()
{
    CoreKit kit;
    kit.place();
    const QByteArray before = kit.log.head().epoch;
    const Request renew{RenewEpoch{QStringLiteral("test")}, {}};
    const BatchResult result = kit.handle({renew, CoreKit::placing({}), renew});
    QVERIFY(result.committed.epochRenewed);
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QCOMPARE(result.answers[2].outcome, Outcome::Applied);
    const QByteArray after = kit.log.head().epoch;
    QVERIFY(after != before);
    QCOMPARE(after.size(), 32);
    QVERIFY(isLowerHex(after));
    QCOMPARE(kit.hub.head(), kit.log.head());
    QCOMPARE(kit.hub.head().pos, 4);

    kit.log.failRenewals(true);
    const BatchResult failed = kit.handle({renew, CoreKit::placing({})});
    QVERIFY(failed.storageFailed);
    QVERIFY(failed.answers[0].error.code == ErrorCode::StorageFailed);
    QVERIFY(failed.answers[1].error.code == ErrorCode::StorageFailed);
    QVERIFY(failed.committed.events.empty() && !failed.committed.epochRenewed);
}

void OrderServiceTest::aFreshServiceGoesOnWhereTheLastEnded()
{
    CoreKit kit;
    const QUuid id = kit.place();
    kit.placeAndComplete();
    OrderService fresh(kit.log, kit.clock, kit.random);
    QVERIFY2(fresh.handle({CoreKit::placing({})}).storageFailed, "not before load()");
    const Result<HubImage> image = fresh.load();
    QVERIFY(image.has_value());
    QCOMPARE(image->open.size(), size_t(1));
    QCOMPARE(image->open[0].id, id);
    QCOMPARE(image->recent.size(), size_t(1));
    QCOMPARE(image->head, kit.log.head());
    const BatchResult result = fresh.handle({CoreKit::appending(id, EventType::OrderStarted)});
    QCOMPARE(result.answers[0].outcome, Outcome::Applied);
    QCOMPARE(kit.log.violations(), QStringList());
}

QTEST_GUILESS_MAIN(OrderServiceTest)
#include "test_order_service.moc"
