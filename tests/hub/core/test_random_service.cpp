// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/hub/core/display_model.h"
#include "tests/hub/core/test_session.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;
using L1 = QLatin1StringView;

namespace {

constexpr int steps = 1'200; // of each seed
constexpr std::array commandTypes = {
    EventType::OrderPaid,        EventType::OrderAccepted,  EventType::OrderStarted,
    EventType::OrderReady,       EventType::OrderCompleted, EventType::OrderCancelled,
    EventType::OrderRecalled,    EventType::ItemStarted,    EventType::ItemReady,
    EventType::ItemRecalled,     EventType::ItemVoided,     EventType::OrderPrioritised,
    EventType::OrderNoteAdded,   EventType::ItemsAdded,     EventType::OrderCompleted,
    EventType::OrderReady,       EventType::ItemMoved,      EventType::AllergensAcknowledged,
    EventType::VoidAcknowledged,
};

// A tablet with its link: what it holds outlives the session, which comes and goes.
struct Tablet {
    QString device;
    DisplayModel model;
    std::unique_ptr<TestSession> session;
    size_t taken = 0; // of the session's messages
    qint64 lastN = 0;
    std::vector<Request> sent; // to be sent again
};

// A service in which everything happens at random: orders, commands, repeats, drops in the middle
// of anything, restarts, failed commits, lost events. One seed decides all of it.
class RandomService
{
public:
    explicit RandomService(quint64 seed);

    void step();
    void settle(); // everyone connected and caught up
    [[nodiscard]] QStringList faults();
    [[nodiscard]] bool allEqual(QString *why);

    CoreKit kit;
    std::vector<Tablet> tablets;
    int restarts = 0;
    int failures = 0;
    int losses = 0;
    int drops = 0;

private:
    void handle(std::vector<Request> requests);
    void commands();
    Request randomCommand();
    Request randomBump(Tablet &tablet);
    QUuid anyOrder();
    size_t index(size_t size); // of a list of this size
    QJsonObject payloadFor(EventType type);
    void connect(Tablet &tablet);
    void drop(Tablet &tablet);
    void move(Tablet &tablet, int frames);
    void trouble();
    void renewIfAsked();

