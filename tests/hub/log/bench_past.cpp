// SPDX-License-Identifier: Apache-2.0
#include "hub/app/caretaker.h"
#include "hub/log/sqlite_event_reader.h"
#include "hub/past/past_board.h"
#include "shared/order/board.h"
#include "tests/hub/log/log_fixture.h"
#include "tests/support/seeded_random.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

// past_bench [events] [open orders]: what a board of the past costs on a long log, and what the
// proof that walks it meanwhile costs the writer.
using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

void print(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        return times.at(static_cast<size_t>(static_cast<double>(times.size() - 1) * part));
    };
    std::printf("%-34s n %5zu  p50 %8.2f  p99 %8.2f  max %8.2f ms\n", what, times.size(), at(0.5),
                at(0.99), at(1));
}

double since(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

// Orders that live for as long as `open` of them are open at once.
class Service
{
public:
    Service(LogFixture &fixture, size_t open) : m_fixture(fixture), m_open(open) { }

    void play(int events)
    {
        for (int i = 0; i < events; i += 5) {
            m_orders.push_back(m_fixture.maker.place(QString::number(++m_placed % 200)));
            m_fixture.maker.add(m_orders.back(), EventType::OrderPaid);
            m_fixture.maker.add(m_orders.back(), EventType::OrderStarted);
            m_fixture.clock.advance(20s);
            if (m_orders.size() <= m_open)
                continue;
            m_fixture.maker.add(m_orders.front(), EventType::OrderReady);
            m_fixture.maker.add(m_orders.front(), EventType::OrderCompleted);
            m_orders.erase(m_orders.begin());
        }
    }
    bool commit() { return m_fixture.commit().has_value(); }

private:
    LogFixture &m_fixture;
    size_t m_open;
    std::vector<QUuid> m_orders;
    int m_placed = 0;
};

std::vector<double> commitTimes(Service &service, int count)
{
    std::vector<double> times;
    QElapsedTimer timer;
    for (int i = 0; i < count; ++i) {
        service.play(5);
        timer.start();
        if (!service.commit())
            std::abort();
        times.push_back(since(timer));
    }
    return times;
}

void waitForProof(const Caretaker &keeper)
{
    if (!QTest::qWaitFor([&] { return keeper.facts().proof.isAtEnd; }, 3'600'000))
        std::abort();
}

std::vector<double> boardTimes(EventReader &reader, Keyframes &keyframes, qint64 head)
{
    SeededRandom random(7);
    std::vector<double> times;
    QElapsedTimer timer;
    for (int i = 0; i < 300; ++i) {
        const qint64 pos = 1 + random.below(static_cast<int>(head));
        timer.start();
        const Result<PastBoard> board = boardAt(reader, keyframes, pos);
        times.push_back(since(timer));
        if (!board || board->orders.empty())
            std::abort();
    }
    return times;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int events = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const int open = argc > 2 ? std::atoi(argv[2]) : 40;
    LogFixture fixture;
    fixture.open();
    Service service(fixture, static_cast<size_t>(open));
    for (int i = 0; i < events; i += 5'000) {
        service.play(5'000);
        if (!service.commit())
            return 1;
    }
    print("commit, nothing beside it", commitTimes(service, 2'000));
    const SystemClock clock;
    const LogWriter quiet(std::nullopt);
    Caretaker keeper({fixture.path(), &clock, &quiet, nullptr});
    QElapsedTimer whole;
    whole.start();
    if (!keeper.start())
        return 1;
    print("commit, beside the proof", commitTimes(service, 2'000));
    keeper.proveAgain(); // faster
    print("commit, beside the proof asked for", commitTimes(service, 2'000));
    waitForProof(keeper);
    const ProofProgress proof = keeper.facts().proof;
    std::printf("proof: %lld events, %s, %.1f s\n", proof.pos,
                proof.problems.empty() ? "sound" : "NOT SOUND", since(whole) / 1e3);
    auto reader = SqliteEventReader::open(fixture.path());
    if (!reader)
        return 1;
    const qint64 head = fixture.log->head().pos;
    print("board of the past", boardTimes(**reader, keeper.keyframes(), head));
    std::vector<double> steps;
    QElapsedTimer timer;
    for (int i = 0; i < 100; ++i) {
        timer.start();
        if (!stepsBetween(**reader, head / 100 * i, head, 200))
            return 1;
        steps.push_back(since(timer));
    }
    print("200 steps of it", steps);
    return 0;
}
