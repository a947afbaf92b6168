// SPDX-License-Identifier: Apache-2.0
#include "hub/app/caretaker.h"

#include "hub/app/machine.h"
#include "hub/app/proof_note.h"
#include "hub/app/storage.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <limits>

namespace cf::hub {

using namespace std::chrono_literals;

namespace {

constexpr auto quietPause = 1'000ms; // between two looks at a log that does not grow
constexpr auto restMax = 2'000ms;    // after a step that took long, on a slow disk

} // namespace

Caretaker::Caretaker(CaretakerParts parts) : m_parts(std::move(parts))
{
    m_facts.startedAt = m_parts.clock->now();
}

Caretaker::~Caretaker()
{
    stop();
}

QString Caretaker::proofNotePath() const
{
    return QFileInfo(m_parts.logPath).dir().filePath(QStringLiteral("proof.json"));
}

Status Caretaker::start()
{
    const QString past = QFileInfo(m_parts.logPath).dir().filePath(QStringLiteral("past.db"));
    Result<std::unique_ptr<KeyframeFile>> keyframes = KeyframeFile::open(past);
    if (!keyframes)
        return keyframes.error();
    m_keyframes = std::move(*keyframes);
    Result<std::unique_ptr<ChainProof>> proof = ChainProof::open(m_parts.logPath);
    if (!proof)
        return proof.error();
    m_proof = std::move(*proof);
    m_facts.proof.last = readProofNote(proofNotePath());
    m_thread = std::thread([this] { run(); });
    return ok();
}

void Caretaker::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    m_proof.reset();
}

void Caretaker::run()
{
    yieldToOthers();
    look();
    dropForeignKeyframes();
    beginProof();
    for (;;) {
        if (m_parts.clock->monotonic() - m_lookedAt >= limits::healthLookEvery)
            look();
        const Monotonic began = m_parts.clock->monotonic();
        const bool more = work();
        const auto took = m_parts.clock->monotonic() - began;
        bool asked = false;
        {
            const std::lock_guard lock(m_mutex);
            asked = m_asked;
        }
        const int factor = asked ? limits::proofRestFactorAsked : limits::proofRestFactor;
        const auto pause = std::clamp<std::chrono::milliseconds>(took * factor, 1ms, restMax);
        if (!rest(more ? pause : quietPause))
            return;
    }
}

bool Caretaker::rest(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, time, [this] { return m_stopping || m_restart; });
    if (m_stopping)
        return false;
    if (!std::exchange(m_restart, false))
        return true;
    lock.unlock();
    beginProof();
    return true;
}

void Caretaker::look()
{
    m_lookedAt = m_parts.clock->monotonic();
    const qint64 database = QFileInfo(m_parts.logPath).size();
    const qint64 all = storedBytes(m_parts.logPath);
    const std::optional<DiskSpace> disk = diskSpaceOf(QFileInfo(m_parts.logPath).absolutePath());
    const Result<BackupNote> backup = readBackupNote(m_parts.logPath);
    const ProcessFacts process = processFacts();
    const bool isLow = disk && disk->free < limits::diskFreeLow;
    if (isLow && !m_wasLow)
        m_parts.logWriter->warning("disk_low", {{"free_bytes", QString::number(disk->free)}});
    m_wasLow = isLow;
    const std::lock_guard lock(m_mutex);
    m_facts.lookedAt = m_parts.clock->now();
    m_facts.databaseBytes = database;
    m_facts.walBytes = all - database;
    m_facts.disk = disk;
    m_facts.process = process;
    m_facts.backup = backup ? std::optional(*backup) : std::nullopt;
}

// Those past the place where the log's history and theirs part: it was restored, or lost its end.
void Caretaker::dropForeignKeyframes()
{
    Result<std::optional<Keyframe>> last = m_keyframes->before(std::numeric_limits<qint64>::max());
    qint64 good = 0;
    while (last && *last) {
        const Result<bool> known = m_proof->knows(**last);
        if (!known || *known) {
            good = (*last)->pos;
            break;
        }
        last = m_keyframes->before((*last)->pos - 1);
    }
    static_cast<void>(m_keyframes->dropAfter(good));
    m_nextKeyframe = good + limits::keyframeEvery;
}

