// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/ctl/command_line.h"

namespace cf::hub {

// Each prints what it finds and returns an ExitCode.
int runTimeline(const CommandLine &line);
int runVerify(const CommandLine &line);
int runDigest(const CommandLine &line);
int runTail(const CommandLine &line);
int runBackup(const CommandLine &line);
int runRestore(const CommandLine &line);
// Has options of its own: `arguments` are what follows the command. Returns only if it failed.
int runProve(const QStringList &arguments);

} // namespace cf::hub
