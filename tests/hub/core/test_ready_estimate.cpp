// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/ready_estimate.h"
#include "shared/base/limits.h"
#include "tests/support/seeded_random.h"

#include <QtTest>

#include <algorithm>
#include <queue>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

using Minutes = std::chrono::minutes;

const Timestamp noon = *parseTimestamp(QStringLiteral("2026-11-21T12:00:00.000Z"));

OrderState paidAt(Timestamp at)
{
    OrderState order;
    order.id = QUuid::createUuid();
    order.status = OrderStatus::Paid;
    order.seq = 2;
    order.placedAt = at;
    order.paidAt = at;
    return order;
}

OrderState cooked(Timestamp paid, std::chrono::milliseconds time)
{
    OrderState order = paidAt(paid);
    order.status = OrderStatus::Completed;
    order.startedAt = order.readyAt = paid + time;
    order.completedAt = order.readyAt;
    return order;
}

// Closed orders that each had the kitchen to themselves.
std::vector<OrderState> oneByOne(const std::vector<Minutes> &times)
{
    std::vector<OrderState> orders;
    Timestamp at = noon;
    for (const Minutes time : times) {
        orders.push_back(cooked(at, time));
        at += time + 1min;
    }
    return orders;
}

Board boardOf(std::vector<OrderState> closed, std::vector<OrderState> open = {})
{
    Board board;
    board.reset(std::move(open), std::move(closed));
    return board;
}

// A kitchen of some cooks, who take what comes in its order; what each order took.
class QueueKitchen
{
public:
    QueueKitchen(quint64 seed, int cooks) : m_random(seed)
    {
        for (int i = 0; i < cooks; ++i)
            m_free.push(noon);
    }

    // Quiet, then a rush at more than twice the pace, then quiet again.
    std::vector<OrderState> serve(int count)
    {
        std::vector<OrderState> orders;
        Timestamp at = noon;
        for (int i = 0; i < count; ++i) {
            const bool rush = i > count / 3 && i < 2 * count / 3;
            at += between(rush ? 20s : 90s, rush ? 110s : 260s);
            const Timestamp begins = std::max(at, m_free.top());
            m_free.pop();
            const Timestamp ready = begins + between(180s, 420s);
            m_free.push(ready);
            orders.push_back(cooked(at, ready - at));
        }
        return orders;
    }

private:
    std::chrono::seconds between(std::chrono::seconds least, std::chrono::seconds most)
    {
        return least
               + std::chrono::seconds(m_random.below(static_cast<int>((most - least).count())));
    }

    SeededRandom m_random;
    std::priority_queue<Timestamp, std::vector<Timestamp>, std::greater<>> m_free;
};

// The board as it stood at a moment of the service.
Board asOf(const std::vector<OrderState> &service, Timestamp at)
{
    std::vector<OrderState> open, closed;
    for (OrderState order : service) {
        if (*order.paidAt > at)
            continue;
        if (*order.readyAt <= at) {
            closed.push_back(order);
            continue;
        }
        order.status = OrderStatus::Paid;
        order.startedAt.reset();
        order.readyAt.reset();
        order.completedAt.reset();
        open.push_back(order);
    }
    std::sort(closed.begin(), closed.end(),
              [](const OrderState &a, const OrderState &b) { return *a.readyAt < *b.readyAt; });
    return boardOf(std::move(closed), std::move(open));
}

} // namespace

class TestReadyEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tooFewSayNothing();
    void aWindowAroundTheMiddle();
    void saysWhenItTakesLonger();
    void aFullKitchenTakesLonger();
    void aFullerKitchenThanEver();
    void begunOrdersAreComparedWithBegunOnes();
    void notBeforeItsDueTime();
    void laterOrdersDoNotFillTheKitchen();
    void readyOrdersCountBeforeTheyAreClosed();
    void looksOnceASecond();
    void keepsItsWordThroughARush();
};

void TestReadyEstimate::tooFewSayNothing()
{
    const std::vector<OrderState> four = oneByOne({5min, 6min, 7min, 8min});
    const Timestamp now = noon + 2h;
    QCOMPARE(ReadyEstimate().of(paidAt(now), boardOf(four), now), ReadyTime());
    std::vector<OrderState> more = four;
    more.push_back(cooked(noon + 1h, 9min));
    QVERIFY(ReadyEstimate().of(paidAt(now), boardOf(more), now).likely);
    // A time that was not the kitchen's own says nothing.
    more.back().recalls = 1;
    QCOMPARE(ReadyEstimate().of(paidAt(now), boardOf(more), now), ReadyTime());
}

