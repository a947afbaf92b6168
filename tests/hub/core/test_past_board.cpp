// SPDX-License-Identifier: Apache-2.0
#include "hub/past/past_json.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "shared/protocol/json_codec.h"
#include "tests/hub/core/core_kit.h"

#include <QJsonArray>
#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

class ListedKeyframes final : public Keyframes
{
public:
    Result<std::optional<Keyframe>> before(qint64 pos) override
    {
        std::optional<Keyframe> found;
        for (const Keyframe &one : all) {
            if (one.pos <= pos && (!found || one.pos > found->pos))
                found = one;
        }
        return found;
    }
    std::vector<Keyframe> all;
};

// The same by the plainest means: every event up to there, order by order.
std::map<QUuid, OrderState> foldedAt(const MemoryEventLog &log, qint64 pos)
{
    std::map<QUuid, std::vector<OrderEvent>> events;
    for (const LoggedEvent &logged : log.all()) {
        if (logged.event.pos <= pos)
            events[logged.event.orderId].push_back(logged.event);
    }
    std::map<QUuid, OrderState> open;
    for (const auto &[id, list] : events) {
        const std::optional<OrderState> order = foldOrder(list);
        if (order && isOpen(order->status))
            open.emplace(id, *order);
    }
    return open;
}

Keyframe keyframeAt(const MemoryEventLog &log, qint64 pos)
{
    Keyframe keyframe;
    keyframe.pos = pos;
    keyframe.chain = log.all().at(static_cast<size_t>(pos - 1)).chain;
    for (const auto &[id, order] : foldedAt(log, pos))
        keyframe.open.push_back({id, order.seq});
    return keyframe;
}

// Everything that can happen to orders, at random; refused commands are part of it.
void play(CoreKit &kit, std::vector<QUuid> &orders, int steps)
{
    constexpr std::array types = {
        EventType::OrderAccepted,  EventType::OrderStarted,     EventType::OrderReady,
        EventType::OrderCompleted, EventType::OrderCancelled,   EventType::OrderRecalled,
        EventType::ItemStarted,    EventType::ItemReady,        EventType::ItemRecalled,
        EventType::ItemVoided,     EventType::OrderPrioritised, EventType::OrderCompleted,
        EventType::OrderReady,     EventType::OrderCompleted,   EventType::OrderRecalled,
    };
    for (int i = 0; i < steps; ++i) {
        kit.clock.advance(std::chrono::milliseconds(kit.random.below(4'000)));
        if (orders.empty() || kit.random.oneIn(4)) {
            orders.push_back(kit.place({.lines = 1 + kit.random.below(3)}));
            continue;
        }
        const auto order = static_cast<size_t>(kit.random.below(static_cast<int>(orders.size())));
        const auto type = static_cast<size_t>(kit.random.below(static_cast<int>(types.size())));
        const bool isOfLines = eventTypeName(types.at(type)).startsWith(QLatin1String("item_"));
        kit.append(orders.at(order), types.at(type),
                   isOfLines ? QJsonObject{{"lines", QJsonArray{"1"}}} : QJsonObject());
    }
}

QString differenceAt(CoreKit &kit, Keyframes &keyframes, qint64 pos)
{
    const Result<PastBoard> board = boardAt(kit.log, keyframes, pos);
    if (!board)
        return board.error().detail;
    const std::map<QUuid, OrderState> expected = foldedAt(kit.log, pos);
    quint64 digest = 0;
    for (const auto &[id, order] : expected)
        digest += digestTerm(id, order.seq);
    if (board->count != std::ssize(expected) || board->digest != digest)
        return QStringLiteral("%1 orders, not %2").arg(board->count).arg(expected.size());
    qint64 last = 0;
    for (const OrderState &order : board->orders) {
        if (!expected.contains(order.id) || expected.at(order.id) != order)
            return QStringLiteral("order %1 differs").arg(order.number);
        if (order.openedPos <= last)
            return QStringLiteral("order %1 is not in its place").arg(order.number);
        last = order.openedPos;
    }
    if (board->orders.size() != expected.size())
        return QStringLiteral("orders are missing");
    const bool isBeginning = pos == 0;
    const ChainHash chain =
        isBeginning ? ChainHash() : kit.log.all().at(static_cast<size_t>(pos - 1)).chain;
    if (board->chain != chain)
        return QStringLiteral("the chain hash differs");
    if (!isBeginning && board->at != kit.log.all().at(static_cast<size_t>(pos - 1)).event.at)
        return QStringLiteral("the time differs");
    return {};
}

} // namespace

class PastBoardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheFoldUpToThere_data();
    void isTheFoldUpToThere();
    void ignoresKeyframesOfAnotherHistory();
    void saysThatItIsTooFarFromAKeyframe();
    void showsTheNewestOfVeryMany();
    void findsTheMoment();
    void stepsCarryTheirOrder();
    void densityCountsEveryEventOnce();
    void routesAsThingsWereThen();
    void refusesPositionsThatAreNotThere();
};

void PastBoardTest::isTheFoldUpToThere_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("every"); // events between keyframes; 0: none
    const int seeds = qEnvironmentVariableIntValue("CF_TEST_SEEDS");
    for (int seed = 1; seed <= std::max(seeds, 6); ++seed)
        QTest::addRow("seed %d", seed)
            << static_cast<quint64>(seed) << (seed % 3) * (seed % 3) * 13;
}

