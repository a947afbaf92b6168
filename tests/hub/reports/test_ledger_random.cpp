// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/reports/ledger_kit.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using L1 = QLatin1StringView;

namespace {

constexpr int steps = 500; // of each seed
constexpr std::array commandTypes = {
    EventType::OrderPaid,      EventType::OrderAccepted,  EventType::OrderStarted,
    EventType::OrderReady,     EventType::OrderCompleted, EventType::OrderCancelled,
    EventType::OrderRecalled,  EventType::ItemStarted,    EventType::ItemReady,
    EventType::ItemRecalled,   EventType::ItemVoided,     EventType::OrderPrioritised,
    EventType::OrderNoteAdded, EventType::ItemsAdded,     EventType::ItemMoved,
    EventType::CourseFired,
};

// Orders and what happens to them, at random; one seed decides all of it.
class RandomTraffic
{
public:
    explicit RandomTraffic(quint64 seed) : kit(seed), m_random(kit.random) { }

    void step()
    {
        std::vector<Request> batch;
        for (int i = m_random.below(5); i >= 0; --i) {
            if (m_orders.empty() || m_random.oneIn(8))
                batch.push_back(
                    CoreKit::placing({.lines = 1 + m_random.below(3), .paid = !m_random.oneIn(3)}));
            else
                batch.push_back(command());
        }
        const BatchResult result = kit.handle(batch);
        for (const CommittedEvent &event : result.committed.events) {
            if (event.event.type == EventType::OrderPlaced)
                m_orders.push_back(event.event.orderId);
        }
        kit.clock.advance(std::chrono::milliseconds(m_random.below(5'000)));
    }
    // As after a power cut on a disk that lied.
    void loseSome()
    {
        kit.log.loseAfter(kit.log.head().pos - m_random.below(30));
        kit.recover();
        m_orders.clear();
        for (const LoggedEvent &logged : kit.log.all()) {
            if (logged.event.type == EventType::OrderPlaced)
                m_orders.push_back(logged.event.orderId);
        }
    }
    [[nodiscard]] bool oneIn(int n) { return m_random.oneIn(n); }
    [[nodiscard]] int below(int n) { return m_random.below(n); }

    CoreKit kit;

private:
    QUuid anyOrder()
    {
        const int size = static_cast<int>(m_orders.size());
        const int back =
            m_random.oneIn(8) ? m_random.below(size) : m_random.below(std::min(size, 6));
        return m_orders[static_cast<size_t>(size - 1 - back)];
    }
    QJsonObject payloadFor(EventType type)
    {
        switch (type) {
        case EventType::ItemStarted:
        case EventType::ItemReady:
        case EventType::ItemRecalled:
        case EventType::ItemVoided: return linesPayload({QString::number(1 + m_random.below(3))});
        case EventType::ItemMoved:
            return movedPayload({QString::number(1 + m_random.below(3))}, QStringLiteral("fry"));
        case EventType::CourseFired: return coursePayload(1 + m_random.below(2));
        case EventType::OrderNoteAdded: return {{L1("note"), QStringLiteral("no onions")}};
        case EventType::ItemsAdded: {
            Item item;
            item.name = QStringLiteral("Late dish");
            item.course = m_random.below(3);
            return withItems({}, {item});
        }
        default: return {};
        }
    }
    // What a kitchen would do next with the order as it is.
    EventType nextStep(const OrderState &order)
    {
        switch (order.status) {
        case OrderStatus::Placed: return EventType::OrderPaid;
        case OrderStatus::Paid:
        case OrderStatus::Accepted: return EventType::OrderStarted;
        case OrderStatus::InKitchen: return EventType::OrderReady;
        case OrderStatus::Ready:
            return m_random.oneIn(2) ? EventType::OrderCompleted : EventType::OrderRecalled;
        default: return EventType::OrderRecalled;
        }
    }
    Request command()
    {
        const QUuid id = anyOrder();
        const OrderState *order = kit.hub.board().find(id);
        const EventType type = order && m_random.oneIn(2)
                                   ? nextStep(*order)
                                   : commandTypes.at(static_cast<size_t>(
                                       m_random.below(static_cast<int>(commandTypes.size()))));
        return CoreKit::appending(id, type, payloadFor(type));
    }

    SeededRandom &m_random;
    std::vector<QUuid> m_orders;
};

// A ledger in a file that follows the traffic, in batches of any size, and to which things happen.
class Follower
{
public:
    explicit Follower(RandomTraffic &traffic) : m_traffic(traffic) { reopen(); }

    void reopen()
    {
        m_ledger.reset();
        m_ledger = Ledger::open(m_dir.filePath(QStringLiteral("ledger.db"))).value();
    }
    void step()
    {
        MemoryEventLog &log = m_traffic.kit.log;
        if (m_traffic.oneIn(20)) { // the log cannot be read: nothing of it may stay
            const LedgerPlace before = m_ledger->place();
            log.failReads(true);
            const Result<int> taken = m_ledger->follow(log, log.head().pos);
            log.failReads(false);
            failed += !taken && m_ledger->place() == before ? 1 : 0;
        }
        if (m_traffic.oneIn(20)) {
            reopen();
            ++reopened;
        }
        if (!m_traffic.oneIn(4))
            QVERIFY(m_ledger->follow(log, log.head().pos, 1 + m_traffic.below(20)));
    }
    Ledger &ledger() { return *m_ledger; }

    int failed = 0;
    int reopened = 0;

private:
    RandomTraffic &m_traffic;
    QTemporaryDir m_dir;
    std::unique_ptr<Ledger> m_ledger;
};

} // namespace

class LedgerRandomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followedAndMadeAgainAreOne_data();
    void followedAndMadeAgainAreOne();
};

void LedgerRandomTest::followedAndMadeAgainAreOne_data()
{
    QTest::addColumn<quint64>("seed");
    const int seeds = qEnvironmentVariableIntValue("CF_TEST_SEEDS");
    for (quint64 seed = 1; seed <= static_cast<quint64>(std::max(seeds, 5)); ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void LedgerRandomTest::followedAndMadeAgainAreOne()
{
    QFETCH(quint64, seed);
    RandomTraffic traffic(seed);
    Follower follower(traffic);
    int losses = 0;
    for (int i = 0; i < steps; ++i) {
        traffic.step();
        follower.step();
        if (traffic.oneIn(80)) {
            traffic.loseSome();
            ++losses;
        }
        if (i % 100 != 99)
            continue;
        catchUp(follower.ledger(), traffic.kit.log);
        const QString differs =
            differenceOf(dumpOf(follower.ledger().database()), dumpOfNew(traffic.kit.log));
        QVERIFY2(differs.isEmpty(), qPrintable(QStringLiteral("step %1: ").arg(i) + differs));
    }
    Database &db = follower.ledger().database();
    const QString orders = rowOf(db, "SELECT count(*), sum(recalls) FROM orders");
    const QString bumps = rowOf(db, "SELECT count(*), count(recalled_at) FROM bumps");
    qInfo("orders and recalls: %s; bumps and those recalled: %s; %d losses, %d failures",
          qPrintable(orders), qPrintable(bumps), losses, follower.failed);
    const bool isRich = orders.section(u'|', 0, 0).toInt() > 50
                        && orders.section(u'|', 1).toInt() > 5
                        && bumps.section(u'|', 1).toInt() > 5;
    QVERIFY2(isRich, "there was enough in it to prove something");
    QVERIFY2(losses > 0 && follower.failed > 5 && follower.reopened > 5,
             "the service was eventful enough to prove something");
}

QTEST_GUILESS_MAIN(LedgerRandomTest)
#include "test_ledger_random.moc"
