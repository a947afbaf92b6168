// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"

namespace cf::feed {

// A small deterministic generator (SplitMix64): the same seed and stream give the same throws on
// every machine, which the standard library's distributions do not promise. Not for secrets.
class Dice final : public Random
{
public:
    Dice(quint64 seed, quint64 stream);

    quint64 next();
    double unit();                  // [0, 1)
    int below(int count);           // 0 .. count - 1; count at least 1
    int between(int low, int high); // both included
    double between(double low, double high);
    bool chance(double probability);
    double exponential(double mean);
    void fill(std::span<quint8> bytes) override;

    template<typename List>
    const auto &pick(const List &list)
    {
        return list[static_cast<size_t>(below(static_cast<int>(std::size(list))))];
    }

private:
    quint64 m_state;
};

} // namespace cf::feed
