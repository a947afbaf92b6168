// SPDX-License-Identifier: Apache-2.0
// Runs the tst_*.qml files beside it over a kitchen in memory.
#include "tests/qml/mock_kitchen.h"

#include <QQmlEngine>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest/quicktest.h>

Q_IMPORT_QML_PLUGIN(CounterFire_ModelsPlugin)
Q_IMPORT_QML_PLUGIN(CounterFire_UiPlugin)

class Setup : public QObject
{
    Q_OBJECT
public:
    Setup() { qmlRegisterType<cf::kds::MockKitchen>("CounterFire.Test", 1, 0, "MockKitchen"); }

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
    }
};

QUICK_TEST_MAIN_WITH_SETUP(ui, Setup)
#include "test_ui.moc"
