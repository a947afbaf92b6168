// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/printing/print_desk.h"
#include "hub/reports/ledger_reader.h"
#include "hub/stream/order_hub.h"

#include <functional>

namespace cf::hub {

// What the metrics tell of the pipeline behind the net thread.
struct PipelineStats {
    qint64 writerQueued = 0;
    qint64 readerQueued = 0;
    qint64 commits = 0;
    qint64 commands = 0;
    qint64 refused = 0;
    qint64 storageFailures = 0;
    std::vector<double> commitMs; // a bounded sample of transaction times, milliseconds
    double commitMsSum = 0;       // of all of them
    qint64 logBytes = 0;          // database file and WAL
};

// What the routes need of the rest of the hub. Called on the net thread only; every callback comes
// back on the net thread, exactly once, also when the hub is stopping.
class Backend
{
public:
    virtual ~Backend() = default;

    [[nodiscard]] virtual OrderHub &hub() = 0;
    [[nodiscard]] virtual const Clock &clock() const = 0;
    // Log open and writable.
    [[nodiscard]] virtual bool isReady() const = 0;
    // Queues a request for the log thread. False: the queue is full or the hub is stopping; the
    // callback is not called and nothing was kept.
    virtual bool submit(Request request, std::function<void(Answer)> done) = 0;
    // Runs `job` on a reader thread with a connection of its own, then `done` here. False as above.
    virtual bool read(std::function<void(EventReader &)> job, std::function<void()> done) = 0;
    // Likewise with the ledger, which knows what was committed before the call where it is up to
    // date; on a thread of its own. False also where there is none.
    virtual bool askLedger(std::function<void(LedgerReader &)> job, std::function<void()> done) = 0;
    [[nodiscard]] virtual PipelineStats pipelineStats() const = 0;
    // A display has seen more of this epoch than the log holds: the log lost events, and its
    // positions are about to mean something else. Asks for a new epoch.
    virtual void onDisplayAhead() = 0;
    // Null: this hub has nothing to do with printers.
    [[nodiscard]] virtual PrintDesk *printDesk() { return nullptr; }
};

} // namespace cf::hub
