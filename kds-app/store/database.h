// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QByteArray>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace cf::kds {

// Thin RAII over SQLite's C API: one connection, one thread. A failed call is an Error with
// SQLite's words: StorageFailed when the place fails (busy, full, read-only, input and output),
// Internal when the file is damaged or is not what was expected, so that trying again cannot help.

// A prepared statement. Bound values are copied; one that could not be is told by the next step().
// Columns count from 0, parameters from 1.
class Statement
{
public:
    Statement() = default;
    Statement(sqlite3 *db, sqlite3_stmt *statement) : m_db(db), m_statement(statement) { }

    Statement &bind(int index, qint64 value);
    Statement &bind(int index, const QByteArray &text);
    Statement &bind(int index, const QString &text) { return bind(index, text.toUtf8()); }
    Statement &bindNull(int index);

    // True: there is a row to read. After the last one the statement is ready to be run again.
    Result<bool> step();
    // Runs a statement that returns no rows, to its end.
    Status run();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QByteArray text(int column) const; // of a column that holds text

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    Statement &note(int code);

    sqlite3 *m_db = nullptr;
    int m_bindError = 0; // SQLITE_OK
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

class Database
{
public:
    // Made when there is none. Does not look at the contents yet.
    static Result<Database> open(const QString &path);
    static Result<Database> openReadOnly(const QString &path);

    // See enterWal().
    Status enterWal();
    // See rewriteWal(). Until then closing writes nothing back.
    Status makeWalDurable();

    Status exec(const char *sql);
    Result<Statement> prepare(const char *sql);
    // The first column of the first row; NotFound when there is none.
    Result<QByteArray> text(const char *sql);
    Result<qint64> integer(const char *sql);

private:
    struct Close {
        void operator()(sqlite3 *db) const;
    };
    static Result<Database> openWith(const QString &path, int flags);
    Result<Statement> firstRow(const char *sql);
    std::unique_ptr<sqlite3, Close> m_db;
};

// Rolls back unless committed.
class Transaction
{
public:
    static Result<Transaction> begin(Database &database);
    Transaction(Transaction &&other) noexcept : m_database(std::exchange(other.m_database, nullptr))
    {
    }
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    Status commit();

private:
    explicit Transaction(Database *database) : m_database(database) { }
    Database *m_database = nullptr;
};

} // namespace cf::kds
