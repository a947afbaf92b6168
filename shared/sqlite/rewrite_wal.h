// SPDX-License-Identifier: Apache-2.0
#pragma once

struct sqlite3;

namespace cf {

// What a killed process had written, and nobody synced, is read all the same, from the page cache;
// what a failed sync left there even looks clean to the kernel, and no later sync would write it.
// This writes the WAL's own bytes again and syncs them, so that what was read is on the disk before
// anything is built on it.
// For the one writer, once all has been read and before the first checkpoint. Returns an SQLite
// result code.
[[nodiscard]] int rewriteWal(sqlite3 *db);

} // namespace cf
