// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/exchange.h"
#include "hub/net/services.h"

namespace cf::hub {

// Starts a one-shot watch and returns its id.
using StartWatch = std::function<OrderHub::WatchId(OrderHub &, std::function<void()>)>;

// Holds a request until the watch tells, the time has passed or the hub stops; then calls `answer`
// once. When the client leaves before, it is never called and nothing is left behind.
void holdRequest(Services &services, const ExchangePtr &exchange, std::chrono::milliseconds wait,
                 const StartWatch &startWatch, std::function<void()> answer);

// `?wait=` in seconds, within bounds; 0 when it is left out, unreadable, or for HEAD.
std::chrono::milliseconds waitOf(const HttpRequest &request, const ServerLimits &limits);

} // namespace cf::hub
