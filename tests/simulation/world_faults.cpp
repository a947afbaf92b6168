// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/world.h"

namespace cf::sim {

using namespace std::chrono_literals;

namespace {

// Faults that last, last as long as this; some outlive every time-out there is.
constexpr auto shortest = 50ms;
constexpr auto longest = 20'000ms;
constexpr auto hubAwayMax = 6'000ms;
constexpr auto restoredAgeMax = 12'000ms;
constexpr auto tabletAwayMax = 10'000ms;
constexpr auto slowest = 900ms;
constexpr int writesBeforeCut = 40;

} // namespace

void World::scheduleFault()
{
    m_faultTurns.after(m_dice.between(1ms, 2 * m_scenario.faults.meanGap), [this] {
        const auto fault = static_cast<Fault>(m_dice.below(faultCount));
        if (m_scenario.faults.has(fault))
            inject(fault);
        scheduleFault();
    });
}

void World::inject(Fault fault)
{
    ++m_counts.at(static_cast<size_t>(fault));
    if (m_trace)
        m_trace(faultName(fault));
    if (fault <= Fault::StuckReader)
        injectNetwork(fault);
    else if (fault <= Fault::FlappingHub)
        injectHub(fault);
    else if (fault <= Fault::RestoreWithLock)
        injectDisk(fault);
    else
        injectTablet(fault);
}

Tablet &World::anyTablet()
{
    return *m_tablets[static_cast<size_t>(m_dice.below(static_cast<int>(m_tablets.size())))];
}

void World::forAWhile(const std::function<void()> &begin, std::function<void()> end)
{
    begin();
    m_faultTurns.after(m_dice.between(shortest, longest), std::move(end));
}

void World::injectNetwork(Fault fault)
{
    const LinkPtr link = anyTablet().link();
    const auto stall = [this, link](bool atTablet, bool atHub) {
        forAWhile(
            [&] {
                link->stalled = {{End::Client, atTablet}, {End::Hub, atHub}};
            },
            [this, link] {
                link->stalled.clear();
                m_network.kick(link);
            });
    };
    switch (fault) {
    case Fault::CutTablet: return m_network.cut(link);
    case Fault::StallTablet: return stall(true, true);
    case Fault::DeafTablet: return stall(true, false);
    case Fault::MuteTablet: return stall(false, true);
    case Fault::RefuseTablet:
        return forAWhile([&] { link->refusing = true; }, [link] { link->refusing = false; });
    case Fault::SilentTablet:
        return forAWhile([&] { link->silent = true; }, [link] { link->silent = false; });
    case Fault::SlowTablet:
        return forAWhile([&] { m_network.setReading(link, false); },
                         [this, link] { m_network.setReading(link, true); });
    case Fault::SlowLink:
        return forAWhile([&] { link->latencyMax = m_dice.between(20ms, slowest); },
                         [link] { link->latencyMax = Link().latencyMax; });
    case Fault::CutEveryone: return m_network.cutAll();
    case Fault::CutTill: return m_network.cut(m_tills.front()->link());
    case Fault::CutGuest:
        if (!m_guests.empty())
            m_network.cut(m_guests[m_guests.size() / 2]->link());
        return;
    default:
        m_strangers.push_back(std::make_unique<StuckReader>(
            m_hub, QStringLiteral("stranger%1").arg(m_strangers.size())));
    }
}

void World::bootHub()
{
    m_isHubComing = false;
    if (m_hub.boot())
        return;
    if (m_hub.isLossExcused() && m_hub.hasBackup() && !m_hub.disk().hasFaults()) {
        // The log refused itself, as it must: its owner puts the last backup in its place.
        m_hub.restoreBackup(false);
    } else if (m_hub.isLossExcused() && !m_hub.disk().hasFaults()) {
        m_hub.disk().wipe(); // and without one begins anew
        m_hub.forgetLies();
    } else {
        m_auditor.expect(m_hub.disk().hasFaults() || m_hub.disk().isDead(),
                         QStringLiteral("the hub does not start: ") + m_hub.refusal());
    }
    hubBack(m_dice.between(100ms, 1'500ms));
}

void World::hubBack(milliseconds after)
{
    if (m_isHubComing)
        return;
    m_isHubComing = true;
    const auto boot = [this] { bootHub(); };
    if (m_isHealing)
        m_agenda.after(after, boot);
    else
        m_faultTurns.after(after, boot);
}

void World::flap()
{
    m_hub.kill();
    bootHub();
    m_faultTurns.after(m_dice.between(0ms, 3ms), [this] {
        m_hub.kill();
        hubBack(m_dice.between(0ms, 500ms));
    });
}

void World::injectHub(Fault fault)
{
    if (!m_hub.isUp())
        return;
    switch (fault) {
    case Fault::KillHub: m_hub.kill(); return hubBack(m_dice.between(0ms, hubAwayMax));
    case Fault::PowerCutHub: m_hub.powerCut(); return hubBack(m_dice.between(0ms, hubAwayMax));
    case Fault::KillHubInCommit:
    case Fault::PowerCutHubInCommit:
        m_hub.endInCommit(m_dice.between(1, writesBeforeCut), fault == Fault::PowerCutHubInCommit,
                          [this] { hubBack(m_dice.between(0ms, hubAwayMax)); });
        return;
    case Fault::RestartHub: return m_hub.stop([this] { hubBack(m_dice.between(0ms, 2'000ms)); });
    default: return flap();
    }
}

void World::restore(bool withLock)
{
    if (!m_hub.hasBackup()) { // of a little while ago, then
        if (m_hub.isUp())
            m_hub.takeBackup();
        m_faultTurns.after(m_dice.between(500ms, restoredAgeMax), [this, withLock] {
            if (m_hub.hasBackup())
                restore(withLock);
        });
        return;
    }
    m_hub.restoreBackup(withLock);
    hubBack(m_dice.between(0ms, hubAwayMax));
}

void World::injectDisk(Fault fault)
{
    SimDisk &disk = m_hub.disk();
    switch (fault) {
    case Fault::HubReadError: return disk.failNext(DiskFault::Read, m_dice.between(1, 20));
    case Fault::HubWriteError: return disk.failNext(DiskFault::Write, m_dice.between(1, 20));
    case Fault::HubSyncError: return disk.failNext(DiskFault::Sync, m_dice.between(1, 4));
    case Fault::HubDiskFull:
        return forAWhile([&] { disk.setFull(true); }, [&disk] { disk.setFull(false); });
    case Fault::LyingDisk:
        disk.setLying(true);
        m_hub.noteLies();
        m_hub.setLossExcused();
        m_faultTurns.after(m_dice.between(10ms, 4'000ms), [this, &disk] {
            m_hub.setLossExcused();
            m_hub.powerCut();
            disk.setLying(false);
            hubBack(m_dice.between(0ms, hubAwayMax));
        });
        return;
    case Fault::Backup:
        if (m_hub.isUp())
            m_hub.takeBackup();
        return;
    default: return restore(fault == Fault::RestoreWithLock);
    }
}

void World::tabletBack(Tablet &tablet)
{
    const auto boot = [&tablet] { tablet.boot(); };
    if (m_isHealing) // it died at a write that was due before
        m_agenda.after(0ms, boot);
    else
        m_faultTurns.after(m_dice.between(0ms, tabletAwayMax), boot);
}

// The same installation on two machines: whoever comes later speaks for it. Both must end as the
// hub's equal, and a command number is never two effects.
void World::clone(Tablet &tablet)
{
    if (!m_clones.empty())
        return;
    m_clones.push_back(std::make_unique<Tablet>(
        m_surroundings, QStringLiteral("twin%1").arg(++m_twins), m_dice.fork()));
    Tablet &twin = *m_clones.back();
    twin.cloneFrom(tablet);
    twin.setTapEvery(m_scenario.tapEvery);
    twin.setCooking(true);
    twin.boot();
    tablet.noteTwin();
    twin.noteTwin();
    m_faultTurns.after(m_dice.between(1'000ms, longest), [this] { m_clones.clear(); });
}

void World::injectTablet(Fault fault)
{
    Tablet &tablet = anyTablet();
    switch (fault) {
    case Fault::KillTablet: tablet.kill(); return tabletBack(tablet);
    case Fault::PowerCutTablet: tablet.powerCut(); return tabletBack(tablet);
    case Fault::KillTabletInSave:
    case Fault::PowerCutTabletInSave:
        return tablet.endInSave(m_dice.between(1, writesBeforeCut),
                                fault == Fault::PowerCutTabletInSave,
                                [this, &tablet] { tabletBack(tablet); });
    case Fault::WipeTablet: tablet.wipe(); return tabletBack(tablet);
    case Fault::CloneTablet: return clone(tablet);
    case Fault::TabletDiskError:
        if (m_dice.oneIn(2))
            tablet.disk().failNext(DiskFault::Write, m_dice.between(1, 20));
        else
            forAWhile([&] { tablet.disk().setFull(true); },
                      [&tablet] { tablet.disk().setFull(false); });
        return;
    case Fault::HubClockJump: return m_hub.jumpClock(m_dice.between(-7'200'000ms, 7'200'000ms));
    default: return tablet.jumpClock(m_dice.between(-7'200'000ms, 7'200'000ms));
    }
}

} // namespace cf::sim
