// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QSize>
#include <QUrl>

#include <chrono>

namespace cf::kds {

// How a display runs; only ever made by parseOptions, so what it holds has been checked.
struct Options {
    QUrl hub;         // http or https, no path
    QByteArray token; // secret; empty: the hub asks for none
    QString dataDir;
    QString name;
    QString restaurant; // shown under the name; may be empty
    QSize size{1280, 800};
    bool fullscreen = false;
    bool headless = false;
    bool control = false;
    QString screenshotPath;
    std::chrono::seconds screenshotEvery{10};
    QString statusPath;
    bool showVersion = false;
    bool showHelp = false;
};

// `arguments` with the program's name first. Reads the token file. The error is one line for a
// person and never holds a token.
Result<Options> parseOptions(const QStringList &arguments);
QString helpText();

// The token for a display in a file's text: either one line, or the hub's own token file.
Result<QByteArray> tokenIn(const QByteArray &fileText);

} // namespace cf::kds
