// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/menu.h"
#include "hub/settings/money_text.h"
#include "hub/settings/settings_limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::hub;

namespace {

QJsonObject parsed(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

QStringList pointersOf(const Result<Menu> &menu)
{
    QStringList pointers;
    if (!menu) {
        for (const FieldError &error : menu.error().fields)
            pointers.append(error.pointer);
    }
    return pointers;
}

constexpr const char *burgers = R"({
  "categories": [{"id": "burgers", "name": "Burgers", "sort": 2}],
  "modifier_groups": [{"id": "extras", "min": 0, "max": 2,
     "modifiers": [{"name": "Bacon", "price": 150}, {"name": "No cheese", "price": -50}]}],
  "items": [{"sku": "BURG", "name": " Cheeseburger ", "price": 950, "category": "burgers",
     "allergens": ["milk", "gluten"], "modifier_groups": ["extras"]},
    {"sku": 7, "name": "Fish of the day"}]})";

} // namespace

class TestMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites();
    void anEmptyOneIsAMenu();
    void everyMistakeIsNamed_data();
    void everyMistakeIsNamed();
    void hasBounds();
    void comesBackInOneRequest();
    void moneyIsReadAsWritten_data();
    void moneyIsReadAsWritten();
    void whatIsNoAmountIsNone_data();
    void whatIsNoAmountIsNone();
};

void TestMenu::readsWhatItWrites()
{
    const Result<Menu> menu = menuFromJson(parsed(burgers));
    QVERIFY2(menu.has_value(), qPrintable(menu ? QString() : menu.error().detail));
    QCOMPARE(menu->items.at(0).name, "Cheeseburger");
    QCOMPARE(menu->items.at(0).price, std::optional<qint64>(950));
    QCOMPARE(menu->items.at(1).sku, "7");
    QVERIFY(!menu->items.at(1).price);
    QCOMPARE(menu->groups.at(0).name, "extras");
    QCOMPARE(menu->groups.at(0).modifiers.at(1).price, -50);
    const Result<Menu> again = menuFromJson(menuToJson(*menu));
    QVERIFY(again.has_value());
    QVERIFY(*again == *menu);
}

void TestMenu::anEmptyOneIsAMenu()
{
    const Result<Menu> menu = menuFromJson({});
    QVERIFY(menu.has_value());
    QVERIFY(*menu == Menu());
    QCOMPARE(menuToJson(*menu).value("items").toArray().size(), 0);
}

void TestMenu::everyMistakeIsNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no name") << QByteArray(R"({"items":[{"sku":"A"}]})") << "/items/0/name";
    QTest::newRow("blank name") << QByteArray(R"({"items":[{"sku":"A","name":" "}]})")
                                << "/items/0/name";
    QTest::newRow("no sku") << QByteArray(R"({"items":[{"name":"A"}]})") << "/items/0/sku";
    QTest::newRow("sku twice") << QByteArray(
        R"({"items":[{"sku":"A","name":"A"},{"sku":"A","name":"B"}]})")
                               << "/items/1/sku";
    QTest::newRow("line break") << QByteArray(R"({"items":[{"sku":"A","name":"A\nB"}]})")
                                << "/items/0/name";
    QTest::newRow("price below nothing")
        << QByteArray(R"({"items":[{"sku":"A","name":"A","price":-1}]})") << "/items/0/price";
    QTest::newRow("price with decimals")
        << QByteArray(R"({"items":[{"sku":"A","name":"A","price":9.5}]})") << "/items/0/price";
    QTest::newRow("unknown category")
        << QByteArray(R"({"items":[{"sku":"A","name":"A","category":"x"}]})")
        << "/items/0/category";
    QTest::newRow("unknown group")
        << QByteArray(R"({"items":[{"sku":"A","name":"A","modifier_groups":["x"]}]})")
        << "/items/0/modifier_groups/0";
    QTest::newRow("list mark in an allergen")
        << QByteArray(R"({"items":[{"sku":"A","name":"A","allergens":["egg","a|b"]}]})")
        << "/items/0/allergens/1";
    QTest::newRow("group without choices")
        << QByteArray(R"({"modifier_groups":[{"id":"g"}]})") << "/modifier_groups/0/modifiers";
    QTest::newRow("more wanted than there is")
        << QByteArray(R"({"modifier_groups":[{"id":"g","min":2,"modifiers":[{"name":"a"}]}]})")
        << "/modifier_groups/0/min";
    QTest::newRow("most less than least")
        << QByteArray(R"({"modifier_groups":[{"id":"g","min":2,"max":1,
             "modifiers":[{"name":"a"},{"name":"b"}]}]})")
        << "/modifier_groups/0/max";
    QTest::newRow("choice twice") << QByteArray(
        R"({"modifier_groups":[{"id":"g","modifiers":[{"name":"a"},{"name":"a"}]}]})")
                                  << "/modifier_groups/0/modifiers/1/name";
    QTest::newRow("no object") << QByteArray(R"({"categories":["x"]})") << "/categories/0";
    QTest::newRow("category twice")
        << QByteArray(R"({"categories":[{"id":"a"},{"id":"a"}]})") << "/categories/1/id";
}

