// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <cstdint>

// What every target has in common. A target is one function: it takes bytes, feeds them to what it
// is for, and demands what must hold of the outcome.
namespace cf::fuzz {

void run(QByteArrayView input);

// Ends the run, so that the input is kept. Not an assert: it must hold in every build.
void demandOr(bool holds, const char *what, int line);
#define CF_DEMAND(...) ::cf::fuzz::demandOr(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __LINE__)

// The input cut at a byte; at most `most` pieces, the last with all the rest.
QByteArrayList pieces(QByteArrayView input, char at, qsizetype most);

// A directory in memory where there is one, removed at the end of the process.
const QString &scratch();
void emptyScratch();

// Overwrites, inserts and cuts as the input says: `pristine` is whole and sound, and most of what
// comes back still is. Each edit is 8 bytes: kind, 3 of offset, length, 3 of what.
QByteArray edited(QByteArray pristine, QByteArrayView edits);

} // namespace cf::fuzz
