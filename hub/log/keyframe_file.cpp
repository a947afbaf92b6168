// SPDX-License-Identifier: Apache-2.0
#include "hub/log/keyframe_file.h"

#include "hub/log/event_row.h"
#include "shared/order/board.h"

#include <QFile>
#include <QtEndian>

#include <array>

namespace cf::hub {

namespace {

constexpr qint64 applicationId = 0x43465046; // "CFPF"
constexpr qint64 schemaVersion = 1;
constexpr qsizetype placeBytes = 16 + 4;

constexpr const char *schema = R"sql(
CREATE TABLE IF NOT EXISTS keyframe (
  pos INTEGER PRIMARY KEY,
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  digest INTEGER NOT NULL,
  open BLOB NOT NULL
) STRICT;
)sql";

QByteArray packed(const std::vector<OpenPlace> &open)
{
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(open.size()) * placeBytes);
    for (const OpenPlace &place : open) {
        const quint32 seq = qToBigEndian(static_cast<quint32>(place.seq));
        bytes.append(idBlob(place.orderId));
        bytes.append(reinterpret_cast<const char *>(&seq), sizeof seq);
    }
    return bytes;
}

std::vector<OpenPlace> unpacked(QByteArrayView bytes)
{
    std::vector<OpenPlace> open;
    open.reserve(static_cast<size_t>(bytes.size() / placeBytes));
    for (qsizetype at = 0; at + placeBytes <= bytes.size(); at += placeBytes) {
        const auto seq = qFromBigEndian<quint32>(bytes.data() + at + 16);
        open.push_back({idFromBlob(bytes.sliced(at, 16)), static_cast<int>(seq)});
    }
    return open;
}

// The board's own digest: it says whether what is stored is what was.
qint64 digestOf(const std::vector<OpenPlace> &open)
{
    quint64 digest = 0;
    for (const OpenPlace &place : open)
        digest += digestTerm(place.orderId, place.seq);
    return static_cast<qint64>(digest);
}

Result<bool> isSound(Database &db)
{
    Result<Statement> check = db.prepare(QByteArrayLiteral("PRAGMA quick_check(1)"));
    if (!check)
        return check.error();
    Query query(*check);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row && query.view(0) == "ok";
}

void removeFile(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
        QFile::remove(path + QLatin1StringView(suffix));
}

} // namespace

Result<std::unique_ptr<KeyframeFile>> KeyframeFile::open(const QString &path)
{
    if (!path.isEmpty()) {
        for (int attempt = 0; attempt < 2; ++attempt) {
            auto opened = openFile(path);
            if (opened)
                return opened;
            removeFile(path);
        }
    }
    return openFile({});
}

Result<std::unique_ptr<KeyframeFile>> KeyframeFile::openFile(const QString &path)
{
    if (!path.isEmpty()) {
        QFile file(path);
        const bool made = file.open(QIODevice::ReadWrite);
        if (!made || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            return Error{ErrorCode::StorageFailed, QStringLiteral("%1 cannot be made").arg(path)};
    }
    Result<Database> db =
        Database::open(path, path.isEmpty() ? Database::Mode::Memory : Database::Mode::Write);
    if (!db)
        return db.error();
    const Result<qint64> id = db->integer(QByteArrayLiteral("PRAGMA application_id"));
    const Result<qint64> version = db->integer(QByteArrayLiteral("PRAGMA user_version"));
    const bool isNew = id && version && *id == 0 && *version == 0;
    const bool isOurs = id && version && *id == applicationId && *version == schemaVersion;
    // It is small, and was not synced: what a power cut made of it is found here, not later.
    const Result<bool> isWhole = isSound(*db);
    if (!isWhole || !*isWhole || (!isNew && !isOurs))
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("%1 is not of this version").arg(path)};
    Status made = db->exec(QByteArray("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=OFF;")
                           + schema + "PRAGMA application_id=" + QByteArray::number(applicationId)
                           + "; PRAGMA user_version=" + QByteArray::number(schemaVersion));
    if (!made)
        return made.error();
    std::unique_ptr<KeyframeFile> file(new KeyframeFile(std::move(*db)));
    Status prepared = file->prepare();
    if (!prepared)
        return prepared.error();
    return file;
}

Status KeyframeFile::prepare()
{
    const std::array list = std::to_array<Database::Preparation>({
        {&m_sql.before, "SELECT pos, chain, digest, open FROM keyframe WHERE pos <= ?1 "
                        "ORDER BY pos DESC LIMIT 1"},
        {&m_sql.add, "INSERT OR REPLACE INTO keyframe (pos, chain, digest, open) "
                     "VALUES (?1, ?2, ?3, ?4)"},
        {&m_sql.last, "SELECT coalesce(max(pos), 0) FROM keyframe"},
        {&m_sql.drop, "DELETE FROM keyframe WHERE pos > ?1"},
    });
    return m_db.prepareAll(list);
}

Result<std::optional<Keyframe>> KeyframeFile::before(qint64 pos)
{
    const std::lock_guard lock(m_mutex);
    for (qint64 from = pos;;) {
        Query query(m_sql.before);
        query.bind(1, from);
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return std::optional<Keyframe>();
        Keyframe keyframe;
        keyframe.pos = query.integer(0);
        const std::optional<ChainHash> chain = chainFromBlob(query.view(1));
        keyframe.open = unpacked(query.view(3));
        if (chain && digestOf(keyframe.open) == query.integer(2)) {
            keyframe.chain = *chain;
            return std::optional(std::move(keyframe));
        }
        from = keyframe.pos - 1; // damaged: the one before it does
    }
}

Status KeyframeFile::add(const Keyframe &keyframe)
{
    const std::lock_guard lock(m_mutex);
    Query query(m_sql.add);
    query.bind(1, keyframe.pos);
    query.bindBlob(2, chainBlob(keyframe.chain));
    query.bind(3, digestOf(keyframe.open)).bindBlob(4, packed(keyframe.open));
    return query.run();
}

Result<qint64> KeyframeFile::lastPos()
{
    const std::lock_guard lock(m_mutex);
    Query query(m_sql.last);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return query.integer(0);
}

Status KeyframeFile::dropAfter(qint64 pos)
{
    const std::lock_guard lock(m_mutex);
    Query query(m_sql.drop);
    query.bind(1, pos);
    return query.run();
}

} // namespace cf::hub
