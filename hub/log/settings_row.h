// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/event_log.h"

namespace cf::hub {

// How a revision of a document is stored. For SELECT; readSettings() reads a row of exactly these.
inline constexpr const char *settingsColumns = "name, rev, at, actor, body";

// An error that names document and revision when the row cannot be what was written.
Result<SettingsRecord> readSettings(const Query &query);

} // namespace cf::hub
