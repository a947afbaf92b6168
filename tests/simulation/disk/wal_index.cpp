// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/wal_index.h"

#include <sqlite3.h>

#include <algorithm>

namespace cf::sim {

namespace {

constexpr int pending = 3;

} // namespace

int WalIndex::lock(const sqlite3_file *who, int level)
{
    int &mine = m_levels[who];
    int theirs = SQLITE_LOCK_NONE;
    for (const auto &[other, held] : m_levels) {
        if (other != who)
            theirs = std::max(theirs, held);
    }
    if (level <= mine)
        return SQLITE_OK;
    if (theirs >= (level == SQLITE_LOCK_SHARED ? pending : SQLITE_LOCK_RESERVED))
        return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && theirs == SQLITE_LOCK_SHARED) {
        mine = pending; // new readers wait until those of now are gone
        return SQLITE_BUSY;
    }
    mine = level;
    return SQLITE_OK;
}

void WalIndex::unlock(const sqlite3_file *who, int level)
{
    int &mine = m_levels[who];
    mine = std::min(mine, level);
}

bool WalIndex::isReserved() const
{
    return std::any_of(m_levels.begin(), m_levels.end(),
                       [](const auto &entry) { return entry.second >= SQLITE_LOCK_RESERVED; });
}

void *WalIndex::map(const sqlite3_file *who, int region, int size, bool extend)
{
    m_users.insert(who);
    const auto index = static_cast<size_t>(region);
    if (index >= m_regions.size() && !extend)
        return nullptr;
    while (index >= m_regions.size())
        m_regions.push_back(std::make_unique<char[]>(static_cast<size_t>(size)));
    return m_regions[index].get();
}

int WalIndex::lockSlots(const sqlite3_file *who, int offset, int count, int flags)
{
    const bool isShared = (flags & SQLITE_SHM_SHARED) != 0;
    const auto first = m_slots.begin() + offset;
    const auto last = first + count;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (auto slot = first; slot != last; ++slot) {
            if (isShared)
                slot->shared.erase(who);
            else if (slot->exclusive == who)
                slot->exclusive = nullptr;
        }
        return SQLITE_OK;
    }
    for (auto slot = first; slot != last; ++slot) {
        const bool isHeld = slot->exclusive && slot->exclusive != who;
        const bool isRead = slot->shared.size() > slot->shared.count(who);
        if (isHeld || (!isShared && isRead))
            return SQLITE_BUSY;
    }
    for (auto slot = first; slot != last; ++slot) {
        if (isShared)
            slot->shared.insert(who);
        else
            slot->exclusive = who;
    }
    return SQLITE_OK;
}

void WalIndex::unmap(const sqlite3_file *who)
{
    for (Slot &slot : m_slots) {
        slot.shared.erase(who);
        if (slot.exclusive == who)
            slot.exclusive = nullptr;
    }
    m_users.erase(who);
    if (m_users.empty())
        m_regions.clear();
}

void WalIndex::drop(const sqlite3_file *who)
{
    unmap(who);
    m_levels.erase(who);
}

} // namespace cf::sim
