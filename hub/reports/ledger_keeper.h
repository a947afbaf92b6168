// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/ledger_reader.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace cf::hub {

class Ledger;
class SqliteEventReader;

struct LedgerKeeperParts {
    QString logPath;
    QString ledgerPath;
    QString parquetTool; // see parquet.h
    // A line for the hub's own log: what has happened, and why. Called on the keeper's threads.
    std::function<void(const char *event, const QString &why)> tell;
};

// Keeps the ledger up to date and answers questions from it, on two threads of its own with less
// priority than the rest of the hub: one follows the log, with a connection that only reads it,
// woken after commits; one answers. Neither shares a lock with the log's writer, nor keeps the log
// from being written back longer than it takes to read one batch.
//
// A ledger that cannot be read or written is tried again for ever; the hub goes on without it.
class LedgerKeeper
{
public:
    using Question = std::function<void(LedgerReader &)>;

    explicit LedgerKeeper(LedgerKeeperParts parts);
    ~LedgerKeeper(); // stops and joins
    LedgerKeeper(const LedgerKeeper &) = delete;
    LedgerKeeper &operator=(const LedgerKeeper &) = delete;

    // `onStopped` is called once, by the last thread to end. `head` as in wake().
    void start(qint64 head, std::function<void()> onStopped);
    // The log has come to this position. Any thread; returns at once.
    void wake(qint64 head);
    // Runs on the answering thread, in turn. False: too many wait, or it is stopping. Questions
    // that were taken are run when stopping, too: with a reader that is Unavailable.
    bool ask(Question question);
    void stop(); // returns at once
    void join();

    // Position up to which the ledger has read; -1 before it was opened. Any thread.
    [[nodiscard]] qint64 pos() const { return m_pos; }

private:
    void follow();
    void answer();
    Status catchUp(std::unique_ptr<SqliteEventReader> &log, std::unique_ptr<Ledger> &ledger,
                   bool hasFailed);
    Status openBoth(std::unique_ptr<SqliteEventReader> &log, std::unique_ptr<Ledger> &ledger,
                    bool hasFailed);
    Result<int> takeBatch(SqliteEventReader &log, Ledger &ledger);
    void waitUntilFresh(std::unique_lock<std::mutex> &lock);
    void run(const Question &question);
    void suspect(const char *event, const QString &why);
    void ended();

    LedgerKeeperParts m_parts;
    std::function<void()> m_onStopped;
    std::thread m_follower;
    std::thread m_answerer;

    // Held by who reads the ledger's file, and by who takes it away.
    std::mutex m_file;

    std::mutex m_mutex;
    std::condition_variable m_wake;  // the follower
    std::condition_variable m_moved; // the answerer: the ledger has moved, or was asked
    std::deque<Question> m_questions;
    qint64 m_head = 0;
    bool m_woken = true; // there may be something to take
    int m_running = 0;
    bool m_isSuspect = false;       // a question found what cannot be read
    std::atomic<qint64> m_pos = -1; // not known yet
    std::atomic<bool> m_stopping = false;
};

} // namespace cf::hub
