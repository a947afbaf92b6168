// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/dice.h"

#include <cmath>

namespace cf::feed {

namespace {

constexpr quint64 golden = 0x9e3779b97f4a7c15ULL;

quint64 mix(quint64 z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace

// Streams start far apart, so that order 7 is the same whatever was thrown for order 6.
Dice::Dice(quint64 seed, quint64 stream) : m_state(mix(mix(seed + golden) ^ (stream * golden))) { }

quint64 Dice::next()
{
    m_state += golden;
    return mix(m_state);
}

double Dice::unit()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

int Dice::below(int count)
{
    return static_cast<int>(unit() * count);
}

int Dice::between(int low, int high)
{
    return low + below(high - low + 1);
}

double Dice::between(double low, double high)
{
    return low + unit() * (high - low);
}

bool Dice::chance(double probability)
{
    return unit() < probability;
}

double Dice::exponential(double mean)
{
    return -mean * std::log1p(-unit());
}

void Dice::fill(std::span<quint8> bytes)
{
    for (quint8 &byte : bytes)
        byte = static_cast<quint8>(next() >> 56);
}

} // namespace cf::feed
