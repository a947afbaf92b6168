// SPDX-License-Identifier: Apache-2.0
#pragma once

struct sqlite3;

namespace cf {

// Puts the main database into WAL mode and sees that it is: the change is a transaction that is
// committed when the statement is done, after the row that says "wal". Who looks at that row alone
// takes a change that failed for made, and has a database whose commits a power cut can take back
// (without a WAL `synchronous=FULL` does not sync the end of a rollback journal's name).
// A database in memory stays as it is. Returns an SQLite result code; SQLITE_CANTOPEN where the
// file system cannot hold a WAL.
[[nodiscard]] int enterWal(sqlite3 *db);

} // namespace cf
