// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace cf::kds {

// What a cache needs of the place it lies in, beside SQLite's own file system layer: setting a
// damaged file aside.
class CacheFiles
{
public:
    virtual ~CacheFiles() = default;
    virtual bool exists(const QString &path) = 0;
    virtual bool rename(const QString &from, const QString &to) = 0;
    virtual bool remove(const QString &path) = 0;
};

// The machine's.
CacheFiles &machineCacheFiles();

} // namespace cf::kds
