// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/log_line.h"
#include "hub/app/log_thread.h"
#include "hub/app/reader_pool.h"
#include "hub/net/backend.h"
#include "hub/reports/ledger_keeper.h"

namespace cf::hub {

// What a pipeline is made of. Everything but what is owned outlives it.
struct PipelineParts {
    std::unique_ptr<EventLog> log;
    std::vector<std::unique_ptr<EventReader>> readers; // one thread each; at least one
    std::unique_ptr<LedgerKeeper> ledger; // null: nobody asks for orders long gone, or for reports
    const Clock *clock = nullptr;
    Random *random = nullptr;
    const LogWriter *logWriter = nullptr;
    // Runs a function on the net thread, later, in the order of the calls. Any thread.
    std::function<void(std::function<void()>)> post;
    // Size of the database and its WAL, bytes. Net thread.
    std::function<qint64()> logBytes;
    StreamBounds bounds = {};
};

enum class Drive : quint8 {
    Threads, // what a hub does
    ByHand,  // turnLog() and turnReader() do one step each, on the caller's thread
};

// net thread -> log thread -> net thread. A batch comes back as one posted function: first the
// events go to the OrderHub, then each caller gets its answer, so that neither hears of anything
// that is not on disk and a caller that looks after its answer finds its own event.
//
// Net thread only, but for what it is told by its own threads. Every callback that was taken is
// called exactly once, also when stopping, as long as the net thread runs until onDrained.
class Pipeline final : public Backend, private LogThreadObserver
{
public:
    explicit Pipeline(PipelineParts parts);
    ~Pipeline() override;
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    // Reads the open orders and starts the threads. Ready when it returns ok.
    Status start(Drive drive = Drive::Threads);
    // Drive::ByHand only. False: there was nothing to do.
    bool turnLog() { return m_logThread.turn(); }
    bool turnReader() { return m_readers.turn(); }
    // No new work is taken; what is queued is committed and read; then the threads have ended, the
    // log is closed and `onDrained` is called on the net thread.
    void stop(std::function<void()> onDrained);

    [[nodiscard]] OrderHub &hub() override { return m_hub; }
    [[nodiscard]] const Clock &clock() const override { return *m_parts.clock; }
    [[nodiscard]] bool isReady() const override { return m_ready && !m_stopping; }
    bool submit(Request request, std::function<void(Answer)> done) override;
    bool read(std::function<void(EventReader &)> job, std::function<void()> done) override;
    bool askLedger(std::function<void(LedgerReader &)> job, std::function<void()> done) override;
    [[nodiscard]] PipelineStats pipelineStats() const override;

    void onDisplayAhead() override;
    [[nodiscard]] PrintDesk *printDesk() override { return m_printDesk; }
    // Outlives the server that asks for it.
    void setPrintDesk(PrintDesk *desk) { m_printDesk = desk; }

private:
    // LogThreadObserver, on the log thread.
    void onBatch(AnswerCallbacks callbacks, BatchResult result, double milliseconds) override;
    void onStorageLost() override;
    void onRecoveryFailed(const Error &why) override;
    void onRecovered(HubImage image) override;
    void onStopped() override;

    // The same, arrived on the net thread.
    void deliver(const AnswerCallbacks &callbacks, BatchResult &result, double milliseconds);
    void noteCommit(double milliseconds);
    void wakeLedger();
    void threadsEnded();

    PipelineParts m_parts;
    OrderHub m_hub;
    LogThread m_logThread;
    ReaderPool m_readers;
    std::function<void()> m_onDrained;
    PrintDesk *m_printDesk = nullptr;
    bool m_ready = false;
    bool m_started = false;
    bool m_stopping = false;
    bool m_renewing = false;
    int m_runningParts = 0; // log thread, reader pool, and the ledger's if there is one
    qint64 m_writerOutstanding = 0;
    qint64 m_readerOutstanding = 0;
    size_t m_nextSample = 0;
    PipelineStats m_stats;
};

} // namespace cf::hub