void PastBoardTest::isTheFoldUpToThere()
{
    QFETCH(quint64, seed);
    QFETCH(int, every);
    CoreKit kit(seed);
    std::vector<QUuid> orders;
    play(kit, orders, 400);
    const qint64 head = kit.log.head().pos;
    QVERIFY2(head > 300, "enough happened");
    ListedKeyframes keyframes;
    for (qint64 pos = every; every > 0 && pos <= head; pos += every)
        keyframes.all.push_back(keyframeAt(kit.log, pos));
    for (qint64 pos = 0; pos <= head; ++pos) {
        const QString difference = differenceAt(kit, keyframes, pos);
        QVERIFY2(difference.isEmpty(),
                 qPrintable(QStringLiteral("position %1: %2").arg(pos).arg(difference)));
    }
}

// The log lost its end and went on otherwise; the keyframes of what it lost are still there.
void PastBoardTest::ignoresKeyframesOfAnotherHistory()
{
    CoreKit kit(7);
    std::vector<QUuid> orders;
    play(kit, orders, 200);
    ListedKeyframes keyframes;
    for (qint64 pos = 10; pos <= kit.log.head().pos; pos += 10)
        keyframes.all.push_back(keyframeAt(kit.log, pos));
    kit.log.loseAfter(95);
    kit.recover();
    orders.clear();
    play(kit, orders, 200);
    QVERIFY(kit.log.head().pos > 150);
    for (const qint64 pos : {90, 95, 100, 120, 150}) {
        const QString difference = differenceAt(kit, keyframes, pos);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }
}

