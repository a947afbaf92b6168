// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QString>

namespace cf::hub {

// Files that must be whole or not there, whenever the power goes: written under a name of their
// own, synced, renamed, and the directory synced. Errors: StorageFailed with the system's words.

// A new empty file beside `path` that only its owner can read (0600); removed when it goes out of
// scope, unless install() has succeeded.
class TemporaryFile
{
public:
    static Result<TemporaryFile> beside(const QString &path);
    TemporaryFile(TemporaryFile &&other) noexcept;
    TemporaryFile &operator=(TemporaryFile &&) = delete;
    ~TemporaryFile();

    [[nodiscard]] const QString &path() const { return m_path; }
    // Syncs it and puts it in `path`'s place, for good. `replace` false: Error ValidationFailed
    // when there is something already.
    Status install(const QString &path, bool replace);

private:
    explicit TemporaryFile(QString path) : m_path(std::move(path)) { }
    QString m_path; // empty: installed
};

// Waits until the names of the directory that `path` lies in are on the disk.
Status syncDirectoryOf(const QString &path);

// A second name for the file, or its new name where the file system knows no second ones.
Status keepAs(const QString &path, const QString &name);

// Root writes for others: the file gets the owner and group of the directory it lies in. Does
// nothing for anybody else.
Status giveToOwnerOfDirectory(const QString &path);

} // namespace cf::hub
