// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/csv_table.h"
#include "hub/settings/menu_csv.h"
#include "hub/settings/settings_limits.h"

#include <QTest>

#include <random>

using namespace cf;
using namespace cf::hub;

namespace {

const QString euro = QStringLiteral("EUR");

QStringList detailsOf(const Result<MenuTable> &table)
{
    QStringList details;
    if (!table) {
        for (const FieldError &error : table.error().fields)
            details.append(error.detail);
    }
    return details;
}

// A name that a table does not like: what parts it, quotes, formulas, other scripts.
QString nastyName(std::mt19937 &random)
{
    static const QString pieces = QString::fromUtf8("\"'=+-@;,\t aÄ字ع\U0001F354\\");
    const int length = std::uniform_int_distribution<int>(1, 12)(random);
    QString name = QStringLiteral("n");
    if (random() % 2 == 0)
        name = QStringLiteral("=");
    for (int i = 0; i < length; ++i) {
        const qsizetype at = static_cast<qsizetype>(random()) % pieces.size();
        if (!pieces.at(at).isSurrogate() && pieces.at(at) != u'\t')
            name.append(pieces.at(at));
    }
    return name.trimmed();
}

QString plainId(std::mt19937 &random, int number)
{
    const QString prefix = random() % 2 == 0 ? QStringLiteral("@id") : QStringLiteral("'=id");
    return prefix + QString::number(number);
}

Menu randomMenu(unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&random](int n) { return static_cast<int>(random() % unsigned(n)); };
    Menu menu;
    for (int i = below(5); i > 0; --i)
        menu.categories.push_back(
            {nastyName(random) + QString::number(i), nastyName(random), below(9)});
    for (int i = below(4); i > 0; --i) {
        ModifierGroup group{plainId(random, i), nastyName(random), 0, 1, {}};
        for (int k = 0; k <= below(4); ++k)
            group.modifiers.push_back(
                {nastyName(random) + QString::number(k), below(500) - 250, below(2) == 0});
        group.max = static_cast<int>(group.modifiers.size());
        menu.groups.push_back(std::move(group));
    }
    for (int i = below(12); i > 0; --i) {
        MenuItem item;
        item.sku = nastyName(random) + QString::number(i);
        item.name = nastyName(random);
        if (below(3) > 0)
            item.price = below(9000);
        if (!menu.categories.empty())
            item.category = menu.categories.at(static_cast<size_t>(i) % menu.categories.size()).id;
        item.station = below(2) == 0 ? QString() : nastyName(random);
        for (int k = below(3); k > 0; --k)
            item.allergens.append(plainId(random, k));
        for (const ModifierGroup &group : menu.groups)
            item.groups.append(group.id);
        item.soldOut = below(2) == 0;
        item.sort = below(99);
        menu.items.push_back(std::move(item));
    }
    return menu;
}

} // namespace

class TestMenuCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheSimplestTable();
    void readsWhatSpreadsheetsWrite_data();
    void readsWhatSpreadsheetsWrite();
    void readsGroupsAndOptions();
    void comesBackTheSame_data();
    void comesBackTheSame();
    void namesLineAndColumn_data();
    void namesLineAndColumn();
    void tellsEveryMistakeUpToABound();
    void makesSkus();
    void writesNoFormula();
    void takesHostileBytes_data();
    void takesHostileBytes();
};

void TestMenuCsv::readsTheSimplestTable()
{
    const Result<MenuTable> table = menuFromCsv(
        "Name,Price,Category,Colour\nCheeseburger,9.50,Burgers,red\nFries,4,Sides,\n", euro);
    QVERIFY2(table.has_value(), qPrintable(detailsOf(table).join('\n')));
    QCOMPARE(table->ignored, QStringList{"Colour"});
    QCOMPARE(table->menu.categories.size(), 2U);
    QCOMPARE(table->menu.categories.at(1).id, "Sides");
    QCOMPARE(table->menu.items.at(0).sku, "CHEESEBURGER");
    QCOMPARE(table->menu.items.at(1).price, std::optional<qint64>(400));
}

