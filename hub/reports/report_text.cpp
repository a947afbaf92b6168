// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/report_text.h"

#include <QJsonArray>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

QString timeText(Timestamp at)
{
    return QString::fromLatin1(formatTimestamp(at));
}

QJsonValue cellToJson(const Cell &cell)
{
    struct Visitor {
        QJsonValue operator()(std::monostate) const { return {}; }
        QJsonValue operator()(const QString &text) const { return text; }
        QJsonValue operator()(qint64 value) const { return value; }
        QJsonValue operator()(double value) const { return value; }
        QJsonValue operator()(Timestamp at) const { return timeText(at); }
    };
    return std::visit(Visitor{}, cell);
}

QJsonObject tableToJson(const Table &table)
{
    QJsonArray columns;
    for (const Column &column : table.columns)
        columns.append(
            QJsonObject{{L1("name"), L1(column.name)}, {L1("type"), cellTypeName(column.type)}});
    QJsonArray rows;
    for (const std::vector<Cell> &row : table.rows) {
        QJsonObject json;
        for (size_t i = 0; i < row.size(); ++i)
            json.insert(L1(table.columns[i].name), cellToJson(row[i]));
        rows.append(json);
    }
    return {{L1("name"), L1(table.name)}, {L1("columns"), columns}, {L1("rows"), rows}};
}

// What people typed comes here: names of dishes, reasons.
QByteArray textToCsv(const QString &text, CsvFor reader)
{
    QByteArray out = text.toUtf8();
    static constexpr QByteArrayView formula("=+-@\t\r");
    if (reader == CsvFor::People && !out.isEmpty() && formula.contains(out.front()))
        out.prepend('\'');
    out.replace('"', "\"\"");
    return '"' + out + '"';
}

QByteArray cellToCsv(const Cell &cell, CsvFor reader)
{
    struct Visitor {
        CsvFor reader;
        QByteArray operator()(std::monostate) const { return {}; }
        QByteArray operator()(const QString &text) const { return textToCsv(text, reader); }
        QByteArray operator()(qint64 value) const { return QByteArray::number(value); }
        QByteArray operator()(double value) const { return QByteArray::number(value, 'g', 15); }
        QByteArray operator()(Timestamp at) const { return formatTimestamp(at); }
    };
    return std::visit(Visitor{reader}, cell);
}

} // namespace

QJsonObject reportToJson(const ReportRequest &request, const Report &report)
{
    QJsonArray tables;
    for (const Table &table : report.tables)
        tables.append(tableToJson(table));
    return {{L1("name"), request.name},
            {L1("from"), timeText(request.from)},
            {L1("to"), timeText(request.to)},
            {L1("zone"), request.days.zoneName()},
            {L1("group"), request.group},
            {L1("station"), request.station.isEmpty() ? QJsonValue() : QJsonValue(request.station)},
            {L1("as_of"), report.asOf},
            {L1("tables"), tables}};
}

QByteArray tableToCsv(const Table &table, CsvFor reader)
{
    QByteArray csv;
    for (size_t i = 0; i < table.columns.size(); ++i)
        csv += QByteArray(i > 0 ? "," : "") + table.columns[i].name;
    csv += "\r\n";
    for (const std::vector<Cell> &row : table.rows) {
        for (size_t i = 0; i < row.size(); ++i)
            csv += QByteArray(i > 0 ? "," : "") + cellToCsv(row[i], reader);
        csv += "\r\n";
    }
    return csv;
}

} // namespace cf::hub
