// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/sim_disk.h"

#include "tests/simulation/disk/sim_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace cf::sim {

DiskFaultCounts &DiskFaultCounts::operator+=(const DiskFaultCounts &other)
{
    readErrors += other.readErrors;
    writeErrors += other.writeErrors;
    syncErrors += other.syncErrors;
    fullErrors += other.fullErrors;
    liedSyncs += other.liedSyncs;
    powerCuts += other.powerCuts;
    kills += other.kills;
    keptWrites += other.keptWrites;
    droppedWrites += other.droppedWrites;
    tornWrites += other.tornWrites;
    undoneTruncations += other.undoneTruncations;
    undoneNames += other.undoneNames;
    return *this;
}

// --- the lock file -----------------------------------------------------------------------------

// One line, written after each commit and never synced.
class SimDisk::Lock final : public hub::LogLock
{
public:
    explicit Lock(SimDisk &disk) : m_disk(disk), m_generation(disk.m_generation)
    {
        disk.m_isLocked = true;
    }
    ~Lock() override
    {
        if (m_generation == m_disk.m_generation)
            m_disk.m_isLocked = false;
    }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

    [[nodiscard]] std::optional<hub::Witness> witness() const override
    {
        return m_disk.m_witnesses.empty() ? std::nullopt
                                          : hub::witnessFromLine(m_disk.m_witnesses.back());
    }
    void writeWitness(const hub::Witness &witness) override
    {
        if (m_generation == m_disk.m_generation && !m_disk.m_isDead)
            m_disk.m_witnesses.push_back(hub::witnessLine(witness));
    }

private:
    SimDisk &m_disk;
    quint64 m_generation;
};

class SimDisk::Files final : public hub::LogFiles
{
public:
    explicit Files(SimDisk &disk) : m_disk(disk) { }

    Status createPrivate(const QString &path) override
    {
        if (m_disk.m_isDead)
            return Error{ErrorCode::StorageFailed, QStringLiteral("the disk does not answer")};
        m_disk.open(m_disk.nameOf(path), true);
        return ok();
    }
    Result<std::unique_ptr<hub::LogLock>> lock(const QString &logPath) override
    {
        if (m_disk.m_isDead)
            return Error{ErrorCode::StorageFailed, QStringLiteral("the disk does not answer")};
        if (m_disk.m_isLocked)
            return Error{ErrorCode::Unavailable,
                         QStringLiteral("another hub is writing %1").arg(logPath)};
        return std::unique_ptr<hub::LogLock>(std::make_unique<Lock>(m_disk));
    }

private:
    SimDisk &m_disk;
};

class SimDisk::Names final : public kds::CacheFiles
{
public:
    explicit Names(SimDisk &disk) : m_disk(disk) { }

    bool exists(const QString &path) override
    {
        return m_disk.open(m_disk.nameOf(path), false) != nullptr;
    }
    bool rename(const QString &from, const QString &to) override
    {
        return m_disk.rename(m_disk.nameOf(from), m_disk.nameOf(to));
    }
    bool remove(const QString &path) override
    {
        return m_disk.remove(m_disk.nameOf(path), false) == SQLITE_OK;
    }

private:
    SimDisk &m_disk;
};

SimDisk::SimDisk(QString prefix, Dice dice)
    : m_prefix(std::move(prefix)), m_dice(dice), m_logFiles(std::make_unique<Files>(*this)),
      m_cacheFiles(std::make_unique<Names>(*this))
{
    SimVfs::add(m_prefix.toUtf8(), this);
}

SimDisk::~SimDisk()
{
    SimVfs::remove(m_prefix.toUtf8());
}

hub::LogFiles &SimDisk::logFiles()
{
    return *m_logFiles;
}

kds::CacheFiles &SimDisk::cacheFiles()
{
    return *m_cacheFiles;
}

QByteArray SimDisk::nameOf(const QString &path) const
{
    return path.mid(m_prefix.size() + 1).toUtf8();
}

