// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace cf::hub {

// Tells a service manager how the hub is (sd_notify's protocol): "READY=1", "STOPPING=1". `socket`
// is $NOTIFY_SOCKET: a path, or "@name" for an abstract one. False when there is none or it could
// not be told, which changes nothing for the hub.
bool notifyService(const QByteArray &socket, const QByteArray &state);

} // namespace cf::hub
