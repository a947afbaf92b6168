// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/quit_signals.h"

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace cf::kds {

namespace {

std::array<int, 2> pipeEnds{-1, -1};

// Only what is allowed in a signal handler.
extern "C" void onSignal(int)
{
    const char byte = 1;
    const ssize_t written = ::write(pipeEnds[0], &byte, 1);
    static_cast<void>(written);
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

} // namespace

QuitSignals::QuitSignals()
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pipeEnds.data()) != 0)
        return; // the signals then end the process the hard way, which it survives
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(pipeEnds[1], &byte, 1) > 0)
            Q_EMIT quitAsked();
    });
    handle(SIGINT, onSignal);
    handle(SIGTERM, onSignal);
}

QuitSignals::~QuitSignals()
{
    if (!m_notifier)
        return;
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    m_notifier.reset();
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
}

} // namespace cf::kds
