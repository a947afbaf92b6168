// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/local_days.h"
#include "shared/kitchen/kitchen_settings.h"

#include <span>
#include <variant>

namespace cf::hub {

// What a report tells: tables of typed columns, so that JSON, CSV and Parquet say the same.
enum class CellType : quint8 { Text, Integer, Real, Time };
QLatin1StringView cellTypeName(CellType type);

struct Column {
    const char *name = nullptr; // as the wire spells it; units are in it: "_s" for seconds
    CellType type = CellType::Text;
};

// Nothing: there is no figure, which is not 0.
using Cell = std::variant<std::monostate, QString, qint64, double, Timestamp>;

struct Table {
    const char *name = nullptr;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows; // as many cells as columns
};

struct Report {
    std::vector<Table> tables; // the first is what the report is about
    qint64 asOf = 0;           // position up to which the log was taken into account

    [[nodiscard]] const Table *table(QStringView name) const; // empty: the first
};

// From when on a bump is not believed: see README.md.
struct BumpRules {
    int massOrders = 4;
    std::chrono::seconds mass{10};
    std::chrono::seconds soon{20};
    std::chrono::seconds recall{120};
};

struct ReportRequest {
    QString name;
    QString group;   // one of its kind's
    QString station; // an id, only its lines; empty: all
    Timestamp from{};
    Timestamp to{};  // not included
    Timestamp now{}; // for what goes on
    LocalDays days;
    KitchenSettings settings; // today's: stations, and ages
    BumpRules rules;
};

struct ReportKind {
    const char *name;
    std::vector<const char *> groups; // the first unless another is asked for
    bool takesStation = false;
    std::vector<const char *> tables;
};
std::span<const ReportKind> reportKinds();
const ReportKind *reportKind(QStringView name);

} // namespace cf::hub
