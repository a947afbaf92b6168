// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fault_proxy.h"
#include "tests/support/seeded_random.h"

#include <QString>

#include <map>
#include <vector>

namespace cf::crash {

// What the network does to everyone: a proxy for each client, or a command that does it to real
// interfaces (`COMMAND storm NUMBER`, `COMMAND calm`).
class Weather
{
public:
    Weather(quint64 seed, QString command) : m_random(seed), m_command(std::move(command)) { }

    // The port of a way of its own to the hub at `port`.
    quint16 wayTo(quint16 port);
    // Some ways get worse, some better.
    void change();
    // All is well, and stays so until change(). False: the command failed.
    bool calm();
    // How often what was done.
    [[nodiscard]] const std::map<QString, int> &faults() const { return m_faults; }

private:
    struct Way {
        std::unique_ptr<cf::test::FaultProxy> proxy;
        bool isBad = false;
    };

    void spoil(Way &way);
    bool runCommand(const QStringList &words);

    cf::test::SeededRandom m_random;
    QString m_command;
    std::vector<Way> m_ways;
    std::map<QString, int> m_faults;
};

} // namespace cf::crash
