// SPDX-License-Identifier: Apache-2.0
#include "hub/net/pin_guard.h"

#include "hub/settings/settings_limits.h"

#include <algorithm>

namespace cf::hub {

namespace {

// One network is one guesser: an IPv6 host has 2^64 addresses of its own.
QString networkOf(const QString &address)
{
    if (!address.contains(u':'))
        return address;
    return address.section(u':', 0, 3);
}

PinGuard::Wait waitAfter(int wrong, int free, PinGuard::Wait most)
{
    PinGuard::Wait wait{0};
    for (int i = free; i <= wrong && wait < most; ++i)
        wait = wait == PinGuard::Wait{0} ? PinGuard::Wait(limits::pinWaitMin) : wait * 2;
    return std::min(wait, most);
}

} // namespace

std::optional<PinGuard::Wait> PinGuard::begin(const QString &address, Monotonic now)
{
    if (m_running >= limits::pinChecksAtOnce)
        return limits::pinWaitMin;
    forget(now);
    Address &one = m_addresses[networkOf(address)];
    const Monotonic until = one.trusted ? one.tries.until : std::max(one.tries.until, m_all.until);
    if (now < until)
        return std::chrono::ceil<Wait>(until - now);
    ++one.tries.wrong;
    one.tries.last = now;
    one.tries.until = now + waitAfter(one.tries.wrong, limits::pinTriesFree, limits::pinWaitMax);
    ++m_all.wrong;
    m_all.last = now;
    m_all.until = now + waitAfter(m_all.wrong, limits::pinTriesFreeInAll, limits::pinWaitInAllMax);
    ++m_running;
    return std::nullopt;
}

void PinGuard::succeeded(const QString &address, Monotonic now)
{
    Address &one = m_addresses[networkOf(address)];
    one = {{0, now, now}, true};
    m_all.wrong = std::max(0, m_all.wrong - 1);
}

void PinGuard::forget(Monotonic now)
{
    if (m_all.wrong > 0 && now - m_all.last > limits::pinForgiveInAllAfter)
        m_all = {};
    for (auto &[name, one] : m_addresses) {
        if (one.tries.wrong > 0 && now - one.tries.last > limits::pinForgiveAfter)
            one.tries = {};
    }
    while (static_cast<int>(m_addresses.size()) >= limits::pinAddressesMax) {
        const auto oldest = std::min_element(
            m_addresses.begin(), m_addresses.end(), [](const auto &a, const auto &b) {
                return std::pair(a.second.trusted, a.second.tries.last)
                       < std::pair(b.second.trusted, b.second.tries.last);
            });
        m_addresses.erase(oldest);
    }
}

} // namespace cf::hub
