// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"

#include <random>

namespace cf::sim {

// All randomness of a run. The same seed gives the same numbers on every machine: nothing of the
// standard library's distributions is used, which may differ.
class Dice final : public Random
{
public:
    explicit Dice(quint64 seed) : m_engine(seed) { }

    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = static_cast<quint8>(m_engine() >> 24);
    }
    quint64 draw() { return m_engine(); }
    // 0 to bound - 1; bound at least 1.
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<quint64>(bound)); }
    // low to high, both included.
    int between(int low, int high) { return low + below(high - low + 1); }
    std::chrono::milliseconds between(std::chrono::milliseconds low, std::chrono::milliseconds high)
    {
        return std::chrono::milliseconds(
            between(static_cast<int>(low.count()), static_cast<int>(high.count())));
    }
    // True once in `times`; never for 0.
    bool oneIn(int times) { return times > 0 && below(times) == 0; }
    bool percent(int chance) { return below(100) < chance; }
    // A generator of its own for a part of the world: what one part draws never moves another's.
    Dice fork() { return Dice(m_engine()); }

private:
    std::mt19937_64 m_engine;
};

} // namespace cf::sim
