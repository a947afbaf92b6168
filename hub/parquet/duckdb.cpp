// SPDX-License-Identifier: Apache-2.0
#include "hub/parquet/duckdb.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include <dlfcn.h>

namespace {

std::vector<std::string> libraryPaths()
{
    if (const char *told = std::getenv("COUNTERFIRE_DUCKDB"))
        return {told};
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path prefix = self.parent_path().parent_path();
    return {(prefix / "lib" / "counterfire" / "libduckdb.so").string(), "libduckdb.so"};
}

} // namespace

DuckDb::~DuckDb()
{
    if (m_connection)
        m_disconnect(&m_connection);
    if (m_database)
        m_close(&m_database);
    // The library stays: threads of its own may not have ended yet, and the program does now.
}

template<typename F>
bool DuckDb::find(const char *name, F *&function)
{
    function = reinterpret_cast<F *>(dlsym(m_library, name));
    if (!function)
        m_error = std::string("libduckdb.so has no ") + name;
    return function != nullptr;
}

bool DuckDb::load()
{
    for (const std::string &path : libraryPaths()) {
        m_library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (m_library)
            break;
        if (const char *why = dlerror(); why && m_error.empty())
            m_error = why;
    }
    return m_library && find("duckdb_open", m_open) && find("duckdb_connect", m_connect)
           && find("duckdb_query", m_query) && find("duckdb_result_error", m_answerError)
           && find("duckdb_destroy_result", m_destroyAnswer)
           && find("duckdb_disconnect", m_disconnect) && find("duckdb_close", m_close);
}

bool DuckDb::open()
{
    if (m_open(nullptr, &m_database) == 0 && m_connect(m_database, &m_connection) == 0)
        return true;
    m_error = "DuckDB does not open a database in memory";
    return false;
}

bool DuckDb::run(const std::string &sql)
{
    Answer answer;
    const bool done = m_query(m_connection, sql.c_str(), &answer) == 0;
    if (!done) {
        const char *why = m_answerError(&answer);
        m_error = why ? why : "DuckDB does not say why";
    }
    m_destroyAnswer(&answer);
    return done;
}
