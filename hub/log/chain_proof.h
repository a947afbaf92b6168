// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/keyframes.h"
#include "hub/log/verify_walk.h"

#include <memory>

namespace cf::hub {

// verifyLog()'s walk over the events in small steps, so that a hub can prove its own log while it
// works: positions, bytes, chain, seqs and moves, from the first event to the newest, and then each
// that comes. Not the state tables nor SQLite's own pages: `counterfirectl verify` looks at those
// too, but needs one snapshot for them. Reads only; one thread at a time.
class ChainProof
{
public:
    static Result<std::unique_ptr<ChainProof>> open(const QString &path);

    // The next limits::logScanEvents events. False: there are no more of them for now, or too many
    // problems to go on.
    Result<bool> step();
    // From the first event again.
    Status restart();

    [[nodiscard]] qint64 pos() const { return m_walk->head().pos; }
    [[nodiscard]] const std::vector<VerifyProblem> &problems() const { return m_problems->list(); }
    [[nodiscard]] bool isGivenUp() const { return m_problems->isFull(); }
    // What is open there; only where nothing was wrong.
    [[nodiscard]] Keyframe keyframe() const;
    // Does the log have this hash at this position?
    Result<bool> knows(const Keyframe &keyframe);

private:
    explicit ChainProof(Database db) : m_db(std::move(db)) { }

    Database m_db;
    Statement m_chainAt;
    std::unique_ptr<ProblemList> m_problems;
    std::unique_ptr<EventWalk> m_walk;
};

} // namespace cf::hub
