// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/backup_note.h"
#include "hub/log/keyframes.h"
#include "shared/base/clock.h"

#include <QString>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cf::hub {

// Where the log lies; bytes.
struct DiskSpace {
    qint64 total = 0;
    qint64 free = 0; // for this user
    bool operator==(const DiskSpace &) const = default;
};

struct ProofProblem {
    qint64 pos = 0;
    QString what;
    bool operator==(const ProofProblem &) const = default;
};

// A walk that came to the end of the log.
struct FinishedProof {
    Timestamp at{};
    qint64 pos = 0; // the log's end then
    bool isSound = false;
    std::chrono::milliseconds took{0};
    bool operator==(const FinishedProof &) const = default;
};

// How far the chain is proven.
struct ProofProgress {
    std::optional<Timestamp> beganAt; // of the walk that runs, or follows the log
    qint64 pos = 0;                   // proven so far
    bool isAtEnd = false;             // has come to the end once, and follows it
    std::vector<ProofProblem> problems;
    std::optional<FinishedProof> last; // of this or an earlier run of the hub
    QString failure;                   // why the log cannot be walked; empty: it can
    bool operator==(const ProofProgress &) const = default;
};

// One structured log line of this run. Nothing secret: see LogWriter.
struct LoggedLine {
    Timestamp at{};
    QByteArray level; // "error", "warning", "info", "debug"
    QByteArray event;
    std::vector<std::pair<QByteArray, QString>> fields;
    bool operator==(const LoggedLine &) const = default;
};

// This process, by the system's own account.
struct ProcessFacts {
    double cpuSeconds = 0;
    qint64 residentBytes = 0;
    qint64 openFiles = 0;
    bool operator==(const ProcessFacts &) const = default;
};

struct HealthFacts {
    Timestamp startedAt{};
    std::optional<Timestamp> lookedAt; // when the files below were last looked at
    qint64 databaseBytes = 0;
    qint64 walBytes = 0;
    std::optional<DiskSpace> disk;
    std::optional<BackupNote> backup; // the last, of `counterfirectl backup`
    ProcessFacts process = {};
    ProofProgress proof = {};
};

// What the hub's routes need to know of its machine and its files, looked after elsewhere. Never
// waits for a disk. Any thread.
class HealthSource
{
public:
    virtual ~HealthSource() = default;
    [[nodiscard]] virtual HealthFacts facts() const = 0;
    // The last ones, oldest first.
    [[nodiscard]] virtual std::vector<LoggedLine> lines() const = 0;
    // How many there were, by level, since the start.
    [[nodiscard]] virtual std::map<QByteArray, qint64> lineCounts() const = 0;
    // Prove the log from its first event again, now. Does nothing while that is under way.
    virtual void proveAgain() = 0;
    [[nodiscard]] virtual Keyframes &keyframes() = 0;
};

} // namespace cf::hub
