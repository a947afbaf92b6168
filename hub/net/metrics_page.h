// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_report.h"
#include "hub/net/services.h"

namespace cf::hub {

// All of /metrics. Anonymous: displays and stations by number, not by name.
QByteArray metricsPage(const Services &services, ReportView view);

} // namespace cf::hub
