// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace cf::hub {

// Text from the log as a terminal may see it: control and formatting characters, which could move
// the cursor or turn text around, become U+FFFD.
QString printable(const QString &text);

// One line on standard output. False: nobody reads any more.
bool printLine(const QString &line);
bool printJson(const QJsonObject &object);
// "counterfirectl: ..." on standard error.
void complain(const QString &what);

} // namespace cf::hub