void PastBoardTest::saysThatItIsTooFarFromAKeyframe()
{
    CoreKit kit;
    for (int i = 0; i < 3; ++i)
        kit.manyEvents(7'000); // one order may have 10,000
    ListedKeyframes keyframes;
    const qint64 head = kit.log.head().pos;
    QVERIFY(head > limits::pastReplayMax + 100);
    const Result<PastBoard> far = boardAt(kit.log, keyframes, head);
    QVERIFY(!far);
    QCOMPARE(far.error().code, ErrorCode::Unavailable);
    QVERIFY(boardAt(kit.log, keyframes, limits::pastReplayMax));
    keyframes.all.push_back(keyframeAt(kit.log, head - 50));
    QVERIFY2(boardAt(kit.log, keyframes, head), "the next keyframe is near enough");
}

void PastBoardTest::showsTheNewestOfVeryMany()
{
    CoreKit kit;
    std::vector<Request> requests;
    for (int i = 0; i < limits::pastOrdersMax + 20; ++i)
        requests.push_back(CoreKit::placing({.paid = false}));
    kit.clock.advance(1s);
    while (!requests.empty()) {
        const auto count = std::min(requests.size(), size_t(200));
        kit.handle({requests.end() - static_cast<std::ptrdiff_t>(count), requests.end()});
        requests.resize(requests.size() - count);
        kit.clock.advance(10ms);
    }
    ListedKeyframes keyframes;
    const Result<PastBoard> board = boardAt(kit.log, keyframes, kit.log.head().pos);
    QVERIFY(board);
    QCOMPARE(board->count, limits::pastOrdersMax + 20);
    QCOMPARE(std::ssize(board->orders), limits::pastOrdersMax);
    QCOMPARE(board->digest, kit.hub.board().digest());
    QCOMPARE(board->orders.back().pos, kit.log.head().pos);
}

void PastBoardTest::findsTheMoment()
{
    CoreKit kit;
    const Timestamp begin = kit.clock.now();
    QCOMPARE(*positionAt(kit.log, begin), 0);
    kit.clock.advance(10s);
    kit.place(); // 1 and 2, in one batch
    kit.clock.advance(10s);
    kit.place();
    QCOMPARE(*positionAt(kit.log, begin + 9'999ms), 0);
    QCOMPARE(*positionAt(kit.log, begin + 10s), 2);
    QCOMPARE(*positionAt(kit.log, begin + 19s), 2);
    QCOMPARE(*positionAt(kit.log, begin + 20s), 4);
    QCOMPARE(*positionAt(kit.log, begin + 24h), 4);
}

void PastBoardTest::stepsCarryTheirOrder()
{
    CoreKit kit(3);
    std::vector<QUuid> orders;
    play(kit, orders, 150);
    const qint64 head = kit.log.head().pos;
    const Result<std::vector<PastStep>> steps = stepsBetween(kit.log, 20, head - 5, 1'000);
    QVERIFY(steps);
    QCOMPARE(std::ssize(*steps), head - 25);
    qint64 pos = 20;
    for (const PastStep &step : *steps) {
        QCOMPARE(step.event.pos, ++pos);
        QCOMPARE(step.order.id, step.event.orderId);
        const std::map<QUuid, OrderState> board = foldedAt(kit.log, pos);
        QCOMPARE(board.contains(step.order.id), isOpen(step.order.status));
        if (isOpen(step.order.status))
            QVERIFY(board.at(step.order.id) == step.order);
    }
    QCOMPARE(std::ssize(*stepsBetween(kit.log, 0, head, 7)), 7);
    QVERIFY(stepsBetween(kit.log, head, head, 7)->empty());
}

void PastBoardTest::densityCountsEveryEventOnce()
{
    CoreKit kit(5);
    const Timestamp begin = kit.clock.now();
    std::vector<QUuid> orders;
    play(kit, orders, 100);
    const Timestamp end = kit.clock.now() + 1ms;
    const Result<std::vector<qint64>> counts = eventDensity(kit.log, begin, end, 7);
    QVERIFY(counts);
    QCOMPARE(counts->size(), 7U);
    QCOMPARE(std::accumulate(counts->begin(), counts->end(), qint64(0)), kit.log.head().pos);
    const Timestamp middle = begin + (end - begin) / 2;
    const Result<std::vector<qint64>> halves = eventDensity(kit.log, begin, end, 2);
    QCOMPARE(halves->front(), *kit.log.firstSince(middle) - 1);
}

void PastBoardTest::routesAsThingsWereThen()
{
    CoreKit kit;
    const QUuid order = kit.place({.lines = 2});
    const Timestamp before = kit.clock.now();
    kit.clock.advance(60s);
    KitchenSettings settings;
    settings.stations = {{QStringLiteral("grill"), QStringLiteral("Grill")},
                         {QStringLiteral("fry"), QStringLiteral("Fry")}};
    settings.routing.byCategory = {{QStringLiteral("hot"), QStringLiteral("grill")}};
    settings.ages[ServiceType::Takeaway] = {60s, 120s};
    settings.displays = {{QStringLiteral("g"), DisplayRole::Prep, {QStringLiteral("grill")}},
                         {QStringLiteral("f"), DisplayRole::Prep, {QStringLiteral("fry")}}};
    QVERIFY(kit.one({changeKitchen(settings, 0), {}}).outcome == Outcome::Applied);
    const Result<PastKitchen> then = PastKitchen::at(kit.log, before);
    const Result<PastKitchen> now = PastKitchen::at(kit.log, kit.clock.now());
    QVERIFY(then && now);
    QCOMPARE(then->rev(), 0);
    QCOMPARE(now->rev(), 1);
    QVERIFY(!then->knows(QStringLiteral("grill")));
    QVERIFY(now->knows(QStringLiteral("grill")));
    OrderState state = kit.order(order);
    state.lines.front().item.category = QStringLiteral("hot");
    state.lines.back().item.station = QStringLiteral("FRY");
    state.serviceType = ServiceType::Takeaway;
    const QJsonObject ticket = now->ticket(state, QStringLiteral("grill"));
    QCOMPARE(ticket["lines"]["1"]["station"].toString(), "grill");
    QCOMPARE(ticket["lines"]["1"]["here"].toBool(), true);
    QCOMPARE(ticket["lines"]["2"]["station"].toString(), "fry");
    QCOMPARE(ticket["lines"]["2"]["here"].toBool(true), false);
    const Timestamp paid = state.paidAt.value();
    QCOMPARE(ticket["age_from"].toString(), QString::fromLatin1(formatTimestamp(paid)));
    QCOMPARE(ticket["late_at"].toString(), QString::fromLatin1(formatTimestamp(paid + 120s)));
    QVERIFY(now->shows(state, QStringLiteral("grill")));
    state.lines.front().status = LineStatus::Ready;
    QVERIFY2(!now->shows(state, QStringLiteral("grill")), "bumped there, still cooked at fry");
    QVERIFY(now->shows(state, QStringLiteral("fry")));
    QVERIFY(now->shows(state, {}));
    state.status = OrderStatus::Completed;
    QVERIFY(!now->shows(state, {}));
}

void PastBoardTest::refusesPositionsThatAreNotThere()
{
    CoreKit kit;
    kit.place();
    ListedKeyframes keyframes;
    const Result<PastBoard> board = boardAt(kit.log, keyframes, 3);
    QVERIFY(!board);
    QCOMPARE(board.error().code, ErrorCode::NotFound);
    kit.log.failReads(true);
    QCOMPARE(boardAt(kit.log, keyframes, 1).error().code, ErrorCode::StorageFailed);
}

QTEST_GUILESS_MAIN(PastBoardTest)
#include "test_past_board.moc"
