// SPDX-License-Identifier: Apache-2.0
#include "hub/app/token_file.h"

#include "hub/app/unique_fd.h"
#include "shared/protocol/canonical_json.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

namespace cf::hub {

namespace {

constexpr int tokenBytes = 32;
// Three tokens are 260 bytes; anything far beyond is not our file.
constexpr int tokenFileBytesMax = 4096;

Error failed(const QString &what, const QString &path, int code)
{
    const QString why = QString::fromLocal8Bit(std::strerror(code));
    return {ErrorCode::Internal, QStringLiteral("%1 %2: %3").arg(what, path, why)};
}

Error refused(const QString &path, const QString &why)
{
    return {ErrorCode::Forbidden, QStringLiteral("refusing %1: %2").arg(path, why)};
}

Status checkPlace(const struct stat &info, const QString &path)
{
    if (!S_ISREG(info.st_mode))
        return refused(path, QStringLiteral("it is not a plain file"));
    if (info.st_uid != ::geteuid())
        return refused(path, QStringLiteral("it belongs to another user"));
    if ((info.st_mode & 077) != 0) {
        return refused(path, QStringLiteral("others can read or change it; make it private with "
                                            "chmod 600, or delete it to have new tokens made"));
    }
    if (info.st_size > tokenFileBytesMax)
        return refused(path, QStringLiteral("it is too large to be a token file"));
    return ok();
}

Result<TokenSet> parseTokens(const QByteArray &bytes, const QString &path)
{
    const Result<QJsonObject> json = parseJsonObject(bytes);
    if (!json)
        return refused(path, QStringLiteral("it is not a JSON object"));
    TokenSet tokens;
    const auto take = [&json](const char *key, QByteArray &into) {
        into = json->value(QLatin1StringView(key)).toString().toLatin1();
        return into.size() == 2 * tokenBytes && isLowerHex(into);
    };
    if (!take("kitchen", tokens.kitchen) || !take("manager", tokens.manager)
        || !take("integration", tokens.integration)) {
        return refused(path, QStringLiteral("it needs the members kitchen, manager and "
                                            "integration, each %1 lower-case hex digits")
                                 .arg(2 * tokenBytes));
    }
    if (tokens.kitchen == tokens.manager || tokens.kitchen == tokens.integration
        || tokens.manager == tokens.integration) {
        return refused(path, QStringLiteral("two roles share one token"));
    }
    return tokens;
}

Result<TokenFile> readTokens(int fd, const QString &path)
{
    struct stat info = {};
    if (::fstat(fd, &info) != 0)
        return failed(QStringLiteral("cannot look at"), path, errno);
    if (const Status place = checkPlace(info, path); !place)
        return place.error();
    QFile file;
    if (!file.open(fd, QIODevice::ReadOnly))
        return failed(QStringLiteral("cannot read"), path, EIO);
    const Result<TokenSet> tokens = parseTokens(file.read(tokenFileBytesMax), path);
    if (!tokens)
        return tokens.error();
    return TokenFile{path, *tokens, false};
}

QByteArray tokensJson(const TokenSet &tokens)
{
    const QJsonObject json{
        {QStringLiteral("kitchen"), QString::fromLatin1(tokens.kitchen)},
        {QStringLiteral("manager"), QString::fromLatin1(tokens.manager)},
        {QStringLiteral("integration"), QString::fromLatin1(tokens.integration)},
    };
    return canonicalJson(json) + '\n';
}

// Bytes and their sync, so that the name never points at half a file.
bool writeAll(int fd, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t n =
            ::write(fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += n;
    }
    return ::fsync(fd) == 0;
}

// Writes a private file beside, then gives it its name with link(), which never overwrites.
Status createFile(const QString &dataDir, const QString &path, const QByteArray &bytes,
                  Random &random)
{
    const QString beside = path + QLatin1Char('.') + QString::fromLatin1(randomHex(8, random))
                           + QStringLiteral(".new");
    const QByteArray besideName = QFile::encodeName(beside);
    const UniqueFd fd(
        ::open(besideName.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    if (!fd.isValid())
        return failed(QStringLiteral("cannot make"), beside, errno);
    int error = writeAll(fd.get(), bytes) ? 0 : errno;
    const QByteArray name = QFile::encodeName(path);
    if (error == 0 && ::link(besideName.constData(), name.constData()) != 0)
        error = errno;
    ::unlink(besideName.constData());
    const UniqueFd dir(::open(QFile::encodeName(dataDir).constData(), O_RDONLY | O_DIRECTORY));
    if (error == 0 && (!dir.isValid() || ::fsync(dir.get()) != 0))
        error = errno;
    return error == 0 ? ok() : Status(failed(QStringLiteral("cannot make"), path, error));
}

} // namespace

Result<TokenFile> loadOrCreateTokens(const QString &dataDir, Random &random)
{
    const QString path = QDir(dataDir).filePath(QStringLiteral("tokens.json"));
    const QByteArray name = QFile::encodeName(path);
    const UniqueFd fd(::open(name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (fd.isValid())
        return readTokens(fd.get(), path);
    if (errno == ELOOP)
        return refused(path, QStringLiteral("it is a symbolic link"));
    if (errno != ENOENT)
        return failed(QStringLiteral("cannot open"), path, errno);
    const TokenSet tokens{randomHex(tokenBytes, random), randomHex(tokenBytes, random),
                          randomHex(tokenBytes, random)};
    const Status created = createFile(dataDir, path, tokensJson(tokens), random);
    if (!created)
        return created.error();
    return TokenFile{path, tokens, true};
}

Status prepareDataDir(const QString &dataDir)
{
    const QByteArray name = QFile::encodeName(dataDir);
    if (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST) {
        const int why = errno;
        // A missing parent is made too; only the last directory holds anything of ours.
        const QString parent = QFileInfo(dataDir).absolutePath();
        if (why != ENOENT || !QDir().mkpath(parent) || ::mkdir(name.constData(), 0700) != 0)
            return failed(QStringLiteral("cannot make the directory"), dataDir, why);
    }
    struct stat info = {};
    if (::stat(name.constData(), &info) != 0)
        return failed(QStringLiteral("cannot look at"), dataDir, errno);
    if (!S_ISDIR(info.st_mode))
        return refused(dataDir, QStringLiteral("it is not a directory"));
    if ((info.st_mode & S_IWOTH) != 0)
        return refused(dataDir, QStringLiteral("everyone may write to it"));
    if (::access(name.constData(), R_OK | W_OK | X_OK) != 0)
        return failed(QStringLiteral("cannot use"), dataDir, errno);
    return ok();
}

} // namespace cf::hub
