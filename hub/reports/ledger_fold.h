// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

namespace cf::hub {

// What the ledger knows of a line beyond the folded order: what was, not what is.
struct LedgerLine {
    // When the kitchen could begin it: its order was paid for, it was added, its course was fired,
    // whichever came last.
    std::optional<Timestamp> firedAt;
    std::optional<Timestamp> startedAt; // first
    std::optional<Timestamp> readyAt;   // first
    qint64 readyPos = 0;                // of the bump that made it ready first
    qint64 lastBumpPos = 0;             // of the one that made it ready last
    Timestamp lastBumpAt{};
    std::optional<Timestamp> addedAt;
    std::optional<Timestamp> voidedAt;
    QString voidReason;
    QString voidedBy;
    bool wasReadyWhenVoided = false;
    int recalls = 0;
    bool operator==(const LedgerLine &) const = default;
};

// One order as the ledger keeps it: the folded order, and the first time of what can happen twice.
struct LedgerOrder {
    OrderState state;
    std::vector<LedgerLine> lines; // as state.lines
    std::optional<Timestamp> readyAt;
    std::optional<Timestamp> completedAt;
    QString cancelledBy;
    int recalls = 0; // see Recall
    bool operator==(const LedgerOrder &) const = default;
};

// Somebody said that lines are ready: one event, whatever number of lines it made so.
struct Bump {
    qint64 pos = 0;
    Timestamp at{};
    ActorKind kind = ActorKind::Kitchen;
    QString by; // the display's name, or who else said so
    int lines = 0;
    // Since the oldest of the lines was fired.
    std::chrono::milliseconds age{0};
    bool operator==(const Bump &) const = default;
};

// Something that was ready is to be cooked again. Not what only follows from something else: an
// order that opens again because a line was added to it.
struct Recall {
    qint64 pos = 0;
    Timestamp at{};
    ActorKind kind = ActorKind::Kitchen;
    QString by;
    int lines = 0;
    bool wholeOrder = false; // order_recalled, not single lines of it
    bool wasCompleted = false;
    std::vector<qint64> bumps; // positions of those that had made the lines ready
    Timestamp bumpedAt{};      // the last of them
    bool operator==(const Recall &) const = default;
};

struct LedgerEffects {
    std::optional<Bump> bump;
    std::optional<Recall> recall;
};

// One step of the fold: applyEvent(), and what its difference tells. Pure and total like it; the
// caller sees to it that `event` is the order's next.
LedgerEffects applyToLedger(LedgerOrder &order, const OrderEvent &event);

} // namespace cf::hub
