// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"

#include <random>

namespace cf::test {

// The same seed gives the same bytes on every machine.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint64 seed) : m_engine(seed) { }

    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes)
            byte = static_cast<quint8>(m_engine());
    }
    // 0 to below - 1.
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<quint64>(bound)); }
    // True once in `times`.
    bool oneIn(int times) { return below(times) == 0; }

private:
    std::mt19937_64 m_engine;
};

} // namespace cf::test
