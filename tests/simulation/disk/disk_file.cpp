// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/disk_file.h"

#include <algorithm>
#include <unordered_map>

namespace cf::sim {

namespace {

constexpr qint64 sectorBytes = 512;
constexpr qint64 pageBytes = 4096;

} // namespace

void DiskFile::resize(QByteArray &content, qint64 size)
{
    if (size <= content.size()) {
        content.truncate(size);
        return;
    }
    if (size > content.capacity())
        content.reserve(std::max<qint64>(size, 2 * content.size()));
    content.append(size - content.size(), '\0');
}

void DiskFile::put(QByteArray &content, qint64 offset, QByteArrayView bytes)
{
    if (content.size() < offset + bytes.size())
        resize(content, offset + bytes.size());
    std::copy(bytes.begin(), bytes.end(), content.begin() + offset);
}

std::vector<DiskFile::Piece> DiskFile::pieces(const Change &change)
{
    std::vector<Piece> found;
    const qint64 end = change.offset + change.bytes.size();
    for (qint64 at = change.offset; at < end;) {
        const qint64 sector = at / sectorBytes;
        const qint64 next = std::min(end, (sector + 1) * sectorBytes);
        found.push_back(
            {sector, at, QByteArrayView(change.bytes).sliced(at - change.offset, next - at)});
        at = next;
    }
    return found;
}

void DiskFile::dirtyAgain(qint64 offset, qint64 end)
{
    const auto first = m_stale.lower_bound(offset / pageBytes * (pageBytes / sectorBytes));
    const auto last = m_stale.upper_bound((end - 1) / pageBytes * (pageBytes / sectorBytes)
                                          + pageBytes / sectorBytes - 1);
    for (auto it = first; it != last; ++it)
        m_changes.push_back({it->first * sectorBytes, it->second, false, 0});
    m_stale.erase(first, last);
}

void DiskFile::write(qint64 offset, QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    dirtyAgain(offset, offset + bytes.size());
    put(m_live, offset, bytes);
    m_changes.push_back({offset, bytes.toByteArray(), false, 0});
}

void DiskFile::truncate(qint64 size)
{
    if (size == m_live.size())
        return;
    resize(m_live, size);
    m_stale.erase(m_stale.lower_bound(size / sectorBytes), m_stale.end());
    m_changes.push_back({0, {}, true, size});
}

void DiskFile::sync()
{
    resize(m_durable, m_live.size());
    for (const Change &change : m_changes) {
        const qint64 end = std::min<qint64>(change.offset + change.bytes.size(), m_live.size());
        if (change.offset < end)
            std::copy(m_live.cbegin() + change.offset, m_live.cbegin() + end,
                      m_durable.begin() + change.offset);
    }
    m_changes.clear();
}

void DiskFile::failSync(Dice &dice)
{
    if (dice.oneIn(2))
        resize(m_durable, m_live.size());
    for (const Change &change : m_changes) {
        for (const Piece &piece : pieces(change)) {
            const qint64 at = piece.sector * sectorBytes;
            if (at < m_live.size())
                m_stale.insert_or_assign(piece.sector, m_live.mid(at, sectorBytes));
        }
    }
    m_changes.clear();
    // Some of it may have got through before the error.
    std::erase_if(m_stale, [&](const auto &entry) {
        const bool isThrough = dice.oneIn(3);
        if (isThrough)
            put(m_durable, entry.first * sectorBytes, entry.second);
        return isThrough;
    });
}

void DiskFile::setContent(const QByteArray &content)
{
    m_live = content;
    m_durable = content;
    m_changes.clear();
    m_stale.clear();
}

// --- the power cut -----------------------------------------------------------------------------

// Decides what has reached the platter, then makes it so.
class DiskFile::Cut
{
public:
    Cut(const std::vector<Change> &changes, CutStyle style, Dice &dice)
        : m_changes(changes), m_style(style), m_dice(dice)
    {
        m_point = static_cast<size_t>(dice.below(static_cast<int>(changes.size()) + 1));
        drawBarrier();
        drawSectors();
    }

