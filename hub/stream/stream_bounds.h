// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/limits.h"

namespace cf::hub {

// The bounds of limits.h that the stream obeys; the simulation makes them small, so that a short
// service crosses every one of them.
struct StreamBounds {
    qint64 gapEventsMax = limits::gapEventsMax;
    qint64 gapBytesMax = limits::gapBytesMax;
    qint64 tailEventsMax = limits::tailEventsMax;
    qint64 tailBytesMax = limits::tailBytesMax; // never above gapBytesMax
    int frameEventsMax = limits::frameEventsMax;
    int frameBytesMax = limits::frameBytesMax;
    int snapshotPartBytesMax = limits::snapshotPartBytesMax;
};
// What is in memory is never too much for a replay.
static_assert(limits::tailBytesMax <= limits::gapBytesMax);

} // namespace cf::hub
