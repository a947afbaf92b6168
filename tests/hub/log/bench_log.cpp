// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verifier.h"
#include "tests/hub/log/log_fixture.h"

#include <QDir>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

// log_bench [directory]: what this disk and this machine give. Events are orders placed and moved
// along, as in a kitchen; every batch is one transaction and one sync.
using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

struct Figures {
    double commitsPerSecond = 0;
    double medianMs = 0;
    double p99Ms = 0;
};

Figures run(SqliteEventLog &log, BatchMaker &maker, int perBatch, int batches)
{
    std::vector<double> times;
    QUuid order;
    int step = 0;
    QElapsedTimer whole;
    double committing = 0;
    for (int i = 0; i < batches; ++i) {
        for (int n = 0; n < perBatch; ++n, step = (step + 1) % 5) {
            static constexpr EventType types[] = {EventType::OrderPlaced, EventType::OrderPaid,
                                                  EventType::OrderAccepted, EventType::OrderReady,
                                                  EventType::OrderCompleted};
            if (step == 0)
                order = maker.place(QString::number(i));
            else
                maker.add(order, types[step]);
        }
        const LogBatch batch = maker.take();
        whole.restart();
        if (!log.commit(batch))
            std::abort();
        times.push_back(static_cast<double>(whole.nsecsElapsed()) / 1e6);
        committing += times.back();
    }
    std::sort(times.begin(), times.end());
    return {batches * 1000.0 / committing, times[times.size() / 2], times[times.size() * 99 / 100]};
}

void print(const char *what, int perBatch, const Figures &f)
{
    std::printf("%-20s %8.0f commits/s %10.0f events/s  median %.2f ms  p99 %.2f ms\n", what,
                f.commitsPerSecond, f.commitsPerSecond * perBatch, f.medianMs, f.p99Ms);
}

} // namespace

int main(int argc, char **argv)
{
    const QString parent = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QDir::tempPath();
    const QTemporaryDir dir(QDir(parent).filePath(QStringLiteral("log_bench-XXXXXX")));
    const QString path = dir.filePath(logFileName);
    ManualClock clock;
    CountingRandom random;
    OpenOptions options;
    options.restaurantId = QStringLiteral("bench");
    auto log = SqliteEventLog::open(path, options, clock, random);
    if (!log)
        return 1;
    BatchMaker maker(clock);
    maker.start((*log)->head());
    print("1 event a batch", 1, run(**log, maker, 1, 3'000));
    print("64 events a batch", 64, run(**log, maker, 64, 1'000));
    log->reset();
    QElapsedTimer timer;
    timer.start();
    log = SqliteEventLog::open(path, options, clock, random);
    if (!log || !(*log)->openOrders())
        return 1;
    std::printf("open %lld events: %.1f ms\n", (*log)->head().pos,
                static_cast<double>(timer.nsecsElapsed()) / 1e6);
    timer.restart();
    const auto report = verifyLog(path);
    std::printf("verify: %s, %lld ms\n", report && report->isSound() ? "sound" : "NOT SOUND",
                timer.elapsed());
    return 0;
}
