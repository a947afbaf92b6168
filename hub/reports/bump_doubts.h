// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/ledger_rows.h"
#include "hub/reports/report.h"

namespace cf::hub {

// Why a bump's time says little of how long the cooking took; see README.md.
struct BumpDoubt {
    bool isMass = false;
    bool isSoon = false;
    bool isRecalled = false;

    [[nodiscard]] bool any() const { return isMass || isSoon || isRecalled; }
    [[nodiscard]] QString text() const; // "mass, soon"
};

// One for each of `bumps`, which are in the order of time.
std::vector<BumpDoubt> doubtsOf(const std::vector<BumpRow> &bumps, const BumpRules &rules);

} // namespace cf::hub
