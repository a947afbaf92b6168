// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QLatin1StringView>

namespace cf::hub {

// One server-sent event. `data` is one line (canonical JSON is); without an id when `id` is empty.
QByteArray eventText(QLatin1StringView name, QByteArrayView data, QByteArrayView id);
// How long a browser waits before it connects again.
QByteArray retryText(int milliseconds);

} // namespace cf::hub
