// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include <chrono>
#include <optional>

namespace cf::crash {

struct Options {
    quint64 seed = 1;
    int kills = 60;
    std::chrono::seconds forAtMost{0}; // 0: until the kills are done
    int displays = 3;
    int recorders = 2;
    int tills = 3;
    QString report;          // a file; empty: only the standard output
    QString keep;            // a directory for every frame the recorders got; empty: nowhere
    QString listen;          // the hub's address
    QString reach;           // where this program asks it whether it is ready
    QString address;         // where everyone else reaches it
    QStringList hubWrap;     // a command that runs the hub elsewhere
    QStringList displayWrap; // the same for displays; %1 is a display's number
    QString weather;         // a command that makes the weather instead of the proxies
};

// Nothing when the arguments are wrong, or only help was asked for; it has been said then.
std::optional<Options> readOptions(const QStringList &arguments);

} // namespace cf::crash
