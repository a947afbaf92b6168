// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_source.h"

namespace cf::hub {

// What the system says of itself.

// Of the file system that this path lies on.
std::optional<DiskSpace> diskSpaceOf(const QString &path);
// Of this process; zeros where the system does not tell.
ProcessFacts processFacts();
// The calling thread gets the processor and the disk when nobody else wants them. What cannot be
// had is done without.
void yieldToOthers();

} // namespace cf::hub
