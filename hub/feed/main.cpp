// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/lunch_service.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

namespace {

constexpr int exitOptions = 1;
constexpr int exitUnanswered = 2;
constexpr int exitUnreached = 3;

// Ctrl-C and SIGTERM as something readable; -1 on failure.
int openSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &signals, nullptr) != 0)
        return -1;
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

void print(FILE *where, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), where);
    std::fflush(where);
}

bool writeReport(const QString &path, const QByteArray &json)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit();
}

int finish(const cf::feed::Options &options, const cf::feed::Tally &tally, bool reached)
{
    print(stdout, QString::fromLatin1(tally.summaryLine()) + QLatin1Char('\n'));
    if (!options.report.isEmpty() && !writeReport(options.report, tally.reportJson())) {
        print(stderr, QStringLiteral("counterfire-feed: cannot write %1\n").arg(options.report));
        return exitOptions;
    }
    if (!reached) {
        print(
            stderr,
            QStringLiteral("counterfire-feed: %1 was never reached\n").arg(options.hub.toString()));
        return exitUnreached;
    }
    return tally.unanswered() > 0 ? exitUnanswered : 0;
}

int play(const cf::feed::Options &options, const cf::feed::Menu &menu,
         const cf::feed::Tokens &tokens)
{
    cf::feed::Tally tally(!options.report.isEmpty());
    cf::feed::LunchService service(menu, options, tokens, tally);
    QObject::connect(
        &service, &cf::feed::LunchService::finished, &service, [] { QCoreApplication::quit(); },
        Qt::QueuedConnection);
    const int signalFd = openSignals();
    QSocketNotifier notifier(signalFd, QSocketNotifier::Read);
    notifier.setEnabled(signalFd >= 0);
    QObject::connect(&notifier, &QSocketNotifier::activated, &service, [&service, signalFd] {
        signalfd_siginfo info = {};
        while (::read(signalFd, &info, sizeof info) > 0) { }
        service.stop();
    });
    service.start();
    QCoreApplication::exec();
    if (signalFd >= 0)
        ::close(signalFd);
    return finish(options, tally, service.wasReached());
}

int fail(const cf::Error &error)
{
    print(stderr, QStringLiteral("counterfire-feed: %1\n").arg(error.detail));
    return exitOptions;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    cf::Result<cf::feed::Options> options =
        cf::feed::parseOptions(QCoreApplication::arguments().mid(1));
    if (!options)
        return fail(options.error());
    if (options->showHelp) {
        print(stdout, cf::feed::helpText());
        return 0;
    }
    if (options->showVersion) {
        print(stdout, QStringLiteral("counterfire-feed " CF_VERSION "\n"));
        return 0;
    }
    cf::SystemRandom random;
    if (options->run.isEmpty())
        options->run = QString::fromLatin1(cf::randomHex(4, random));
    const cf::Result<cf::feed::Menu> menu = cf::feed::builtInMenu();
    const cf::Result<cf::feed::Tokens> tokens = cf::feed::readTokens(*options);
    if (!menu)
        return fail(menu.error());
    if (!tokens)
        return fail(tokens.error());
    return play(*options, *menu, *tokens);
}
