// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/board.h"
#include "shared/order/ready_time.h"

namespace cf::hub {

// How long this kitchen takes, from its own recent orders: those closed last, and those that are
// ready now. An order is compared with the ones that met a kitchen about as full as it did, so that
// a rush is not promised the times of a quiet hour; once it was begun, with how long begun ones
// took. Bounds: limits::estimateSamplesMax orders to judge by, looked at again at most every
// limits::estimateLearnEvery.
class ReadyEstimate
{
public:
    // The board has changed.
    void invalidate() { m_isStale = true; }

    // When the order is likely to be ready, and from when to when it will be with some certainty;
    // never before its due time. Empty for an order that is not being cooked or is cooked again,
    // and with fewer than limits::estimateOrdersMin orders to judge by; overdue, without times,
    // once all of that has passed.
    ReadyTime of(const OrderState &order, const Board &board, Timestamp now);

private:
    using Milliseconds = std::chrono::milliseconds;
    struct Sample {
        int load = 0; // orders the kitchen had on hand when this one was paid
        Timestamp readyAt{};
        Milliseconds fromPaid{};
        std::optional<Milliseconds> fromStart; // nullopt: nobody said when it was begun
    };
    struct Spread { // of how long it takes
        Milliseconds early{};
        Milliseconds likely{};
        Milliseconds late{};
    };

    void learn(const Board &board, Timestamp now);
    [[nodiscard]] int loadAt(Timestamp at) const;
    [[nodiscard]] std::optional<Spread> spreadFor(int load, bool fromStart) const;

    bool m_isStale = true;
    std::optional<Timestamp> m_learnedAt;
    // When orders came to the kitchen and left it, each in order.
    std::vector<Timestamp> m_came;
    std::vector<Timestamp> m_left;
    std::vector<Sample> m_samples; // newest first
};

} // namespace cf::hub
