// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/health/health_report.h"
#include "shared/kitchen/kitchen_settings.h"

namespace cf::hub {

// What may leave the restaurant. Each says only what is named here: numbers, times, ids that the
// hub made, and words out of the hub's own tables; whatever people or their programs typed is not
// copied and then cleaned, it is never looked at.

// {at, level, event, fields}. Anonymous: of the fields only numbers under names that are known.
QJsonArray linesToJson(const std::vector<LoggedLine> &lines, ReportView view);
// pos, at, order_id, seq, type, actor kind, size, and how many lines it is about.
QJsonObject eventOutline(const OrderEvent &event);
QJsonObject settingsOutline(const KitchenSettings &settings, qint64 rev);

} // namespace cf::hub
