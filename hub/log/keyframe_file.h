// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/keyframes.h"

#include <memory>
#include <mutex>

namespace cf::hub {

// Keyframes in a file of their own beside the log ("past.db"), so that a start need not walk the
// log again. Nothing in it is needed: a file that is damaged, or of another version, is thrown away
// and begun anew, and one that cannot be had is replaced by memory. It is not synced, so it never
// stands in the log's way on a slow disk; what a power cut takes is made again.
class KeyframeFile final : public Keyframes
{
public:
    // An empty path: memory.
    static Result<std::unique_ptr<KeyframeFile>> open(const QString &path);

    Result<std::optional<Keyframe>> before(qint64 pos) override;
    // Of a position after the last one's.
    Status add(const Keyframe &keyframe);
    // The last one's position; 0: there is none.
    Result<qint64> lastPos();
    // Those after `pos` belong to another history, or are damaged.
    Status dropAfter(qint64 pos);

private:
    explicit KeyframeFile(Database db) : m_db(std::move(db)) { }
    static Result<std::unique_ptr<KeyframeFile>> openFile(const QString &path);
    Status prepare();

    std::mutex m_mutex;
    Database m_db;
    struct {
        Statement before, add, last, drop;
    } m_sql;
};

} // namespace cf::hub
