// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

namespace cf::hub {

// "backup.json" beside a log: when it was last backed up, how far, and where to. The backup is
// another program's work; this is how the hub hears of it, and says so when it is long ago.
struct BackupNote {
    Timestamp at{};
    qint64 pos = 0;
    qint64 bytes = 0;
    QByteArray epoch;
    QString file; // its name, without the directory
    bool operator==(const BackupNote &) const = default;
};

// Of the log at this path.
QString backupNotePath(const QString &logPath);
Status writeBackupNote(const QString &logPath, const BackupNote &note);
// NotFound when there is none, StorageFailed when it cannot be read.
Result<BackupNote> readBackupNote(const QString &logPath);

} // namespace cf::hub
