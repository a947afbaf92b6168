// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_source.h"
#include "hub/log/event_log.h"

#include <QJsonObject>

namespace cf::hub {

// How the log has grown; from the log itself.
struct LogGrowth {
    qint64 eventsDay = 0;      // in the last 24 hours
    qint64 eventBytes = 0;     // of all events, as they are stored
    qint64 eventBytesWeek = 0; // of those of the last 7 days
    std::optional<Timestamp> firstEventAt;
    std::vector<EpochRecord> epochs; // newest first
};
Result<LogGrowth> readGrowth(EventReader &reader, qint64 head, Timestamp now);

// Everything the report is made of.
struct HealthParts {
    HealthFacts facts;
    LogGrowth growth;
    LogHead head;
    Timestamp now{};
    bool isReady = false;
    double commitP50 = 0; // milliseconds
    double commitP99 = 0;
    qint64 commits = 0;
    qint64 storageFailures = 0;
    int openOrders = 0;
    int displaysConnected = 0;
    std::vector<LoggedLine> lines;
};

enum class ReportView : quint8 {
    Whole,
    Anonymous, // for others: not a word of what people typed, no name of a file, no address
};
// What GET /v1/health answers. The findings are what somebody should do something about, worst
// first.
QJsonObject healthReport(const HealthParts &parts, ReportView view);

} // namespace cf::hub