void TestReadyEstimate::aWindowAroundTheMiddle()
{
    const Board board = boardOf(oneByOne({10min, 1min, 30min, 8min, 9min}));
    const Timestamp now = noon + 2h;
    const ReadyTime ready = ReadyEstimate().of(paidAt(now), board, now);
    QCOMPARE(*ready.likely, now + 9min);
    // Of 1, 8, 9, 10, 30: between the first two, and between the last two.
    QCOMPARE(*ready.from, now + 1min + std::chrono::seconds(336));
    QCOMPARE(*ready.to, now + 10min + 8min);
    QVERIFY(!ready.overdue);
}

void TestReadyEstimate::saysWhenItTakesLonger()
{
    const Board board = boardOf(oneByOne({10min, 10min, 10min, 10min, 12min}));
    const Timestamp paid = noon + 2h;
    const ReadyTime first = ReadyEstimate().of(paidAt(paid), board, paid);
    const ReadyTime late = ReadyEstimate().of(paidAt(paid), board, paid + 10min);
    QVERIFY2(!late.likely, "never a time that has passed");
    QVERIFY(late.to == first.to && *late.to > paid + 10min && !late.overdue);
    const ReadyTime over = ReadyEstimate().of(paidAt(paid), board, *first.to);
    QVERIFY(over.overdue && !over.likely && !over.from && !over.to);
}

void TestReadyEstimate::aFullKitchenTakesLonger()
{
    // Alone 4 minutes; behind four others that were paid a moment before, 15.
    std::vector<OrderState> closed;
    for (int batch = 0; batch < 8; ++batch) {
        const Timestamp at = noon + batch * 30min;
        for (int i = 0; i < 5; ++i)
            closed.push_back(cooked(at + std::chrono::seconds(i), i == 4 ? 15min : 4min));
    }
    std::sort(closed.begin(), closed.end(),
              [](const OrderState &a, const OrderState &b) { return *a.readyAt < *b.readyAt; });
    const Timestamp now = noon + 6h;
    std::vector<OrderState> open;
    const Board quiet = boardOf(closed);
    QCOMPARE(*ReadyEstimate().of(paidAt(now), quiet, now).likely, now + 4min);
    for (int i = 1; i <= 4; ++i)
        open.push_back(paidAt(now - std::chrono::seconds(i)));
    const Board full = boardOf(closed, open);
    QCOMPARE(*ReadyEstimate().of(paidAt(now), full, now).likely, now + 15min);
}

void TestReadyEstimate::aFullerKitchenThanEver()
{
    const std::vector<OrderState> closed = oneByOne(std::vector<Minutes>(10, 5min));
    const Timestamp now = noon + 6h;
    const auto likelyBehind = [&](int others) {
        std::vector<OrderState> open;
        for (int i = 1; i <= others; ++i)
            open.push_back(paidAt(now - std::chrono::seconds(i)));
        return *ReadyEstimate().of(paidAt(now), boardOf(closed, open), now).likely - now;
    };
    QCOMPARE(likelyBehind(0), 5min);
    QCOMPARE(likelyBehind(1), 10min);
    QVERIFY2(likelyBehind(200) == 15min, "beyond what was seen it is a guess, and stays one");
}

void TestReadyEstimate::begunOrdersAreComparedWithBegunOnes()
{
    std::vector<OrderState> closed = oneByOne(std::vector<Minutes>(6, 20min));
    const Timestamp paid = noon + 6h;
    OrderState begun = paidAt(paid);
    begun.status = OrderStatus::InKitchen;
    begun.startedAt = paid + 12min;
    const Timestamp now = paid + 13min;
    QVERIFY2(*ReadyEstimate().of(begun, boardOf(closed), now).likely == paid + 20min,
             "nobody says when an order is begun in this kitchen");
    for (OrderState &order : closed)
        order.startedAt = *order.readyAt - 6min;
    QCOMPARE(*ReadyEstimate().of(begun, boardOf(closed), now).likely, paid + 18min);
    QCOMPARE(*ReadyEstimate().of(paidAt(paid), boardOf(closed), now).likely, paid + 20min);
}

