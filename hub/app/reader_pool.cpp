// SPDX-License-Identifier: Apache-2.0
#include "hub/app/reader_pool.h"

namespace cf::hub {

ReaderPool::ReaderPool(std::vector<std::unique_ptr<EventReader>> readers)
    : m_readers(std::move(readers))
{
}

ReaderPool::~ReaderPool()
{
    stop();
    join();
}

void ReaderPool::start(std::function<void()> onStopped)
{
    m_onStopped = std::move(onStopped);
    m_running = m_readers.size();
    for (std::unique_ptr<EventReader> &reader : m_readers) {
        m_threads.emplace_back(
            [this, owned = std::move(reader)]() mutable { run(std::move(owned)); });
    }
    m_readers.clear();
}

bool ReaderPool::turn()
{
    std::unique_lock lock(m_mutex);
    if (m_readers.empty())
        return false;
    if (!m_queue.empty()) {
        const Job job = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        job(*m_readers.front());
        return true;
    }
    if (!m_stopping)
        return false;
    lock.unlock();
    m_readers.clear();
    m_onStopped();
    return false;
}

void ReaderPool::push(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ReaderPool::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
}

void ReaderPool::join()
{
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void ReaderPool::run(std::unique_ptr<EventReader> reader)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        if (m_queue.empty())
            break;
        Job job = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();
        job(*reader);
        job = nullptr; // what it holds goes without the lock
        lock.lock();
    }
    lock.unlock();
    reader.reset();
    lock.lock();
    const bool last = --m_running == 0;
    lock.unlock();
    if (last)
        m_onStopped();
}

} // namespace cf::hub
