// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QByteArray>

#include <sqlite3.h>

#include <memory>
#include <span>

namespace cf::hub {

class Statement;

// What SQLite says went wrong while `doing`, as a StorageFailed error.
Error sqliteError(sqlite3 *db, int code, const QString &doing);

// One run of a prepared statement: bind, step, read columns. Resets the statement when it goes out
// of scope, so that no read transaction outlives its reader. A failed bind is told by step().
class Query
{
public:
    explicit Query(Statement &statement);
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    Query &bind(int index, qint64 value);
    Query &bindText(int index, QByteArrayView utf8);
    Query &bindString(int index, const QString &text) { return bindText(index, text.toUtf8()); }
    Query &bindBlob(int index, QByteArrayView bytes);
    Query &bindNull(int index);

    // True: there is a row to read. False: done.
    Result<bool> step();
    // Steps to the end; rows are ignored.
    Status run();

    // Valid until the next step(). Indexes count from 0; parameters count from 1.
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    // Text or blob as it is stored, without a copy.
    [[nodiscard]] QByteArrayView view(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const { return view(column).toByteArray(); }
    [[nodiscard]] QString text(int column) const { return QString::fromUtf8(view(column)); }

private:
    void note(int code);

    sqlite3_stmt *m_statement = nullptr;
    int m_bindError = SQLITE_OK;
};

// A prepared statement. Must not outlive its Database.
class Statement
{
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *handle) : m_handle(handle) { }
    [[nodiscard]] sqlite3_stmt *handle() const { return m_handle.get(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt *s) const { sqlite3_finalize(s); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_handle;
};

// One SQLite connection, used by one thread at a time. Opening sets what must hold for every
// connection of ours: nothing in the file is trusted to run code, and no connection checkpoints by
// itself (two that reset a WAL at once can corrupt it, up to SQLite 3.51.2).
class Database
{
public:
    enum class Mode : quint8 {
        Read,   // never writes, never checkpoints, not even on close
        Write,  // the file must exist
        Memory, // path is ignored
    };
    static Result<Database> open(const QString &path, Mode mode);
    // Is there such a file, as SQLite sees it?
    static bool exists(const QString &path);

    Status exec(const QByteArray &sql);
    Result<Statement> prepare(const QByteArray &sql);
    // Fills each target; the first failure wins.
    struct Preparation {
        Statement *target = nullptr;
        QByteArray sql;
    };
    Status prepareAll(std::span<const Preparation> list);
    // The first column of the first row; 0 when there is none.
    Result<qint64> integer(const QByteArray &sql);

    // Whether the last connection's closing writes the WAL back. At first: unless it only reads.
    void setCheckpointOnClose(bool does);

    [[nodiscard]] sqlite3 *handle() const { return m_handle.get(); }

private:
    struct Close {
        void operator()(sqlite3 *db) const { sqlite3_close_v2(db); }
    };
    explicit Database(sqlite3 *handle) : m_handle(handle) { }

    std::unique_ptr<sqlite3, Close> m_handle;
};

// Rolls back unless commit() succeeded.
class Transaction
{
public:
    enum class Kind : quint8 { Read, Write };
    explicit Transaction(Database &db) : m_db(db) { }
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    // Write takes the write lock at once, so that nothing fails half-way for want of it.
    Status begin(Kind kind);
    Status commit();

private:
    Database &m_db;
    bool m_open = false;
};

} // namespace cf::hub
