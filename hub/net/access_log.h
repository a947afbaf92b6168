// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace cf::hub {

// One answered request, fit for a log: the path has no query and no tracker token in it.
struct AccessLine {
    QString address;
    QByteArray method;
    QByteArray path;
    int status = 0;
    qint64 bytes = 0;
    std::chrono::milliseconds took{};
};

// "/t/…" and "/v1/track/…": a token is a key to an order and never goes into a log. Bounded.
QByteArray loggablePath(const QByteArray &path);

} // namespace cf::hub
