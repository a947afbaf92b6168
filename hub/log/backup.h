// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/verifier.h"
#include "shared/base/ids.h"

namespace cf::hub {

// Copies of a log, and the way back.
//
// Errors of both: ValidationFailed when what was asked cannot be (a file in the way, a file that is
// no log, another restaurant's); Internal when the log or the backup is damaged, with the first
// thing that is wrong; Unavailable when a hub is running where none may; StorageFailed otherwise.
// After an error nothing has changed.

// Writes the log as it is at one moment to `to`, beside a running hub: the writer is never waited
// for and never waits, but the WAL cannot begin anew until the copy is written. What was written is
// verified before it gets its name, so a file of that name is a whole and sound backup. Its mode is
// 0600: it holds customers' names. `replace`: also where there is a file.
Result<VerifyReport> backUpLog(const QString &logPath, const QString &to, bool replace);

struct Restored {
    VerifyReport report; // of the backup, now the log
    QByteArray epoch;    // its new one
    QString keptAs;      // the log that was there; empty: there was none
    qint64 keptPos = 0;  // how far that one was; 0: nothing, or it could not be read
};

// Puts a backup in the log's place, in one step and durably, while no hub runs (it holds the log's
// lock meanwhile). The log gets a new epoch before it gets its name: every display takes a snapshot
// and offers what the backup does not know again. The log that was there is kept beside it.
Result<Restored> restoreLog(const QString &from, const QString &logPath, const Clock &clock,
                            Random &random);

} // namespace cf::hub
