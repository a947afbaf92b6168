// SPDX-License-Identifier: Apache-2.0
#include "hub/log/database.h"

#include "shared/base/limits.h"

#include <QFile>

namespace cf::hub {

Error sqliteError(sqlite3 *db, int code, const QString &doing)
{
    const int extended = db ? sqlite3_extended_errcode(db) : code;
    const QString what =
        db ? QString::fromUtf8(sqlite3_errmsg(db)) : QString::fromUtf8(sqlite3_errstr(code));
    return {ErrorCode::StorageFailed,
            QStringLiteral("%1: %2 (SQLite %3)").arg(doing, what).arg(extended)};
}

Query::Query(Statement &statement) : m_statement(statement.handle()) { }

Query::~Query()
{
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

void Query::note(int code)
{
    if (m_bindError == SQLITE_OK)
        m_bindError = code;
}

Query &Query::bind(int index, qint64 value)
{
    note(sqlite3_bind_int64(m_statement, index, value));
    return *this;
}

Query &Query::bindText(int index, QByteArrayView utf8)
{
    // An empty view may point nowhere, which SQLite would store as NULL.
    const char *data = utf8.isEmpty() ? "" : utf8.data();
    note(sqlite3_bind_text64(m_statement, index, data, static_cast<sqlite3_uint64>(utf8.size()),
                             SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Query &Query::bindBlob(int index, QByteArrayView bytes)
{
    const char *data = bytes.isEmpty() ? "" : bytes.data();
    note(sqlite3_bind_blob64(m_statement, index, data, static_cast<sqlite3_uint64>(bytes.size()),
                             SQLITE_TRANSIENT));
    return *this;
}

Query &Query::bindNull(int index)
{
    note(sqlite3_bind_null(m_statement, index));
    return *this;
}

Result<bool> Query::step()
{
    sqlite3 *db = sqlite3_db_handle(m_statement);
    if (m_bindError != SQLITE_OK)
        return sqliteError(nullptr, m_bindError, QStringLiteral("binding a value"));
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    // The statement's first words are enough to tell; its values are nobody's business.
    const QString sql = QString::fromUtf8(sqlite3_sql(m_statement));
    return sqliteError(db, code, sql.section(QLatin1Char(' '), 0, 2));
}

Status Query::run()
{
    for (;;) {
        Result<bool> row = step();
        if (!row)
            return row.error();
        if (!*row)
            return ok();
    }
}

bool Query::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Query::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QByteArrayView Query::view(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return {data, sqlite3_column_bytes(m_statement, column)};
}

namespace {

int openFlags(Database::Mode mode)
{
    const int shared = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
    case Database::Mode::Read: return shared | SQLITE_OPEN_READONLY;
    case Database::Mode::Write: return shared | SQLITE_OPEN_READWRITE;
    case Database::Mode::Memory: break;
    }
    return shared | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
}

} // namespace

Result<Database> Database::open(const QString &path, Mode mode)
{
    const bool memory = mode == Mode::Memory;
    const QByteArray file = memory ? QByteArrayLiteral(":memory:") : QFile::encodeName(path);
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(file.constData(), &handle, openFlags(mode), nullptr);
    Database db(handle); // also after a failure, the handle must be closed
    if (code != SQLITE_OK)
        return sqliteError(handle, code, QStringLiteral("opening %1").arg(path));
    sqlite3_busy_timeout(handle, static_cast<int>(limits::logBusyTimeout.count()));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    if (mode == Mode::Read)
        db.setCheckpointOnClose(false);
    Status set = db.exec(QByteArrayLiteral("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                                           "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                                           "PRAGMA wal_autocheckpoint=0;"));
    if (set && mode == Mode::Read)
        set = db.exec(QByteArrayLiteral("PRAGMA query_only=ON"));
    if (!set)
        return set.error();
    return db;
}

void Database::setCheckpointOnClose(bool does)
{
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, does ? 0 : 1, nullptr);
}

bool Database::exists(const QString &path)
{
    sqlite3_initialize();
    sqlite3_vfs *vfs = sqlite3_vfs_find(nullptr);
    int found = 0;
    const QByteArray file = QFile::encodeName(path);
    return vfs && vfs->xAccess(vfs, file.constData(), SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK
           && found != 0;
}

Status Database::exec(const QByteArray &sql)
{
    const int code = sqlite3_exec(handle(), sql.constData(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK)
        return ok();
    return sqliteError(handle(), code, QString::fromUtf8(sql.left(60)).simplified());
}

Result<Statement> Database::prepare(const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(), sql.constData(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        return sqliteError(handle(), code, QString::fromUtf8(sql.left(60)).simplified());
    return Statement(statement);
}

Status Database::prepareAll(std::span<const Preparation> list)
{
    for (const Preparation &item : list) {
        Result<Statement> statement = prepare(item.sql);
        if (!statement)
            return statement.error();
        *item.target = std::move(*statement);
    }
    return ok();
}

Result<qint64> Database::integer(const QByteArray &sql)
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return statement.error();
    Query query(*statement);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? query.integer(0) : 0;
}

Transaction::~Transaction()
{
    // SQLite rolls back by itself after the worst errors; a second ROLLBACK then only complains.
    if (m_open)
        sqlite3_exec(m_db.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::begin(Kind kind)
{
    Status begun = m_db.exec(kind == Kind::Write ? QByteArrayLiteral("BEGIN IMMEDIATE")
                                                 : QByteArrayLiteral("BEGIN"));
    m_open = begun.has_value();
    return begun;
}

Status Transaction::commit()
{
    Status done = m_db.exec(QByteArrayLiteral("COMMIT"));
    if (done)
        m_open = false;
    return done;
}

} // namespace cf::hub
