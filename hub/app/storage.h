// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"
#include "shared/base/ids.h"

#include <memory>

namespace cf::hub {

// The log in a data directory, opened for one writer and some readers.
struct Storage {
    std::unique_ptr<EventLog> log;
    std::vector<std::unique_ptr<EventReader>> readers;
    QString path;
};

// Makes the log when there is none. `restaurantId` empty: the log's own, "default" for a new one.
Result<Storage> openStorage(const QString &dataDir, const QString &restaurantId, int readers,
                            const Clock &clock, Random &random);

// Where the ledger lies: it can be removed whenever no hub runs, and is made again.
QString ledgerPath(const QString &dataDir);

// Bytes of the database and its WAL.
qint64 storedBytes(const QString &path);

} // namespace cf::hub
