// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/reports/ledger_kit.h"

namespace cf::test {

using namespace hub;

namespace {

QString cell(const Query &query, int column)
{
    if (query.isNull(column))
        return QStringLiteral("-");
    const QByteArray bytes = query.bytes(column);
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < ' ' && c != '\n')
            return QString::fromLatin1(bytes.toHex());
    }
    return QString::fromUtf8(bytes);
}

QStringList rowsOf(Database &db, const QByteArray &sql)
{
    Result<Statement> statement = db.prepare(sql);
    if (!statement)
        qFatal("%s", qPrintable(statement.error().detail));
    QStringList rows;
    Query query(*statement);
    const int columns = sqlite3_column_count(statement->handle());
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            qFatal("%s", qPrintable(row.error().detail));
        if (!*row)
            return rows;
        QStringList cells;
        for (int i = 0; i < columns; ++i)
            cells.append(cell(query, i));
        rows.append(cells.join(QLatin1Char('|')));
    }
}

} // namespace

void catchUp(Ledger &ledger, MemoryEventLog &log)
{
    for (;;) {
        const Result<int> taken = ledger.follow(log, log.head().pos);
        if (!taken)
            qFatal("the ledger fails: %s", qPrintable(taken.error().detail));
        if (*taken == 0)
            return;
    }
}

QStringList dumpOf(Database &db)
{
    QStringList all;
    for (const QByteArray table : {"place", "orders", "search", "lines", "bumps", "recalls"}) {
        for (const QString &row : rowsOf(db, "SELECT * FROM " + table + " ORDER BY 1, 2"))
            all.append(QString::fromLatin1(table) + QStringLiteral(": ") + row);
    }
    return all;
}

QStringList dumpOfNew(MemoryEventLog &log)
{
    const std::unique_ptr<Ledger> ledger = Ledger::open(QString()).value();
    catchUp(*ledger, log);
    return dumpOf(ledger->database());
}

QString differenceOf(const QStringList &one, const QStringList &other)
{
    for (qsizetype i = 0; i < std::max(one.size(), other.size()); ++i) {
        if (one.value(i) != other.value(i))
            return QStringLiteral("%1\n  against\n%2").arg(one.value(i), other.value(i));
    }
    return {};
}

QString rowOf(Database &db, const QByteArray &sql)
{
    return rowsOf(db, sql).value(0);
}

} // namespace cf::test
