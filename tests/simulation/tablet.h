// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/auditor.h"
#include "tests/simulation/cook.h"
#include "tests/simulation/disk/sim_disk.h"
#include "tests/simulation/tablet_link.h"

namespace cf::sim {

// What is shared by every machine of a world.
struct Surroundings {
    Agenda &agenda;
    Auditor &auditor;
    Dialer &dialer;
    Network &network;
};

// What a wish has come to, as its display has been told.
struct Wish {
    QString device;
    qint64 n = 0;
    Tap tap;
    std::optional<CommandResult> result;
    QByteArray epoch; // of the log that answered
    qint64 lost = 0;  // what logs had lost by then: after that the answer may be another
    bool isRefused = false;
    bool isUnkept = false;    // it was answered while its tablet could not write
    bool isForgotten = false; // with its tablet: wiped, or its disk lied
};

// A kitchen display: its disk, its process with the product's store and sessions, and the cook in
// front of it. Checks after everything it takes in that its board is what the log was at its
// cursor, and that nothing on its disk ever goes back.
class Tablet final : private TabletLinkUser
{
public:
    Tablet(const Surroundings &world, const QString &name, Dice dice);
    ~Tablet() override;

    void boot();
    void kill();     // the process
    void powerCut(); // the machine
    // Either of them at the `writes`th write to its disk from now on; then calls `then`.
    void endInSave(int writes, bool isPowerCut, std::function<void()> then);
    void wipe(); // factory reset: a new install
    // This tablet's storage as of now becomes the other's: two with one identity.
    void cloneFrom(const Tablet &other);
    // Another machine has the same identity: their commands may bar each other.
    void noteTwin() { m_hasTwin = true; }
    [[nodiscard]] bool hasTwin() const { return m_hasTwin; }
    void jumpClock(milliseconds by) { m_clock.jump(by); }

    // One tap, and again later, while it runs and `isCooking`.
    void setCooking(bool on) { m_isCooking = on; }
    void setTapEvery(milliseconds mean) { m_tapEvery = mean; }

    [[nodiscard]] const LinkPtr &link() const { return m_link; }
    [[nodiscard]] SimDisk &disk() { return m_disk; }
    // It could not use its disk when it started.
    [[nodiscard]] bool isInMemoryOnly() const;
    [[nodiscard]] bool isUp() const { return m_process != nullptr; }
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const std::vector<Wish> &wishes() const { return m_wishes; }
    [[nodiscard]] qint64 dials() const;
    [[nodiscard]] bool isPolling() const;
    [[nodiscard]] qint64 position() const; // 0: it is off
    // Does it hold these, and go by them?
    [[nodiscard]] std::vector<StationAlarm> alarms() const;
    [[nodiscard]] bool holds(const hub::SettingsRecord &settings) const;
    [[nodiscard]] qint64 snapshots() const;
    [[nodiscard]] qint64 resumes() const;
    // Says what is missing for being the hub's equal; empty: nothing.
    [[nodiscard]] QString notHealed();
    void checkFinal();

private:
    struct Process;

    // TabletLinkUser
    void onDrained() override;
    void onRejected(const kds::Rejection &rejection) override;
    void onHeard(const FromHub &message) override;
    void onDialled() override;
    void onAcknowledged(qint64 pos) override;

    void endProcess();
    void scheduleTap();
    void tap();
    void check();
    void checkPlace(const Cursor &cursor);
    void checkWishes();
    void checkReturn();
    void checkWelcome(const Welcome &welcome);
    void checkWish(Wish &wish, const kds::OutboxEntry &entry);

    const Surroundings m_world;
    QString m_name;
    Dice m_dice;
    MachineClock m_clock;
    LinkPtr m_link = std::make_shared<Link>();
    SimDisk m_disk;
    std::unique_ptr<Process> m_process;
    std::vector<Wish> m_wishes;
    size_t m_firstOpenWish = 0;
    std::optional<Cursor> m_last;  // as of the last check
    std::optional<Cursor> m_saved; // the last place that was acknowledged to the hub
    int m_taps = 0;
    int m_boots = 0;
    qint64 m_dials = 0;
    qint64 m_lostAtDial = 0; // to the log, when the present connection was made
    qint64 m_snapshots = 0;  // of processes that have ended
    qint64 m_resumes = 0;
    bool m_hasTwin = false;
    bool m_isCooking = false;
    milliseconds m_tapEvery{800};
};

} // namespace cf::sim
