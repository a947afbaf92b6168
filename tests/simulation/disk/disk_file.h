// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/dice.h"

#include <QByteArray>

#include <map>
#include <vector>

namespace cf::sim {

// What a power cut does with the changes that no sync has covered.
enum class CutStyle : quint8 {
    KeepAll,
    DropAll,
    Prefix,  // kept in order up to a point; the write there may be torn
    Writes,  // each write by itself: kept, dropped or torn
    Sectors, // each sector by itself
};

// What became of such changes.
struct CutCounts {
    qint64 kept = 0;
    qint64 dropped = 0;
    qint64 torn = 0; // some sectors of the write were kept, some were not
    qint64 truncationsUndone = 0;
};

// One file: what its readers see (the page cache), and what of it is on the platter.
//
// A change is on the platter once a sync after it has succeeded. Until then a power cut keeps it,
// drops it or tears it by 512-byte sectors, and a later write may survive where an earlier one did
// not. Within a sector it may not: a sector is written as it stands in the cache, with everything
// that was written to it before. Truncations are metadata and reach the platter in their order;
// what was written behind one that did not is gone as well.
//
// After a failed sync the kernel takes the pages for clean (as Linux does): readers go on seeing
// them, a later sync has nothing to write, and a power cut may take them, unless something is
// written to the same 4 KiB page again, which makes all of it dirty again.
class DiskFile
{
public:
    void write(qint64 offset, QByteArrayView bytes);
    void truncate(qint64 size);
    void sync();
    void failSync(Dice &dice);
    void powerCut(CutStyle style, Dice &dice, CutCounts &counts);

    [[nodiscard]] const QByteArray &live() const { return m_live; }
    [[nodiscard]] bool isClean() const { return m_changes.empty() && m_stale.empty(); }
    // As if it had always been there.
    void setContent(const QByteArray &content);

private:
    struct Change {
        qint64 offset = 0;
        QByteArray bytes;      // of a write
        bool isResize = false; // else a write
        qint64 size = 0;       // of a resize
    };
    struct Piece {
        qint64 sector = 0;
        qint64 offset = 0;
        QByteArrayView bytes;
    };
    enum class Fate : quint8 { Keep, Drop, Tear };
    class Cut;

    static std::vector<Piece> pieces(const Change &change);
    static void put(QByteArray &content, qint64 offset, QByteArrayView bytes);
    static void resize(QByteArray &content, qint64 size);
    void dirtyAgain(qint64 offset, qint64 end);

    QByteArray m_live;
    QByteArray m_durable;
    std::vector<Change> m_changes; // dirty, oldest first
    // By sector: taken for clean, though it never reached the platter.
    std::map<qint64, QByteArray> m_stale;
};

} // namespace cf::sim
