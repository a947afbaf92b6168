// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"

namespace cf::hub {

// {count, cursor, digest, orders, recent}: the board at one position, made of what is encoded
// already.
QByteArray boardJson(Services &services, bool withRecent);

} // namespace cf::hub
