// SPDX-License-Identifier: Apache-2.0
#include "shared/kitchen/routing.h"

#include <QTest>

using namespace cf;

namespace {

OrderLine line(const char *sku, const char *category, const char *station)
{
    OrderLine line;
    line.item.sku = sku;
    line.item.category = category;
    line.item.station = station;
    return line;
}

OrderState takeaway()
{
    OrderState order;
    order.serviceType = ServiceType::Takeaway;
    return order;
}

// Grill and fry have a display each; nobody shows the bar.
KitchenSettings bistro()
{
    KitchenSettings settings;
    settings.stations = {{"grill", "Hot Grill"}, {"fry", "Fryer"}, {"bar", "Bar"}};
    settings.routing.bySku = {{"BURG", "grill"}, {"BEER", "bar"}};
    settings.routing.byCategory = {{"sides", "fry"}};
    settings.routing.byServiceType = {{ServiceType::Delivery, "fry"}};
    settings.displays = {{"grill-1", DisplayRole::Prep, {"grill"}},
                         {"fry-1", DisplayRole::Prep, {"fry"}},
                         {"pass", DisplayRole::Expo, {}}};
    return settings;
}

} // namespace

class TestRouting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleHasItsOwnName()
    {
        QSet<QString> names;
        for (const RoutedBy by : {RoutedBy::Nothing, RoutedBy::Move, RoutedBy::Order, RoutedBy::Sku,
                                  RoutedBy::Category, RoutedBy::ServiceType})
            names.insert(routedByName(by));
        QCOMPARE(names,
                 (QSet<QString>{"nothing", "move", "order", "sku", "category", "service_type"}));
    }

    void theFirstThatKnowsDecides_data()
    {
        QTest::addColumn<QByteArray>("movedTo");
        QTest::addColumn<QByteArray>("station");
        QTest::addColumn<QByteArray>("sku");
        QTest::addColumn<QByteArray>("category");
        QTest::addColumn<bool>("isDelivery");
        QTest::addColumn<QString>("made");
        const auto row = [](const char *name, const char *moved, const char *station,
                            const char *sku, const char *category, bool delivery,
                            const char *made) {
            QTest::newRow(name) << QByteArray(moved) << QByteArray(station) << QByteArray(sku)
                                << QByteArray(category) << delivery << QString(made);
        };
        row("moved", "bar", "grill", "BURG", "sides", true, "bar");
        row("said by the order", "", "bar", "BURG", "sides", true, "bar");
        row("by its name, in any case", "", "hot GRILL", "", "", false, "grill");
        row("a station that there is not", "", "wok", "BURG", "sides", true, "grill");
        row("moved to one that is gone", "wok", "bar", "BURG", "", false, "bar");
        row("by sku", "", "", "BURG", "sides", true, "grill");
        row("by category", "", "", "SOUP", "sides", true, "fry");
        row("by service type", "", "", "SOUP", "soups", true, "fry");
        row("by nothing", "", "", "SOUP", "soups", false, "");
    }

    void theFirstThatKnowsDecides()
    {
        QFETCH(QByteArray, movedTo);
        QFETCH(QByteArray, station);
        QFETCH(QByteArray, sku);
        QFETCH(QByteArray, category);
        QFETCH(bool, isDelivery);
        QFETCH(QString, made);
        OrderState order = takeaway();
        if (isDelivery)
            order.serviceType = ServiceType::Delivery;
        OrderLine made1 = line(sku.constData(), category.constData(), station.constData());
        made1.movedTo = QString::fromUtf8(movedTo);
        QCOMPARE(Routing(bistro()).stationOf(order, made1), made);
        if (!isDelivery) {
            order.serviceType.reset();
            QCOMPARE(Routing(bistro()).stationOf(order, made1), made);
        }
    }

    void eachDisplayShowsItsOwn()
    {
        const KitchenSettings settings = bistro();
        const Routing routing(settings);
        const OrderState order = takeaway();
        const OrderLine burger = line("BURG", "", "");
        QCOMPARE(routing.shows(settings.display("grill-1"), order, burger), LineShown::Yes);
        QCOMPARE(routing.shows(settings.display("fry-1"), order, burger), LineShown::No);
        QCOMPARE(routing.shows(settings.display("pass"), order, burger), LineShown::Yes);
        QCOMPARE(routing.shows(settings.display("of nobody"), order, burger), LineShown::Yes);
    }

    void whatNothingCatchesIsOnEveryPrepDisplay()
    {
        const KitchenSettings settings = bistro();
        const Routing routing(settings);
        const OrderState order = takeaway();
        for (const OrderLine &lost : {line("SOUP", "", ""), line("BEER", "", "")}) {
            for (const char *name : {"grill-1", "fry-1", "of nobody"})
                QCOMPARE(routing.shows(settings.display(name), order, lost), LineShown::Unrouted);
            QCOMPARE(routing.shows(settings.display("pass"), order, lost), LineShown::Yes);
        }
    }

    void aDisplayOfAllStationsServesThemAll()
    {
        KitchenSettings settings = bistro();
        settings.displays.push_back({"spare", DisplayRole::Prep, {}});
        const Routing routing(settings);
        const OrderLine beer = line("BEER", "", "");
        QCOMPARE(routing.shows(settings.display("spare"), takeaway(), beer), LineShown::Yes);
        QCOMPARE(routing.shows(settings.display("grill-1"), takeaway(), beer), LineShown::No);
    }

    void withoutDisplaysWhoeverIsThereShowsAll()
    {
        KitchenSettings settings = bistro();
        settings.displays = {{"pass", DisplayRole::Expo, {}}};
        const Routing routing(settings);
        QCOMPARE(routing.shows(settings.display("any"), takeaway(), line("BEER", "", "")),
                 LineShown::Yes);
        QCOMPARE(routing.shows(settings.display("any"), takeaway(), line("SOUP", "", "")),
                 LineShown::Unrouted);
    }

    void withoutStationsNothingIsUnrouted()
    {
        const Routing routing{KitchenSettings()};
        QCOMPARE(routing.shows({}, takeaway(), line("SOUP", "", "wok")), LineShown::Yes);
        QCOMPARE(routing.stationOf(takeaway(), line("SOUP", "", "wok")), QString());
    }

    // Whatever the settings: each line is on some display that is listed, or on all.
    void noLineIsOnNoScreen()
    {
        for (int i = 0; i < 256; ++i) {
            KitchenSettings settings = bistro();
            settings.displays.clear();
            for (int bit = 0; bit < 3; ++bit) {
                QStringList shown;
                if (i & (1 << (2 * bit)))
                    shown.append(settings.stations[static_cast<size_t>(bit)].id);
                const DisplayRole role =
                    i & (2 << (2 * bit)) ? DisplayRole::Prep : DisplayRole::Expo;
                settings.displays.push_back({QString::number(bit), role, shown});
            }
            const Routing routing(settings);
            for (const OrderLine &made : {line("BURG", "", ""), line("BEER", "", ""),
                                          line("SOUP", "sides", ""), line("SOUP", "", "")}) {
                bool isPrep = false;
                bool isShown = false;
                for (const DisplaySettings &display : settings.displays) {
                    if (display.role != DisplayRole::Prep)
                        continue;
                    isPrep = true;
                    isShown = isShown || routing.shows(display, takeaway(), made) != LineShown::No;
                }
                QVERIFY2(isShown || !isPrep, qPrintable(made.item.sku));
                QVERIFY(isPrep
                        || routing.shows({"x", DisplayRole::Prep, {}}, takeaway(), made)
                               != LineShown::No);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRouting)
#include "test_routing.moc"
