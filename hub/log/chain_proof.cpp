// SPDX-License-Identifier: Apache-2.0
#include "hub/log/chain_proof.h"

#include "hub/log/event_row.h"
#include "hub/log/schema.h"

namespace cf::hub {

Result<std::unique_ptr<ChainProof>> ChainProof::open(const QString &path)
{
    if (!Database::exists(path))
        return Error{ErrorCode::NotFound, QStringLiteral("there is no log at %1").arg(path)};
    Result<Database> db = Database::open(path, Database::Mode::Read);
    if (!db)
        return db.error();
    Status usable = checkSchema(*db);
    if (!usable)
        return usable.error();
    std::unique_ptr<ChainProof> proof(new ChainProof(std::move(*db)));
    Result<Statement> chainAt =
        proof->m_db.prepare(QByteArrayLiteral("SELECT chain FROM event WHERE pos = ?1"));
    if (!chainAt)
        return chainAt.error();
    proof->m_chainAt = std::move(*chainAt);
    Status begun = proof->restart();
    if (!begun)
        return begun.error();
    return proof;
}

Status ChainProof::restart()
{
    m_walk.reset();
    m_problems = std::make_unique<ProblemList>();
    m_walk = std::make_unique<EventWalk>(m_db, *m_problems);
    return m_walk->prepare();
}

Result<bool> ChainProof::step()
{
    return m_walk->readMore();
}

Keyframe ChainProof::keyframe() const
{
    Keyframe keyframe;
    keyframe.pos = m_walk->head().pos;
    keyframe.chain = m_walk->head().chain;
    for (const OrderState &order : m_walk->orders()) {
        if (isOpen(order.status))
            keyframe.open.push_back({order.id, order.seq});
    }
    return keyframe;
}

Result<bool> ChainProof::knows(const Keyframe &keyframe)
{
    Query query(m_chainAt);
    query.bind(1, keyframe.pos);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row && chainFromBlob(query.view(0)) == keyframe.chain;
}

} // namespace cf::hub
