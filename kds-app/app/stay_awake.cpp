// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/stay_awake.h"

#include <QDBusConnection>
#include <QDBusMessage>

namespace cf::kds {

void stayAwake()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage ask = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.ScreenSaver"),
        QStringLiteral("/org/freedesktop/ScreenSaver"),
        QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("Inhibit"));
    ask << QStringLiteral("CounterFire") << QStringLiteral("Kitchen display");
    // The request lasts as long as our connection; nobody waits for the answer.
    bus.send(ask);
}

} // namespace cf::kds
