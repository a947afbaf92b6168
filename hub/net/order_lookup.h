// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"

namespace cf::hub {

// The folded order as it is now: the hub's own when it is open or closed lately, else folded from
// the log. `done` is called once, perhaps at once: UnknownOrder, StorageFailed or Unavailable.
void findOrder(Services &services, const QUuid &orderId,
               std::function<void(Result<OrderState>)> done);

// Runs `job` with the log on a reader thread and gives its result to `done` on the net thread;
// Unavailable when the readers have no room.
template<typename T, typename Job, typename Done>
void readLog(Services &services, Job job, Done done)
{
    auto result = std::make_shared<Result<T>>(
        Error{ErrorCode::Unavailable, QStringLiteral("the hub is busy; try again")});
    const bool queued = services.backend.read(
        [result, job = std::move(job)](EventReader &reader) { *result = job(reader); },
        [result, done] { done(std::move(*result)); });
    if (!queued)
        done(std::move(*result));
}

} // namespace cf::hub
