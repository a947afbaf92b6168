// SPDX-License-Identifier: Apache-2.0
#include "shared/sqlite/rewrite_wal.h"

#include <QByteArray>

#include <algorithm>
#include <sqlite3.h>

namespace cf {

namespace {

// SQLite's layer for Unix writes less than 128 KiB at a time.
constexpr qsizetype pieceBytes = 64 * 1024;

} // namespace

int rewriteWal(sqlite3 *db)
{
    sqlite3_file *wal = nullptr;
    sqlite3_int64 size = 0;
    int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
    const bool isWritten = wal && wal->pMethods; // else nothing ever was
    if (code == SQLITE_OK && isWritten)
        code = wal->pMethods->xFileSize(wal, &size);
    QByteArray piece(pieceBytes, Qt::Uninitialized);
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += piece.size()) {
        const int count = static_cast<int>(std::min<sqlite3_int64>(piece.size(), size - at));
        code = wal->pMethods->xRead(wal, piece.data(), count, at);
        if (code == SQLITE_OK)
            code = wal->pMethods->xWrite(wal, piece.constData(), count, at);
    }
    if (code == SQLITE_OK && size > 0)
        code = wal->pMethods->xSync(wal, SQLITE_SYNC_FULL);
    return code;
}

} // namespace cf
