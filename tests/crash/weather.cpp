// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/weather.h"

#include "tests/support/child_process.h"

namespace cf::crash {

namespace {
using cf::test::Link;

constexpr int spoilOnceIn = 4;
constexpr int healOutOf = 5; // three of them
constexpr int healChances = 3;
constexpr int cutBytesMax = 6'000;
constexpr int delayMax = 80; // milliseconds
constexpr int stormNumbers = 1'000'000;
} // namespace

quint16 Weather::wayTo(quint16 port)
{
    if (!m_command.isEmpty())
        return port;
    m_ways.push_back({std::make_unique<cf::test::FaultProxy>(port), false});
    return m_ways.back().proxy->port();
}

void Weather::change()
{
    if (!m_command.isEmpty() && m_random.oneIn(spoilOnceIn)
        && runCommand({"storm", QString::number(m_random.below(stormNumbers))}))
        ++m_faults["storm"];
    for (Way &way : m_ways) {
        if (way.isBad && m_random.below(healOutOf) < healChances) {
            way.proxy->setLink(Link::Pass);
            way.proxy->setDelay(std::chrono::milliseconds(0));
            way.isBad = false;
        } else if (!way.isBad && m_random.oneIn(spoilOnceIn)) {
            spoil(way);
        }
    }
}

void Weather::spoil(Way &way)
{
    way.isBad = true;
    cf::test::FaultProxy &proxy = *way.proxy;
    switch (m_random.below(7)) {
    case 0:
        proxy.cutAfter(m_random.below(cutBytesMax));
        ++m_faults["cut mid-message"];
        break;
    case 1:
        proxy.setLink(Link::Silent);
        ++m_faults["half-open"];
        break;
    case 2:
        proxy.setLink(Link::Refuse);
        ++m_faults["refused"];
        break;
    case 3:
        proxy.setLink(Link::OnlyUp);
        ++m_faults["one-way, hub not heard"];
        break;
    case 4:
        proxy.setLink(Link::OnlyDown);
        ++m_faults["one-way, client not heard"];
        break;
    case 5:
        proxy.strand();
        ++m_faults["old connection late"];
        break;
    default:
        proxy.setDelay(std::chrono::milliseconds(1 + m_random.below(delayMax)));
        ++m_faults["delay"];
        break;
    }
}

bool Weather::calm()
{
    for (Way &way : m_ways) {
        way.proxy->setLink(Link::Pass);
        way.proxy->setDelay(std::chrono::milliseconds(0));
        way.isBad = false;
    }
    return m_command.isEmpty() || runCommand({"calm"});
}

bool Weather::runCommand(const QStringList &words)
{
    const cf::test::Finished done = cf::test::runProgram(m_command, words);
    if (done.exitCode != 0)
        qWarning("weather: %s: %s", qUtf8Printable(words.join(' ')), done.output.constData());
    return done.exitCode == 0;
}

} // namespace cf::crash
