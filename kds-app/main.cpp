// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/display_app.h"

#include <QGuiApplication>
#include <QtQml/qqmlextensionplugin.h>

#include <cstdio>
#include <cstring>

Q_IMPORT_QML_PLUGIN(CounterFire_ModelsPlugin)
Q_IMPORT_QML_PLUGIN(CounterFire_UiPlugin)

namespace {

// Has to be known before there is an application, and so before the options are read.
bool has(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], option) == 0)
            return true;
    }
    return false;
}

void choosePlatform(int argc, char **argv)
{
    const bool windowless =
        has(argc, argv, "--headless") || has(argc, argv, "--help") || has(argc, argv, "--version");
    if (windowless)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Without a screen there is no graphics card to draw with either.
    if (qgetenv("QT_QPA_PLATFORM") == "offscreen")
        qputenv("QT_QUICK_BACKEND", "software");
}

} // namespace

int main(int argc, char **argv)
{
    choosePlatform(argc, argv);
    QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("counterfire-kds"));
    QGuiApplication::setApplicationVersion(QStringLiteral(CF_VERSION));
    const cf::Result<cf::kds::Options> options =
        cf::kds::parseOptions(QGuiApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "counterfire-kds: %s\n", qUtf8Printable(options.error().detail));
        return 2;
    }
    if (options->showHelp || options->showVersion) {
        std::fputs(options->showHelp ? qPrintable(cf::kds::helpText())
                                     : "counterfire-kds " CF_VERSION "\n",
                   stdout);
        return 0;
    }
    cf::kds::DisplayApp display(*options);
    if (const cf::Status started = display.start(); !started) {
        std::fprintf(stderr, "counterfire-kds: %s\n", qUtf8Printable(started.error().detail));
        return 1;
    }
    return QGuiApplication::exec();
}
