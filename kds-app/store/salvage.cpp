// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/salvage.h"

#include "kds-app/store/kds_cache_schema.h"

#include <QFile>

namespace cf::kds {

namespace {

class MachineFiles final : public CacheFiles
{
public:
    bool exists(const QString &path) override { return QFile::exists(path); }
    bool rename(const QString &from, const QString &to) override { return QFile::rename(from, to); }
    bool remove(const QString &path) override { return QFile::remove(path); }
};

} // namespace

CacheFiles &machineCacheFiles()
{
    static MachineFiles files;
    return files;
}

Result<QString> setAside(CacheFiles &files, const QString &path, Timestamp now)
{
    QString stamp = QString::fromLatin1(formatTimestamp(now));
    stamp.remove(u'-').remove(u':').remove(u'.');
    const QString base = path + QStringLiteral(".damaged-") + stamp;
    QString aside = base;
    for (int i = 2; files.exists(aside); ++i)
        aside = base + QStringLiteral("-%1").arg(i);
    if (!files.rename(path, aside))
        return Error{ErrorCode::StorageFailed, QStringLiteral("%1 cannot be renamed").arg(path)};
    const QString wal = QStringLiteral("-wal");
    if (files.exists(path + wal))
        files.rename(path + wal, aside + wal);
    files.remove(path + QStringLiteral("-shm")); // an index of the WAL: made anew when needed
    return aside;
}

CachedKitchen salvage(const QString &path)
{
    CachedKitchen saved;
    Result<Database> database = Database::openReadOnly(path);
    if (!database)
        return saved;
    if (const auto device = readMeta(*database, meta::device); device && *device)
        saved.deviceId = QString::fromUtf8(**device);
    if (const auto next = readMeta(*database, meta::outboxNext); next && *next)
        saved.outboxNext = std::max<qint64>(1, (*next)->toLongLong());
    if (Result<std::vector<OutboxEntry>> entries = readOutbox(*database, true); entries)
        saved.outbox = std::move(*entries);
    return saved;
}

} // namespace cf::kds
