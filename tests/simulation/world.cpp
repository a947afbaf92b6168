// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/world.h"

#include "shared/protocol/json_codec.h"

#include <QJsonArray>

namespace cf::sim {

using namespace std::chrono_literals;

namespace {

// From the end of the last fault to everybody being the hub's equal: a superseded display waits a
// minute, a poller tries the stream each half minute.
constexpr auto healingMax = 240'000ms;
// Longer than a display's patience with a silent hub.
constexpr auto quiet = 20'000ms;
// Some trips through the network; what the disk takes comes on top.
constexpr auto prompt = 1'500ms;

} // namespace

Scenario drawScenario(Dice &dice)
{
    Scenario scenario;
    scenario.faults = drawPlan(dice);
    scenario.tablets = dice.oneIn(8) ? dice.between(5, 8) : dice.between(1, 3);
    scenario.guests = dice.oneIn(30) ? 50 : dice.between(0, 5);
    scenario.tills = dice.between(1, 2);
    scenario.orders = dice.between(4, 18);
    scenario.settings = dice.oneIn(3) ? 0 : dice.between(1, 8);
    scenario.orderEvery = dice.between(200ms, 2'500ms);
    scenario.tapEvery = dice.between(150ms, 1'500ms);
    scenario.opening = dice.oneIn(6) ? dice.between(2'000ms, 15'000ms) : 0ms;
    scenario.service = dice.between(10'000ms, 60'000ms);
    hub::StreamBounds &bounds = scenario.hub.bounds;
    bounds.tailEventsMax = dice.between(2, 60);
    bounds.tailBytesMax = dice.between(2'000, 100'000);
    bounds.gapEventsMax = dice.between(10, 200);
    bounds.gapBytesMax = bounds.tailBytesMax + dice.between(2'000, 100'000);
    bounds.frameEventsMax = dice.between(1, 40);
    bounds.frameBytesMax = dice.between(500, 60'000);
    bounds.snapshotPartBytesMax = dice.between(500, 60'000);
    scenario.hub.windowBytes = dice.between(2, 64) * 1024;
    // A fast disk, or a card that takes its time for every sync.
    scenario.hub.commitMax = dice.oneIn(5) ? dice.between(200ms, 2'500ms) : dice.between(0ms, 30ms);
    return scenario;
}

World::World(quint64 seed)
    : m_dice(seed), m_scenario(drawScenario(m_dice)), m_network(m_agenda, m_dice.fork()),
      m_hub(m_agenda, m_auditor, m_network, m_scenario.hub, m_dice.fork()),
      m_surroundings{m_agenda, m_auditor, m_hub, m_network}, m_faultTurns(m_agenda)
{
    for (int i = 1; i <= m_scenario.tablets; ++i) {
        m_tablets.push_back(std::make_unique<Tablet>(
            m_surroundings, QStringLiteral("tablet%1").arg(i), m_dice.fork()));
    }
    for (int i = 1; i <= m_scenario.tills; ++i) {
        m_tills.push_back(std::make_unique<Till>(m_agenda, m_auditor, m_hub,
                                                 QStringLiteral("till%1").arg(i), m_dice.fork()));
    }
    m_manager = std::make_unique<Manager>(m_agenda, m_auditor, m_hub, m_dice.fork());
}

World::~World() = default;

void World::setTrace(std::function<void(qint64, const QString &)> trace)
{
    m_trace = [this, trace = std::move(trace), began = m_agenda.now()](const QString &what) {
        trace((m_agenda.now() - began).count(), what);
    };
}

void World::openForBusiness()
{
    bootHub();
    for (const auto &tablet : m_tablets) {
        tablet->setTapEvery(m_scenario.tapEvery);
        tablet->setCooking(true);
        m_faultTurns.after(m_dice.between(0ms, 3'000ms), [&one = *tablet] { one.boot(); });
    }
    for (const auto &till : m_tills) {
        watchGuests(*till);
        m_faultTurns.after(m_scenario.opening, [this, &one = *till] {
            one.open(m_scenario.orderEvery, m_scenario.orders);
        });
    }
    if (m_scenario.settings > 0)
        m_manager->open(m_scenario.service / m_scenario.settings, m_scenario.settings);
    // A log that is lost before anything was in it is another log all the same.
    if (m_scenario.opening > 0ms && m_scenario.faults.has(Fault::LyingDisk))
        m_faultTurns.after(m_dice.between(0ms, m_scenario.opening),
                           [this] { inject(Fault::LyingDisk); });
    scheduleFault();
}

void World::watchGuests(Till &till)
{
    till.onPlaced = [this](const TillOrder &order) {
        if (static_cast<int>(m_guests.size()) >= m_scenario.guests)
            return;
        m_guests.push_back(
            std::make_unique<Guest>(m_agenda, m_auditor, m_hub, order, m_dice.fork()));
        m_guests.back()->open();
    };
}

RunReport World::run()
{
    openForBusiness();
    const Monotonic closing = m_agenda.now() + m_scenario.service;
    while (m_auditor.breaches().isEmpty() && m_agenda.step(closing)) { }
    heal();
    const Monotonic end = m_agenda.now() + healingMax;
    awaitHealed(end);
    // A connection may be dead that its display takes for alive, or one whose good-bye is on its
    // way: what is seen now may still change once.
    wait(quiet);
    awaitHealed(end);
    if (m_auditor.breaches().isEmpty())
        checkQuiet();
    if (m_auditor.breaches().isEmpty())
        checkFinal();
    return report();
}

void World::awaitHealed(Monotonic end)
{
    Monotonic looked = m_agenda.now();
    QString missing = notHealed();
    while (m_auditor.breaches().isEmpty() && !missing.isEmpty() && m_agenda.step(end)) {
        if (m_agenda.now() - looked < 100ms)
            continue;
        looked = m_agenda.now();
        missing = notHealed();
    }
    m_auditor.expect(!m_auditor.breaches().isEmpty() || missing.isEmpty(),
                     QStringLiteral("not healed: ") + missing);
}

// --- the end ------------------------------------------------------------------------------------

void World::healLink(const LinkPtr &link)
{
    *link = Link();
    m_network.kick(link);
}

void World::heal()
{
    m_isHealing = true;
    m_healingSince = m_agenda.now();
    m_faultTurns.forget();
    m_isHubComing = false;
    m_strangers.clear();
    m_clones.clear();
    m_hub.disk().heal();
    if (m_hub.isStopping())
        m_hub.kill();
    bootHub();
    for (const auto &tablet : m_tablets) {
        tablet->disk().heal();
        tablet->setCooking(false);
        if (tablet->isInMemoryOnly()) // its disk is well again, and it says what it needs
            tablet->kill();
        tablet->boot();
        healLink(tablet->link());
    }
    for (const auto &till : m_tills)
        healLink(till->link());
    healLink(m_manager->link());
    for (const auto &guest : m_guests)
        healLink(guest->link());
}

QString World::notHealed()
{
    if (!m_hub.isReady())
        return QStringLiteral("the hub: ") + m_hub.refusal();
    for (const auto &till : m_tills) {
        if (!till->isIdle())
            return QStringLiteral("a till waits for an answer");
    }
    if (!m_manager->isIdle())
        return QStringLiteral("the manager waits for an answer");
    for (const auto &tablet : m_tablets) {
        if (QString missing = tablet->notHealed(); !missing.isEmpty())
            return missing;
        if (!tablet->holds(m_hub.process()->hub().settings()))
            return tablet->name() + QStringLiteral(" does not hold the hub's settings");
        if (tablet->alarms() != m_hub.process()->hub().stations().alarms())
            return tablet->name() + QStringLiteral(" has other station alarms than the hub");
    }
    if (!m_tablets.empty() && !m_hub.process()->hub().stations().alarms().empty())
        return QStringLiteral("a station counts as not looked after");
    for (const auto &guest : m_guests) {
        if (QString missing = guest->notHealed(); !missing.isEmpty())
            return missing;
    }
    return {};
}

void World::wait(milliseconds time)
{
    const Monotonic end = m_agenda.now() + time;
    while (m_auditor.breaches().isEmpty() && m_agenda.step(end))
        continue;
}

// An order that comes now is on every display at once, not with the next heartbeat.
void World::checkPrompt()
{
    m_tills.front()->placeOne();
    wait(prompt + 2 * m_scenario.hub.commitMax);
    const qint64 told = m_auditor.head();
    wait(prompt); // what is committed meanwhile has as long again
    for (const auto &tablet : m_tablets) {
        m_auditor.expect(tablet->position() >= told || tablet->isPolling(),
                         QStringLiteral("not told at once: %1 stands at %2, the log was at %3")
                             .arg(tablet->name())
                             .arg(tablet->position())
                             .arg(told));
    }
}

// Who is healed stays so, on the connection it has: no display comes back again and again.
void World::checkQuiet()
{
    checkPrompt();
    std::vector<std::pair<qint64, qint64>> before;
    std::vector<bool> wasPolling; // such a one still has the stream to try
    for (const auto &tablet : m_tablets) {
        before.emplace_back(tablet->dials(), tablet->snapshots());
        wasPolling.push_back(tablet->isPolling());
    }
    wait(quiet);
    for (size_t i = 0; i < m_tablets.size(); ++i) {
        Tablet &tablet = *m_tablets[i];
        const QString missing = tablet.notHealed();
        m_auditor.expect(missing.isEmpty(), QStringLiteral("no longer healed: ") + missing);
        m_auditor.expect(wasPolling[i]
                             || before[i] == std::pair(tablet.dials(), tablet.snapshots()),
                         tablet.name() + QStringLiteral(" connects again and again"));
    }
}

void World::checkFinal()
{
    m_hub.checkFinal();
    for (const auto &tablet : m_tablets)
        tablet->checkFinal();
    for (const auto &till : m_tills)
        till->checkFinal();
    checkMarks();
    checkSettings();
}

// What the manager was told is so; only a disk that lies, or an older copy, may have lost it.
void World::checkSettings()
{
    const auto had = [this](Fault fault) { return m_counts[static_cast<size_t>(fault)] > 0; };
    if (had(Fault::LyingDisk) || had(Fault::Restore) || had(Fault::RestoreWithLock))
        return;
    const hub::OrderHub &hub = m_hub.process()->hub();
    m_auditor.expect(hub.settingsId() == m_manager->toldId()
                         && hub.settings().rev == m_manager->toldRev(),
                     QStringLiteral("the manager was told of other settings"));
}

// Each note and message is in the log once at most, and exactly once if its display was told so.
void World::checkMarks()
{
    std::map<QString, int> seen;
    for (const hub::LoggedEvent &logged : m_auditor.log()) {
        for (const auto key : {QLatin1StringView("note"), QLatin1StringView("message")}) {
            const QString mark = logged.event.payload.value(key).toString();
            if (!mark.isEmpty() && logged.event.type != EventType::OrderPlaced)
                ++seen[mark];
        }
    }
    for (const auto &[mark, times] : seen)
        m_auditor.expect(times == 1,
                         QStringLiteral("\"%1\" was done %2 times").arg(mark).arg(times));
    for (const auto &tablet : m_tablets) {
        for (const Wish &wish : tablet->wishes()) {
            if (wish.tap.mark.isEmpty() || wish.isForgotten || !wish.result)
                continue;
            const bool isDone = wish.result->pos > 0;
            // An order that a lost log took with it cannot have its notes.
            const bool isOrderGone = !m_auditor.orders().contains(wish.tap.orderId);
            // A restored log may have taken a twin's command for one of the same number, and have
            // done what a later one, which is lost, refused.
            const bool isTwins = tablet->hasTwin() && m_auditor.losses() > 0;
            const bool isOlderCopys = !isDone && m_auditor.losses() > wish.lost;
            m_auditor.expect(
                seen.contains(wish.tap.mark) == isDone || isOrderGone || isTwins || isOlderCopys
                    || wish.isUnkept,
                QStringLiteral("%1 was told otherwise than the log of \"%2\": %3")
                    .arg(tablet->name(), wish.tap.mark, QString::fromUtf8(encode(*wish.result))));
        }
    }
}

RunReport World::report()
{
    RunReport report;
    report.breaches = m_auditor.breaches();
    report.simulated = std::chrono::duration_cast<milliseconds>(m_agenda.now().time_since_epoch()
                                                                - milliseconds(1'000'000));
    report.healedAfter = m_agenda.now() - m_healingSince;
    report.steps = m_agenda.steps();
    report.events = m_auditor.head();
    report.acknowledgements = m_auditor.acknowledgements();
    report.lostEvents = m_auditor.lostEvents();
    report.lostAnswers = m_auditor.lostAnswers();
    report.cutMidMessage = m_network.cutMidMessage();
    report.traceHash = m_network.traceHash();
    report.faults = m_counts;
    report.disk = m_hub.disk().counts();
    for (const auto &tablet : m_tablets) {
        report.snapshots += tablet->snapshots();
        report.resumes += tablet->resumes();
        report.wishes += static_cast<qint64>(tablet->wishes().size());
        report.disk += tablet->disk().counts();
    }
    for (const auto &guest : m_guests)
        report.views += guest->views();
    return report;
}

} // namespace cf::sim
