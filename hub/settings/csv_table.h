// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QStringList>

#include <vector>

namespace cf::hub {

// One record, with the line of the file it begins on: a quoted cell may hold line breaks.
struct CsvRow {
    int line = 0;
    QStringList cells;
    bool operator==(const CsvRow &) const = default;
};

// What a spreadsheet program may hand over before it is no table of ours any more.
struct CsvBounds {
    int rowsMax = 10'000;
    int columnsMax = 64;
};

// Reads RFC 4180: UTF-8 with or without a byte order mark; cells parted by ',' or ';' or a tab,
// whichever the first line has most of; quotes doubled within quotes; CRLF, LF or CR. A first line
// "sep=;", as Excel writes it, says the delimiter. Blank lines are left out. An error names its
// line, and the column where there is one: the pointer is /lines/3/columns/2.
Result<std::vector<CsvRow>> parseCsv(QByteArrayView bytes, const CsvBounds &bounds = {});

// A program that opens a table may take a cell that begins with one of = + - @ for a formula. Such
// text is written with an apostrophe before it, which reading takes off again.
QString guardedCell(const QString &text);
QString unguardedCell(const QString &cell);

// UTF-8 with a byte order mark, CRLF; cells quoted where they must be.
QByteArray writeCsv(const std::vector<QStringList> &rows, QChar delimiter);

} // namespace cf::hub
