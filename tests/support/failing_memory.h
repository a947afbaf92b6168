// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace cf::test {

// SQLite's allocations, one of which can be refused: the way to every error it can return. For the
// whole process, and in one thread only.
class FailingMemory
{
public:
    // Before SQLite is used for the first time. False: it already was.
    static bool install();

    // The `countdown`th allocation from now fails, once.
    static void failNext(qint64 countdown);
    static void heal();
    // Since failNext() or heal().
    static qint64 allocations();
    static bool hasFailed();
};

} // namespace cf::test
