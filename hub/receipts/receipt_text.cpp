// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/row_lines.h"

#include "hub/receipts/columns.h"

namespace cf::hub {

using Kind = Row::Kind;

RowLines linesOfRow(const Row &row, int columns)
{
    const int indent = row.indented ? 2 : 0;
    RowLines out;
    QStringList lines;
    switch (row.kind) {
    case Kind::Gap: return {{QString(), Row::Weight::Plain}};
    case Kind::Rule: return {{QString(columns, QLatin1Char('-')), Row::Weight::Plain}};
    case Kind::Qr: // who can draw it does so; its address is said anyway
    case Kind::Text: break;
    case Kind::Pair:
        lines = row.right.isEmpty() ? wrapped(row.left, columns - indent)
                                    : paired(row.left, row.right, columns - indent);
        break;
    }
    if (row.kind != Kind::Pair)
        lines = wrapped(row.left, columns - indent);
    for (const QString &line : lines) {
        const QString placed = row.centred ? centred(line, columns)
                               : row.kind == Kind::Pair && !row.right.isEmpty() ? line
                                                                                : isolated(line);
        out.push_back({QString(indent, QLatin1Char(' ')) + placed, row.weight});
    }
    return out;
}

QByteArray receiptText(const Rows &rows, int columns)
{
    QByteArray text;
    for (const Row &row : rows) {
        for (const RowLine &line : linesOfRow(row, columns))
            text += line.text.toUtf8() + '\n';
    }
    return text;
}

} // namespace cf::hub
