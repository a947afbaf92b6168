// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/protocol/chain.h"

#include <QUuid>

#include <optional>
#include <vector>

namespace cf::hub {

// One open order at some position: how far it was then.
struct OpenPlace {
    QUuid orderId;
    int seq = 0;
    bool operator==(const OpenPlace &) const = default;
};

// Which orders were open at a position of the log. The chain hash says of which history: it is true
// of every log that has this hash there, and of no other.
struct Keyframe {
    qint64 pos = 0;
    ChainHash chain{};
    std::vector<OpenPlace> open;
    bool operator==(const Keyframe &) const = default;
};

// Keyframes along the log, so that the board at any moment costs what was open then, and not what
// was logged before. A cache: made by walking the log, and made again if it is lost. Any thread.
class Keyframes
{
public:
    virtual ~Keyframes() = default;
    // The last one at or before `pos`; nullopt when there is none.
    virtual Result<std::optional<Keyframe>> before(qint64 pos) = 0;
};

} // namespace cf::hub
