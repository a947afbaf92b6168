// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/ledger.h"
#include "tests/hub/core/core_kit.h"

#include <QStringList>

namespace cf::test {

// Follows the log to its end.
void catchUp(hub::Ledger &ledger, MemoryEventLog &log);

// Every row of every table, as text, in the order of the keys.
QStringList dumpOf(hub::Database &db);
// Of a ledger made from nothing.
QStringList dumpOfNew(MemoryEventLog &log);
// The first line in which they differ, with both; empty when they are equal.
QString differenceOf(const QStringList &one, const QStringList &other);

// All columns of the first row, "|" between them.
QString rowOf(hub::Database &db, const QByteArray &sql);

} // namespace cf::test
