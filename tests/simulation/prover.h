// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/prove_options.h"

namespace cf::sim {

// Runs the seeds and prints what came of them. 0: every promise was kept.
int prove(const ProveOptions &options);

} // namespace cf::sim