void Caretaker::beginProof()
{
    const Status begun = m_proof->restart();
    m_beganAt = m_parts.clock->monotonic();
    m_toldDamage = false;
    const std::lock_guard lock(m_mutex);
    m_facts.proof.beganAt = m_parts.clock->now();
    m_facts.proof.pos = 0;
    m_facts.proof.isAtEnd = false;
    m_facts.proof.problems.clear();
    m_facts.proof.failure = begun ? QString() : begun.error().detail;
}

bool Caretaker::work()
{
    const Result<bool> more = m_proof->step();
    bool isFirstEnd = false;
    {
        const std::lock_guard lock(m_mutex);
        ProofProgress &progress = m_facts.proof;
        progress.pos = m_proof->pos();
        progress.failure = more ? QString() : more.error().detail;
        progress.problems.clear();
        for (const VerifyProblem &problem : m_proof->problems())
            progress.problems.push_back({problem.pos, problem.what});
        isFirstEnd = more && !*more && !progress.isAtEnd;
    }
    if (!m_proof->problems().empty() && !m_toldDamage) {
        m_toldDamage = true;
        const VerifyProblem &first = m_proof->problems().front();
        m_parts.logWriter->error("log_damaged",
                                 {{"pos", QString::number(first.pos)}, {"what", first.what}});
    }
    if (!more)
        return false;
    leaveKeyframe();
    if (isFirstEnd)
        endProof();
    const bool isOld = m_parts.clock->monotonic() - m_beganAt >= m_parts.proofAgainAfter;
    if (!*more && isOld)
        beginProof();
    return *more;
}

void Caretaker::leaveKeyframe()
{
    if (m_proof->pos() < m_nextKeyframe || !m_proof->problems().empty())
        return;
    const Keyframe keyframe = m_proof->keyframe();
    const Status added = m_keyframes->add(keyframe);
    if (!added)
        m_parts.logWriter->warning("keyframe_failed", {{"why", added.error().detail}});
    const auto open = static_cast<qint64>(keyframe.open.size());
    m_nextKeyframe = keyframe.pos + std::max(limits::keyframeEvery, 4 * open);
}

void Caretaker::endProof()
{
    FinishedProof finished;
    finished.at = m_parts.clock->now();
    finished.pos = m_proof->pos();
    finished.isSound = m_proof->problems().empty();
    finished.took = m_parts.clock->monotonic() - m_beganAt;
    {
        const std::lock_guard lock(m_mutex);
        m_facts.proof.isAtEnd = true;
        m_facts.proof.last = finished;
        m_asked = m_restart; // asked again meanwhile
    }
    m_parts.logWriter->info(
        finished.isSound ? "log_proven" : "log_not_proven",
        {{"pos", QString::number(finished.pos)}, {"ms", QString::number(finished.took.count())}});
    if (const Status kept = writeProofNote(proofNotePath(), finished); !kept)
        m_parts.logWriter->warning("proof_not_kept", {{"why", kept.error().detail}});
}

void Caretaker::proveAgain()
{
    {
        const std::lock_guard lock(m_mutex);
        // One that runs already is only made faster: else somebody impatient never sees its end.
        m_restart = m_restart || m_facts.proof.isAtEnd;
        m_asked = true;
        if (m_restart)
            m_facts.proof.isAtEnd = false;
    }
    m_wake.notify_all();
}

HealthFacts Caretaker::facts() const
{
    const std::lock_guard lock(m_mutex);
    return m_facts;
}

std::vector<LoggedLine> Caretaker::lines() const
{
    return m_parts.ring ? m_parts.ring->lines() : std::vector<LoggedLine>();
}

std::map<QByteArray, qint64> Caretaker::lineCounts() const
{
    return m_parts.ring ? m_parts.ring->counts() : std::map<QByteArray, qint64>();
}

} // namespace cf::hub
