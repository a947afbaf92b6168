// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

// DuckDB's C API, as much of it as is used, from a libduckdb.so that is looked for at run time:
// COUNTERFIRE_DUCKDB if it is set and nothing else, else lib/counterfire beside the program's own
// directory, else where the system finds libraries.
class DuckDb
{
public:
    DuckDb() = default;
    ~DuckDb();
    DuckDb(const DuckDb &) = delete;
    DuckDb &operator=(const DuckDb &) = delete;

    bool load(); // false: it is not there
    bool open(); // a database in memory
    bool run(const std::string &sql);
    [[nodiscard]] const std::string &error() const { return m_error; }

private:
    // duckdb.h of 1.x, whose ABI is stable: all but the last are unused, and kept for their size.
    struct Answer {
        uint64_t columns = 0;
        uint64_t rows = 0;
        uint64_t changed = 0;
        void *columnList = nullptr;
        char *message = nullptr;
        void *data = nullptr;
    };
    using Handle = void *;

    template<typename F>
    bool find(const char *name, F *&function);

    void *m_library = nullptr;
    Handle m_database = nullptr;
    Handle m_connection = nullptr;
    std::string m_error;

    int (*m_open)(const char *, Handle *) = nullptr;
    int (*m_connect)(Handle, Handle *) = nullptr;
    int (*m_query)(Handle, const char *, Answer *) = nullptr;
    const char *(*m_answerError)(Answer *) = nullptr;
    void (*m_destroyAnswer)(Answer *) = nullptr;
    void (*m_disconnect)(Handle *) = nullptr;
    void (*m_close)(Handle *) = nullptr;
};