void TestMenuCsv::readsWhatSpreadsheetsWrite_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("byte order mark, semicolons") << QByteArray(
        "\xef\xbb\xbfname;price;allergens\r\n\"Caf\xc3\xa9 \"\"x\"\"\";9,50;milk, egg\r\n");
    QTest::newRow("commas") << QByteArray(
        "name,price,allergens\n\"Caf\xc3\xa9 \"\"x\"\"\",9.50,milk|egg");
    QTest::newRow("tabs, old line ends")
        << QByteArray("name\tprice\tallergens\r\"Caf\xc3\xa9 \"\"x\"\"\"\t9.5\tmilk;egg\r");
    QTest::newRow("sep line, empty lines and cells") << QByteArray(
        "sep=;\r\nname;price;allergens\r\n\r\n\"Caf\xc3\xa9 \"\"x\"\"\";9.50;milk|egg;;;\r\n\r\n");
}

void TestMenuCsv::readsWhatSpreadsheetsWrite()
{
    QFETCH(QByteArray, csv);
    const Result<MenuTable> table = menuFromCsv(csv, euro);
    QVERIFY2(table.has_value(), qPrintable(detailsOf(table).join('\n')));
    QCOMPARE(table->menu.items.size(), 1U);
    const MenuItem &item = table->menu.items.front();
    QCOMPARE(item.name, QString::fromUtf8("Café \"x\""));
    QCOMPARE(item.price, std::optional<qint64>(950));
    QCOMPARE(item.allergens, (QStringList{"milk", "egg"}));
}

void TestMenuCsv::readsGroupsAndOptions()
{
    const Result<MenuTable> table = menuFromCsv("type,id,name,price,groups,min,max,sold_out\n"
                                                "option,extras,Bacon,1.50,,,,\n"
                                                "item,B,Burger,9,extras|sauce,,,\n"
                                                "group,extras,Extras,,,0,2,\n"
                                                "option,extras,Cheese,,,,,yes\n"
                                                "option,sauce,Mayo,-0.50,,,,\n",
                                                euro);
    QVERIFY2(table.has_value(), qPrintable(detailsOf(table).join('\n')));
    const Menu &menu = table->menu;
    QCOMPARE(menu.groups.size(), 2U);
    QCOMPARE(menu.groups.at(0).name, "Extras");
    QCOMPARE(menu.groups.at(0).max, 2);
    QCOMPARE(menu.groups.at(0).modifiers.size(), 2U);
    QVERIFY(menu.groups.at(0).modifiers.at(1).soldOut);
    QCOMPARE(menu.groups.at(1).modifiers.at(0).price, -50);
    QCOMPARE(menu.items.at(0).groups, (QStringList{"extras", "sauce"}));
}

void TestMenuCsv::comesBackTheSame_data()
{
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QChar>("delimiter");
    QTest::newRow("euro, comma") << euro << QChar(u',');
    QTest::newRow("euro, semicolon") << euro << QChar(u';');
    QTest::newRow("yen") << QStringLiteral("JPY") << QChar(u',');
    QTest::newRow("dinar") << QStringLiteral("KWD") << QChar(u';');
}

void TestMenuCsv::comesBackTheSame()
{
    QFETCH(QString, currency);
    QFETCH(QChar, delimiter);
    for (unsigned seed = 0; seed < 200; ++seed) {
        const Result<Menu> menu = menuFromJson(menuToJson(randomMenu(seed)));
        QVERIFY2(menu.has_value(), qPrintable(menu ? QString() : menu.error().detail));
        const QByteArray csv = menuToCsv(*menu, currency, delimiter);
        const Result<MenuTable> table = menuFromCsv(csv, currency);
        QVERIFY2(table.has_value(), qPrintable(detailsOf(table).join('\n') + csv));
        QVERIFY2(table->menu == *menu, csv.constData());
        QCOMPARE(table->ignored, QStringList());
    }
}

