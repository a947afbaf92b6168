// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/reports/groups.h"
#include "hub/reports/report.h"

namespace cf::hub {

// One of each of report.h's kinds; see README.md for what each figure means. All read within the
// caller's transaction.
Result<Report> reportFunnel(Database &db, const ReportRequest &request);
Result<Report> reportPrep(Database &db, const ReportRequest &request);
Result<Report> reportQuarters(Database &db, const ReportRequest &request);
Result<Report> reportLate(Database &db, const ReportRequest &request);
Result<Report> reportVoids(Database &db, const ReportRequest &request);
Result<Report> reportCancellations(Database &db, const ReportRequest &request);
Result<Report> reportRecalls(Database &db, const ReportRequest &request);
Result<Report> reportBumps(Database &db, const ReportRequest &request);

// Any of them, by its name, with its `asOf`. NotFound when there is none of that name.
Result<Report> makeReport(Database &db, const ReportRequest &request);

} // namespace cf::hub
