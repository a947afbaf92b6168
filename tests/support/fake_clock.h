// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

namespace cf::test {

// Time that the test owns; both clocks move together unless the wall clock is set.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] Monotonic monotonic() const override { return m_monotonic; }

    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_monotonic += by;
    }
    void setNow(Timestamp now) { m_now = now; }

private:
    Timestamp m_now{std::chrono::milliseconds(1'795'000'000'000)}; // November 2026, midday in UTC
    Monotonic m_monotonic{std::chrono::milliseconds(1'000'000)};
};

} // namespace cf::test
