// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/arrivals.h"

#include <cmath>

namespace cf::feed {

namespace {

// A quiet base with a bell in the middle of the service.
constexpr double base = 0.45;
constexpr double rush = 1.6;
constexpr double middle = 0.5;
constexpr double width = 0.14;
constexpr double peak = base + rush;

double shapeAt(double fraction)
{
    const double distance = (fraction - middle) / width;
    return base + rush * std::exp(-0.5 * distance * distance);
}

// The shape's mean over [0, 1]: what makes the service's mean rate the one asked for.
double shapeMean()
{
    const double half = middle / (width * std::sqrt(2.0));
    return base + rush * width * std::sqrt(2.0 * M_PI) * std::erf(half);
}

} // namespace

Arrivals::Arrivals(double perMinute, std::chrono::milliseconds service, quint64 seed)
    : m_perMinute(perMinute), m_serviceMs(static_cast<double>(service.count())), m_dice(seed, 0)
{
}

double Arrivals::rateAt(std::chrono::milliseconds offset) const
{
    const double fraction =
        std::fmod(static_cast<double>(offset.count()), m_serviceMs) / m_serviceMs;
    return m_perMinute * shapeAt(fraction) / shapeMean();
}

// Thinning: candidates come at the rush's rate, and stay with the probability of their moment.
std::chrono::milliseconds Arrivals::next()
{
    const double peakRate = m_perMinute * peak / shapeMean();
    const double meanGapMs = 60'000.0 / peakRate;
    std::chrono::milliseconds at{};
    do {
        m_atMs += m_dice.exponential(meanGapMs);
        at = std::chrono::milliseconds(static_cast<qint64>(m_atMs));
    } while (!m_dice.chance(rateAt(at) / peakRate));
    return at;
}

} // namespace cf::feed
