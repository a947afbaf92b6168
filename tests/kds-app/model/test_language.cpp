// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/language.h"
#include "kds-app/model/words.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace cf;
using namespace cf::kds;

// The display speaks as the restaurant wants it to.
class TestLanguage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("LC_ALL", "C"); }
    void followsTheSettings_data();
    void followsTheSettings();
    void isEnglishAgainWhenItIsGone();
};

void TestLanguage::followsTheSettings_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("dineIn");
    QTest::addColumn<bool>("rightToLeft");
    QTest::newRow("es") << "es" << QStringLiteral("En local") << false;
    QTest::newRow("zh") << "zh" << QStringLiteral("堂食") << false;
    QTest::newRow("ar") << "ar" << QStringLiteral("محلي") << true;
    QTest::newRow("en") << "en" << QStringLiteral("Dine in") << false;
}

void TestLanguage::followsTheSettings()
{
    QFETCH(QString, language);
    QFETCH(QString, dineIn);
    QFETCH(bool, rightToLeft);
    LookModel model;
    Language spoken(model);
    QSignalSpy changed(&spoken, &Language::changed);
    QCOMPARE(words::serviceType(ServiceType::DineIn), QStringLiteral("Dine in"));
    DisplayLook look;
    look.language = language;
    model.setLook(look);
    QCOMPARE(spoken.spoken(), language);
    QCOMPARE(words::serviceType(ServiceType::DineIn), dineIn);
    QCOMPARE(model.rightToLeft(), rightToLeft);
    QCOMPARE(QGuiApplication::layoutDirection(), rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    QCOMPARE(changed.size(), language == u"en" ? 0 : 1);
    look.textPercent = 150;
    model.setLook(look);
    QCOMPARE(changed.size(), language == u"en" ? 0 : 1);
    model.setLook({});
    QCOMPARE(words::serviceType(ServiceType::DineIn), QStringLiteral("Dine in"));
    QVERIFY(!model.rightToLeft());
}

void TestLanguage::isEnglishAgainWhenItIsGone()
{
    LookModel model;
    {
        Language spoken(model);
        DisplayLook look;
        look.language = QStringLiteral("es");
        model.setLook(look);
        QCOMPARE(words::status(OrderStatus::Paid), QStringLiteral("Nueva"));
    }
    QCOMPARE(words::status(OrderStatus::Paid), QStringLiteral("New"));
}

QTEST_MAIN(TestLanguage)
#include "test_language.moc"
