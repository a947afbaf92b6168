// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <variant>

namespace cf::hub {

enum ExitCode : int {
    exitFine = 0,
    exitFound = 1,  // something is wrong with the log, or what was asked for is not in it
    exitFailed = 2, // the command or the file could not be read
};

enum class CtlCommand : quint8 { Timeline, Verify, Digest, Tail, Backup, Restore };

struct CommandLine {
    CtlCommand command = CtlCommand::Verify;
    QString logPath;
    QString order;       // timeline: an id or a number
    int lines = 10;      // tail: how many of the last events
    bool follow = false; // tail
    bool json = false;
    bool tableOnly = false; // digest
    QString file;           // backup: to; restore: from
    bool force = false;     // backup: replace the file
};

// Said instead of running: help or version on standard output, an error on standard error.
struct Saying {
    QString text;
    int exitCode = exitFine;
};

// `arguments` begins with the program's name. `environmentData`: $COUNTERFIRE_DATA.
std::variant<CommandLine, Saying> parseCommandLine(const QStringList &arguments,
                                                   const QString &environmentData);

} // namespace cf::hub