// --- the machine -------------------------------------------------------------------------------

void SimDisk::end()
{
    ++m_generation;
    SimVfs::forgetSharedMemory(this);
    m_isLocked = false;
    m_isDead = true;
}

void SimDisk::start()
{
    end();
    m_isDead = false;
    m_hadFault = false;
    m_writesToLive = 0;
}

void SimDisk::kill()
{
    ++m_counts.kills;
    end();
}

CutStyle SimDisk::drawStyle()
{
    switch (m_lie) {
    case Lie::None: return static_cast<CutStyle>(m_dice.below(5));
    case Lie::Drops: return CutStyle::DropAll;
    case Lie::Reorders: break;
    }
    return m_dice.oneIn(2) ? CutStyle::Writes : CutStyle::Sectors;
}

void SimDisk::powerCut()
{
    ++m_counts.powerCuts;
    end();
    const CutStyle style = drawStyle();
    CutCounts counts;
    m_counts.undoneNames += m_directory.powerCut(
        style, m_dice, [&](DiskFile &file) { file.powerCut(style, m_dice, counts); });
    m_counts.keptWrites += counts.kept;
    m_counts.droppedWrites += counts.dropped;
    m_counts.tornWrites += counts.torn;
    m_counts.undoneTruncations += counts.truncationsUndone;
    cutWitness();
}

// Any of the lines written may be the one that is on the platter; now and then a torn one.
void SimDisk::cutWitness()
{
    if (m_witnesses.empty())
        return;
    const int count = static_cast<int>(m_witnesses.size());
    QByteArray line = m_witnesses[static_cast<size_t>(m_dice.below(count))];
    if (m_dice.oneIn(20))
        line.truncate(m_dice.below(static_cast<int>(line.size()) + 1));
    m_witnesses = {line};
}

void SimDisk::wipe()
{
    end();
    m_directory.setNames({});
    m_witnesses.clear();
}

// --- faults ------------------------------------------------------------------------------------

void SimDisk::failNext(DiskFault kind, int countdown)
{
    m_countdown.at(static_cast<size_t>(kind)) = countdown;
}

void SimDisk::failOften(DiskFault kind, int times)
{
    m_oneIn.at(static_cast<size_t>(kind)) = times;
}

void SimDisk::setFull(bool full)
{
    m_capacity = full ? std::optional(bytesUsed()) : std::nullopt;
}

void SimDisk::setLying(bool lying)
{
    m_lie = !lying ? Lie::None : m_dice.oneIn(2) ? Lie::Drops : Lie::Reorders;
}

void SimDisk::heal()
{
    m_countdown.fill(0);
    m_oneIn.fill(0);
    m_capacity.reset();
    m_lie = Lie::None;
    m_writesToLive = 0;
}

bool SimDisk::hasFaults() const
{
    const auto isSet = [](int n) { return n > 0; };
    return m_hadFault || m_capacity || isLying() || m_writesToLive > 0
           || std::any_of(m_countdown.begin(), m_countdown.end(), isSet)
           || std::any_of(m_oneIn.begin(), m_oneIn.end(), isSet);
}

bool SimDisk::isDue(DiskFault kind)
{
    if (m_isWatched)
        return false;
    const auto index = static_cast<size_t>(kind);
    int &left = m_countdown.at(index);
    const bool due = (left > 0 && --left == 0) || m_dice.oneIn(m_oneIn.at(index));
    m_hadFault = m_hadFault || due;
    return due;
}

// False: this was the last one.
bool SimDisk::spend()
{
    if (m_writesToLive > 0 && --m_writesToLive == 0) {
        m_isDead = true;
        if (onDeath)
            onDeath();
    }
    return !m_isDead;
}

qint64 SimDisk::bytesUsed() const
{
    qint64 bytes = 0;
    for (const auto &entry : m_directory.names())
        bytes += entry.second->live().size();
    return bytes;
}

// --- copies ------------------------------------------------------------------------------------

