// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/torment.h"

#include "tests/crash/files.h"

#include <QDir>
#include <QEventLoop>

#include <csignal>

namespace cf::crash {

namespace {
using namespace std::chrono_literals;

constexpr auto tapEvery = 45ms;
constexpr int lifeMin = 60;     // milliseconds between a start and the next kill
constexpr int lifeSpread = 700; // milliseconds
constexpr int hubOutOf = 100;   // chances that the hub is among those killed
constexpr int hubChances = 65;
constexpr int screenOnceIn = 4;
constexpr int startingOnceIn = 8;
constexpr int startingSpread = 90; // milliseconds
constexpr int stoppingOnceIn = 10;
constexpr int stoppingSpread = 12; // milliseconds
constexpr size_t findingsMax = 20;
} // namespace

Torment::Torment(Options options)
    : m_options(std::move(options)), m_random(m_options.seed), m_checker(m_ledger),
      m_hub({m_options.listen, m_options.reach, m_options.hubWrap}),
      m_weather(m_options.seed + 1, m_options.weather)
{
    m_taps.setInterval(tapEvery);
    connect(&m_taps, &QTimer::timeout, this, &Torment::tap);
}

Torment::~Torment() = default;

QString Torment::logPath() const
{
    return m_hub.dataDir() + QStringLiteral("/counterfire.db");
}

bool Torment::isOver() const
{
    return m_hubKills + m_screenKills >= m_options.kills
           || m_checker.findings().size() >= findingsMax
           || (m_options.forAtMost > 0s
               && m_elapsed.hasExpired(std::chrono::milliseconds(m_options.forAtMost).count()));
}

void Torment::pause(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool Torment::run()
{
    m_elapsed.start();
    if (!open())
        return false;
    while (!isOver() && killOnce()) { }
    m_stormMs = m_elapsed.elapsed();
    heal();
    finish();
    return m_checker.findings().empty();
}

bool Torment::open()
{
    if (!m_hub.start()) {
        m_checker.add({"the hub starts", QString::fromUtf8(m_hub.tail())});
        return false;
    }
    for (int i = 1; i <= m_options.displays; ++i) {
        QStringList wrap = m_options.displayWrap;
        wrap.replaceInStrings("%1", QString::number(i));
        Screen screen;
        screen.process =
            std::make_unique<cf::test::DisplayProcess>(QStringLiteral("station-%1").arg(i), wrap);
        screen.url = QStringLiteral("http://%1:%2")
                         .arg(m_options.address)
                         .arg(m_weather.wayTo(m_hub.port()));
        m_screens.push_back(std::move(screen));
        if (!reviveScreen(m_screens.back()))
            return false;
    }
    openClients();
    return true;
}

void Torment::openClients()
{
    for (int i = 1; i <= m_options.recorders; ++i) {
        m_recorders.push_back(std::make_unique<Recorder>(
            QStringLiteral("recorder-%1").arg(i), m_book, m_options.seed + 100 + quint64(i)));
        Recorder &recorder = *m_recorders.back();
        if (!m_options.keep.isEmpty() && QDir().mkpath(m_options.keep))
            recorder.keepFrames(QStringLiteral("%1/recorder-%2.jsonl").arg(m_options.keep).arg(i));
        recorder.start(QUrl(QStringLiteral("ws://%1:%2/v1/kds/stream")
                                .arg(m_options.address)
                                .arg(m_weather.wayTo(m_hub.port()))),
                       m_hub.token("kitchen"));
    }
    std::vector<TillRoute> routes;
    routes.reserve(static_cast<size_t>(m_options.tills));
    for (int i = 0; i < m_options.tills; ++i)
        routes.push_back(
            {m_options.address, m_weather.wayTo(m_hub.port()), m_hub.token("manager")});
    m_tills = std::make_unique<Tills>(routes, m_book, m_operations, m_options.seed + 200);
    m_taps.start();
}

// One round: the weather changes, time passes, somebody dies and comes back.
bool Torment::killOnce()
{
    m_weather.change();
    pause(std::chrono::milliseconds(lifeMin + m_random.below(lifeSpread)));
    glance();
    std::vector<Screen *> killed;
    for (Screen &screen : m_screens) {
        if (m_random.oneIn(screenOnceIn))
            killed.push_back(&screen);
    }
    const bool hubToo = killed.empty() || m_random.below(hubOutOf) < hubChances;
    if (hubToo)
        killHub();
    for (Screen *screen : killed)
        killScreen(*screen);
    if (hubToo) {
        compare();
        if (!reviveHub())
            return false;
    }
    for (Screen *screen : killed) {
        if (!reviveScreen(*screen))
            return false;
    }
    return true;
}

void Torment::killHub()
{
    if (!m_hub.isRunning())
        m_checker.add({"the hub does not end by itself", QString::fromUtf8(m_hub.tail())});
    m_killedAt = m_elapsed.elapsed();
    if (m_random.oneIn(stoppingOnceIn)) {
        ::kill(static_cast<pid_t>(m_hub.pid()), SIGTERM);
        pause(std::chrono::milliseconds(m_random.below(stoppingSpread)));
        ++m_killsWhileStopping;
    }
    m_hub.kill();
    ++m_hubKills;
}

bool Torment::reviveHub()
{
    while (m_random.oneIn(startingOnceIn)) {
        m_hub.launch();
        pause(std::chrono::milliseconds(m_random.below(startingSpread)));
        m_hub.kill();
        ++m_hubKills;
        ++m_killsWhileStarting;
    }
    const qint64 began = m_elapsed.elapsed();
    if (!m_hub.start()) {
        m_checker.add({"the hub starts", QString::fromUtf8(m_hub.tail())});
        return false;
    }
    m_revivals.push_back(m_elapsed.elapsed() - began);
    return true;
}

void Torment::killScreen(Screen &screen)
{
    if (!screen.process->isRunning())
        m_checker.add({"a display does not end by itself",
                       screen.process->name() + ": " + QString::fromUtf8(screen.process->tail())});
    screen.process->kill();
    ++m_screenKills;
    readScreen(screen);
}

bool Torment::reviveScreen(Screen &screen)
{
    if (screen.process->launch(screen.url, m_hub.tokenFile()))
        return true;
    m_checker.add({"a display starts", QString::fromUtf8(screen.process->tail())});
    return false;
}

// A cook touches a screen.
void Torment::tap()
{
    static const char *const taps[] = {"start", "bump",     "bump",   "line",
                                       "line",  "complete", "recall", "undo"};
    const auto index = static_cast<size_t>(m_random.below(static_cast<int>(m_screens.size())));
    cf::test::DisplayProcess &display = *m_screens.at(index).process;
    const QString order = m_book.any(m_random);
    if (order.isEmpty() || !display.isRunning())
        return;
    const QByteArray what = taps[m_random.below(static_cast<int>(std::size(taps)))];
    display.control(what + ' ' + order.toLatin1() + (what == "line" ? " 1" : ""));
    ++m_tapsMade;
}

// What the screens say they show, right now.
void Torment::glance()
{
    for (const Screen &screen : m_screens) {
        const QJsonObject status = screen.process->status();
        const QByteArray epoch = status.value("epoch").toString().toLatin1();
        if (epoch.isEmpty())
            continue;
        m_sightings.push_back({screen.process->name() + " (status)",
                               epoch,
                               status.value("pos").toInteger(),
                               {},
                               status.value("digest").toString().toLatin1(),
                               status.value("count").toInt(-1)});
    }
}

// What a display has on disk.
void Torment::readScreen(const Screen &screen)
{
    std::vector<Finding> findings;
    const KeptBoard kept = readDisplay(screen.process->dataDir() + "/display.sqlite",
                                       screen.process->name(), findings);
    for (const Finding &finding : findings)
        m_checker.add(finding);
    if (kept.board)
        m_sightings.push_back(*kept.board);
    for (const DeviceCommand &command : kept.outbox)
        m_screenCommands[{command.device, command.n}] = command;
}

// The hub is dead, so whatever anyone has seen by now must be in the log.
void Torment::compare()
{
    std::vector<Finding> findings;
    readLog(logPath(), m_ledger, findings);
    for (const auto &list : {findings, m_ledger.takeFindings()}) {
        for (const Finding &finding : list)
            m_checker.add(finding);
    }
    for (const Operation &operation : m_operations.takeAnswered()) {
        m_checker.operation(operation);
        ++m_answersCompared;
    }
    for (const auto &recorder : m_recorders) {
        for (const Finding &finding : recorder->run().takeFindings())
            m_checker.add(finding);
        for (const Sighting &sighting : recorder->run().takeSightings())
            m_sightings.push_back(sighting);
        for (const ToldEvent &event : recorder->run().takeTold()) {
            m_checker.told(event);
            ++m_toldCompared;
        }
    }
    for (const Sighting &sighting : std::exchange(m_sightings, {})) {
        m_checker.sighting(sighting);
        ++m_sightingsCompared;
    }
}

} // namespace cf::crash
