// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/checker.h"
#include "tests/crash/options.h"
#include "tests/crash/recorder.h"
#include "tests/crash/till.h"
#include "tests/crash/weather.h"
#include "tests/support/display_process.h"
#include "tests/support/hub_process.h"

#include <QTimer>

#include <memory>

namespace cf::crash {

// A real kitchen, killed again and again: a hub, displays, recorders and tills, each behind bad
// weather of its own. What everyone saw is compared with the log whenever the hub is dead, and as a
// whole in the end.
class Torment : public QObject
{
public:
    explicit Torment(Options options);
    ~Torment() override;

    // True when nothing was found.
    bool run();
    [[nodiscard]] QString report() const;

private:
    struct Screen {
        std::unique_ptr<cf::test::DisplayProcess> process;
        QString url;
        QString device;
    };

    bool open();
    void openClients();
    bool killOnce();
    void killHub();
    bool reviveHub();
    void killScreen(Screen &screen);
    bool reviveScreen(Screen &screen);
    void tap();
    void glance();
    void readScreen(const Screen &screen);
    void compare();
    void heal();
    void waitFor(const char *what, const std::function<bool()> &done,
                 const std::function<QByteArray()> &why);
    void finish();
    void askTheLog();
    [[nodiscard]] std::vector<DeviceCommand> allCommands() const;
    [[nodiscard]] QString logPath() const;
    [[nodiscard]] bool isOver() const;
    void pause(std::chrono::milliseconds time);

    Options m_options;
    cf::test::SeededRandom m_random;
    Ledger m_ledger;
    Checker m_checker;
    Operations m_operations;
    OrderBook m_book;
    cf::test::HubProcess m_hub;
    Weather m_weather;
    std::vector<Screen> m_screens;
    std::vector<std::unique_ptr<Recorder>> m_recorders;
    std::unique_ptr<Tills> m_tills;
    QTimer m_taps;
    QElapsedTimer m_elapsed;

    std::vector<Sighting> m_sightings; // of displays, to be compared when the hub is dead
    std::map<std::pair<QString, qint64>, DeviceCommand> m_screenCommands;
    std::vector<HandledCommand> m_handled;

    int m_hubKills = 0;
    int m_screenKills = 0;
    int m_killsWhileStarting = 0;
    int m_killsWhileStopping = 0;
    qint64 m_tapsMade = 0;
    qint64 m_sightingsCompared = 0;
    qint64 m_toldCompared = 0;
    qint64 m_answersCompared = 0;
    std::vector<qint64> m_revivals; // milliseconds from kill to ready
    qint64 m_killedAt = 0;
    qint64 m_stormMs = 0; // until healing began
    qint64 m_healMs = 0;
    QString m_verified;
};

} // namespace cf::crash
