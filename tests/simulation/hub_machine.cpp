// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/hub_machine.h"

#include "hub/log/sqlite_event_reader.h"
#include "hub/log/verifier.h"
#include "tests/simulation/recording_log.h"

namespace cf::sim {

using namespace std::chrono_literals;

namespace {

constexpr int readers = 2;
// Beyond what a session may have waiting before it is not asked for more: one frame, one snapshot
// part and what a heartbeat adds.
constexpr qint64 waitingSlack = 2 * limits::frameBytesMax;

Result<std::vector<hub::LoggedEvent>> readAll(const QString &path, qint64 head)
{
    auto reader = hub::SqliteEventReader::open(path);
    if (!reader)
        return reader.error();
    std::vector<hub::LoggedEvent> all;
    while (static_cast<qint64>(all.size()) < head) {
        auto some = (*reader)->events(static_cast<qint64>(all.size()), head, limits::logScanEvents,
                                      limits::gapBytesMax);
        if (!some)
            return some.error();
        if (some->empty())
            break;
        all.insert(all.end(), some->begin(), some->end());
    }
    return all;
}

} // namespace

HubMachine::HubMachine(Agenda &agenda, Auditor &auditor, Network &network,
                       const HubSettings &settings, Dice dice)
    : m_agenda(agenda), m_auditor(auditor), m_network(network), m_settings(settings), m_dice(dice),
      m_clock(agenda), m_disk(QStringLiteral("/sim/hub"), m_dice.fork()), m_logWriter(std::nullopt)
{
}

HubMachine::~HubMachine()
{
    endProcess();
}

std::unique_ptr<RecordingLog> HubMachine::openLog()
{
    hub::OpenOptions options;
    options.restaurantId = QStringLiteral("r1");
    options.files = &m_disk.logFiles();
    auto log = hub::SqliteEventLog::open(logPath(), options, m_clock, m_dice);
    if (!log) {
        m_refusal = log.error().detail;
        return nullptr;
    }
    return std::make_unique<RecordingLog>(
        std::move(*log), m_auditor, [this](const hub::SqliteEventLog &again) { audit(again); });
}

bool HubMachine::audit(const hub::SqliteEventLog &log)
{
    const hub::LogHead head = log.head();
    m_disk.setWatched(true);
    auto events = readAll(logPath(), head.pos);
    m_disk.setWatched(false);
    if (!events) { // the machine ended meanwhile
        m_refusal = events.error().detail;
        return false;
    }
    m_auditor.opened(head, *events, log.records().count, m_lossExcused, m_mustNotice);
    return true;
}

// `counterfirectl verify`: opening a log looks at its end, not at all of it.
bool HubMachine::isProven()
{
    const auto report = hub::verifyLog(logPath());
    const bool isNone = !report && report.error().code == ErrorCode::NotFound;
    if (!isNone && (!report || !report->isSound())) {
        m_refusal = QStringLiteral("verify found it damaged");
        return false;
    }
    m_hasLied = m_disk.isLying();
    m_isUnproven = false;
    return true;
}

bool HubMachine::boot()
{
    if (m_process)
        return true;
    m_refusal.clear();
    m_disk.start();
    if (m_isUnproven && !isProven())
        return false;
    HubParts parts;
    std::unique_ptr<RecordingLog> log = openLog();
    if (!log || !audit(log->log()))
        return false;
    parts.log = std::move(log);
    for (int i = 0; i < readers; ++i) {
        auto reader = hub::SqliteEventReader::open(logPath());
        if (!reader) {
            m_refusal = reader.error().detail;
            return false;
        }
        parts.readers.push_back(std::move(*reader));
    }
    parts.agenda = &m_agenda;
    parts.clock = &m_clock;
    parts.dice = &m_dice;
    parts.logWriter = &m_logWriter;
    parts.bounds = m_settings.bounds;
    parts.commitMin = m_settings.commitMin;
    parts.commitMax = m_settings.commitMax;
    parts.onLogTurn = [this] { noticeDisk(); };
    auto process = std::make_unique<HubProcess>(std::move(parts));
    if (const Status started = process->start(); !started) {
        m_refusal = started.error().detail;
        return false;
    }
    m_process = std::move(process);
    m_lossExcused = m_disk.isLying();
    m_mustNotice = false;
    ++m_boots;
    return true;
}

// The machine lost its power in the middle of what the log thread did.
void HubMachine::noticeDisk()
{
    if (!m_disk.isDead() || !m_afterDeath)
        return;
    // In a step of its own, before any other: it is the process that calls.
    m_agenda.after(0ms, [this, then = std::exchange(m_afterDeath, nullptr)] {
        if (!m_disk.isDead())
            return; // switched off and on since
        if (m_diesOfPowerCut)
            powerCut();
        else
            kill();
        then();
    });
}

void HubMachine::endInCommit(int writes, bool isPowerCut, std::function<void()> then)
{
    m_diesOfPowerCut = isPowerCut;
    m_afterDeath = std::move(then);
    m_disk.dieAfterWrites(writes);
}

void HubMachine::endProcess()
{
    m_isStopping = false;
    if (!m_process)
        return;
    m_waitingMax = std::max(m_waitingMax, m_process->waitingMax());
    m_queuedMax = std::max(m_queuedMax, m_process->queuedMax());
    m_process.reset();
}

void HubMachine::kill()
{
    m_disk.kill();
    endProcess();
    m_network.cutAll();
}

void HubMachine::powerCut()
{
    m_mustNotice = false; // the lock file's last lines may be gone
    m_isUnproven = m_isUnproven || m_hasLied;
    m_network.cutAll();
    m_disk.powerCut();
    endProcess();
}

void HubMachine::stop(std::function<void()> then)
{
    if (!m_process)
        return then();
    m_isStopping = true;
    // Later: it is the process that calls.
    m_process->stop([this, then = std::move(then)] {
        m_agenda.after(0ms, [this, then] {
            if (!m_isStopping)
                return; // it was killed while it stopped
            endProcess();
            m_disk.kill();
            then();
        });
    });
}

// `counterfirectl backup` copies what is committed, and proves the copy; where it cannot, the older
// one stays.
void HubMachine::takeBackup()
{
    if (m_auditor.isUncertain()) // a copy of the files is not yet a copy of the log
        return;
    m_disk.setWatched(true);
    const auto report = hub::verifyLog(logPath());
    m_disk.setWatched(false);
    if (!report || !report->isSound())
        return;
    m_backup = std::make_unique<SimDisk::Image>(m_disk.image());
}

void HubMachine::restoreBackup(bool withLock)
{
    m_mustNotice = m_process && !withLock;
    m_disk.kill();
    endProcess();
    m_network.cutAll();
    m_disk.restore(*m_backup, withLock);
    forgetLies();
    m_lossExcused = true;
}

WirePtr HubMachine::dial(const LinkPtr &link, WireUser *user, hub::HttpRequest request)
{
    const WirePtr wire = m_network.connect(link, m_settings.windowBytes);
    wire->attach(End::Client, user);
    wire->setReading(End::Hub, false); // until it is accepted
    if (link->silent)
        return wire;
    Message head;
    head.request = std::make_shared<const hub::HttpRequest>(std::move(request));
    wire->send(End::Client, head);
    m_agenda.after(m_dice.between(link->latencyMin, link->latencyMax), [this, wire, link] {
        if (!wire->isAlive())
            return;
        if (m_process && !link->refusing)
            m_process->accept(wire);
        else
            wire->close(End::Hub);
    });
    return wire;
}

void HubMachine::checkFinal()
{
    m_waitingMax = std::max(m_waitingMax, m_process ? m_process->waitingMax() : 0);
    m_queuedMax = std::max(m_queuedMax, m_process ? m_process->queuedMax() : 0);
    m_auditor.expect(m_waitingMax <= limits::outputBytesMax + waitingSlack,
                     QStringLiteral("%1 bytes waited for one connection").arg(m_waitingMax));
    m_auditor.expect(m_queuedMax <= limits::writerQueueMax,
                     QStringLiteral("%1 commands waited for the log").arg(m_queuedMax));
    const Board &board = m_process->hub().board();
    m_auditor.checkBoard(QStringLiteral("the hub"), m_process->hub().headCursor(), board, true);
    m_auditor.expect(m_process->hub().stats().boardHoles == 0,
                     QStringLiteral("the hub's board had holes"));
    hub::VerifyOptions options;
    options.checkFile = false;
    const auto report = hub::verifyLog(logPath(), options);
    m_auditor.expect(report && report->isSound(),
                     QStringLiteral("the log is not sound: %1")
                         .arg(!report                    ? report.error().detail
                              : report->problems.empty() ? QStringLiteral("stopped early")
                                                         : report->problems.front().what));
    m_auditor.expect(!report || report->foldDigest == m_auditor.fold().digest(),
                     QStringLiteral("verify folds another board"));
}

} // namespace cf::sim
