// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QString>
#include <QStringList>

namespace cf::hub {

enum class LogLevel : quint8 { Error, Warning, Info, Debug };

// What the command line asked for instead of a running hub.
enum class ConfigAction : quint8 { Serve, ShowVersion, ShowHelp };

// How a hub runs; only ever made by parseConfig, so what it holds has been checked.
struct Config {
    ConfigAction action = ConfigAction::Serve;
    QString address = QStringLiteral("127.0.0.1"); // an IPv4 or IPv6 literal
    quint16 port = 0;                              // 0: any free one
    QString dataDir;
    QString restaurantId; // empty: the log's own, else "default"
    bool demo = false;
    QString tlsCert; // both or neither
    QString tlsKey;
    LogLevel logLevel = LogLevel::Info;
    QString portFile;
    bool operator==(const Config &) const = default;

    [[nodiscard]] bool tls() const { return !tlsCert.isEmpty(); }
};

// The environment a configuration may depend on; passed in so that tests own it.
struct ConfigEnvironment {
    QString data; // COUNTERFIRE_DATA
};

// `arguments` without the program's name. The error's detail is one line for a person.
Result<Config> parseConfig(const QStringList &arguments, const ConfigEnvironment &environment);

// True for 127.0.0.0/8 and ::1.
bool isLoopbackAddress(const QString &address);
// "127.0.0.1:7300", "[::1]:7300".
QString authorityText(const QString &address, quint16 port);

QString helpText();

} // namespace cf::hub
