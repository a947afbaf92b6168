// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/order/order_service.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace cf::hub {

// One request on its way through the log thread, with whom to tell.
struct PendingRequest {
    Request request;
    std::function<void(Answer)> done;
};

using AnswerCallbacks = std::vector<std::function<void(Answer)>>;

// What the log thread tells; called on the log thread, in the order things happened.
class LogThreadObserver
{
public:
    virtual ~LogThreadObserver() = default;
    // The answers are as many as the callbacks.
    virtual void onBatch(AnswerCallbacks callbacks, BatchResult result, double milliseconds) = 0;
    // Nothing is written until onRecovered().
    virtual void onStorageLost() = 0;
    virtual void onRecoveryFailed(const Error &why) = 0;
    virtual void onRecovered(HubImage image) = 0;
    // The last call: the queue is empty and the log is closed.
    virtual void onStopped() = 0;
};

// The one thread that writes. Takes whatever waits, up to limits::batchCommandsMax, as one batch:
// a lone command never waits for company, and commands that came while one sync ran share the
// next. After a failed commit it reopens the log and reads everything again, for ever if need be;
// what waits meanwhile is answered Unavailable once the first attempt has failed. The caller bounds
// the queue.
class LogThread
{
public:
    LogThread(std::unique_ptr<EventLog> log, const Clock &clock, Random &random,
              LogThreadObserver &observer);
    ~LogThread(); // stops and joins
    LogThread(const LogThread &) = delete;
    LogThread &operator=(const LogThread &) = delete;

    // Before start(), on the caller's thread.
    Result<HubImage> load();
    void start();
    // Instead of start(): does on the caller's thread what the thread would do next, for a
    // simulation that decides itself when each step happens. False: there was nothing to do.
    bool turn();

    // Any thread. Not after stop().
    void push(PendingRequest request);
    // Commits what is queued, closes the log, then tells onStopped(). Returns at once.
    void stop();
    void join();

private:
    void run();
    std::vector<PendingRequest> takeWaiting();
    std::vector<PendingRequest> takeBatch(); // with m_mutex held
    void process(std::vector<PendingRequest> batch);
    void recover();
    bool recoverOnce();
    bool tryRecover();
    void finish();
    // False when stop() was called meanwhile.
    bool waitUnlessStopping(std::chrono::milliseconds delay);
    void refuseWaiting();

    std::unique_ptr<EventLog> m_log;
    OrderService m_service;
    LogThreadObserver &m_observer;
    std::thread m_thread;
    bool m_lost = false; // the last commit failed: nothing is written before a recovery

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<PendingRequest> m_queue;
    bool m_stopping = false;
};

} // namespace cf::hub
