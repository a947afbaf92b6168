// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/log_line.h"
#include "hub/health/health_source.h"
#include "hub/log/chain_proof.h"
#include "hub/log/keyframe_file.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace cf::hub {

// What a caretaker looks after. Everything outlives it.
struct CaretakerParts {
    QString logPath;
    const Clock *clock = nullptr;
    const LogWriter *logWriter = nullptr;
    const LogRing *ring = nullptr;
    // After a full proof; limits::proofAgainAfter in a hub.
    std::chrono::milliseconds proofAgainAfter = limits::proofAgainAfter;
};

// One thread of the lowest priority that walks the log with a connection of its own: it proves the
// chain from the first event to the newest and then each that comes, again every day and when
// asked, and leaves keyframes on its way. It sleeps for most of the time it could work, so that
// neither the writer nor a display waits for it. It looks at the disk and the last backup, too.
//
// What was proven is kept in "proof.json" and "past.db" beside the log; both can be lost.
class Caretaker final : public HealthSource
{
public:
    explicit Caretaker(CaretakerParts parts);
    ~Caretaker() override; // stops and joins
    Caretaker(const Caretaker &) = delete;
    Caretaker &operator=(const Caretaker &) = delete;

    // The log must be there.
    Status start();
    void stop(); // after it, nothing of the log is open here

    [[nodiscard]] HealthFacts facts() const override;
    [[nodiscard]] std::vector<LoggedLine> lines() const override;
    [[nodiscard]] std::map<QByteArray, qint64> lineCounts() const override;
    void proveAgain() override;
    [[nodiscard]] Keyframes &keyframes() override { return *m_keyframes; }

private:
    void run();
    void look();
    void dropForeignKeyframes();
    // One step of the proof. True: there is more to do now.
    bool work();
    void beginProof();
    void endProof();
    void leaveKeyframe();
    // False: it is to end.
    bool rest(std::chrono::milliseconds time);
    [[nodiscard]] QString proofNotePath() const;

    CaretakerParts m_parts;
    std::unique_ptr<KeyframeFile> m_keyframes;
    std::unique_ptr<ChainProof> m_proof;
    std::thread m_thread;

    // The thread's own.
    Monotonic m_lookedAt{};
    Monotonic m_beganAt{};
    qint64 m_nextKeyframe = 0;
    bool m_wasLow = false;
    bool m_toldDamage = false;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_asked = false; // a new proof; until it is done
    bool m_restart = false;
    HealthFacts m_facts;
};

} // namespace cf::hub
