// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"

#include <memory>

namespace cf::hub {

// Runs `job` with the ledger on its thread and gives the result to `done` on the net thread, once;
// Unavailable when too many wait.
template<typename T, typename Job, typename Done>
void askLedger(Services &services, Job job, Done done)
{
    auto result = std::make_shared<Result<T>>(
        Error{ErrorCode::Unavailable, QStringLiteral("the hub is busy; try again")});
    const bool taken = services.backend.askLedger(
        [result, job = std::move(job)](LedgerReader &ledger) { *result = job(ledger); },
        [result, done] { done(std::move(*result)); });
    if (!taken)
        done(std::move(*result));
}

// The restaurant's own days, and its kitchen as it is set up now.
LocalDays restaurantDays(Services &services);
KitchenSettings kitchenSettings(Services &services);

} // namespace cf::hub
