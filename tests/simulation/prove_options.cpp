// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/prove_options.h"

namespace cf::sim {

namespace {

constexpr quint64 seedsMax = 100'000'000;
constexpr int jobsMax = 64;

Error bad(const QString &what)
{
    return {ErrorCode::ValidationFailed, what + QStringLiteral(" (see --help)")};
}

Status readNumber(const QString &name, const QString &text, quint64 most, quint64 &into)
{
    bool isNumber = false;
    const quint64 value = text.toULongLong(&isNumber);
    if (!isNumber || value > most)
        return bad(QStringLiteral("%1 wants a whole number up to %2, not \"%3\"")
                       .arg(name)
                       .arg(most)
                       .arg(text));
    into = value;
    return ok();
}

Status readValue(const QString &name, const QString &value, ProveOptions &into)
{
    if (name == QLatin1StringView("--seed"))
        return readNumber(name, value, std::numeric_limits<quint64>::max() / 2, into.seed);
    if (name == QLatin1StringView("--seeds"))
        return readNumber(name, value, seedsMax, into.seeds);
    if (name == QLatin1StringView("--mutant")) {
        into.mutant = value;
        return ok();
    }
    quint64 jobs = 1;
    const Status read = readNumber(name, value, jobsMax, jobs);
    into.jobs = std::max(1, static_cast<int>(jobs));
    return read;
}

} // namespace

Result<ProveOptions> parseProveOptions(const QStringList &arguments)
{
    static const QStringList valued = {QStringLiteral("--seed"), QStringLiteral("--seeds"),
                                       QStringLiteral("--jobs"), QStringLiteral("--mutant")};
    ProveOptions options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &name = arguments.at(i);
        if (name == QLatin1StringView("--help") || name == QLatin1StringView("-h")) {
            options.wantsHelp = true;
        } else if (name == QLatin1StringView("--trace")) {
            options.trace = true;
        } else if (name == QLatin1StringView("--twice")) {
            options.twice = true;
        } else if (!valued.contains(name)) {
            return bad(QStringLiteral("there is no option \"%1\"").arg(name));
        } else if (i + 1 == arguments.size()) {
            return bad(name + QStringLiteral(" wants a value"));
        } else if (const Status read = readValue(name, arguments.at(++i), options); !read) {
            return read.error();
        }
    }
    return options;
}

const char *proveHelp()
{
    return "Usage: counterfirectl prove [options]\n"
           "Plays restaurants that lose power, disks and networks, each decided by one seed, and\n"
           "checks that nothing was lost, nothing done twice, and every board ends as the log's.\n"
           "\n"
           "  --seed N       the first seed (default 1)\n"
           "  --seeds COUNT  how many (default 1)\n"
           "  --jobs N       processes at once (default 1)\n"
           "  --twice        each seed twice: both runs must be the same, byte by byte\n"
           "  --trace        prints each fault as it happens\n"
           "  --mutant NAME  plants a known mistake first, or `all` of them, one after the other;\n"
           "                 only in a build with CF_MUTANTS\n"
           "\n"
           "Exit status 0: every promise was kept (with --mutant: every mistake was caught).\n";
}

} // namespace cf::sim
