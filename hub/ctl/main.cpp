// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/commands.h"

#include <QCoreApplication>

#include <cstdio>

using namespace cf::hub;

namespace {

int say(const Saying &saying)
{
    const QByteArray text = saying.text.toUtf8();
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()),
                saying.exitCode == exitFine ? stdout : stderr);
    return saying.exitCode;
}

int run(const CommandLine &line)
{
    switch (line.command) {
    case CtlCommand::Timeline: return runTimeline(line);
    case CtlCommand::Verify: return runVerify(line);
    case CtlCommand::Digest: return runDigest(line);
    case CtlCommand::Tail: return runTail(line);
    case CtlCommand::Backup: return runBackup(line);
    case CtlCommand::Restore: return runRestore(line);
    }
    return exitFailed;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("counterfirectl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CF_VERSION));
    if (QCoreApplication::arguments().value(1) == QLatin1StringView("prove"))
        return runProve(QCoreApplication::arguments().mid(2));
    const auto parsed =
        parseCommandLine(QCoreApplication::arguments(), qEnvironmentVariable("COUNTERFIRE_DATA"));
    if (const auto *saying = std::get_if<Saying>(&parsed))
        return say(*saying);
    return run(std::get<CommandLine>(parsed));
}
