// SPDX-License-Identifier: Apache-2.0
#include "hub/log/durable_file.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cf::hub {

namespace {

Error fileError(const QString &doing, const QString &path)
{
    return {ErrorCode::StorageFailed,
            QStringLiteral("%1 %2: %3").arg(doing, path, QString::fromLocal8Bit(strerror(errno)))};
}

QString directoryOf(const QString &path)
{
    return QFileInfo(path).absolutePath();
}

Status syncPath(const QString &path, int flags)
{
    const int fd = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (fd < 0)
        return fileError(QStringLiteral("opening"), path);
    const int failed = ::fsync(fd);
    Status synced = failed == 0 ? ok() : fileError(QStringLiteral("syncing"), path);
    ::close(fd);
    return synced;
}

} // namespace

Result<TemporaryFile> TemporaryFile::beside(const QString &path)
{
    QByteArray name = QFile::encodeName(path) + ".XXXXXX";
    const int fd = ::mkostemp(name.data(), O_CLOEXEC); // mode 0600
    if (fd < 0)
        return fileError(QStringLiteral("creating a file beside"), path);
    ::close(fd);
    return TemporaryFile(QFile::decodeName(name));
}

TemporaryFile::TemporaryFile(TemporaryFile &&other) noexcept
    : m_path(std::exchange(other.m_path, QString()))
{
}

TemporaryFile::~TemporaryFile()
{
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

Status TemporaryFile::install(const QString &path, bool replace)
{
    Status synced = syncPath(m_path, O_RDONLY);
    if (!synced)
        return synced;
    const QByteArray from = QFile::encodeName(m_path);
    const QByteArray to = QFile::encodeName(path);
    const unsigned int flags = replace ? 0 : RENAME_NOREPLACE;
    int code = ::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), flags);
    // A file system that cannot promise it (FAT on a memory stick) is asked beforehand.
    if (code != 0 && errno == EINVAL && !replace) {
        errno = EEXIST;
        code = QFile::exists(path) ? -1 : ::rename(from.constData(), to.constData());
    }
    if (code != 0 && errno == EEXIST)
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("there is a %1 already").arg(path)};
    if (code != 0)
        return fileError(QStringLiteral("renaming to"), path);
    m_path.clear();
    return syncDirectoryOf(path);
}

Status syncDirectoryOf(const QString &path)
{
    return syncPath(directoryOf(path), O_RDONLY | O_DIRECTORY);
}

Status keepAs(const QString &path, const QString &name)
{
    const QByteArray from = QFile::encodeName(path);
    const QByteArray to = QFile::encodeName(name);
    if (::link(from.constData(), to.constData()) == 0)
        return ok();
    return errno != EEXIST && ::rename(from.constData(), to.constData()) == 0
               ? ok()
               : fileError(QStringLiteral("keeping"), name);
}

Status giveToOwnerOfDirectory(const QString &path)
{
    struct stat directory = {};
    if (::geteuid() != 0)
        return ok();
    if (::stat(QFile::encodeName(directoryOf(path)).constData(), &directory) != 0)
        return fileError(QStringLiteral("reading"), directoryOf(path));
    if (::chown(QFile::encodeName(path).constData(), directory.st_uid, directory.st_gid) != 0)
        return fileError(QStringLiteral("giving away"), path);
    return ok();
}

} // namespace cf::hub
