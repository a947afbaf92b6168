// SPDX-License-Identifier: Apache-2.0
#include "hub/app/application.h"

#include <csignal>
#include <cstdio>
#include <sys/stat.h>

namespace {

constexpr int exitUsage = 2;

int fail(const cf::Error &error, int code)
{
    std::fprintf(stderr, "counterfire-hub: %s\n", error.detail.toUtf8().constData());
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    // The log holds names and telephone numbers: nothing the hub makes is for others.
    ::umask(077);
    // A client that leaves while it is written to is an error of that write, not of the process.
    std::signal(SIGPIPE, SIG_IGN);
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const cf::Result<cf::hub::Config> config =
        cf::hub::parseConfig(arguments, {qEnvironmentVariable("COUNTERFIRE_DATA")});
    if (!config)
        return fail(config.error(), exitUsage);
    if (config->action == cf::hub::ConfigAction::ShowHelp) {
        std::fputs(cf::hub::helpText().toUtf8().constData(), stdout);
        return 0;
    }
    if (config->action == cf::hub::ConfigAction::ShowVersion) {
        std::puts("counterfire-hub " CF_VERSION);
        return 0;
    }
    cf::hub::Application application(*config);
    if (const cf::Status started = application.start(); !started)
        return fail(started.error(), EXIT_FAILURE);
    return application.exec();
}
