// SPDX-License-Identifier: Apache-2.0
// Preloaded into the hub, this makes its log what many would have chosen: synchronous=NORMAL. The
// product has no such option; the test of power cuts has to be seen to fail with it.
#include <dlfcn.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstring>

using Exec = int (*)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *,
                     char **);

extern "C" int sqlite3_exec(sqlite3 *db, const char *sql,
                            int (*callback)(void *, int, char **, char **), void *argument,
                            char **error)
{
    static const auto real = reinterpret_cast<Exec>(dlsym(RTLD_NEXT, "sqlite3_exec"));
    const int code = real(db, sql, callback, argument, error);
    if (code == SQLITE_OK && std::strstr(sql, "synchronous=FULL") != nullptr) {
        std::fputs("preloaded: synchronous=NORMAL\n", stderr);
        return real(db, "PRAGMA synchronous=NORMAL", nullptr, nullptr, nullptr);
    }
    return code;
}
