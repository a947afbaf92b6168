// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/protocol/messages.h"

namespace cf {

QLatin1StringView streamModeName(StreamMode mode);
std::optional<StreamMode> streamModeFromName(QStringView name);
QLatin1StringView snapshotReasonName(SnapshotReason reason); // None: ""
std::optional<SnapshotReason> snapshotReasonFromName(QStringView name);
QLatin1StringView commandStatusName(CommandStatus status);
std::optional<CommandStatus> commandStatusFromName(QStringView name);

} // namespace cf
