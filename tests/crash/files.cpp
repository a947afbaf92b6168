// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/files.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <sqlite3.h>

namespace cf::crash {

namespace {

constexpr int busyMilliseconds = 5'000;

// Rows of one query over one file. Read-only, and leaves the write-ahead log as it is.
class Rows
{
public:
    Rows(const QString &path, const char *sql)
    {
        const QByteArray file = QFile::encodeName(path);
        const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
        m_code = sqlite3_open_v2(file.constData(), &m_db, flags, nullptr);
        if (m_code != SQLITE_OK)
            return;
        sqlite3_busy_timeout(m_db, busyMilliseconds);
        sqlite3_db_config(m_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        m_code = sqlite3_prepare_v2(m_db, sql, -1, &m_statement, nullptr);
    }
    ~Rows()
    {
        sqlite3_finalize(m_statement);
        sqlite3_close(m_db);
    }
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;

    void bind(int index, qint64 value) { sqlite3_bind_int64(m_statement, index, value); }
    bool next()
    {
        if (m_statement == nullptr)
            return false;
        m_code = sqlite3_step(m_statement);
        return m_code == SQLITE_ROW;
    }
    [[nodiscard]] bool isFine() const { return m_code == SQLITE_DONE || m_code == SQLITE_ROW; }
    [[nodiscard]] QString error() const { return QString::fromUtf8(sqlite3_errmsg(m_db)); }
    qint64 integer(int column) { return sqlite3_column_int64(m_statement, column); }
    QByteArray text(int column)
    {
        const void *bytes = sqlite3_column_blob(m_statement, column);
        return {static_cast<const char *>(bytes), sqlite3_column_bytes(m_statement, column)};
    }

private:
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_statement = nullptr;
    int m_code = SQLITE_OK;
};

constexpr const char *eventsSql =
    "SELECT pos, lower(hex(id)), lower(hex(order_id)), seq, type,"
    " lower(hex(substr(chain, 1, 8))), CASE type"
    " WHEN 'order_placed' THEN json_extract(payload, '$.number')"
    " WHEN 'order_note_added' THEN json_extract(payload, '$.note') ELSE '' END"
    " FROM event WHERE pos >= ?1 ORDER BY pos";

bool unreadable(const Rows &rows, const QString &path, std::vector<Finding> &findings)
{
    if (!rows.isFine())
        findings.push_back({"files can be read", path + ": " + rows.error()});
    return !rows.isFine();
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

void readOutbox(const QString &path, KeptBoard &kept, std::vector<Finding> &findings)
{
    Rows rows(path, "SELECT n, command, answer FROM outbox ORDER BY n");
    while (rows.next()) {
        const QJsonObject json = object(rows.text(1));
        DeviceCommand command;
        command.device = kept.device;
        command.n = rows.integer(0);
        command.order = plainId(json.value("order_id").toString());
        command.type = json.value("type").toString().toLatin1();
        const QByteArray answer = rows.text(2);
        if (!answer.isEmpty()) {
            const QJsonObject result = object(answer);
            command.isAnswered = true;
            command.status = result.value("status").toString().toLatin1();
            command.pos = result.value("pos").toInteger();
            command.seq = result.value("seq").toInt();
        }
        kept.outbox.push_back(command);
    }
    unreadable(rows, path, findings);
}

} // namespace

bool readLog(const QString &path, Ledger &ledger, std::vector<Finding> &findings)
{
    Rows meta(path, "SELECT epoch, head_pos, lower(hex(substr(head_chain, 1, 8))) FROM meta");
    if (!meta.next())
        return !unreadable(meta, path, findings);
    ledger.sawEpoch(meta.text(0));
    Rows rows(path, eventsSql);
    const qint64 known = ledger.head();
    rows.bind(1, known == 0 ? 1 : known);
    bool isSame = known == 0;
    while (rows.next()) {
        const LogEvent event{
            rows.integer(0), rows.text(1), rows.text(2), static_cast<int>(rows.integer(3)),
            rows.text(4),    rows.text(5), rows.text(6)};
        if (event.pos == known)
            isSame = event.id == ledger.at(known).id && event.chain == ledger.chainAt(known);
        else
            ledger.append(event);
    }
    if (unreadable(rows, path, findings))
        return false;
    if (!isSame)
        findings.push_back({"log: what was in it stays",
                            QStringLiteral("position %1 is gone or another event").arg(known)});
    ledger.sawHead(meta.integer(1), meta.text(2));
    return true;
}

std::vector<HandledCommand> readHandled(const QString &path, std::vector<Finding> &findings)
{
    std::vector<HandledCommand> handled;
    Rows rows(path, "SELECT device, n, answer FROM device_command ORDER BY device, n");
    while (rows.next()) {
        const QJsonObject answer = object(rows.text(2));
        handled.push_back({QString::fromUtf8(rows.text(0)), rows.integer(1),
                           answer.value("status").toString().toLatin1(),
                           answer.value("pos").toInteger(), answer.value("seq").toInt()});
    }
    unreadable(rows, path, findings);
    return handled;
}

std::optional<Sighting> sightingAt(const QString &who, const QByteArray &cursor)
{
    const QList<QByteArray> parts = cursor.split('.');
    bool isNumber = false;
    const qint64 pos = parts.value(1).toLongLong(&isNumber);
    if (parts.size() != 3 || !isNumber)
        return std::nullopt;
    return Sighting{who, parts[0], pos, parts[2], {}, {}};
}

KeptBoard readDisplay(const QString &path, const QString &who, std::vector<Finding> &findings)
{
    KeptBoard kept;
    if (!QFile::exists(path))
        return kept;
    Rows rows(path, "SELECT key, value FROM meta ORDER BY key");
    QHash<QByteArray, QByteArray> meta;
    while (rows.next())
        meta.insert(rows.text(0), rows.text(1));
    // Killed before its first transaction it has no table yet.
    if (meta.isEmpty() && (rows.isFine() || rows.error().contains("no such table")))
        return kept;
    if (unreadable(rows, path, findings))
        return kept;
    kept.device = QString::fromUtf8(meta.value("device"));
    kept.board = sightingAt(who, meta.value("cursor"));
    if (kept.board) {
        kept.board->digest = meta.value("digest");
        kept.board->count = meta.value("count").toInt();
    }
    readOutbox(path, kept, findings);
    return kept;
}

} // namespace cf::crash
