// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/database.h"

#include "shared/sqlite/enter_wal.h"
#include "shared/sqlite/rewrite_wal.h"

#include <sqlite3.h>

#include <utility>

namespace cf::kds {

namespace {

Error failure(sqlite3 *db)
{
    const QString words = QString::fromUtf8(sqlite3_errmsg(db));
    switch (sqlite3_errcode(db)) {
    case SQLITE_ERROR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: return {ErrorCode::Internal, words};
    default: return {ErrorCode::StorageFailed, words};
    }
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement &Statement::note(int code)
{
    if (m_bindError == SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bind(int index, qint64 value)
{
    return note(sqlite3_bind_int64(m_statement.get(), index, value));
}

Statement &Statement::bind(int index, const QByteArray &text)
{
    return note(sqlite3_bind_text64(m_statement.get(), index, text.constData(),
                                    static_cast<sqlite3_uint64>(text.size()), SQLITE_TRANSIENT,
                                    SQLITE_UTF8));
}

Statement &Statement::bindNull(int index)
{
    return note(sqlite3_bind_null(m_statement.get(), index));
}

Result<bool> Statement::step()
{
    if (const int bound = std::exchange(m_bindError, SQLITE_OK); bound != SQLITE_OK)
        return Error{ErrorCode::StorageFailed, QString::fromUtf8(sqlite3_errstr(bound))};
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    const Error error = failure(m_db);
    sqlite3_reset(m_statement.get());
    return error;
}

Status Statement::run()
{
    for (;;) {
        const Result<bool> row = step();
        if (!row)
            return row.error();
        if (!*row)
            return ok();
    }
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArray Statement::text(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return {bytes, sqlite3_column_bytes(m_statement.get(), column)};
}

void Database::Close::operator()(sqlite3 *db) const
{
    sqlite3_close_v2(db);
}

Result<Database> Database::openWith(const QString &path, int flags)
{
    sqlite3 *db = nullptr;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &db, flags, nullptr);
    Database database;
    database.m_db.reset(db);
    if (code != SQLITE_OK)
        return failure(db);
    sqlite3_busy_timeout(db, 2'000);
    return database;
}

Result<Database> Database::open(const QString &path)
{
    Result<Database> database = openWith(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (database) // see makeWalDurable()
        sqlite3_db_config(database->m_db.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return database;
}

// Read and write, because a WAL that was left behind must be played back; nothing is written by us.
Result<Database> Database::openReadOnly(const QString &path)
{
    return openWith(path, SQLITE_OPEN_READWRITE);
}

Status Database::enterWal()
{
    const int code = cf::enterWal(m_db.get());
    if (code == SQLITE_CANTOPEN)
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("this file system cannot hold the file: no WAL mode")};
    return code == SQLITE_OK ? ok() : Status(failure(m_db.get()));
}

Status Database::makeWalDurable()
{
    const int code = rewriteWal(m_db.get());
    if (code != SQLITE_OK)
        return Error{ErrorCode::StorageFailed, QString::fromUtf8(sqlite3_errstr(code))};
    sqlite3_db_config(m_db.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return ok();
}

Status Database::exec(const char *sql)
{
    if (sqlite3_exec(m_db.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(m_db.get());
    return ok();
}

Result<Statement> Database::prepare(const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_db.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
        return failure(m_db.get());
    return Statement(m_db.get(), statement);
}

Result<Statement> Database::firstRow(const char *sql)
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return statement;
    const Result<bool> row = statement->step();
    if (!row)
        return row.error();
    if (!*row)
        return Error{ErrorCode::NotFound, QStringLiteral("no row")};
    return statement;
}

Result<QByteArray> Database::text(const char *sql)
{
    const Result<Statement> row = firstRow(sql);
    return row ? Result<QByteArray>(row->text(0)) : row.error();
}

// Not by way of text: SQLite would have to make that, and without memory for it says nothing.
Result<qint64> Database::integer(const char *sql)
{
    const Result<Statement> row = firstRow(sql);
    return row ? Result<qint64>(row->integer(0)) : row.error();
}

Result<Transaction> Transaction::begin(Database &database)
{
    const Status begun = database.exec("BEGIN IMMEDIATE");
    if (!begun)
        return begun.error();
    return Transaction(&database);
}

Status Transaction::commit()
{
    const Status committed = m_database->exec("COMMIT");
    if (committed)
        m_database = nullptr;
    return committed;
}

Transaction::~Transaction()
{
    if (m_database)
        (void)m_database->exec("ROLLBACK");
}

} // namespace cf::kds
