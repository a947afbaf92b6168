// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/reporter.h"

#include <array>

namespace cf::hub {

namespace {

struct Maker {
    const char *name;
    Result<Report> (*make)(Database &, const ReportRequest &);
};

constexpr std::array makers = {
    Maker{"funnel", reportFunnel},     Maker{"prep", reportPrep},
    Maker{"quarters", reportQuarters}, Maker{"late", reportLate},
    Maker{"voids", reportVoids},       Maker{"cancellations", reportCancellations},
    Maker{"recalls", reportRecalls},   Maker{"bumps", reportBumps},
};

} // namespace

Result<Report> makeReport(Database &db, const ReportRequest &request)
{
    for (const Maker &maker : makers) {
        if (request.name != QLatin1StringView(maker.name))
            continue;
        const Result<qint64> pos = ledgerPos(db);
        if (!pos)
            return pos.error();
        Result<Report> report = maker.make(db, request);
        if (report)
            report->asOf = *pos;
        return report;
    }
    return Error{ErrorCode::NotFound, QStringLiteral("there is no report of this name")};
}

} // namespace cf::hub