SimDisk::Image SimDisk::image() const
{
    Image image;
    for (const auto &[name, file] : m_directory.names())
        image.files.emplace(name, file->live());
    if (!m_witnesses.empty())
        image.witness = m_witnesses.back();
    return image;
}

void SimDisk::restore(const Image &image, bool withWitness)
{
    end();
    Directory::Names names;
    for (const auto &[name, content] : image.files) {
        auto file = std::make_shared<DiskFile>();
        file->setContent(content);
        names.emplace(name, std::move(file));
    }
    m_directory.setNames(std::move(names));
    if (withWitness)
        m_witnesses = {image.witness};
}

// --- the file system layer ---------------------------------------------------------------------

std::shared_ptr<DiskFile> SimDisk::open(const QByteArray &name, bool create)
{
    const std::shared_ptr<DiskFile> file = m_directory.find(name);
    return file || !create ? file : m_directory.create(name);
}

int SimDisk::read(DiskFile &file, qint64 offset, char *into, int count)
{
    if (m_isDead)
        return SQLITE_IOERR_READ;
    if (isDue(DiskFault::Read)) {
        ++m_counts.readErrors;
        return SQLITE_IOERR_READ;
    }
    const QByteArray &live = file.live();
    const qint64 there = std::clamp<qint64>(live.size() - offset, 0, count);
    if (there > 0)
        std::memcpy(into, live.constData() + offset, static_cast<size_t>(there));
    if (there == count)
        return SQLITE_OK;
    std::memset(into + there, 0, static_cast<size_t>(count - there));
    return SQLITE_IOERR_SHORT_READ;
}

int SimDisk::write(DiskFile &file, qint64 offset, QByteArrayView bytes)
{
    if (m_isDead)
        return SQLITE_IOERR_WRITE;
    const bool isLast = !spend();
    const bool fails = isDue(DiskFault::Write);
    if (isLast || fails) { // some of it may have been written
        m_counts.writeErrors += fails ? 1 : 0;
        file.write(offset, bytes.first(m_dice.below(static_cast<int>(bytes.size()) + 1)));
        return SQLITE_IOERR_WRITE;
    }
    const qint64 growth = offset + bytes.size() - file.live().size();
    if (m_capacity && growth > 0 && bytesUsed() + growth > *m_capacity) {
        ++m_counts.fullErrors;
        m_hadFault = true;
        const qint64 room = std::max<qint64>(0, *m_capacity - bytesUsed());
        const qint64 fits = std::max<qint64>(0, bytes.size() - growth + room);
        file.write(offset, bytes.first(std::min<qint64>(fits, bytes.size())));
        return SQLITE_FULL;
    }
    file.write(offset, bytes);
    return SQLITE_OK;
}

int SimDisk::truncate(DiskFile &file, qint64 size)
{
    if (m_isDead || !spend())
        return SQLITE_IOERR_TRUNCATE;
    file.truncate(size);
    return SQLITE_OK;
}

int SimDisk::sync(DiskFile &file, bool withNames)
{
    if (m_isDead || !spend())
        return SQLITE_IOERR_FSYNC;
    if (isDue(DiskFault::Sync)) {
        ++m_counts.syncErrors;
        file.failSync(m_dice);
        return SQLITE_IOERR_FSYNC;
    }
    if (isLying()) {
        ++m_counts.liedSyncs;
        return SQLITE_OK;
    }
    file.sync();
    if (withNames)
        m_directory.sync();
    return SQLITE_OK;
}

int SimDisk::remove(const QByteArray &name, bool lasting)
{
    if (m_isDead)
        return SQLITE_IOERR_DELETE;
    if (!m_directory.remove(name))
        return SQLITE_IOERR_DELETE_NOENT;
    if (lasting && !isLying())
        m_directory.sync();
    return SQLITE_OK;
}

bool SimDisk::rename(const QByteArray &from, const QByteArray &to)
{
    return !m_isDead && m_directory.rename(from, to);
}

} // namespace cf::sim
