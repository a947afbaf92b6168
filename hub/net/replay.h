// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/subscriber.h"

namespace cf::hub {

// What a reader thread brings back for a subscriber or a poller. `failed`: the log could not be
// read.
struct ReplayRead {
    bool failed = false;
    std::vector<ReplayEvent> events;
};
ReplayRead readReplay(EventReader &reader, const NeedEvents &need);

struct GapCheck {
    bool failed = false;
    std::optional<ChainHash> chain; // at the cursor's position
    qint64 bytes = 0;
};
GapCheck checkGap(EventReader &reader, const NeedCheck &need);

} // namespace cf::hub
