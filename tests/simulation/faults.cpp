// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/faults.h"

namespace cf::sim {

namespace {

constexpr std::array<const char *, faultCount> names = {
    "cut tablet",        "stall tablet",
    "deaf tablet",       "mute tablet",
    "refuse tablet",     "silent tablet",
    "slow tablet",       "slow link",
    "cut everyone",      "cut till",
    "cut guest",         "stuck reader",
    "kill hub",          "kill hub in commit",
    "power cut hub",     "power cut hub in commit",
    "restart hub",       "flapping hub",
    "hub read error",    "hub write error",
    "hub sync error",    "hub disk full",
    "lying disk",        "backup",
    "restore",           "restore with lock",
    "kill tablet",       "kill tablet in save",
    "power cut tablet",  "power cut tablet in save",
    "tablet disk error", "wipe tablet",
    "clone tablet",      "hub clock jump",
    "tablet clock jump"};

} // namespace

QString faultName(Fault fault)
{
    return QString::fromLatin1(names.at(static_cast<size_t>(fault)));
}

FaultPlan drawPlan(Dice &dice)
{
    FaultPlan plan;
    // One run in five meets every kind; the others a few kinds, more often each.
    const int chance = dice.oneIn(5) ? 100 : dice.between(8, 45);
    for (bool &enabled : plan.enabled)
        enabled = dice.percent(chance);
    plan.meanGap = dice.between(std::chrono::milliseconds(300), std::chrono::milliseconds(6'000));
    return plan;
}

} // namespace cf::sim