    void applyTo(QByteArray &content, CutCounts &counts) const;
    // Every resize has reached the platter.
    [[nodiscard]] bool isWholeSize() const { return m_barrier == m_changes.size(); }

private:
    void drawBarrier();
    void drawSectors();
    Fate drawFate(size_t index);
    bool isBehindBarrier(size_t index, const Piece &piece) const
    {
        return index > m_barrier && piece.offset >= m_changes[m_barrier].size;
    }

    const std::vector<Change> &m_changes;
    CutStyle m_style;
    Dice &m_dice;
    size_t m_point = 0;                        // for CutStyle::Prefix
    size_t m_barrier = 0;                      // the first resize that is undone
    std::unordered_map<qint64, size_t> m_last; // sector -> the last write that reached it
};

void DiskFile::Cut::drawBarrier()
{
    std::vector<size_t> resizes;
    for (size_t i = 0; i < m_changes.size(); ++i) {
        if (m_changes[i].isResize)
            resizes.push_back(i);
    }
    size_t kept = resizes.size();
    if (m_style == CutStyle::DropAll)
        kept = 0;
    else if (m_style == CutStyle::Prefix)
        kept = static_cast<size_t>(std::count_if(resizes.begin(), resizes.end(),
                                                 [this](size_t i) { return i < m_point; }));
    else if (m_style != CutStyle::KeepAll)
        kept = static_cast<size_t>(m_dice.below(static_cast<int>(resizes.size()) + 1));
    m_barrier = kept < resizes.size() ? resizes[kept] : m_changes.size();
}

DiskFile::Fate DiskFile::Cut::drawFate(size_t index)
{
    switch (m_style) {
    case CutStyle::KeepAll: return Fate::Keep;
    case CutStyle::DropAll: return Fate::Drop;
    case CutStyle::Prefix:
        return index < m_point ? Fate::Keep : index == m_point ? Fate::Tear : Fate::Drop;
    case CutStyle::Writes: return static_cast<Fate>(m_dice.below(3));
    case CutStyle::Sectors: break;
    }
    return Fate::Tear;
}

void DiskFile::Cut::drawSectors()
{
    for (size_t i = m_changes.size(); i-- > 0;) {
        const Fate fate = drawFate(i);
        for (const Piece &piece : pieces(m_changes[i])) {
            const bool reached = fate == Fate::Keep || (fate == Fate::Tear && m_dice.oneIn(2));
            if (reached && !isBehindBarrier(i, piece))
                m_last.try_emplace(piece.sector, i);
        }
    }
}

void DiskFile::Cut::applyTo(QByteArray &content, CutCounts &counts) const
{
    for (size_t i = 0; i < m_changes.size(); ++i) {
        const Change &change = m_changes[i];
        if (change.isResize) {
            if (i < m_barrier)
                resize(content, change.size);
            else
                ++counts.truncationsUndone;
            continue;
        }
        size_t reached = 0;
        const std::vector<Piece> all = pieces(change);
        for (const Piece &piece : all) {
            const auto last = m_last.find(piece.sector);
            if (last == m_last.end() || last->second < i || isBehindBarrier(i, piece))
                continue;
            put(content, piece.offset, piece.bytes);
            ++reached;
        }
        ++(reached == 0 ? counts.dropped : reached == all.size() ? counts.kept : counts.torn);
    }
}

void DiskFile::powerCut(CutStyle style, Dice &dice, CutCounts &counts)
{
    const Cut cut(m_changes, style, dice);
    cut.applyTo(m_durable, counts);
    for (const auto &[sector, bytes] : m_stale) {
        if (dice.oneIn(2))
            put(m_durable, sector * sectorBytes, bytes);
    }
    // A file's new size may reach the platter before its new content does.
    if (cut.isWholeSize() && style != CutStyle::DropAll && dice.oneIn(4))
        resize(m_durable, m_live.size());
    setContent(QByteArray(m_durable));
}

} // namespace cf::sim
