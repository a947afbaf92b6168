// SPDX-License-Identifier: Apache-2.0
#include "hub/app/log_thread.h"

#include "shared/base/limits.h"

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;

namespace {

// A caller that waits for its answer before it asks again is back within this; a checkpoint
// started sooner would stand in its way.
constexpr auto idleAfter = 5ms;
// How often a quiet log is offered another look at its checkpoint.
constexpr auto idleEvery = 1'000ms;
// A disk that failed once is tried again soon, a disk that is full not all the time.
constexpr auto retryMin = 100ms;
constexpr auto retryMax = 5'000ms;

Answer unavailable()
{
    Answer answer;
    answer.error = {ErrorCode::Unavailable, QStringLiteral("the log is not available")};
    return answer;
}

} // namespace

LogThread::LogThread(std::unique_ptr<EventLog> log, const Clock &clock, Random &random,
                     LogThreadObserver &observer)
    : m_log(std::move(log)), m_service(*m_log, clock, random), m_observer(observer)
{
}

LogThread::~LogThread()
{
    stop();
    join();
}

Result<HubImage> LogThread::load()
{
    return m_service.load();
}

void LogThread::start()
{
    m_thread = std::thread([this] { run(); });
}

void LogThread::push(PendingRequest request)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(request));
    }
    m_wake.notify_one();
}

void LogThread::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
}

void LogThread::join()
{
    if (m_thread.joinable())
        m_thread.join();
}

void LogThread::run()
{
    for (;;) {
        std::vector<PendingRequest> batch = takeWaiting();
        if (batch.empty())
            break;
        process(std::move(batch));
        if (m_lost)
            recover();
    }
    finish();
}

bool LogThread::turn()
{
    if (!m_log)
        return false;
    if (m_lost) {
        recoverOnce();
        return true;
    }
    std::unique_lock lock(m_mutex);
    std::vector<PendingRequest> batch = takeBatch();
    const bool stopping = m_stopping;
    lock.unlock();
    if (!batch.empty()) {
        process(std::move(batch));
        return true;
    }
    if (stopping)
        finish();
    else
        m_log->idle();
    return false;
}

void LogThread::finish()
{
    m_log.reset();
    m_observer.onStopped();
}

// Blocks until something waits; empty only when stopping and nothing is left.
std::vector<PendingRequest> LogThread::takeWaiting()
{
    std::unique_lock lock(m_mutex);
    const auto something = [this] { return m_stopping || !m_queue.empty(); };
    std::chrono::milliseconds quiet = idleAfter;
    while (!m_wake.wait_for(lock, quiet, something)) {
        lock.unlock();
        m_log->idle();
        lock.lock();
        quiet = idleEvery;
    }
    return takeBatch();
}

std::vector<PendingRequest> LogThread::takeBatch()
{
    const auto count =
        std::min<qsizetype>(static_cast<qsizetype>(m_queue.size()), limits::batchCommandsMax);
    std::vector<PendingRequest> batch(std::make_move_iterator(m_queue.begin()),
                                      std::make_move_iterator(m_queue.begin() + count));
    m_queue.erase(m_queue.begin(), m_queue.begin() + count);
    return batch;
}

void LogThread::process(std::vector<PendingRequest> batch)
{
    std::vector<Request> requests;
    AnswerCallbacks callbacks;
    requests.reserve(batch.size());
    callbacks.reserve(batch.size());
    for (PendingRequest &pending : batch) {
        requests.push_back(std::move(pending.request));
        callbacks.push_back(std::move(pending.done));
    }
    const auto began = std::chrono::steady_clock::now();
    BatchResult result = m_service.handle(std::move(requests));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    m_lost = result.storageFailed;
    m_observer.onBatch(std::move(callbacks), std::move(result), took.count());
    if (m_lost)
        m_observer.onStorageLost();
}

// Memory is not trusted after a failed commit: everything is read again from the disk.
void LogThread::recover()
{
    std::chrono::milliseconds delay = retryMin;
    while (!recoverOnce()) {
        if (!waitUnlessStopping(delay)) {
            refuseWaiting();
            return;
        }
        delay = std::min<std::chrono::milliseconds>(delay * 2, retryMax);
    }
}

bool LogThread::recoverOnce()
{
    m_lost = !tryRecover();
    if (m_lost)
        refuseWaiting();
    return !m_lost;
}

bool LogThread::tryRecover()
{
    if (const Status reopened = m_log->reopen(); !reopened) {
        m_observer.onRecoveryFailed(reopened.error());
        return false;
    }
    Result<HubImage> image = m_service.load();
    if (!image) {
        m_observer.onRecoveryFailed(image.error());
        return false;
    }
    m_observer.onRecovered(std::move(image).value());
    return true;
}

bool LogThread::waitUnlessStopping(std::chrono::milliseconds delay)
{
    std::unique_lock lock(m_mutex);
    return !m_wake.wait_for(lock, delay, [this] { return m_stopping; });
}

void LogThread::refuseWaiting()
{
    std::deque<PendingRequest> waiting;
    {
        const std::lock_guard lock(m_mutex);
        waiting.swap(m_queue);
    }
    if (waiting.empty())
        return;
    AnswerCallbacks callbacks;
    callbacks.reserve(waiting.size());
    for (PendingRequest &pending : waiting)
        callbacks.push_back(std::move(pending.done));
    BatchResult refused;
    refused.answers.assign(callbacks.size(), unavailable());
    m_observer.onBatch(std::move(callbacks), std::move(refused), 0);
}

} // namespace cf::hub
