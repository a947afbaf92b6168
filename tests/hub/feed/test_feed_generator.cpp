// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/arrivals.h"
#include "hub/feed/order_generator.h"
#include "shared/order/payload.h"
#include "shared/order/transition.h"
#include "shared/protocol/canonical_json.h"

#include <QSet>
#include <QTest>

#include <cmath>

using namespace cf;
using namespace cf::feed;
using namespace std::chrono_literals;

namespace {

constexpr int ordersTried = 1'500;

OrderGenerator generator(quint64 seed, bool cook, double speed = 1)
{
    PlanOptions options;
    options.seed = seed;
    options.run = QStringLiteral("test");
    options.cook = cook;
    options.speed = speed;
    return {builtInMenu().value(), options};
}

// The hub's part, in memory: folds what the state machine decides.
class Fold
{
public:
    explicit Fold(const OrderRequest &request)
    {
        apply(decidePlaced(request.order, request.payment));
    }

    Result<EventDrafts> step(const PlannedStep &step)
    {
        const Result<QJsonObject> payload = validatePayload(step.type, step.payload);
        if (!payload)
            return payload.error();
        Command command;
        command.type = step.type;
        command.payload = *payload;
        Result<EventDrafts> drafts = decide(m_state, command);
        if (drafts)
            apply(*drafts);
        return drafts;
    }

    [[nodiscard]] const OrderState &state() const { return m_state; }

private:
    void apply(const EventDrafts &drafts)
    {
        for (const EventDraft &draft : drafts) {
            OrderEvent event;
            event.type = draft.type;
            event.payload = draft.payload;
            event.seq = m_state.seq + 1;
            applyEvent(m_state, event);
        }
    }

    OrderState m_state;
};

} // namespace

