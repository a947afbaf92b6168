// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <optional>

namespace cf {

// Why the hub ends a stream. Only Unauthorised tells the display not to come back by itself.
enum class CloseCode : quint8 { Slow, Superseded, Shutdown, Epoch, Unauthorised };
QLatin1StringView closeCodeName(CloseCode code);
std::optional<CloseCode> closeCodeFromName(QStringView name);

} // namespace cf
