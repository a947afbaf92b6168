// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include <rapidcheck.h>

// Tries a property on as many cases as RC_PARAMS says: 100 of growing size, from a new seed every
// time, unless it says otherwise. The seed, and of a failure its smallest case and the RC_PARAMS
// that bring it back, are on standard error.
#define CF_HOLDS(description, ...)                                                                 \
    QVERIFY2(rc::check(description, __VA_ARGS__), "standard error says how to have it again")
