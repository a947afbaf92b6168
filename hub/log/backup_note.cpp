// SPDX-License-Identifier: Apache-2.0
#include "hub/log/backup_note.h"

#include "hub/log/durable_file.h"
#include "shared/base/limits.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

// What we write has some hundred bytes.
constexpr qint64 noteBytesMax = 16 * 1024;

} // namespace

QString backupNotePath(const QString &logPath)
{
    return QFileInfo(logPath).dir().filePath(QStringLiteral("backup.json"));
}

Status writeBackupNote(const QString &logPath, const BackupNote &note)
{
    const QString path = backupNotePath(logPath);
    Result<TemporaryFile> file = TemporaryFile::beside(path);
    if (!file)
        return file.error();
    const QJsonObject json{{L1("v"), 1},
                           {L1("at"), QString::fromLatin1(formatTimestamp(note.at))},
                           {L1("pos"), note.pos},
                           {L1("bytes"), note.bytes},
                           {L1("epoch"), QString::fromLatin1(note.epoch)},
                           {L1("file"), note.file}};
    const QByteArray text = canonicalJson(json) + '\n';
    QFile out(file->path());
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.flush()) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("writing %1: %2").arg(path, out.errorString())};
    }
    out.close();
    // The backup may be root's; the hub is not.
    Status given = giveToOwnerOfDirectory(file->path());
    return given ? file->install(path, true) : given;
}

Result<BackupNote> readBackupNote(const QString &logPath)
{
    QFile file(backupNotePath(logPath));
    if (!file.exists())
        return Error{ErrorCode::NotFound, QStringLiteral("there was no backup yet")};
    if (!file.open(QIODevice::ReadOnly) || file.size() > noteBytesMax)
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1 cannot be read").arg(file.fileName())};
    const Result<QJsonObject> json = parseJsonObject(file.readAll());
    if (!json)
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1: %2").arg(file.fileName(), json.error().detail)};
    const std::optional<Timestamp> at = parseTimestamp(json->value(L1("at")).toString());
    if (!at)
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1 does not say when").arg(file.fileName())};
    return BackupNote{*at, json->value(L1("pos")).toInteger(), json->value(L1("bytes")).toInteger(),
                      json->value(L1("epoch")).toString().toLatin1(),
                      json->value(L1("file")).toString().left(limits::nameLengthMax)};
}

} // namespace cf::hub
