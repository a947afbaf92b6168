// SPDX-License-Identifier: Apache-2.0
#include "tests/support/failing_memory.h"

#include <sqlite3.h>

namespace cf::test {

namespace {

sqlite3_mem_methods g_system;
qint64 g_allocations = 0;
qint64 g_failAt = 0; // 0: never

bool isRefused()
{
    return ++g_allocations == g_failAt;
}

} // namespace

bool FailingMemory::install()
{
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &g_system) != SQLITE_OK)
        return false;
    sqlite3_mem_methods methods = g_system;
    methods.xMalloc = [](int size) { return isRefused() ? nullptr : g_system.xMalloc(size); };
    methods.xRealloc = [](void *old, int size) {
        return isRefused() ? nullptr : g_system.xRealloc(old, size);
    };
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK
           // Small pieces come out of a connection's own store otherwise, and never fail.
           && sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK;
}

void FailingMemory::failNext(qint64 countdown)
{
    g_allocations = 0;
    g_failAt = countdown;
}

void FailingMemory::heal()
{
    failNext(0);
}

qint64 FailingMemory::allocations()
{
    return g_allocations;
}

bool FailingMemory::hasFailed()
{
    return g_failAt != 0 && g_allocations >= g_failAt;
}

} // namespace cf::test
