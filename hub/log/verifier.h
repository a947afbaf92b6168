// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/record_tally.h"

namespace cf::hub {

struct VerifyProblem {
    qint64 pos = 0; // where; 0: not about one event
    QString what;
    bool operator==(const VerifyProblem &) const = default;
};

struct VerifyReport {
    LogHead head; // of the last event that was read
    qint64 events = 0;
    qint64 orders = 0;     // placed, ever
    qint64 openOrders = 0; // by the fold
    QByteArray foldDigest; // of the open orders, from the events
    qint64 tablePos = 0;   // the head, by the log's own record
    qint64 tableOpenOrders = 0;
    QByteArray tableDigest;              // of the open orders, from the state table
    RecordTally records;                 // as found
    std::vector<VerifyProblem> problems; // in the order found; at most limits::verifyProblemsMax
    bool isComplete = false;             // false: stopped early, there may be more

    [[nodiscard]] bool isSound() const { return isComplete && problems.empty(); }
};

struct VerifyOptions {
    // Also let SQLite check its own pages and indexes.
    bool checkFile = true;
};

// Walks a whole log and proves it: positions without holes, every byte as it was chained, seq
// without holes in each order, every move allowed by the guard table, and the state tables equal to
// the fold. Works beside a running hub: it reads in short steps and holds one snapshot only for the
// last of them. Memory: the open orders and the last closed ones.
//
// An error means that the log could not be read at all; what is wrong with it is in the report.
Result<VerifyReport> verifyLog(const QString &path, const VerifyOptions &options = {});

} // namespace cf::hub
