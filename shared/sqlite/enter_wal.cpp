// SPDX-License-Identifier: Apache-2.0
#include "shared/sqlite/enter_wal.h"

#include <cstring>
#include <sqlite3.h>

namespace cf {

int enterWal(sqlite3 *db)
{
    const char *file = sqlite3_db_filename(db, "main");
    if (!file || *file == '\0') // in memory
        return SQLITE_OK;
    const int changed = sqlite3_exec(db, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    if (changed != SQLITE_OK)
        return changed;
    bool isWal = false;
    const auto look = [](void *found, int count, char **values, char **) {
        *static_cast<bool *>(found) = count == 1 && std::strcmp(values[0], "wal") == 0;
        return 0;
    };
    const int asked = sqlite3_exec(db, "PRAGMA journal_mode", look, &isWal, nullptr);
    if (asked != SQLITE_OK)
        return asked;
    return isWal ? SQLITE_OK : SQLITE_CANTOPEN;
}

} // namespace cf
