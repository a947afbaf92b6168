// SPDX-License-Identifier: Apache-2.0
#include "hub/app/storage.h"

#include "hub/log/sqlite_event_log.h"
#include "hub/log/sqlite_event_reader.h"
#include "hub/reports/ledger.h"

#include <QDir>
#include <QFileInfo>

namespace cf::hub {

Result<Storage> openStorage(const QString &dataDir, const QString &restaurantId, int readers,
                            const Clock &clock, Random &random)
{
    Storage storage;
    storage.path = QDir(dataDir).filePath(logFileName);
    OpenOptions options;
    options.restaurantId = restaurantId;
    options.newRestaurantId = QStringLiteral("default");
    auto log = SqliteEventLog::open(storage.path, options, clock, random);
    if (!log)
        return log.error();
    storage.log = std::move(log).value();
    for (int i = 0; i < readers; ++i) {
        auto reader = SqliteEventReader::open(storage.path);
        if (!reader)
            return reader.error();
        storage.readers.push_back(std::move(reader).value());
    }
    return storage;
}

QString ledgerPath(const QString &dataDir)
{
    return QDir(dataDir).filePath(ledgerFileName);
}

qint64 storedBytes(const QString &path)
{
    return QFileInfo(path).size() + QFileInfo(path + QStringLiteral("-wal")).size();
}

} // namespace cf::hub