class TestFeedGenerator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ordersAreValid()
    {
        const OrderGenerator made = generator(1, true);
        for (int i = 0; i < ordersTried; ++i) {
            const PlannedOrder planned = made.make(i);
            const Result<OrderRequest> request = parseOrderRequest(planned.body);
            QVERIFY2(request, qPrintable(request ? QString() : request.error().detail));
            QCOMPARE(request->order.lines.size(), planned.order.lines.size());
            QVERIFY(!planned.idempotencyKey.isEmpty());
        }
    }

    void stepsAreAllowed_data()
    {
        QTest::addColumn<bool>("cook");
        QTest::newRow("floor alone") << false;
        QTest::newRow("with a kitchen") << true;
    }

    void stepsAreAllowed()
    {
        QFETCH(bool, cook);
        const OrderGenerator made = generator(7, cook);
        for (int i = 0; i < ordersTried; ++i) {
            const PlannedOrder planned = made.make(i);
            Fold fold(parseOrderRequest(planned.body).value());
            std::chrono::milliseconds last{};
            for (const PlannedStep &step : planned.steps) {
                QVERIFY2(step.at >= last, "steps are in order of time");
                last = step.at;
                const Result<EventDrafts> drafts = fold.step(step);
                QVERIFY2(drafts, qPrintable(QStringLiteral("order %1: %2")
                                                .arg(i)
                                                .arg(drafts ? QString() : drafts.error().detail)));
            }
            if (cook)
                QVERIFY2(!isOpen(fold.state().status),
                         "a cooked order ends completed or cancelled");
        }
    }

    void everythingHappens()
    {
        const OrderGenerator made = generator(3, true);
        QSet<EventType> types;
        QSet<ServiceType> services;
        bool asian = false;
        bool umlaut = false;
        bool longName = false;
        bool unpaid = false;
        for (int i = 0; i < ordersTried; ++i) {
            const PlannedOrder planned = made.make(i);
            for (const PlannedStep &step : planned.steps)
                types.insert(step.type);
            services.insert(planned.order.serviceType.value());
            const QString name = planned.order.customerName;
            asian = asian || name.contains(QChar(u'王'));
            umlaut = umlaut || name.contains(QChar(u'ü'));
            longName = longName || name.size() > 40;
            unpaid = unpaid || !planned.order.payment;
        }
        // order_placed is the order itself; Unknown is never sent.
        for (int type = 2; type < eventTypeCount; ++type) {
            const auto wanted = static_cast<EventType>(type);
            QVERIFY2(types.contains(wanted), eventTypeName(wanted).data());
        }
        QCOMPARE(services.size(), 5);
        QVERIFY(asian && umlaut && longName && unpaid);
    }

    void sameSeedSameService()
    {
        const OrderGenerator first = generator(42, true);
        const OrderGenerator second = generator(42, true);
        const OrderGenerator other = generator(43, true);
        int different = 0;
        for (int i = 99; i >= 0; --i) {
            const PlannedOrder a = first.make(99 - i);
            const PlannedOrder b = second.make(99 - i);
            QCOMPARE(canonicalJson(a.body), canonicalJson(b.body));
            QCOMPARE(a.steps, b.steps);
            different += canonicalJson(other.make(99 - i).body) != canonicalJson(a.body) ? 1 : 0;
        }
        QCOMPARE(different, 100);
    }

    void theKitchenDoesNotChangeTheOrder()
    {
        QCOMPARE(canonicalJson(generator(5, true).make(17).body),
                 canonicalJson(generator(5, false).make(17).body));
    }

    void keysAreNeverShared()
    {
        const OrderGenerator made = generator(1, true);
        QSet<QByteArray> keys;
        qsizetype given = 0;
        for (int i = 0; i < 200; ++i) {
            const PlannedOrder planned = made.make(i);
            keys.insert(planned.idempotencyKey);
            ++given;
            for (const PlannedStep &step : planned.steps) {
                keys.insert(step.commandId);
                ++given;
            }
        }
        QCOMPARE(keys.size(), given);
    }

    void speedShortensTheKitchen()
    {
        const auto slow = generator(5, true, 1).make(3).steps;
        const auto fast = generator(5, true, 10).make(3).steps;
        QCOMPARE(slow.size(), fast.size());
        QVERIFY(std::abs(slow.back().at.count() - fast.back().at.count() * 10) <= 10);
    }

    void arrivalsKeepTheMeanRate()
    {
        // Over 200 services of 600 orders each, the count's standard deviation is 346.
        const auto service = 60min;
        const double perMinute = 10;
        Arrivals arrivals(perMinute, service, 11);
        const auto end = 200 * service;
        int count = 0;
        std::chrono::milliseconds last{};
        for (auto at = arrivals.next(); at < end; at = arrivals.next()) {
            QVERIFY(at >= last);
            last = at;
            ++count;
        }
        const double expected = 200 * 60 * perMinute;
        QVERIFY2(
            std::abs(count - expected) < 5 * std::sqrt(expected),
            qPrintable(QStringLiteral("%1 arrivals, expected about %2").arg(count).arg(expected)));
    }

    void arrivalsRush()
    {
        const Arrivals arrivals(10, 60min, 1);
        QVERIFY2(arrivals.rateAt(30min) > 2.5 * arrivals.rateAt(1min),
                 "noon is busier than eleven");
        QVERIFY(arrivals.rateAt(61min) < arrivals.rateAt(30min));
    }

    void gapsAreExponential()
    {
        // A Poisson process' gaps vary as much as they are long; a clock's would not vary at all.
        Dice dice(9, 0);
        double sum = 0;
        double squares = 0;
        constexpr int count = 100'000;
        for (int i = 0; i < count; ++i) {
            const double gap = dice.exponential(5.0);
            sum += gap;
            squares += gap * gap;
        }
        const double mean = sum / count;
        const double deviation = std::sqrt(squares / count - mean * mean);
        QVERIFY2(std::abs(mean - 5.0) < 0.1, qPrintable(QString::number(mean)));
        QVERIFY2(std::abs(deviation - 5.0) < 0.15, qPrintable(QString::number(deviation)));
    }
};

QTEST_GUILESS_MAIN(TestFeedGenerator)
#include "test_feed_generator.moc"
