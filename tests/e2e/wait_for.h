// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/child_process.h"

#include <QTest>

// Waits for a condition, pumping events; fails the test with `message` (bytes, made only then).
#define CF_WAIT_FOR(condition, message)                                                            \
    QVERIFY2(cf::test::waitUntil([&] { return static_cast<bool>(condition); }),                    \
             QByteArray(QByteArray("waited for: " #condition "\n") + (message)).constData())
