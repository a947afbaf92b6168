// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/record_tally.h"

#include <memory>

namespace cf::hub {

// The log's name in the data directory.
inline constexpr QLatin1StringView logFileName("counterfire.db");
// Where the hub keeps its data when nothing else is said.
inline constexpr QLatin1StringView defaultDataDir("/var/lib/counterfire");

// Creates an empty file that only its owner can read (0600) unless there is one. SQLite gives its
// side files the same mode.
Status createPrivateFile(const QString &path);

// What the lock file remembers of the log: where it stood after the last commit.
struct Witness {
    QByteArray epoch;
    qint64 pos = 0;
    ChainHash chain{};
    RecordTally records;
    bool operator==(const Witness &) const = default;
};

// One line of constant length, so that an older witness is overwritten exactly.
QByteArray witnessLine(const Witness &witness);
// nullopt for anything but such a line.
std::optional<Witness> witnessFromLine(const QByteArray &line);

// Held by the one hub that may write a log, until it is destroyed.
//
// It also holds a witness. That is written after each commit, never synced, so after a power cut it
// is never ahead of the log; a log that is behind it was replaced by an older copy.
class LogLock
{
public:
    virtual ~LogLock() = default;
    // nullopt: none yet, or one that a crash tore in half.
    [[nodiscard]] virtual std::optional<Witness> witness() const = 0;
    // Best effort: losing it costs the early warning, nothing else.
    virtual void writeWitness(const Witness &witness) = 0;
};

// What a log needs of the place it lies in, beside SQLite's own file system layer.
class LogFiles
{
public:
    virtual ~LogFiles() = default;
    // See createPrivateFile().
    virtual Status createPrivate(const QString &path) = 0;
    // Error Unavailable when another process, or another LogLock, holds it.
    virtual Result<std::unique_ptr<LogLock>> lock(const QString &logPath) = 0;
};

// The machine's: the lock is an flock on `<log>.lock`, which the kernel lets go of when the process
// dies, however it dies.
LogFiles &posixLogFiles();

} // namespace cf::hub