    SeededRandom &m_random;
    std::vector<QUuid> m_orders;
    bool m_behind = false;
    QStringList m_faults;
};

RandomService::RandomService(quint64 seed) : kit(seed), m_random(kit.random)
{
    kit.hub.onBehind = [this](const QString &) { m_behind = true; };
    for (int i = 0; i < 4; ++i) {
        Tablet tablet;
        tablet.device = QStringLiteral("tablet-%1").arg(i);
        tablets.push_back(std::move(tablet));
    }
}

void RandomService::step()
{
    commands();
    for (Tablet &tablet : tablets) {
        if (!tablet.session && m_random.oneIn(6))
            connect(tablet);
        if (tablet.session && !m_random.oneIn(3))
            move(tablet, 1 + m_random.below(4));
        if (tablet.session && m_random.oneIn(25))
            drop(tablet);
    }
    renewIfAsked();
    if (m_random.oneIn(60))
        trouble();
    kit.clock.advance(std::chrono::milliseconds(m_random.below(900)));
}

void RandomService::commands()
{
    std::vector<Request> batch;
    const int count = m_random.below(5);
    for (int i = 0; i < count; ++i) {
        if (m_random.oneIn(5) || m_orders.empty())
            batch.push_back(CoreKit::placing({.lines = 1 + m_random.below(3)}));
        else if (m_random.oneIn(2))
            batch.push_back(randomBump(tablets[static_cast<size_t>(m_random.below(4))]));
        else
            batch.push_back(randomCommand());
    }
    if (!batch.empty())
        handle(std::move(batch));
    if (m_random.oneIn(400))
        kit.manyEvents(m_random.oneIn(4) ? 5'200 : 1'500);
}

void RandomService::handle(std::vector<Request> requests)
{
    const BatchResult result = kit.handle(requests);
    if (result.answers.size() != requests.size())
        m_faults.append(QStringLiteral("as many answers as requests"));
    for (const CommittedEvent &event : result.committed.events) {
        if (event.event.type == EventType::OrderPlaced)
            m_orders.push_back(event.event.orderId);
    }
    for (size_t i = 0; i < requests.size() && i < result.answers.size(); ++i) {
        const auto *display = std::get_if<DisplayCommand>(&requests[i].what);
        const std::optional<CommandResult> &told = result.answers[i].result;
        if (!display || !told)
            continue;
        if (told->status == CommandStatus::Applied && told->pos > kit.log.head().pos)
            m_faults.append(QStringLiteral("applied is on disk"));
        for (Tablet &tablet : tablets) {
            if (tablet.device == display->device && tablet.session)
                tablet.session->subscriber->sendResult(*told);
        }
    }
    if (result.storageFailed)
        kit.recover();
}

QUuid RandomService::anyOrder()
{
    // Mostly a young one, sometimes one that everybody has forgotten.
    const int size = static_cast<int>(m_orders.size());
    const int back = m_random.oneIn(8) ? m_random.below(size) : m_random.below(std::min(size, 12));
    return m_orders[static_cast<size_t>(size - 1 - back)];
}

size_t RandomService::index(size_t size)
{
    return static_cast<size_t>(m_random.below(static_cast<int>(size)));
}

QJsonObject RandomService::payloadFor(EventType type)
{
    switch (type) {
    case EventType::ItemStarted:
    case EventType::ItemReady:
    case EventType::ItemRecalled:
    case EventType::AllergensAcknowledged:
    case EventType::VoidAcknowledged:
    case EventType::ItemVoided: return linesPayload({QString::number(1 + m_random.below(3))});
    case EventType::ItemMoved:
        return {{L1("lines"), QJsonArray{QString::number(1 + m_random.below(3))}},
                {L1("station"), m_random.oneIn(2) ? L1("grill") : L1("fry")}};
    case EventType::OrderPrioritised: return {{L1("priority"), m_random.oneIn(2)}};
    case EventType::OrderNoteAdded: return {{L1("note"), QStringLiteral("no onions")}};
    case EventType::ItemsAdded: {
        Item item;
        item.name = QStringLiteral("Late dish");
        return withItems({}, {item});
    }
    default: return {};
    }
}

Request RandomService::randomCommand()
{
    const EventType type = commandTypes.at(index(commandTypes.size()));
    const std::optional<int> expected = m_random.oneIn(5) ? std::optional(2) : std::nullopt;
    return CoreKit::appending(anyOrder(), type, payloadFor(type), {}, expected);
}

Request RandomService::randomBump(Tablet &tablet)
{
    if (!tablet.sent.empty() && m_random.oneIn(4))
        return tablet.sent[index(tablet.sent.size())];
    const EventType type = commandTypes.at(index(commandTypes.size()));
    tablet.lastN += m_random.oneIn(10) ? 2 : 1;
    tablet.sent.push_back(CoreKit::bumping(tablet.device, tablet.lastN, anyOrder(),
                                           eventTypeName(type), payloadFor(type)));
    return tablet.sent.back();
}

void RandomService::connect(Tablet &tablet)
{
    tablet.session =
        std::make_unique<TestSession>(kit, helloFrom(tablet.device, tablet.model.cursor));
    tablet.taken = 0;
    tablet.model.connected();
}

void RandomService::drop(Tablet &tablet)
{
    tablet.session.reset();
    ++drops;
}

// Takes some frames; what the display applied, it mostly acknowledges.
void RandomService::move(Tablet &tablet, int frames)
{
    TestSession &session = *tablet.session;
    session.holdReads = m_random.oneIn(4);
    session.pump(frames);
    if (!session.holdReads)
        session.answerReads();
    for (; tablet.taken < session.received.size(); ++tablet.taken)
        tablet.model.take(session.received[tablet.taken]);
    if (tablet.model.cursor && m_random.oneIn(2))
        session.ack(tablet.model.cursor->pos, m_random.oneIn(2));
    if (session.bye())
        drop(tablet);
}

void RandomService::trouble()
{
    switch (m_random.below(5)) {
    case 0: // a new process on the same log
        kit.recover();
        ++restarts;
        break;
    case 1:
        kit.log.failNextCommit(m_random.oneIn(2) ? MemoryEventLog::CommitFailure::Kept
                                                 : MemoryEventLog::CommitFailure::Lost);
        ++failures;
        break;
    case 2: // a power cut on a disk that lied
        if (kit.log.head().pos < 50)
            return;
        kit.log.loseAfter(kit.log.head().pos - m_random.below(40));
        kit.recover();
        m_orders.clear();
        for (const LoggedEvent &logged : kit.log.all()) {
            if (logged.event.type == EventType::OrderPlaced)
                m_orders.push_back(logged.event.orderId);
        }
        ++losses;
        break;
    default: // a long silence
        kit.clock.advance(std::chrono::milliseconds(m_random.below(20'000)));
    }
}

void RandomService::renewIfAsked()
{
    if (!m_behind || !m_random.oneIn(3))
        return;
    m_behind = false;
    handle({Request{RenewEpoch{QStringLiteral("behind a display")}, {}}});
}

void RandomService::settle()
{
    for (int round = 0; round < 100; ++round) {
        bool done = true;
        for (Tablet &tablet : tablets) {
            if (!tablet.session)
                connect(tablet);
            for (int i = 0; i < 50 && tablet.session; ++i)
                move(tablet, 1'000);
            done = done && tablet.session && tablet.model.isLive
                   && tablet.model.cursor == kit.hub.headCursor();
        }
        renewIfAsked();
        if (done)
            return;
    }
    m_faults.append(QStringLiteral("everyone catches up"));
}

QStringList RandomService::faults()
{
    QStringList all = m_faults + kit.log.violations();
    for (const Tablet &tablet : tablets)
        all += tablet.model.faults;
    if (kit.hub.stats().boardHoles > 0)
        all.append(QStringLiteral("every event fits the hub's board"));
    return all;
}

bool RandomService::allEqual(QString *why)
{
    const std::map<QUuid, OrderState> folded = kit.folded();
    const QByteArray digest = kit.foldedDigest();
    const auto same = [&](const Board &board, const QString &whose) {
        *why = whose;
        if (digestText(board.digest()) != digest || board.count() != std::ssize(folded))
            return false;
        const std::vector<const OrderState *> open = board.openOrders();
        return std::all_of(open.begin(), open.end(), [&](const OrderState *order) {
            return folded.contains(order->id) && folded.at(order->id) == *order;
        });
    };
    if (kit.hub.head() != kit.log.head() || !same(kit.hub.board(), QStringLiteral("the hub")))
        return false;
    return std::all_of(tablets.begin(), tablets.end(), [&](const Tablet &tablet) {
        return same(tablet.model.board, tablet.device);
    });
}

} // namespace

class RandomServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBoardEndsEqual_data();
    void everyBoardEndsEqual();
};

void RandomServiceTest::everyBoardEndsEqual_data()
{
    QTest::addColumn<quint64>("seed");
    const int seeds = qEnvironmentVariableIntValue("CF_TEST_SEEDS");
    for (quint64 seed = 1; seed <= static_cast<quint64>(std::max(seeds, 3)); ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void RandomServiceTest::everyBoardEndsEqual()
{
    QFETCH(quint64, seed);
    RandomService service(seed);
    for (int i = 0; i < steps; ++i) {
        service.step();
        if (i % 300 == 299) {
            service.settle();
            QString why;
            QVERIFY2(service.allEqual(&why),
                     qPrintable(QStringLiteral("step %1: %2 differs").arg(i).arg(why)));
        }
        QCOMPARE(service.faults(), QStringList());
    }
    qint64 applied = 0;
    qint64 snapshots = 0;
    for (const Tablet &tablet : service.tablets) {
        applied += tablet.model.applied;
        snapshots += tablet.model.snapshots;
    }
    qInfo("%lld events, %d drops, %d restarts, %d failed commits, %d losses; "
          "displays: %lld events applied, %lld snapshots, hub: %lld resumes, %lld slow",
          service.kit.log.head().pos, service.drops, service.restarts, service.failures,
          service.losses, applied, snapshots, service.kit.hub.stats().resumes,
          service.kit.hub.stats().slowClosed);
    QVERIFY2(service.drops > 50 && service.restarts > 0 && service.failures > 0
                 && service.losses > 0 && applied > 1'000 && snapshots > 5,
             "the service was eventful enough to prove something");
}

QTEST_GUILESS_MAIN(RandomServiceTest)
#include "test_random_service.moc"
