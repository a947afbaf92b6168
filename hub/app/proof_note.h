// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_source.h"
#include "shared/base/result.h"

namespace cf::hub {

// The last finished proof, kept over restarts. nullopt when there is none that can be read.
std::optional<FinishedProof> readProofNote(const QString &path);
Status writeProofNote(const QString &path, const FinishedProof &proof);

} // namespace cf::hub
