// SPDX-License-Identifier: Apache-2.0
#include "hub/health/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace cf::hub {

namespace {

la_ssize_t appendTo(archive *, void *out, const void *bytes, size_t size)
{
    static_cast<QByteArray *>(out)->append(static_cast<const char *>(bytes),
                                           static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

using ArchivePtr = std::unique_ptr<archive, int (*)(archive *)>;
using EntryPtr = std::unique_ptr<archive_entry, void (*)(archive_entry *)>;

bool addFile(archive *to, const ArchivedFile &file, Timestamp at)
{
    const EntryPtr entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), file.name.constData());
    archive_entry_set_size(entry.get(), file.content.size());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), at.time_since_epoch().count() / 1'000, 0);
    const auto size = static_cast<size_t>(file.content.size());
    return archive_write_header(to, entry.get()) == ARCHIVE_OK
           && archive_write_data(to, file.content.constData(), size)
                  == static_cast<la_ssize_t>(size);
}

} // namespace

Result<QByteArray> tarGz(const std::vector<ArchivedFile> &files, Timestamp at)
{
    QByteArray out;
    const ArchivePtr writer(archive_write_new(), archive_write_free);
    bool good = writer && archive_write_add_filter_gzip(writer.get()) == ARCHIVE_OK
                && archive_write_set_format_ustar(writer.get()) == ARCHIVE_OK
                && archive_write_open(writer.get(), &out, nullptr, appendTo, nullptr) == ARCHIVE_OK;
    for (const ArchivedFile &file : files)
        good = good && addFile(writer.get(), file, at);
    good = good && archive_write_close(writer.get()) == ARCHIVE_OK;
    if (!good) {
        return Error{ErrorCode::Internal,
                     QStringLiteral("the archive could not be made: %1")
                         .arg(QString::fromUtf8(writer ? archive_error_string(writer.get()) : ""))};
    }
    return out;
}

} // namespace cf::hub
