// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/log_file.h"
#include "kds-app/store/cache_files.h"
#include "tests/simulation/disk/directory.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace cf::sim {

enum class DiskFault : quint8 { Read, Write, Sync };

// How a disk that answers "done" to a sync lies.
enum class Lie : quint8 {
    None,
    Drops,    // nothing that it has not really synced survives a power cut
    Reorders, // any of it may, whatever was synced before
};

// What was injected, by kind.
struct DiskFaultCounts {
    qint64 readErrors = 0;
    qint64 writeErrors = 0; // of which some of the bytes may have been written
    qint64 syncErrors = 0;
    qint64 fullErrors = 0;
    qint64 liedSyncs = 0;
    qint64 powerCuts = 0;
    qint64 kills = 0;
    // By the power cuts:
    qint64 keptWrites = 0;
    qint64 droppedWrites = 0;
    qint64 tornWrites = 0;
    qint64 undoneTruncations = 0;
    qint64 undoneNames = 0;

    DiskFaultCounts &operator+=(const DiskFaultCounts &other);
};

// One machine's disk, in memory, under every SQLite connection whose path begins with its prefix
// (see sim_vfs.h). One thread. Its machine must start() it before files can be opened; handles that
// were open when the process or the machine ended are dead: each of their calls fails. It must
// outlive every handle. What survives a power cut: see DiskFile and Directory.
class SimDisk
{
public:
    SimDisk(QString prefix, Dice dice);
    ~SimDisk();
    SimDisk(const SimDisk &) = delete;
    SimDisk &operator=(const SimDisk &) = delete;

    [[nodiscard]] QString path(const QString &name) const { return m_prefix + u'/' + name; }
    hub::LogFiles &logFiles();
    kds::CacheFiles &cacheFiles();

    // --- the machine ----------------------------------------------------------------------------
    void start();
    void kill();     // the process ends: what it wrote stays in the page cache
    void powerCut(); // and here it does not
    void wipe();     // ends the process as well
    // The `count`th write, sync or truncation from now on is the last: it may be done in part, and
    // every call after it fails, until start().
    void dieAfterWrites(int count) { m_writesToLive = count; }
    // Called when it has come to that, from within the call.
    std::function<void()> onDeath;
    [[nodiscard]] bool isDead() const { return m_isDead; }

    // --- faults ---------------------------------------------------------------------------------
    // The `countdown`th call of this kind from now on fails.
    void failNext(DiskFault kind, int countdown);
    // Each call of this kind fails once in `times`; 0: never.
    void failOften(DiskFault kind, int times);
    void setFull(bool full); // files cannot grow
    // All files together cannot be larger; nullopt: no bound.
    void setCapacity(std::optional<qint64> bytes) { m_capacity = bytes; }
    // Syncs succeed and do nothing, in either way.
    void setLying(bool lying);
    void setLie(Lie lie) { m_lie = lie; }
    [[nodiscard]] bool isLying() const { return m_lie != Lie::None; }
    // While an onlooker reads, who is no part of the world, no fault is due.
    void setWatched(bool watched) { m_isWatched = watched; }
    // No further faults; what is damaged stays so.
    void heal();
    // One may come, or has come since the last start().
    [[nodiscard]] bool hasFaults() const;
    [[nodiscard]] const DiskFaultCounts &counts() const { return m_counts; }

    // --- copies ---------------------------------------------------------------------------------
    struct Image {
        std::map<QByteArray, QByteArray> files; // by name, without the prefix
        QByteArray witness;
        bool operator==(const Image &) const = default;
    };
    // As its readers see it now.
    [[nodiscard]] Image image() const;
    // All that there is becomes the image's, durably. Open handles are dead.
    void restore(const Image &image, bool withWitness);
    void copyFrom(const SimDisk &other) { restore(other.image(), true); }

    // --- for the file system layer: SQLite's result codes ---------------------------------------
    // Null: there is none. A removed file lives as long as its handles.
    std::shared_ptr<DiskFile> open(const QByteArray &name, bool create);
    int read(DiskFile &file, qint64 offset, char *into, int count);
    int write(DiskFile &file, qint64 offset, QByteArrayView bytes);
    int truncate(DiskFile &file, qint64 size);
    // `withNames`: the directory as well.
    int sync(DiskFile &file, bool withNames);
    int remove(const QByteArray &name, bool lasting);
    bool rename(const QByteArray &from, const QByteArray &to);
    // Handles of an earlier generation are dead.
    [[nodiscard]] quint64 generation() const { return m_generation; }

private:
    class Files;
    class Lock;
    class Names;
    void end();
    [[nodiscard]] QByteArray nameOf(const QString &path) const;
    bool spend();
    bool isDue(DiskFault kind);
    [[nodiscard]] qint64 bytesUsed() const;
    [[nodiscard]] CutStyle drawStyle();
    void cutWitness();

    QString m_prefix;
    Dice m_dice;
    std::unique_ptr<Files> m_logFiles;
    std::unique_ptr<Names> m_cacheFiles;
    Directory m_directory;
    // The lock file's lines since it was last written back: never synced. The last one last.
    std::vector<QByteArray> m_witnesses;
    bool m_isLocked = false;
    quint64 m_generation = 0;
    std::array<int, 3> m_countdown{};
    std::array<int, 3> m_oneIn{};
    int m_writesToLive = 0; // 0: for ever
    bool m_isDead = true;
    bool m_isWatched = false;
    bool m_hadFault = false; // since the last start()
    std::optional<qint64> m_capacity;
    Lie m_lie = Lie::None;
    DiskFaultCounts m_counts;
};

} // namespace cf::sim
