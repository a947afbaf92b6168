// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"

namespace cf::hub {

// Does the batch follow `head`? Positions without holes, time never backwards, the chain right, and
// a folded order for every order it touches, up to its last event. A wrong one must be refused
// here: an event, once in the log, is there for ever.
Status checkBatch(const LogHead &head, const LogBatch &batch);

} // namespace cf::hub
