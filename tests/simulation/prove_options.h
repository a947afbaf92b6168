// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QStringList>

namespace cf::sim {

// What `counterfirectl prove` was asked for.
struct ProveOptions {
    quint64 seed = 1;   // the first
    quint64 seeds = 1;  // how many, one after the other
    int jobs = 1;       // processes at once
    bool trace = false; // one seed: each fault as it happens
    bool twice = false; // every seed twice: the traces must be equal
    QString mutant;     // a planted bug by name, or "all"; builds with CF_MUTANTS only
    bool wantsHelp = false;
};

// `arguments` without the program's name. The error is one line for a person.
Result<ProveOptions> parseProveOptions(const QStringList &arguments);
const char *proveHelp();

} // namespace cf::sim