void TestMenu::everyMistakeIsNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, pointer);
    QCOMPARE(pointersOf(menuFromJson(parsed(json.constData()))), QStringList{pointer});
}

void TestMenu::hasBounds()
{
    QJsonArray items;
    for (int i = 0; i <= limits::menuItemsMax; ++i)
        items.append(QJsonObject{{"sku", QString::number(i)}, {"name", "x"}});
    QCOMPARE(pointersOf(menuFromJson({{"items", items}})), QStringList{"/items"});
    items.removeLast();
    QVERIFY(menuFromJson({{"items", items}}).has_value());
    const QJsonObject longName{{"sku", "1"}, {"name", QString(limits::nameLengthMax + 1, u'x')}};
    QCOMPARE(pointersOf(menuFromJson({{"items", QJsonArray{longName}}})),
             QStringList{"/items/0/name"});
}

void TestMenu::comesBackInOneRequest()
{
    QJsonArray items;
    for (int i = 0; i < limits::menuItemsMax; ++i)
        items.append(QJsonObject{{"sku", QString::number(i)},
                                 {"name", QString(limits::nameLengthMax, QChar(0x5b57))}});
    const Result<Menu> menu = menuFromJson({{"items", items}});
    QCOMPARE(pointersOf(menu), QStringList{"/items"});
    QVERIFY2(menu.error().detail.contains("bytes"), qPrintable(menu.error().detail));
}

void TestMenu::moneyIsReadAsWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<QString>("written");
    QTest::newRow("point") << "9.50"
                           << "EUR" << qint64(950) << "9.50";
    QTest::newRow("comma") << "9,5"
                           << "EUR" << qint64(950) << "9.50";
    QTest::newRow("whole") << "9"
                           << "EUR" << qint64(900) << "9.00";
    QTest::newRow("sign before") << QString::fromUtf8("€ 1234,05") << "EUR" << qint64(123405)
                                 << "1234.05";
    QTest::newRow("code after") << "-0.05 eur"
                                << "EUR" << qint64(-5) << "-0.05";
    QTest::newRow("no decimals") << QString::fromUtf8("¥950") << "JPY" << qint64(950) << "950";
    QTest::newRow("three decimals") << "1.250"
                                    << "KWD" << qint64(1250) << "1.250";
}

void TestMenu::moneyIsReadAsWritten()
{
    QFETCH(QString, text);
    QFETCH(QString, currency);
    QFETCH(qint64, minor);
    QFETCH(QString, written);
    QCOMPARE(moneyFromText(text, currency), std::optional(minor));
    QCOMPARE(moneyText(minor, currency), written);
}

void TestMenu::whatIsNoAmountIsNone_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("currency");
    QTest::newRow("nothing") << ""
                             << "EUR";
    QTest::newRow("words") << "free"
                           << "EUR";
    QTest::newRow("thousands") << "1.250"
                               << "EUR";
    QTest::newRow("both marks") << "1.250,00"
                                << "EUR";
    QTest::newRow("no decimals there") << "950.00"
                                       << "JPY";
    QTest::newRow("point at the end") << "9."
                                      << "EUR";
    QTest::newRow("no whole part") << ".50"
                                   << "EUR";
    QTest::newRow("two signs") << "--1"
                               << "EUR";
    QTest::newRow("exponent") << "1e3"
                              << "EUR";
    QTest::newRow("too much") << "10000000001"
                              << "EUR";
    QTest::newRow("far too much") << QString(40, u'9') << "EUR";
    QTest::newRow("digits of another script") << QString::fromUtf8("٩") << "EUR";
}

void TestMenu::whatIsNoAmountIsNone()
{
    QFETCH(QString, text);
    QFETCH(QString, currency);
    QCOMPARE(moneyFromText(text, currency), std::nullopt);
}

QTEST_APPLESS_MAIN(TestMenu)
#include "test_menu.moc"
