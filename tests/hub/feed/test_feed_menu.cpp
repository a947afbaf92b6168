// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/menu.h"

#include <QSet>
#include <QTest>

using namespace cf;
using namespace cf::feed;

class TestFeedMenu : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsARestaurant()
    {
        const Result<Menu> menu = builtInMenu();
        QVERIFY2(menu, qPrintable(menu ? QString() : menu.error().detail));
        QVERIFY2(menu->dishes.size() >= 40, "a real menu has 40 dishes or more");
        QSet<QString> stations;
        QSet<int> courses;
        size_t withModifiers = 0;
        size_t withAllergens = 0;
        for (const Dish &dish : menu->dishes) {
            stations.insert(dish.item.station);
            courses.insert(dish.item.course);
            withModifiers += dish.modifiers.empty() ? 0U : 1U;
            withAllergens += dish.item.allergens.isEmpty() ? 0U : 1U;
        }
        for (const char *station : {"grill", "fry", "cold", "pasta", "pizza", "dessert", "bar"})
            QVERIFY2(stations.contains(QLatin1StringView(station)), station);
        QCOMPARE(courses, (QSet<int>{1, 2, 3}));
        QVERIFY(withModifiers > menu->dishes.size() / 2);
        QVERIFY(withAllergens > menu->dishes.size() / 2);
    }

    void picksByWeight()
    {
        const Result<Menu> menu = builtInMenu();
        QVERIFY(menu);
        Dice dice(1, 1);
        QHash<QString, int> picked;
        for (int i = 0; i < 20'000; ++i)
            ++picked[menu->pick(dice).item.sku];
        QCOMPARE(picked.size(), static_cast<qsizetype>(menu->dishes.size()));
        QVERIFY2(picked.value(QStringLiteral("FRIE")) > 2 * picked.value(QStringLiteral("LAMB")),
                 "chips are asked for more often than lamb");
    }

    void refusesAnIncompleteMenu_data()
    {
        QTest::addColumn<QByteArray>("json");
        const QByteArray dish = R"("sku":"A","name":"a","price":1,"station":"s","seconds":1,)"
                                R"("weight":1,"modifiers":"none")";
        const QByteArray head = R"({"currency":"EUR","modifiers":{"none":[]},"dishes":[)";
        QTest::newRow("no JSON") << QByteArray("[");
        QTest::newRow("no dishes") << QByteArray(head + "]}");
        QTest::newRow("no currency")
            << QByteArray(R"({"modifiers":{"none":[]},"dishes":[{)" + dish + "}]}");
        QTest::newRow("twice") << QByteArray(head + '{' + dish + "},{" + dish + "}]}");
        QTest::newRow("unknown modifiers")
            << QByteArray(head + '{' + QByteArray(dish).replace("none", "nine") + "}]}");
        QTest::newRow("no price") << QByteArray(
            head + '{' + QByteArray(dish).replace("price", "prize") + "}]}");
    }

    void refusesAnIncompleteMenu()
    {
        QFETCH(QByteArray, json);
        QVERIFY2(!parseMenu(json), "the menu must be refused");
    }
};

QTEST_GUILESS_MAIN(TestFeedMenu)
#include "test_feed_menu.moc"
