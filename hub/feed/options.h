// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QStringList>
#include <QUrl>

#include <chrono>

namespace cf::feed {

struct Options {
    QUrl hub = QUrl(QStringLiteral("http://127.0.0.1:7300"));
    QString tokenFile; // at most one of the two
    QString tokenEnv;
    double perMinute = 12;
    quint64 seed = 1;
    QString run;                      // empty: a fresh one
    std::chrono::seconds duration{0}; // 0: until told to stop
    bool cook = false;
    double speed = 1;
    QString report;
    bool showHelp = false;
    bool showVersion = false;
    bool operator==(const Options &) const = default;
};

// `arguments` without the program's name.
Result<Options> parseOptions(const QStringList &arguments);
QString helpText();

// The tokens the feed shows to the hub; both empty for a hub that asks for none. Secrets.
struct Tokens {
    QByteArray orders; // of an ordering system
    QByteArray events; // may name the kitchen as the one who acted
    bool operator==(const Tokens &) const = default;
};

// A file holding one token, or the hub's tokens.json; or an environment variable.
Result<Tokens> readTokens(const Options &options);

} // namespace cf::feed
