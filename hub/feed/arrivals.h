// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/dice.h"

namespace cf::feed {

// When guests come: a Poisson process whose rate follows a lunch: quiet, a rush in the middle,
// quiet again. Over one whole service the mean rate is the given one; after it the next begins.
class Arrivals
{
public:
    // `perMinute` above 0; `service`: how long one lunch lasts.
    Arrivals(double perMinute, std::chrono::milliseconds service, quint64 seed);

    // The next arrival, from the start of the first service. Never earlier than the one before.
    std::chrono::milliseconds next();

    // Orders per minute at that moment.
    [[nodiscard]] double rateAt(std::chrono::milliseconds offset) const;

private:
    double m_perMinute;
    double m_serviceMs;
    double m_atMs = 0;
    Dice m_dice;
};

} // namespace cf::feed
