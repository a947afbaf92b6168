// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QString>

#include <chrono>
#include <map>
#include <optional>

namespace cf::hub {

// Bounds how often PINs are tried, per address and in all, with a wait that doubles. A try counts
// as wrong until it was right, so that many at once are no way around it. The wait in all is not
// for addresses from which a right PIN came: a guest on the Wi-Fi cannot lock the staff out.
class PinGuard
{
public:
    using Wait = std::chrono::milliseconds;

    // Nothing: go on, and tell with succeeded() if it was right. Else how long to wait.
    std::optional<Wait> begin(const QString &address, Monotonic now);
    void succeeded(const QString &address, Monotonic now);
    [[nodiscard]] int addresses() const { return static_cast<int>(m_addresses.size()); }
    // However it went.
    void ended() { --m_running; }

private:
    struct Tries {
        int wrong = 0;
        Monotonic last{};
        Monotonic until{}; // nothing is tried before
    };
    struct Address {
        Tries tries;
        bool trusted = false;
    };

    void forget(Monotonic now);

    std::map<QString, Address> m_addresses;
    Tries m_all;
    int m_running = 0;
};

} // namespace cf::hub
