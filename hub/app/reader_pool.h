// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace cf::hub {

// Threads that read, each with a connection of its own. First come, first served. The caller bounds
// the queue. Jobs that are queued when stop() is called are still run.
class ReaderPool
{
public:
    using Job = std::function<void(EventReader &)>;

    explicit ReaderPool(std::vector<std::unique_ptr<EventReader>> readers);
    ~ReaderPool(); // stops and joins
    ReaderPool(const ReaderPool &) = delete;
    ReaderPool &operator=(const ReaderPool &) = delete;

    // `onStopped` is called once, by the last thread to end.
    void start(std::function<void()> onStopped);
    // Instead of start(): turn() runs one job on the caller's thread, with the first reader. False:
    // none was queued.
    void startByHand(std::function<void()> onStopped) { m_onStopped = std::move(onStopped); }
    bool turn();
    void push(Job job);
    void stop(); // returns at once
    void join();

private:
    void run(std::unique_ptr<EventReader> reader);

    std::vector<std::unique_ptr<EventReader>> m_readers;
    std::vector<std::thread> m_threads;
    std::function<void()> m_onStopped;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_queue;
    bool m_stopping = false;
    size_t m_running = 0;
};

} // namespace cf::hub
