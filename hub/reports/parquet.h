// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/report.h"
#include "shared/base/result.h"

namespace cf::hub {

// The helper's name; it lies beside the hub's own program.
inline constexpr QLatin1StringView parquetToolName("counterfire-parquet");

// The table as a Parquet file, made by the helper at `tool`, which is given parquetTimeMax. Blocks.
// Errors: ValidationFailed, of /format, when the helper or the library that it needs is not there;
// Internal with what it says otherwise.
Result<QByteArray> tableToParquet(const Table &table, const QString &tool);

} // namespace cf::hub