void TestReadyEstimate::notBeforeItsDueTime()
{
    const Board board = boardOf(oneByOne({8min, 9min, 9min, 9min, 20min}));
    const Timestamp now = noon + 2h;
    OrderState order = paidAt(now);
    const ReadyTime plain = ReadyEstimate().of(order, board, now);
    order.dueAt = now + 1h;
    const ReadyTime later = ReadyEstimate().of(order, board, now);
    QCOMPARE(later.likely, order.dueAt);
    QCOMPARE(later.from, order.dueAt);
    QCOMPARE(*later.to - *order.dueAt, *plain.to - *plain.likely);
    order.dueAt = now + 1min;
    QCOMPARE(ReadyEstimate().of(order, board, now), plain);
}

void TestReadyEstimate::laterOrdersDoNotFillTheKitchen()
{
    const std::vector<OrderState> closed = oneByOne(std::vector<Minutes>(10, 5min));
    const Timestamp now = noon + 6h;
    OrderState tonight = paidAt(now - 1min);
    tonight.dueAt = now + 5h;
    QCOMPARE(*ReadyEstimate().of(paidAt(now), boardOf(closed, {tonight}), now).likely, now + 5min);
    tonight.dueAt = now + limits::dueAhead - 1min;
    QCOMPARE(*ReadyEstimate().of(paidAt(now), boardOf(closed, {tonight}), now).likely, now + 10min);
}

void TestReadyEstimate::readyOrdersCountBeforeTheyAreClosed()
{
    std::vector<OrderState> ready = oneByOne(std::vector<Minutes>(6, 7min));
    for (OrderState &order : ready) {
        order.status = OrderStatus::Ready;
        order.completedAt.reset();
    }
    const Timestamp now = noon + 2h;
    QCOMPARE(*ReadyEstimate().of(paidAt(now), boardOf({}, ready), now).likely, now + 7min);
}

void TestReadyEstimate::looksOnceASecond()
{
    ReadyEstimate estimate;
    Timestamp now = noon + 2h;
    const Board slow = boardOf(oneByOne(std::vector<Minutes>(6, 9min)));
    const Board fast = boardOf(oneByOne(std::vector<Minutes>(6, 3min)));
    const OrderState order = paidAt(now);
    QCOMPARE(*estimate.of(order, slow, now).likely, now + 9min);
    QVERIFY2(*estimate.of(order, fast, now + 5s).likely == order.paidAt.value() + 9min,
             "what has not changed is not looked at again");
    estimate.invalidate();
    QCOMPARE(*estimate.of(order, fast, now + 6s).likely, now + 3min);
    estimate.invalidate();
    QCOMPARE(*estimate.of(order, slow, now + 6s + 999ms).likely, now + 3min);
    QCOMPARE(*estimate.of(order, slow, now + 7s).likely, now + 9min);
}

// Over whole services: most orders are ready within what was said when they were paid, few later,
// and better so than by the kitchen's median alone.
void TestReadyEstimate::keepsItsWordThroughARush()
{
    int said = 0, within = 0, later = 0;
    double error = 0, medianError = 0;
    for (quint64 seed = 1; seed <= 12; ++seed) {
        const std::vector<OrderState> service = QueueKitchen(seed, 3).serve(180);
        for (const OrderState &order : service) {
            const Board board = asOf(service, *order.paidAt);
            const ReadyTime ready = ReadyEstimate().of(paidAt(*order.paidAt), board, *order.paidAt);
            std::vector<std::chrono::milliseconds> times;
            for (const OrderState *one : board.recentOrders())
                times.push_back(*one->readyAt - *one->paidAt);
            if (!ready.likely || times.empty())
                continue;
            ++said;
            within += *order.readyAt >= *ready.from && *order.readyAt <= *ready.to;
            later += *order.readyAt > *ready.to;
            std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
            const Timestamp byMedian = *order.paidAt + times.at(times.size() / 2);
            error += std::abs(static_cast<double>((*order.readyAt - *ready.likely).count()));
            medianError += std::abs(static_cast<double>((*order.readyAt - byMedian).count()));
        }
    }
    QVERIFY(said > 2'000);
    const QByteArray found = QByteArray::number(100.0 * within / said) + " % within, "
                             + QByteArray::number(100.0 * later / said) + " % later, off by "
                             + QByteArray::number(error / said / 1000) + " s; the median alone by "
                             + QByteArray::number(medianError / said / 1000) + " s";
    qInfo("%s", found.constData());
    QVERIFY2(within * 100 >= said * 50, found.constData());
    QVERIFY2(later * 100 <= said * 25, found.constData());
    QVERIFY2(error < 0.8 * medianError, found.constData());
}

QTEST_GUILESS_MAIN(TestReadyEstimate)
#include "test_ready_estimate.moc"
