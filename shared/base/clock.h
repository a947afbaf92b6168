// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringView>

#include <chrono>
#include <optional>

namespace cf {

// Wall-clock time, UTC, in milliseconds: what the wire carries.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
// Time that never jumps; for time-outs and intervals only.
using Monotonic = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

// Passed in wherever time matters, so that tests and the simulation own it.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
    [[nodiscard]] virtual Monotonic monotonic() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override;
    [[nodiscard]] Monotonic monotonic() const override;
};

// RFC 3339, UTC, three decimals, "Z": 2026-11-21T07:46:09.123Z. Years 0001 to 9999.
QByteArray formatTimestamp(Timestamp t);
// Accepts RFC 3339 with up to nine decimals and any offset; nullopt for anything else, and for what
// is not within the years 0001 to 9999 in UTC.
std::optional<Timestamp> parseTimestamp(QStringView text);

} // namespace cf
