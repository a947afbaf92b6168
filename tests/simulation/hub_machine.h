// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/sqlite_event_log.h"
#include "tests/simulation/auditor.h"
#include "tests/simulation/dialer.h"
#include "tests/simulation/disk/sim_disk.h"
#include "tests/simulation/hub_process.h"

namespace cf::sim {

class RecordingLog;

struct HubSettings {
    hub::StreamBounds bounds;
    qint64 windowBytes = 64 * 1024;
    milliseconds commitMin{0}, commitMax{4};
};

// The hub's box: its disk, its clock, its process while there is one, and the backups that its
// owner keeps.
class HubMachine final : public Dialer
{
public:
    HubMachine(Agenda &agenda, Auditor &auditor, Network &network, const HubSettings &settings,
               Dice dice);
    ~HubMachine() override;

    // False: the log refuses to be opened; refusal() says why.
    bool boot();
    void kill();
    void powerCut();
    // The process, or the whole machine, ends after so many more writes of the log, in the middle
    // of whatever it is doing then.
    void endInCommit(int writes, bool isPowerCut, std::function<void()> then);
    // SIGTERM; `then` once it has ended.
    void stop(std::function<void()> then);
    void jumpClock(milliseconds by) { m_clock.jump(by); }

    // The whole disk as a power cut would leave it now; `withLock`: the lock file as well.
    void takeBackup();
    [[nodiscard]] bool hasBackup() const { return m_backup != nullptr; }
    // Puts the backup in the log's place. `withLock`: also what remembers how far the log had been,
    // so that nothing on this machine knows better.
    void restoreBackup(bool withLock);

    [[nodiscard]] bool isStopping() const { return m_isStopping; }
    [[nodiscard]] bool isUp() const { return m_process != nullptr; }
    [[nodiscard]] bool isReady() const { return m_process && m_process->isReady(); }
    [[nodiscard]] const QString &refusal() const { return m_refusal; }
    [[nodiscard]] SimDisk &disk() { return m_disk; }
    [[nodiscard]] HubProcess *process() { return m_process.get(); }
    // May anything that was promised be gone since the last start?
    void setLossExcused() { m_lossExcused = true; }
    // Its disk lies: after the next cut its owner proves the log before he goes on with it.
    void noteLies() { m_hasLied = true; }
    void forgetLies()
    {
        m_hasLied = m_disk.isLying();
        m_isUnproven = false;
    }
    [[nodiscard]] bool isLossExcused() const { return m_lossExcused; }
    [[nodiscard]] qint64 boots() const { return m_boots; }
    void checkFinal();

    // Dialer
    WirePtr dial(const LinkPtr &link, WireUser *user, hub::HttpRequest request) override;

private:
    [[nodiscard]] QString logPath() const { return m_disk.path(QStringLiteral("counterfire.db")); }
    std::unique_ptr<RecordingLog> openLog();
    bool isProven();
    bool audit(const hub::SqliteEventLog &log);
    void endProcess();
    void noticeDisk();
    std::function<void()> m_afterDeath;
    bool m_diesOfPowerCut = false;

    Agenda &m_agenda;
    Auditor &m_auditor;
    Network &m_network;
    HubSettings m_settings;
    Dice m_dice;
    MachineClock m_clock;
    SimDisk m_disk;
    hub::LogWriter m_logWriter;
    std::unique_ptr<HubProcess> m_process;
    std::unique_ptr<SimDisk::Image> m_backup;
    QString m_refusal;
    bool m_isStopping = false;
    bool m_lossExcused = false;
    bool m_hasLied = false;
    bool m_isUnproven = false; // the power went while it lied
    bool m_mustNotice = false;
    qint64 m_boots = 0;
    qint64 m_waitingMax = 0;
    qint64 m_queuedMax = 0;
};

} // namespace cf::sim
