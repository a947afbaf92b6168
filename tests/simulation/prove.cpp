// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/prove_options.h"
#include "tests/simulation/prover.h"

#include <QCoreApplication>

#include <cstdio>

using namespace cf::sim;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const cf::Result<ProveOptions> options = parseProveOptions(application.arguments().mid(1));
    if (!options) {
        std::fprintf(stderr, "counterfire-prove: %s\n", qPrintable(options.error().detail));
        return 2;
    }
    if (options->wantsHelp) {
        std::fputs(proveHelp(), stdout);
        return 0;
    }
    return prove(*options);
}
