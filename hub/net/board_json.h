// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"

namespace cf::hub {

// {count, cursor, digest, orders, recent}: the board at one position, made of what is encoded
// already; with outbox_last for a display that asked.
QByteArray boardJson(Services &services, bool withRecent,
                     std::optional<qint64> outboxLast = std::nullopt);

} // namespace cf::hub