void TestMenuCsv::namesLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const char *csv, const char *detail) {
        QTest::newRow(name) << QByteArray(csv) << QString::fromUtf8(detail);
    };
    row("nothing at all", "", "line 1: is missing: the first line names the columns");
    row("no titles", "Burger,9.50\n",
        "line 1, column name: is missing; the first line names the columns");
    row("title twice", "name,Name\n", "line 1, column name: is there twice");
    row("wrong price", "name,price\nA,1\nB,1.234\n",
        "line 3, column price: must be an amount such as 10.50");
    row("no name", "name,price\n,1\n", "line 2, column name: is required");
    row("negative price", "name,price\nA,-1\n",
        "line 2, column price: must be an integer from 0 to 1000000000000");
    row("line break counted", "name,note\n\"A\nB\",x\n",
        "line 2, column name: must be one line, without control characters");
    row("id twice", "id,name\nA,x\n\nA,y\n", "line 4, column id: is used twice");
    row("unknown group", "name,groups\nA,none\n",
        "line 2, column groups: must be the id of a modifier group");
    row("sold out", "name,sold_out\nA,perhaps\n", "line 2, column sold_out: must be yes or no");
    row("sort", "name,sort\nA,first\n", "line 2, column sort: must be a whole number");
    row("type", "name,type\nA,dish\n",
        "line 2, column type: must be item, category, group or option");
    row("more cells", "name,price\nA,1,2\n",
        "line 2: has more cells than the first line has columns");
    row("open quote", "name\n\"A\nB\n", "line 2, column 1: has no closing quotation mark");
    row("quote within", "name,price\nA \"B\",1\n",
        "line 2, column 1: has a quotation mark within a cell that does not begin with one");
    row("text after a quote", "name,price\n\"A\"B,1\n",
        "line 2, column 1: has text after its closing quotation mark");
    row("not UTF-8", "name\nCaf\xe9\n", "line 2: is not UTF-8 text: save the table as CSV UTF-8");
    row("UTF-16",
        "\xff\xfe"
        "n",
        "line 1: is not UTF-8 text: save the table as CSV UTF-8");
}

void TestMenuCsv::namesLineAndColumn()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, detail);
    const Result<MenuTable> table = menuFromCsv(csv, euro);
    QCOMPARE(detailsOf(table), QStringList{detail});
    QCOMPARE(table.error().code, ErrorCode::ValidationFailed);
    QVERIFY(table.error().fields.front().pointer.startsWith("/lines/"));
}

void TestMenuCsv::tellsEveryMistakeUpToABound()
{
    QByteArray csv = "name,price\nA,x\nB,y\n";
    QCOMPARE(detailsOf(menuFromCsv(csv, euro)).size(), 2);
    for (int i = 0; i < 2 * limits::importErrorsMax; ++i)
        csv += "C,z\n";
    const QStringList details = detailsOf(menuFromCsv(csv, euro));
    QCOMPARE(details.size(), limits::importErrorsMax + 1);
    QCOMPARE(details.last(), "and 102 more mistakes");
}

void TestMenuCsv::makesSkus()
{
    const Result<MenuTable> table =
        menuFromCsv("id,name\n,Fish & chips!\nFISH-CHIPS-2,Other\n,fish chips\n,字\n,!!\n", euro);
    QVERIFY2(table.has_value(), qPrintable(detailsOf(table).join('\n')));
    QStringList skus;
    for (const MenuItem &item : table->menu.items)
        skus.append(item.sku);
    QCOMPARE(skus, (QStringList{"FISH-CHIPS", "FISH-CHIPS-2", "FISH-CHIPS-3",
                                QString::fromUtf8("字"), "ITEM"}));
}

void TestMenuCsv::writesNoFormula()
{
    Menu menu;
    menu.items.push_back({});
    menu.items.front().sku = QStringLiteral("A");
    menu.items.front().name = QStringLiteral("=HYPERLINK(\"http://x\")");
    const QByteArray csv = menuToCsv(menu, euro);
    QVERIFY2(csv.contains("\"'=HYPERLINK("), csv.constData());
    QCOMPARE(menuFromCsv(csv, euro)->menu.items.front().name, menu.items.front().name);
}

void TestMenuCsv::takesHostileBytes_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::newRow("zero bytes") << QByteArray("name\n\0\0\n", 8);
    QTest::newRow("only quotes") << QByteArray(100'000, '"');
    QTest::newRow("only delimiters") << QByteArray(100'000, ',');
    QTest::newRow("many rows") << "name\n" + QByteArray("a\n").repeated(100'000);
    QTest::newRow("sep without an end") << QByteArray("sep=;");
    QTest::newRow("huge cell") << "name\n" + QByteArray(200'000, 'x');
    QTest::newRow("options of one group")
        << "type,id,name\n" + QByteArray("option,g,x\n").repeated(15'000);
    QTest::newRow("one name") << "name\n" + QByteArray("x\n").repeated(15'000);
    QTest::newRow("many columns") << QByteArray("name,").repeated(1'000);
}

void TestMenuCsv::takesHostileBytes()
{
    QFETCH(QByteArray, csv);
    const Result<MenuTable> table = menuFromCsv(csv, euro);
    QVERIFY(!table.has_value());
    QVERIFY(table.error().fields.size() <= size_t(limits::importErrorsMax) + 1);
    QVERIFY(!table.error().detail.isEmpty());
}

QTEST_APPLESS_MAIN(TestMenuCsv)
#include "test_menu_csv.moc"
