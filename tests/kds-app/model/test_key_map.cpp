// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/keys_file.h"
#include "tests/kds-app/model/controller_test.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace cf;
using namespace cf::kds;

using K = KeyMap;

class TestKeyMap : public ControllerTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }

    void theMakersKeys()
    {
        K keys;
        QVERIFY(keys.useTemplate(QStringLiteral("kb9000")));
        QCOMPARE(keys.actionOf(Qt::Key_Control, 37), K::Bump);
        QCOMPARE(keys.actionOf(Qt::Key_Control, 105), K::NoAction); // the right one
        QCOMPARE(keys.actionOf(Qt::Key_Minus, 20), K::Recall);
        QCOMPARE(keys.actionOf(Qt::Key_7, 16), K::Digit7);
        QVERIFY(!keys.useTemplate(QStringLiteral("piano")));
        QCOMPARE(keys.templateName(), QStringLiteral("kb9000"));
    }

    // Whatever the bar, no action but the dispensable ones is out of reach.
    void eachTemplateDoesAll_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("keyCount");
        QTest::newRow("keyboard") << "keyboard" << 26;
        QTest::newRow("keys20") << "keys20" << 20;
        QTest::newRow("kb9000") << "kb9000" << 24;
    }
    void eachTemplateDoesAll()
    {
        QFETCH(QString, name);
        K keys;
        QVERIFY(keys.useTemplate(name));
        int count = 0;
        for (int action = K::Digit0; action < K::actionCount; ++action) {
            const QStringList does =
                keys.keysOf(static_cast<K::Action>(action)).split(", ", Qt::SkipEmptyParts);
            count += static_cast<int>(does.size());
            // The pages go round, and Recall closes.
            const bool isDispensable = action == K::PreviousPage || action == K::Close;
            QVERIFY2(!does.isEmpty() || isDispensable, qPrintable(QString::number(action)));
        }
        QFETCH(int, keyCount);
        QCOMPARE(count, keyCount);
    }

    void learnsAKey()
    {
        K keys;
        keys.learned(Qt::Key_F5, 0);
        QCOMPARE(keys.actionOf(Qt::Key_F5, 0), K::NoAction); // nobody asked
        keys.learn(K::Start);
        QCOMPARE(keys.learning(), K::Start);
        keys.learned(-5, 0); // no key of a keyboard
        QCOMPARE(keys.learning(), K::Start);
        keys.learned(Qt::Key_R, 27);
        QCOMPARE(keys.learning(), K::NoAction);
        QCOMPARE(keys.actionOf(Qt::Key_R, 27), K::Start); // and not Recall any more
        QCOMPARE(keys.keysOf(K::Start), QStringLiteral("R, S"));
        QCOMPARE(keys.keysOf(K::Recall), QString());
        QCOMPARE(keys.templateName(), QString());
        keys.forget(K::Start);
        QCOMPARE(keys.actionOf(Qt::Key_S, 0), K::NoAction);
        keys.learn(K::Bump);
        keys.stopLearning();
        keys.learned(Qt::Key_F5, 0);
        QCOMPARE(keys.actionOf(Qt::Key_F5, 0), K::NoAction);
    }

    void namesThere_andBack()
    {
        for (const KeyCode key : {KeyCode{Qt::Key_Control, true}, KeyCode{Qt::Key_Minus},
                                  KeyCode{Qt::Key_1}, KeyCode{Qt::Key_PageDown}})
            QVERIFY(keyFromName(keyName(key)) == key);
        QCOMPARE(keyName({Qt::Key_Control, true}), QStringLiteral("Right Control"));
        QCOMPARE(keyFromName(QStringLiteral("Any old thing")).key, 0);
        K keys;
        QCOMPARE(keys.actionOf(Qt::Key_Return, 0), keys.actionOf(Qt::Key_Enter, 0));
    }

    void areKeptInAFile()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("keys.json"));
        BumpBar *bar = m_controller->bumpBar();
        {
            const KeysFile file(path, *bar);
            QVERIFY2(!QFile::exists(path), "nothing was changed");
            bar->keys()->learn(K::Bump);
            bar->keys()->learned(Qt::Key_Control, 105);
            bar->setDigitsBump(true);
            bar->setGuard(false);
        }
        begin();
        bar = m_controller->bumpBar();
        const KeysFile file(path, *bar);
        QCOMPARE(bar->keys()->actionOf(Qt::Key_Control, 105), K::Bump);
        QCOMPARE(bar->keys()->actionOf(Qt::Key_Control, 37), K::NoAction);
        QCOMPARE(bar->keys()->actionOf(Qt::Key_5, 0), K::Digit5);
        QVERIFY(bar->digitsBump() && !bar->hasGuard());
        bar->keys()->useTemplate(QStringLiteral("kb9000"));
        begin();
        const KeysFile again(path, *m_controller->bumpBar());
        QCOMPARE(m_controller->bumpBar()->keys()->templateName(), QStringLiteral("kb9000"));
    }

    void aBadFileChangesNothing()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("keys.json"));
        const auto write = [&](const QByteArray &text) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("{broken");
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("keys.json"));
        const KeysFile broken(path, *m_controller->bumpBar());
        QCOMPARE(m_controller->bumpBar()->keys()->templateName(), QStringLiteral("keyboard"));
        begin();
        write(R"({"keys":{"Bump":["Nonsense","F2",7],"Fly":["F3"]},"guard":"maybe"})");
        const KeysFile odd(path, *m_controller->bumpBar());
        QCOMPARE(m_controller->bumpBar()->keys()->actionOf(Qt::Key_F2, 0), K::Bump);
        QCOMPARE(m_controller->bumpBar()->keys()->actionOf(Qt::Key_F3, 0), K::NoAction);
        QVERIFY(m_controller->bumpBar()->hasGuard());
        begin();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("no/such/place"));
        const KeysFile nowhere(dir.filePath(QStringLiteral("no/such/place.json")),
                               *m_controller->bumpBar());
        m_controller->bumpBar()->setGuard(false);
        QVERIFY2(!m_controller->bumpBar()->hasGuard(), "it goes on");
    }
};

QTEST_GUILESS_MAIN(TestKeyMap)
#include "test_key_map.moc"
