// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/cache_files.h"
#include "kds-app/store/kds_cache.h"

namespace cf::kds {

// Renames the file and what belongs to it to "<path>.damaged-<time>"; returns the new name.
Result<QString> setAside(CacheFiles &files, const QString &path, Timestamp now);

// What can be read of a damaged file: who the display is and what it has asked of the hub. The
// board is not saved: the hub has it. A device id that cannot be read is empty.
CachedKitchen salvage(const QString &path);

} // namespace cf::kds
