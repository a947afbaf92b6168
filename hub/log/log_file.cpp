// SPDX-License-Identifier: Apache-2.0
#include "hub/log/log_file.h"

#include "shared/base/ids.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace cf::hub {

namespace {

constexpr mode_t ownerOnly = 0600;
// epoch, pos, chain, number of records and their digest, in hexadecimal or padded to 19 digits.
constexpr int witnessBytes = 32 + 1 + 19 + 1 + 64 + 1 + 19 + 1 + 16 + 1;

Error fileError(const QString &doing, const QString &path)
{
    return {ErrorCode::StorageFailed,
            QStringLiteral("%1 %2: %3").arg(doing, path, QString::fromLocal8Bit(strerror(errno)))};
}

} // namespace

Status createPrivateFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, ownerOnly);
    if (fd < 0)
        return errno == EEXIST ? ok() : fileError(QStringLiteral("creating"), path);
    ::close(fd);
    return ok();
}

QByteArray witnessLine(const Witness &witness)
{
    const QByteArray chain(reinterpret_cast<const char *>(witness.chain.data()),
                           static_cast<qsizetype>(witness.chain.size()));
    const QByteArray pos = QByteArray::number(witness.pos).rightJustified(19, '0');
    const QByteArray count = QByteArray::number(witness.records.count).rightJustified(19, '0');
    const QByteArray digest =
        QByteArray::number(witness.records.digest, 16).rightJustified(16, '0');
    return witness.epoch + ' ' + pos + ' ' + chain.toHex() + ' ' + count + ' ' + digest + '\n';
}

std::optional<Witness> witnessFromLine(const QByteArray &line)
{
    const QList<QByteArray> parts = line.trimmed().split(' ');
    if (line.size() != witnessBytes || parts.size() != 5 || parts[0].size() != 32
        || parts[2].size() != 64 || parts[4].size() != 16 || !isLowerHex(parts[0])
        || !isLowerHex(parts[2]) || !isLowerHex(parts[4]))
        return std::nullopt;
    bool isPos = false;
    bool isCount = false;
    Witness witness{parts[0], parts[1].toLongLong(&isPos), {}, {}};
    witness.records = {parts[3].toLongLong(&isCount), parts[4].toULongLong(nullptr, 16)};
    if (!isPos || !isCount || witness.pos < 0 || witness.records.count < 0)
        return std::nullopt;
    const QByteArray chain = QByteArray::fromHex(parts[2]);
    std::copy(chain.begin(), chain.end(), witness.chain.begin());
    return witness;
}

namespace {

class PosixLock final : public LogLock
{
public:
    explicit PosixLock(int fd) : m_fd(fd) { }
    ~PosixLock() override { ::close(m_fd); }
    PosixLock(const PosixLock &) = delete;
    PosixLock &operator=(const PosixLock &) = delete;

    [[nodiscard]] std::optional<Witness> witness() const override
    {
        QByteArray line(witnessBytes, '\0');
        if (::pread(m_fd, line.data(), static_cast<size_t>(line.size()), 0) != witnessBytes)
            return std::nullopt;
        return witnessFromLine(line);
    }
    void writeWitness(const Witness &witness) override
    {
        const QByteArray line = witnessLine(witness);
        if (line.size() != witnessBytes)
            return;
        // Its failing shows as a witness that is older than it could be.
        [[maybe_unused]] const ssize_t written =
            ::pwrite(m_fd, line.constData(), static_cast<size_t>(line.size()), 0);
    }

private:
    int m_fd;
};

class PosixFiles final : public LogFiles
{
public:
    Status createPrivate(const QString &path) override { return createPrivateFile(path); }
    Result<std::unique_ptr<LogLock>> lock(const QString &logPath) override;
};

Result<std::unique_ptr<LogLock>> PosixFiles::lock(const QString &logPath)
{
    const QString path = logPath + QStringLiteral(".lock");
    const QByteArray name = QFile::encodeName(path);
    const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, ownerOnly);
    if (fd < 0)
        return fileError(QStringLiteral("opening"), path);
    std::unique_ptr<LogLock> lock = std::make_unique<PosixLock>(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno != EWOULDBLOCK)
        return fileError(QStringLiteral("locking"), path);
    return Error{ErrorCode::Unavailable,
                 QStringLiteral("another hub is writing %1: stop it first (it holds %2)")
                     .arg(logPath, path)};
}

} // namespace

LogFiles &posixLogFiles()
{
    static PosixFiles files;
    return files;
}

} // namespace cf::hub
