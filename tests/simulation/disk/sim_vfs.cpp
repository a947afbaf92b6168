// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/sim_vfs.h"

#include "tests/simulation/disk/sim_disk.h"
#include "tests/simulation/disk/wal_index.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace cf::sim {

namespace {

// Everything the layer knows, for SQLite gives its callbacks no better place.
struct Layer {
    sqlite3_vfs vfs{};
    sqlite3_vfs *below = nullptr;
    std::map<QByteArray, SimDisk *> disks;
    std::map<std::pair<const SimDisk *, QByteArray>, std::shared_ptr<WalIndex>> shared;
    Dice random{1};
};

Layer &layer()
{
    static Layer one;
    return one;
}

// One handle. An ended process's may still look at the shared memory that it had.
struct Held {
    std::shared_ptr<DiskFile> file;
    std::shared_ptr<WalIndex> shared;
    QByteArray name;
    quint64 generation = 0;
    bool isJournal = false; // its name is synced with it, once, as on Unix
    bool deleteOnClose = false;
};

// What SQLite keeps for each open file; `base` first, as it demands.
struct OpenFile {
    sqlite3_file base;
    SimDisk *disk;
    Held *held;
};

OpenFile &of(sqlite3_file *file)
{
    return *reinterpret_cast<OpenFile *>(file);
}

bool isDead(const OpenFile &file)
{
    return file.disk->isDead() || file.disk->generation() != file.held->generation;
}

struct Place {
    SimDisk *disk = nullptr;
    QByteArray name;
};

Place placeOf(const char *path)
{
    if (!path)
        return {};
    const QByteArrayView view(path);
    for (const auto &[prefix, disk] : layer().disks) {
        if (view.startsWith(prefix) && view.size() > prefix.size() && view[prefix.size()] == '/')
            return {disk, view.sliced(prefix.size() + 1).toByteArray()};
    }
    return {};
}

// --- files -------------------------------------------------------------------------------------

int closeFile(sqlite3_file *file)
{
    OpenFile &open = of(file);
    const std::unique_ptr<Held> held(std::exchange(open.held, nullptr));
    held->shared->drop(file);
    const bool isAlive = !open.disk->isDead() && open.disk->generation() == held->generation;
    if (held->deleteOnClose && isAlive)
        open.disk->remove(held->name, false);
    return SQLITE_OK;
}

constexpr int unixWriteMax = 0x1ffff;

int readFile(sqlite3_file *file, void *into, int count, sqlite3_int64 offset)
{
    OpenFile &open = of(file);
    if (isDead(open))
        return SQLITE_IOERR_READ;
    return open.disk->read(*open.held->file, offset, static_cast<char *>(into), count);
}

int writeFile(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset)
{
    OpenFile &open = of(file);
    if (isDead(open))
        return SQLITE_IOERR_WRITE;
    if (count > unixWriteMax) // what SQLite's own layer makes of it
        return SQLITE_FULL;
    return open.disk->write(*open.held->file, offset,
                            QByteArrayView(static_cast<const char *>(from), count));
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    OpenFile &open = of(file);
    return isDead(open) ? SQLITE_IOERR_TRUNCATE : open.disk->truncate(*open.held->file, size);
}

int syncFile(sqlite3_file *file, int)
{
    OpenFile &open = of(file);
    if (isDead(open))
        return SQLITE_IOERR_FSYNC;
    const int code = open.disk->sync(*open.held->file, open.held->isJournal);
    if (code == SQLITE_OK)
        open.held->isJournal = false;
    return code;
}

int sizeOfFile(sqlite3_file *file, sqlite3_int64 *size)
{
    OpenFile &open = of(file);
    if (isDead(open))
        return SQLITE_IOERR_FSTAT;
    *size = open.held->file->live().size();
    return SQLITE_OK;
}

int lockFile(sqlite3_file *file, int level)
{
    OpenFile &open = of(file);
    return isDead(open) ? SQLITE_IOERR_LOCK : open.held->shared->lock(file, level);
}

int unlockFile(sqlite3_file *file, int level)
{
    OpenFile &open = of(file);
    if (!isDead(open))
        open.held->shared->unlock(file, level);
    return SQLITE_OK;
}

int checkReserved(sqlite3_file *file, int *result)
{
    OpenFile &open = of(file);
    *result = !isDead(open) && open.held->shared->isReserved() ? 1 : 0;
    return SQLITE_OK;
}

int control(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *)
{
    return 4096;
}

// As SQLite assumes of every Linux disk: a write never harms its neighbours.
int characteristics(sqlite3_file *)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int mapShared(sqlite3_file *file, int region, int size, int extend, void volatile **into)
{
    OpenFile &open = of(file);
    *into = nullptr;
    if (isDead(open))
        return SQLITE_IOERR_SHMMAP;
    *into = open.held->shared->map(file, region, size, extend != 0);
    return SQLITE_OK;
}

int lockShared(sqlite3_file *file, int offset, int count, int flags)
{
    OpenFile &open = of(file);
    return isDead(open) ? SQLITE_IOERR_SHMLOCK
                        : open.held->shared->lockSlots(file, offset, count, flags);
}

void barrier(sqlite3_file *) { }

int unmapShared(sqlite3_file *file, int)
{
    of(file).held->shared->unmap(file);
    return SQLITE_OK;
}

const sqlite3_io_methods methods = {
    2,          closeFile,  readFile,      writeFile, truncateFile, syncFile,        sizeOfFile,
    lockFile,   unlockFile, checkReserved, control,   sectorSize,   characteristics, mapShared,
    lockShared, barrier,    unmapShared,   nullptr,   nullptr};

// --- the layer ---------------------------------------------------------------------------------

int openPath(sqlite3_vfs *, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    const Place place = placeOf(path);
    if (!place.disk)
        return layer().below->xOpen(layer().below, path, file, flags, outFlags);
    file->pMethods = nullptr;
    if (place.disk->isDead())
        return SQLITE_IOERR;
    auto opened = place.disk->open(place.name, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!opened)
        return SQLITE_CANTOPEN;
    constexpr int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    std::shared_ptr<WalIndex> &shared = layer().shared[{place.disk, place.name}];
    if (!shared)
        shared = std::make_shared<WalIndex>();
    OpenFile &open = of(file);
    open.disk = place.disk;
    open.held = new Held{std::move(opened),
                         shared,
                         place.name,
                         place.disk->generation(),
                         (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0,
                         (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
    open.base.pMethods = &methods;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int deletePath(sqlite3_vfs *, const char *path, int syncDirectory)
{
    const Place place = placeOf(path);
    if (!place.disk)
        return layer().below->xDelete(layer().below, path, syncDirectory);
    return place.disk->remove(place.name, syncDirectory != 0);
}

int accessPath(sqlite3_vfs *, const char *path, int flags, int *result)
{
    const Place place = placeOf(path);
    if (!place.disk)
        return layer().below->xAccess(layer().below, path, flags, result);
    if (place.disk->isDead())
        return SQLITE_IOERR_ACCESS;
    // As on Unix, a file of no bytes does not count.
    const auto file = place.disk->open(place.name, false);
    *result = file && (flags != SQLITE_ACCESS_EXISTS || !file->live().isEmpty()) ? 1 : 0;
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs *, const char *path, int size, char *into)
{
    if (!placeOf(path).disk)
        return layer().below->xFullPathname(layer().below, path, size, into);
    const size_t length = std::strlen(path);
    if (length + 1 > static_cast<size_t>(size))
        return SQLITE_CANTOPEN;
    std::memcpy(into, path, length + 1);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs *, int count, char *into)
{
    layer().random.fill({reinterpret_cast<quint8 *>(into), static_cast<size_t>(count)});
    return count;
}

int sleepFor(sqlite3_vfs *, int microseconds)
{
    return microseconds; // nobody else runs meanwhile
}

int currentTime(sqlite3_vfs *, sqlite3_int64 *milliseconds)
{
    *milliseconds = 212'000'000'000'000; // any: nothing of the product asks SQLite for the time
    return SQLITE_OK;
}

int lastError(sqlite3_vfs *, int, char *)
{
    return 0;
}

void registerOnce()
{
    Layer &one = layer();
    if (one.below)
        return;
    sqlite3_initialize();
    one.below = sqlite3_vfs_find(nullptr);
    one.vfs = *one.below;
    one.vfs.iVersion = 2;
    one.vfs.szOsFile = std::max<int>(sizeof(OpenFile), one.below->szOsFile);
    one.vfs.pNext = nullptr;
    one.vfs.zName = "cf-sim";
    one.vfs.xOpen = openPath;
    one.vfs.xDelete = deletePath;
    one.vfs.xAccess = accessPath;
    one.vfs.xFullPathname = fullPath;
    one.vfs.xRandomness = randomness;
    one.vfs.xSleep = sleepFor;
    one.vfs.xCurrentTimeInt64 = currentTime;
    one.vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&one.vfs, 1);
}

} // namespace

void SimVfs::add(const QByteArray &prefix, SimDisk *disk)
{
    registerOnce();
    layer().disks[prefix] = disk;
}

void SimVfs::remove(const QByteArray &prefix)
{
    const auto it = layer().disks.find(prefix);
    if (it == layer().disks.end())
        return;
    forgetSharedMemory(it->second);
    layer().disks.erase(it);
}

void SimVfs::forgetSharedMemory(const SimDisk *disk)
{
    std::erase_if(layer().shared, [disk](const auto &entry) { return entry.first.first == disk; });
}

void SimVfs::reseed(quint64 seed)
{
    registerOnce();
    layer().random = Dice(seed);
    sqlite3_randomness(0, nullptr);
}

} // namespace cf::sim
