// SPDX-License-Identifier: Apache-2.0
// counterfire-parquet: a table of the hub's as a Parquet file. A program of its own because DuckDB,
// which writes it, is larger than the hub: it is looked for when it is needed, what it takes of
// memory goes with the program, and nothing that happens to it happens to the orders.
#include "hub/parquet/duckdb.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;
constexpr int exitNotInstalled = 3; // the hub knows it: see hub/reports/parquet.cpp

std::string quoted(const std::string &text, char mark)
{
    std::string out(1, mark);
    for (const char c : text) {
        if (c == mark)
            out += mark;
        out += c;
    }
    return out + mark;
}

// "lines:integer" as a member of DuckDB's struct of columns; empty when it is none.
std::string columnSql(const std::string &column)
{
    const size_t colon = column.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return {};
    const std::string type = column.substr(colon + 1);
    const char *sql = type == "text"      ? "VARCHAR"
                      : type == "integer" ? "BIGINT"
                      : type == "real"    ? "DOUBLE"
                      : type == "time"    ? "TIMESTAMPTZ"
                                          : nullptr;
    return sql ? quoted(column.substr(0, colon), '\'') + ": '" + sql + "'" : std::string();
}

std::string copySql(const std::string &from, const std::string &to,
                    const std::vector<std::string> &columns)
{
    std::string members;
    for (const std::string &column : columns)
        members += (members.empty() ? "" : ", ") + column;
    // Quoted and empty is a text, not quoted and empty is none.
    return "COPY (SELECT * FROM read_csv(" + quoted(from, '\'')
           + ", header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
             "allow_quoted_nulls = false, columns = {"
           + members + "})) TO " + quoted(to, '\'') + " (FORMAT parquet, COMPRESSION zstd)";
}

int run(const std::vector<std::string> &arguments)
{
    std::vector<std::string> columns;
    for (size_t i = 2; i < arguments.size(); ++i) {
        columns.push_back(columnSql(arguments[i]));
        if (columns.back().empty()) {
            std::fprintf(stderr, "%s is no column: NAME:TYPE, of text, integer, real, time\n",
                         arguments[i].c_str());
            return exitUsage;
        }
    }
    if (columns.empty()) {
        std::fprintf(stderr, "usage: counterfire-parquet FROM.csv TO.parquet NAME:TYPE...\n");
        return exitUsage;
    }
    DuckDb duckDb;
    if (!duckDb.load()) {
        std::fprintf(stderr, "%s\n", duckDb.error().c_str());
        return exitNotInstalled;
    }
    // Nothing is fetched from anywhere, and a report needs next to nothing.
    const bool done = duckDb.open() && duckDb.run("SET autoinstall_known_extensions = false")
                      && duckDb.run("SET autoload_known_extensions = false")
                      && duckDb.run("SET threads = 1") && duckDb.run("SET memory_limit = '256MB'")
                      && duckDb.run(copySql(arguments[0], arguments[1], columns));
    if (!done)
        std::fprintf(stderr, "%s\n", duckDb.error().c_str());
    return done ? EXIT_SUCCESS : exitFailed;
}

} // namespace

int main(int argc, char **argv)
{
    return run({argv + 1, argv + argc});
}
