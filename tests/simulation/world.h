// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/faults.h"
#include "tests/simulation/guest.h"
#include "tests/simulation/hub_machine.h"
#include "tests/simulation/manager.h"
#include "tests/simulation/stuck_reader.h"
#include "tests/simulation/tablet.h"

namespace cf::sim {

// What a seed decides before anything happens.
struct Scenario {
    HubSettings hub;
    FaultPlan faults;
    int tablets = 2;
    int guests = 3;
    int tills = 1;
    int orders = 20;  // of each till
    int settings = 0; // how often the manager changes them
    milliseconds orderEvery{1'000};
    milliseconds tapEvery{800};
    milliseconds opening{0};      // before the first order
    milliseconds service{60'000}; // until everything heals
};
Scenario drawScenario(Dice &dice);

struct RunReport {
    QStringList breaches; // empty: every promise was kept
    QByteArray traceHash; // of everything that happened: equal for equal seeds
    milliseconds simulated{};
    milliseconds healedAfter{};
    qint64 steps = 0;
    qint64 events = 0;
    qint64 acknowledgements = 0;
    qint64 wishes = 0;
    qint64 snapshots = 0;
    qint64 resumes = 0;
    qint64 views = 0;
    qint64 lostEvents = 0; // by faults that excuse it
    qint64 lostAnswers = 0;
    qint64 cutMidMessage = 0;
    FaultCounts faults{};
    DiskFaultCounts disk{};
};

// One restaurant in one thread: hub, displays with their cooks, tills, guests, and the faults.
class World
{
public:
    explicit World(quint64 seed);
    ~World();

    RunReport run();
    // Told of each fault as it happens, with the milliseconds since the start.
    void setTrace(std::function<void(qint64, const QString &)> trace);

private:
    // The service.
    void openForBusiness();
    void watchGuests(Till &till);
    // The faults.
    void scheduleFault();
    void inject(Fault fault);
    void injectNetwork(Fault fault);
    void injectHub(Fault fault);
    void injectDisk(Fault fault);
    void injectTablet(Fault fault);
    void restore(bool withLock);
    void flap();
    void hubBack(milliseconds after);
    void bootHub();
    void tabletBack(Tablet &tablet);
    void forAWhile(const std::function<void()> &begin, std::function<void()> end);
    void clone(Tablet &tablet);
    Tablet &anyTablet();
    // The end.
    void heal();
    void healLink(const LinkPtr &link);
    [[nodiscard]] QString notHealed();
    void wait(milliseconds time);
    void awaitHealed(Monotonic end);
    void checkPrompt();
    void checkQuiet();
    void checkFinal();
    void checkMarks();
    void checkSettings();
    RunReport report();

    Dice m_dice;
    Scenario m_scenario;
    Agenda m_agenda;
    Auditor m_auditor{m_agenda};
    Network m_network;
    HubMachine m_hub;
    Surroundings m_surroundings;
    std::vector<std::unique_ptr<Tablet>> m_tablets;
    std::vector<std::unique_ptr<Tablet>> m_clones;
    std::vector<std::unique_ptr<Till>> m_tills;
    std::unique_ptr<Manager> m_manager;
    std::vector<std::unique_ptr<Guest>> m_guests;
    std::vector<std::unique_ptr<StuckReader>> m_strangers;
    Turns m_faultTurns;
    FaultCounts m_counts{};
    int m_twins = 0;
    std::function<void(const QString &)> m_trace;
    bool m_isHealing = false;
    bool m_isHubComing = false; // it is off, and somebody will switch it on
    Monotonic m_healingSince{};
};

} // namespace cf::sim
