// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/mutants.h"

#include "shared/base/mutant.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>

namespace cf::sim {

#ifndef CF_MUTANTS

int proveMutants(const ProveOptions & /*options*/,
                 const std::function<RunReport(quint64)> & /*run*/)
{
    std::fprintf(stderr, "counterfire-prove: this build cannot plant mistakes: configure it with "
                         "-DCF_MUTANTS=ON\n");
    return 2;
}

#else

namespace {

// Each mistake is hunted this often, each time from other seeds.
constexpr int trials = 3;
// A mistake may also make the product loop; a good seed takes a tenth of this.
constexpr unsigned secondsPerSeed = 10;

struct Hunt {
    quint64 seeds = 0; // until it was found; 0: never
    QString how;
};

// In a process of its own, which the mistake may take down. True: found; `how` says by what.
bool isFoundBy(Mutant mutant, quint64 seed, const std::function<RunReport(quint64)> &run,
               QString &how)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return false;
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(secondsPerSeed);
        plant(mutant);
        const RunReport report = run(seed);
        const QByteArray first =
            report.breaches.isEmpty() ? QByteArray() : report.breaches.front().toUtf8().left(200);
        if (::write(ends[1], first.constData(), static_cast<size_t>(first.size())) < 0)
            ::_exit(3);
        ::_exit(report.breaches.isEmpty() ? 0 : 1);
    }
    ::close(ends[1]);
    QByteArray text(256, '\0');
    const ssize_t size = ::read(ends[0], text.data(), static_cast<size_t>(text.size()));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    how = QString::fromUtf8(text.left(std::max<ssize_t>(0, size)));
    if (WIFSIGNALED(status))
        how =
            WTERMSIG(status) == SIGALRM ? QStringLiteral("never ends") : QStringLiteral("crashes");
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

Hunt hunt(Mutant mutant, quint64 first, quint64 seedsMax,
          const std::function<RunReport(quint64)> &run)
{
    Hunt hunt;
    for (quint64 i = 0; i < seedsMax; ++i) {
        if (isFoundBy(mutant, first + i, run, hunt.how)) {
            hunt.seeds = i + 1;
            return hunt;
        }
    }
    return hunt;
}

bool prove(Mutant mutant, const ProveOptions &options, const std::function<RunReport(quint64)> &run)
{
    std::vector<quint64> needed;
    QString how;
    for (int trial = 0; trial < trials; ++trial) {
        const quint64 first = options.seed + static_cast<quint64>(trial) * options.seeds;
        const Hunt result = hunt(mutant, first, options.seeds, run);
        needed.push_back(result.seeds == 0 ? options.seeds + 1 : result.seeds);
        if (result.seeds != 0)
            how = result.how;
    }
    std::sort(needed.begin(), needed.end());
    const quint64 median = needed[needed.size() / 2];
    const bool isFound = median <= options.seeds;
    std::printf("%-24s %s\n", mutantName(mutant).latin1(),
                isFound ? qPrintable(QStringLiteral("%1 seeds, e.g. %2").arg(median).arg(how))
                        : "NOT FOUND");
    std::fflush(stdout);
    return isFound;
}

} // namespace

int proveMutants(const ProveOptions &options, const std::function<RunReport(quint64)> &run)
{
    std::vector<Mutant> hunted;
    if (options.mutant == QLatin1StringView("all")) {
        for (int i = 1; i < static_cast<int>(Mutant::Count); ++i)
            hunted.push_back(static_cast<Mutant>(i));
    } else if (const auto one = mutantFromName(QLatin1StringView(options.mutant.toLatin1()))) {
        hunted.push_back(*one);
    } else {
        std::fprintf(stderr, "counterfire-prove: there is no mutant \"%s\"\n",
                     qPrintable(options.mutant));
        return 2;
    }
    int found = 0;
    for (const Mutant mutant : hunted)
        found += prove(mutant, options, run) ? 1 : 0;
    std::printf("%d of %zu mistakes found\n", found, hunted.size());
    return found == static_cast<int>(hunted.size()) ? 0 : 1;
}

#endif

} // namespace cf::sim
