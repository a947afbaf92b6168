// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/prover.h"

#include "tests/simulation/disk/sim_vfs.h"
#include "tests/simulation/mutants.h"
#include "tests/simulation/tally.h"
#include "tests/simulation/world.h"

#include <QHashSeed>
#include <QLoggingCategory>

#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>

namespace cf::sim {

namespace {

// Nothing outside the seed may decide anything.
void isolate()
{
    QHashSeed::setDeterministicGlobalSeed();
    qputenv("TZ", "UTC");
    QLoggingCategory::setFilterRules(QStringLiteral("counterfire.*=false"));
}

RunReport runSeed(quint64 seed, bool trace)
{
    SimVfs::reseed(seed);
    World world(seed);
    if (trace) {
        world.setTrace([](qint64 at, const QString &what) {
            std::printf("%9lld ms  %s\n", static_cast<long long>(at), qPrintable(what));
        });
    }
    return world.run();
}

void printBad(quint64 seed, const RunReport &report)
{
    std::printf("seed %llu breaks a promise; `counterfirectl prove --seed %llu --trace`:\n",
                static_cast<unsigned long long>(seed), static_cast<unsigned long long>(seed));
    for (const QString &breach : report.breaches)
        std::printf("  %s\n", qPrintable(breach));
    std::fflush(stdout);
}

// Every `stride`th seed from `first`.
Tally runSeeds(const ProveOptions &options, quint64 first, quint64 stride)
{
    Tally tally;
    for (quint64 seed = first; seed < options.seed + options.seeds; seed += stride) {
        RunReport report = runSeed(seed, options.trace);
        if (options.twice && runSeed(seed, false).traceHash != report.traceHash)
            report.breaches.append(QStringLiteral("the same seed went another way"));
        if (!report.breaches.isEmpty())
            printBad(seed, report);
        tally.add(report);
    }
    return tally;
}

// In processes of their own: SQLite's layer and the mutants are a process's.
Tally runJobs(const ProveOptions &options)
{
    const auto jobs = static_cast<quint64>(options.jobs);
    std::vector<int> pipes;
    for (quint64 job = 0; job < jobs; ++job) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0)
            break;
        std::fflush(stdout);
        const pid_t child = ::fork();
        if (child == 0) {
            const QByteArray line = runSeeds(options, options.seed + job, jobs).toLine();
            std::fflush(stdout);
            const bool isWritten =
                ::write(ends[1], line.constData(), static_cast<size_t>(line.size())) == line.size();
            ::_exit(isWritten ? 0 : 1);
        }
        ::close(ends[1]);
        pipes.push_back(ends[0]);
    }
    Tally sum;
    for (const int pipe : pipes) {
        QByteArray line(16 * 1024, '\0');
        const ssize_t size = ::read(pipe, line.data(), static_cast<size_t>(line.size()));
        ::close(pipe);
        line.truncate(std::max<ssize_t>(0, size));
        if (!sum.addLine(line))
            sum.noteLostProcess();
    }
    while (::wait(nullptr) > 0) { }
    return sum;
}

} // namespace

int prove(const ProveOptions &options)
{
    isolate();
    if (!options.mutant.isEmpty())
        return proveMutants(options, [](quint64 seed) { return runSeed(seed, false); });
    const Tally tally = options.jobs > 1 ? runJobs(options) : runSeeds(options, options.seed, 1);
    std::fputs(tally.text().constData(), stdout);
    return tally.isGood() ? 0 : 1;
}

} // namespace cf::sim
