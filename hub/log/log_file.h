// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"

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
    bool operator==(const Witness &) const = default;
};

// Held by the one hub that may write a log: an flock on `<log>.lock`. The kernel lets go of it when
// the process dies, however it dies.
//
// The file also holds a witness. It is written after each commit, never synced, so after a power
// cut it is never ahead of the log; a log that is behind it was replaced by an older copy.
class LogLock
{
public:
    // Error Unavailable when another process, or another LogLock, holds it.
    static Result<LogLock> acquire(const QString &logPath);
    ~LogLock();
    LogLock(LogLock &&other) noexcept;
    LogLock &operator=(LogLock &&) = delete;
    LogLock(const LogLock &) = delete;
    LogLock &operator=(const LogLock &) = delete;

    // nullopt: none yet, or one that a crash tore in half.
    [[nodiscard]] std::optional<Witness> witness() const;
    // Best effort: losing it costs the early warning, nothing else.
    void writeWitness(const Witness &witness);

private:
    explicit LogLock(int fd) : m_fd(fd) { }
    int m_fd = -1;
};

} // namespace cf::hub
