// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>
#include <functional>

namespace cf::hub {

// Timers and turns of the net thread's loop, without its library. Net thread only.
class Scheduler
{
public:
    virtual ~Scheduler() = default;
    // Calls once, not before the time has passed, never from within this call. Never 0.
    virtual quint64 after(std::chrono::milliseconds time, std::function<void()> callback) = 0;
    virtual void cancel(quint64 id) = 0;
    // Calls in a later turn of the loop, in the order of the calls.
    virtual void post(std::function<void()> callback) = 0;
};

// One timer that ends with its owner.
class Timer
{
public:
    explicit Timer(Scheduler &scheduler) : m_scheduler(scheduler) { }
    ~Timer() { stop(); }
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;

    void start(std::chrono::milliseconds time, std::function<void()> callback)
    {
        stop();
        m_id = m_scheduler.after(time, [this, callback = std::move(callback)] {
            m_id = 0;
            callback();
        });
    }
    void stop()
    {
        if (m_id)
            m_scheduler.cancel(m_id);
        m_id = 0;
    }
    [[nodiscard]] bool isRunning() const { return m_id != 0; }

private:
    Scheduler &m_scheduler;
    quint64 m_id = 0;
};

} // namespace cf::hub
