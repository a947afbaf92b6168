// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/prove_options.h"
#include "tests/simulation/world.h"

#include <functional>

namespace cf::sim {

// Plants one known mistake after the other and counts the seeds until each is found. 0: all of
// them were. 2: this build cannot plant any.
int proveMutants(const ProveOptions &options, const std::function<RunReport(quint64)> &run);

} // namespace cf::sim
