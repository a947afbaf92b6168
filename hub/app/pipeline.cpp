// SPDX-License-Identifier: Apache-2.0
#include "hub/app/pipeline.h"

#include "shared/base/limits.h"

namespace cf::hub {

namespace {

// Enough for a steady p99; 8 KiB of memory.
constexpr size_t commitSamplesMax = 1'024;

} // namespace

Pipeline::Pipeline(PipelineParts parts)
    : m_parts(std::move(parts)), m_hub(*m_parts.clock, m_parts.bounds),
      m_logThread(std::move(m_parts.log), *m_parts.clock, *m_parts.random, *this),
      m_readers(std::move(m_parts.readers))
{
}

Pipeline::~Pipeline()
{
    m_logThread.stop();
    m_readers.stop();
    m_logThread.join();
    m_readers.join();
    m_parts.ledger.reset();
}

Status Pipeline::start(Drive drive)
{
    Result<HubImage> image = m_logThread.load();
    if (!image)
        return image.error();
    m_hub.start(std::move(image).value());
    m_started = true;
    m_ready = true;
    m_runningParts = 2;
    const auto ended = [this] { m_parts.post([this] { threadsEnded(); }); };
    if (drive == Drive::ByHand) {
        m_readers.startByHand(ended);
        return ok();
    }
    m_readers.start(ended);
    m_logThread.start();
    if (m_parts.ledger) {
        ++m_runningParts;
        m_parts.ledger->start(m_hub.head().pos, ended);
    }
    return ok();
}

void Pipeline::stop(std::function<void()> onDrained)
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_onDrained = std::move(onDrained);
    if (!m_started) {
        m_parts.post(m_onDrained);
        return;
    }
    m_logThread.stop();
    m_readers.stop();
    if (m_parts.ledger)
        m_parts.ledger->stop();
}

bool Pipeline::submit(Request request, std::function<void(Answer)> done)
{
    if (m_stopping || !m_started || m_writerOutstanding >= limits::writerQueueMax)
        return false;
    if (!m_ready) {
        Answer answer;
        answer.error = {ErrorCode::Unavailable, QStringLiteral("the log is not available")};
        // Later, like every answer: no caller is called back from within its own call.
        m_parts.post([done = std::move(done), answer] { done(answer); });
        return true;
    }
    ++m_writerOutstanding;
    m_logThread.push({std::move(request), std::move(done)});
    return true;
}

bool Pipeline::read(std::function<void(EventReader &)> job, std::function<void()> done)
{
    if (m_stopping || !m_started || m_readerOutstanding >= limits::readerQueueMax)
        return false;
    ++m_readerOutstanding;
    m_readers.push([this, job = std::move(job), done = std::move(done)](EventReader &reader) {
        job(reader);
        m_parts.post([this, done] {
            --m_readerOutstanding;
            done();
        });
    });
    return true;
}

// What waits is bounded by the keeper.
bool Pipeline::askLedger(std::function<void(LedgerReader &)> job, std::function<void()> done)
{
    if (m_stopping || !m_started || !m_parts.ledger)
        return false;
    return m_parts.ledger->ask(
        [this, job = std::move(job), done = std::move(done)](LedgerReader &reader) {
            job(reader);
            m_parts.post(done);
        });
}

void Pipeline::wakeLedger()
{
    if (m_parts.ledger)
        m_parts.ledger->wake(m_hub.head().pos);
}

PipelineStats Pipeline::pipelineStats() const
{
    PipelineStats stats = m_stats;
    stats.writerQueued = m_writerOutstanding;
    stats.readerQueued = m_readerOutstanding;
    stats.logBytes = m_parts.logBytes ? m_parts.logBytes() : 0;
    return stats;
}

// One renewal is enough for all displays that are ahead, and its epoch then differs from theirs.
void Pipeline::onDisplayAhead()
{
    if (m_renewing)
        return;
    const RenewEpoch renew{QStringLiteral("behind what a display has seen")};
    const Actor actor{ActorKind::System, QStringLiteral("hub"), {}, {}};
    m_renewing = submit({renew, actor}, [this](const Answer &answer) {
        m_renewing = false;
        const bool renewed = answer.outcome == Outcome::Applied;
        m_parts.logWriter->warning(renewed ? "epoch_renewed" : "epoch_renewal_failed",
                                   {{"why", QStringLiteral("a display is ahead of the log")}});
    });
}

void Pipeline::onBatch(AnswerCallbacks callbacks, BatchResult result, double milliseconds)
{
    // std::function wants copyable captures; a batch is moved, not copied.
    auto arrived = std::make_shared<std::pair<AnswerCallbacks, BatchResult>>(std::move(callbacks),
                                                                             std::move(result));
    m_parts.post(
        [this, arrived, milliseconds] { deliver(arrived->first, arrived->second, milliseconds); });
}

void Pipeline::onStorageLost()
{
    m_parts.post([this] {
        m_ready = false;
        ++m_stats.storageFailures;
        m_parts.logWriter->error("storage_failed", {{"pos", QString::number(m_hub.head().pos)}});
    });
}

void Pipeline::onRecoveryFailed(const Error &why)
{
    m_parts.post([this, detail = why.detail] {
        ++m_stats.storageFailures;
        m_parts.logWriter->error("storage_recovery_failed", {{"why", detail}});
    });
}

void Pipeline::onRecovered(HubImage image)
{
    m_parts.post([this, image = std::move(image)]() mutable {
        m_hub.start(std::move(image));
        m_ready = true;
        wakeLedger();
        m_parts.logWriter->warning("storage_recovered",
                                   {{"pos", QString::number(m_hub.head().pos)}});
    });
}

void Pipeline::onStopped()
{
    m_parts.post([this] { threadsEnded(); });
}

void Pipeline::deliver(const AnswerCallbacks &callbacks, BatchResult &result, double milliseconds)
{
    if (!result.committed.isEmpty()) {
        noteCommit(milliseconds);
        m_hub.publish(result.committed);
        wakeLedger();
    }
    m_writerOutstanding -= static_cast<qint64>(callbacks.size());
    m_stats.commands += static_cast<qint64>(callbacks.size());
    for (size_t i = 0; i < callbacks.size(); ++i) {
        Answer answer;
        if (i < result.answers.size())
            answer = std::move(result.answers.at(i));
        else
            answer.error = {ErrorCode::Internal, QStringLiteral("the log gave no answer")};
        m_stats.refused += answer.outcome == Outcome::Refused ? 1 : 0;
        callbacks.at(i)(std::move(answer));
    }
}

void Pipeline::noteCommit(double milliseconds)
{
    ++m_stats.commits;
    m_stats.commitMsSum += milliseconds;
    if (m_stats.commitMs.size() < commitSamplesMax)
        m_stats.commitMs.push_back(milliseconds);
    else
        m_stats.commitMs.at(m_nextSample++ % commitSamplesMax) = milliseconds;
}

void Pipeline::threadsEnded()
{
    if (--m_runningParts > 0)
        return;
    m_logThread.join();
    m_readers.join();
    if (m_parts.ledger)
        m_parts.ledger->join();
    if (m_onDrained)
        m_onDrained();
}

} // namespace cf::hub
