// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <array>
#include <map>
#include <memory>
#include <set>
#include <vector>

struct sqlite3_file;

namespace cf::sim {

// What the connections of one process share about one database file: SQLite's file locks, and the
// WAL's index with its eight lock slots. The index is gone once the last connection has let go of
// it, as on Unix, where the next one begins it anew from the WAL.
class WalIndex
{
public:
    // --- the file's own locks: SQLite's levels and result codes ---------------------------------
    int lock(const sqlite3_file *who, int level);
    void unlock(const sqlite3_file *who, int level);
    [[nodiscard]] bool isReserved() const;

    // --- the index ------------------------------------------------------------------------------
    // Null: not there, and not to be made.
    void *map(const sqlite3_file *who, int region, int size, bool extend);
    int lockSlots(const sqlite3_file *who, int offset, int count, int flags);
    void unmap(const sqlite3_file *who);

    // The handle is closed.
    void drop(const sqlite3_file *who);

private:
    static constexpr int slotCount = 8;
    struct Slot {
        const sqlite3_file *exclusive = nullptr;
        std::set<const sqlite3_file *> shared;
    };

    std::map<const sqlite3_file *, int> m_levels;
    std::vector<std::unique_ptr<char[]>> m_regions;
    std::set<const sqlite3_file *> m_users; // of the regions
    std::array<Slot, slotCount> m_slots;
};

} // namespace cf::sim
