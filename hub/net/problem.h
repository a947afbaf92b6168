// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"
#include "hub/order/order_service.h"

namespace cf::hub {

// The one place where an ErrorCode becomes an HTTP status.
int statusOf(ErrorCode code);
// A title that is the same for every problem of this code.
QLatin1StringView titleOf(ErrorCode code);

// RFC 9457: type, title, status, detail, code; `errors` for bad input, `current` where an order's
// state was in the way. Headers that belong to the status (Retry-After, WWW-Authenticate) are set.
HttpResponse problemResponse(const Error &error,
                             const std::optional<CurrentState> &current = std::nullopt);
HttpResponse problemResponse(ErrorCode code, const QString &detail);
// A display's command that was refused, now or when it came first; carries `res`, the result as the
// stream has it.
HttpResponse problemResponse(const Error &error, const CommandResult &refused);

} // namespace cf::hub
