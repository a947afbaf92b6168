// SPDX-License-Identifier: Apache-2.0
// Renders the display's pages from a made-up lunch into PNG files:
// counterfire-ui-shots DIR [BEGINNING OF THE SCENES' NAMES]
#include "tests/qml/scenes.h"

#include <QGuiApplication>
#include <QtQml/qqmlextensionplugin.h>

#include <iostream>

Q_IMPORT_QML_PLUGIN(CounterFire_ModelsPlugin)
Q_IMPORT_QML_PLUGIN(CounterFire_UiPlugin)

int main(int argc, char **argv)
{
    qputenv("TZ", "UTC"); // a picture says the same time everywhere
    QGuiApplication app(argc, argv);
    const QString directory = app.arguments().value(1, QStringLiteral("."));
    const QString only = app.arguments().value(2);
    for (const cf::kds::Scene &scene : cf::kds::scenes()) {
        if (!scene.name.startsWith(only))
            continue;
        const QString path = directory + u'/' + scene.name + QStringLiteral(".png");
        if (!cf::kds::render(scene).save(path)) {
            std::cerr << "cannot render " << qPrintable(path) << '\n';
            return 1;
        }
        std::cout << qPrintable(path) << '\n';
    }
    return 0;
}
