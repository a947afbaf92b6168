// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/report.h"

#include <QJsonObject>

namespace cf::hub {

// {name, from, to, zone, group, station, as_of, tables: [{name, columns: [{name, type}], rows}]}
QJsonObject reportToJson(const ReportRequest &request, const Report &report);

enum class CsvFor : quint8 {
    People,   // a text that a spreadsheet would run as a formula has an apostrophe before it
    Programs, // as it is
};
// RFC 4180, UTF-8, a line of names first; times are RFC 3339 in UTC. Texts are quoted, so that an
// empty one is not the same as none.
QByteArray tableToCsv(const Table &table, CsvFor reader);

} // namespace cf::hub
