// SPDX-License-Identifier: Apache-2.0
// Every figure here was worked out by hand from the story in fixed_log.cpp.
#include "hub/reports/bump_doubts.h"
#include "hub/reports/report_text.h"
#include "hub/reports/reporter.h"
#include "hub/reports/samples.h"
#include "tests/hub/reports/fixed_log.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

class TestReports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixed = std::make_unique<FixedLog>(); }
    void cleanupTestCase() { m_fixed.reset(); }

    void funnel();
    void funnelByGroups();
    void prepByStation();
    void prepOfOneStationByDish();
    void quarters();
    void quartersByDay();
    void late();
    void lateWhileItWaits();
    void voids();
    void cancellations();
    void recalls();
    void bumps();
    void ofNothing_data();
    void ofNothing();
    void everyReportHasTheTablesItSays();
    void masses_data();
    void masses();
    void quantiles();
    void daysOfTheRestaurant();
    void csv();

private:
    Report make(const ReportRequest &request)
    {
        const Result<Report> report = makeReport(m_fixed->ledger->database(), request);
        if (!report)
            qFatal("no report: %s", qPrintable(report.error().detail));
        return *report;
    }
    Report make(const QString &name, const QString &group)
    {
        return make(m_fixed->request(name, group));
    }

    std::unique_ptr<FixedLog> m_fixed;
};

void TestReports::funnel()
{
    const Report report = make("funnel", "all");
    QCOMPARE(report.asOf, m_fixed->kit.log.head().pos);
    QCOMPARE(rowsOf(report, "stages"),
             (QStringList{"|placed|9|1|0|0|1|-|-", "|paid|8|0.8889|1|1|0|0|120",
                          "|accepted|7|0.7778|1|0|0|30|30", "|in_kitchen|7|0.7778|0|0|0|30|60",
                          "|ready|7|0.7778|0|0|6|34|1140", "|completed|1|0.1111|6|0|0|120|120"}));
}

void TestReports::funnelByGroups()
{
    ReportRequest request = m_fixed->request("funnel", "day");
    request.to = request.days.startOf(QDate(2026, 11, 22));
    const QStringList rows = rowsOf(make(request), "stages");
    QCOMPARE(rows.size(), 12);
    QCOMPARE(rows[0], QStringLiteral("2026-11-20|placed|9|1|0|0|1|-|-"));
    QCOMPARE(rows[6], QStringLiteral("2026-11-21|placed|1|1|0|0|0|-|-"));
    QCOMPARE(rows[7], QStringLiteral("2026-11-21|paid|1|1|0|0|1|0|0"));
    const QStringList sources = rowsOf(make("funnel", "source"), "stages");
    QCOMPARE(sources[0], QStringLiteral("till|placed|8|1|0|0|1|-|-"));
    QCOMPARE(sources[6], QStringLiteral("web|placed|1|1|0|0|0|-|-"));
    QCOMPARE(rowsOf(make("funnel", "week"), "stages")[0].left(8), QStringLiteral("2026-W47"));
}

void TestReports::prepByStation()
{
    const Report report = make("prep", "station");
    QCOMPARE(rowsOf(report, "times"),
             (QStringList{"fry|5|5|64|240|240", "grill|3|4|300|1200|1200", "|1|1|1200|1200|1200"}));
    const QStringList bars = rowsOf(report, "distribution");
    QCOMPARE(bars.size(), 3 * 16);
    QCOMPARE(bars[0], QStringLiteral("fry|0|60|0"));
    QCOMPARE(bars[1], QStringLiteral("fry|60|120|4"));
    QCOMPARE(bars[4], QStringLiteral("fry|240|300|1"));
    QCOMPARE(bars[16], QStringLiteral("grill|0|60|1"));
    QCOMPARE(bars[16 + 5], QStringLiteral("grill|300|360|1"));
    QCOMPARE(bars[16 + 11], QStringLiteral("grill|1200|1500|1"));
    QCOMPARE(bars[16 + 15], QStringLiteral("grill|3600|-|0"));
}

void TestReports::prepOfOneStationByDish()
{
    ReportRequest request = m_fixed->request("prep", "dish");
    QCOMPARE(rowsOf(make(request), "times"),
             (QStringList{"Fries|5|5|64|240|240", "Burger|3|4|300|1200|1200",
                          "Cola|1|1|1200|1200|1200"}));
    request.station = QStringLiteral("grill");
    QCOMPARE(rowsOf(make(request), "times"), QStringList{"Burger|3|4|300|1200|1200"});
    request.station = QStringLiteral("bar");
    QCOMPARE(rowsOf(make(request), "times"), QStringList());
}

void TestReports::quarters()
{
    const Report report = make("quarters", "quarter");
    QCOMPARE(rowsOf(report, "orders"),
             (QStringList{"2026-11-20T12:00:00.000Z|2026-11-20|13:00|3|6|1",
                          "2026-11-20T12:15:00.000Z|2026-11-20|13:15|1|1|0",
                          "2026-11-20T12:30:00.000Z|2026-11-20|13:30|4|4|0",
                          "2026-11-20T13:00:00.000Z|2026-11-20|14:00|1|1|0"}));
    const QStringList clock = rowsOf(report, "clock");
    QCOMPARE(clock.size(), 96);
    QCOMPARE(clock[52], QStringLiteral("13:00|3|6|3"));
    QCOMPARE(clock[53], QStringLiteral("13:15|1|1|1"));
    QCOMPARE(clock[0], QStringLiteral("00:00|0|0|0"));
}

void TestReports::quartersByDay()
{
    ReportRequest request = m_fixed->request("quarters", "day");
    request.to = request.days.startOf(QDate(2026, 11, 30)); // as far as now, two days
    const Report report = make(request);
    QCOMPARE(rowsOf(report, "orders"),
             (QStringList{"2026-11-19T23:00:00.000Z|2026-11-20|00:00|9|12|1",
                          "2026-11-20T23:00:00.000Z|2026-11-21|00:00|1|1|0"}));
    QCOMPARE(rowsOf(report, "clock")[52], QStringLiteral("13:00|3|6|1.5"));
    request.group = QStringLiteral("week");
    QCOMPARE(rowsOf(make(request), "orders"),
             QStringList{"2026-11-15T23:00:00.000Z|2026-11-16|00:00|10|13|1"});
    request.group = QStringLiteral("hour");
    QCOMPARE(rowsOf(make(request), "orders")[0],
             QStringLiteral("2026-11-20T12:00:00.000Z|2026-11-20|13:00|8|11|1"));
}

void TestReports::late()
{
    QCOMPARE(rowsOf(make("late", "service_type"), "orders"),
             (QStringList{"takeaway|6|1|0|0|0|62|300", "dine_in|1|1|1|1|0|1200|1200"}));
    ReportRequest request = m_fixed->request("late", "all");
    request.settings.ages[ServiceType::Takeaway] = {60s, 61s};
    QCOMPARE(rowsOf(make(request), "orders"), QStringList{"|7|7|5|0.7143|0|64|1200"});
}

void TestReports::lateWhileItWaits()
{
    ReportRequest request = m_fixed->request("late", "day");
    request.from = request.to;
    request.to = request.days.startOf(QDate(2026, 11, 22));
    QCOMPARE(rowsOf(make(request), "orders"), QStringList{"2026-11-21|1|1|1|1|1|-|-"});
}

void TestReports::voids()
{
    QCOMPARE(rowsOf(make("voids", "reason"), "voids"), QStringList{"out of stock|1|1|0|300|1"});
    QCOMPARE(rowsOf(make("voids", "dish"), "voids"), QStringList{"Fries|1|1|0|300|1"});
    QCOMPARE(rowsOf(make("voids", "by"), "voids"), QStringList{"till|1|1|0|300|1"});
    ReportRequest request = m_fixed->request("voids", "reason");
    request.station = QStringLiteral("grill");
    QCOMPARE(rowsOf(make(request), "voids"), QStringList());
}

void TestReports::cancellations()
{
    QCOMPARE(rowsOf(make("cancellations", "reason"), "cancellations"),
             QStringList{"left|1|1|0|950|1"});
    QCOMPARE(rowsOf(make("cancellations", "stage"), "cancellations"),
             QStringList{"paid|1|1|0|950|1"});
}

void TestReports::recalls()
{
    const Report report = make("recalls", "by");
    QCOMPARE(rowsOf(report, "recalls"), QStringList{"fry-1|1|1|1|0|60"});
    const QStringList list = rowsOf(report, "list");
    QCOMPARE(list.size(), 1);
    QVERIFY2(list[0].startsWith(QStringLiteral("2026-11-20T12:42:00.000Z|fry-1|5|"))
                 && list[0].endsWith(QStringLiteral("|1|60")),
             qPrintable(list[0]));
}

void TestReports::bumps()
{
    const Report report = make("bumps", "by");
    QCOMPARE(rowsOf(report, "bumps"),
             (QStringList{"fry-1|6|6|4|0|1|4|0.6667", "grill-1|3|4|0|1|0|1|0.3333"}));
    QCOMPARE(rowsOf(report, "times"),
             (QStringList{"fry|5|64|240|1|240|240", "grill|3|300|1200|2|300|1200",
                          "|1|1200|1200|1|1200|1200"}));
    QStringList list;
    for (const QString &row : rowsOf(report, "list"))
        list.append(row.section(u'|', 1, 2) + u'|' + row.section(u'|', 4));
    QCOMPARE(list, (QStringList{"grill-1|9|1|5|soon", "fry-1|8|1|66|mass", "fry-1|7|1|64|mass",
                                "fry-1|6|1|62|mass", "fry-1|5|1|60|mass, recalled"}));
    ReportRequest request = m_fixed->request("bumps", "hour");
    request.rules.massOrders = 5;
    request.rules.recall = 59s;
    QCOMPARE(rowsOf(make(request), "bumps"),
             (QStringList{"13:00|8|9|0|0|0|0|0", "14:00|1|1|0|1|0|1|1"}));
}

void TestReports::ofNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("group");
    for (const ReportKind &kind : reportKinds()) {
        for (const char *group : kind.groups)
            QTest::addRow("%s by %s", kind.name, group) << kind.name << group;
    }
}

void TestReports::ofNothing()
{
    QFETCH(QString, name);
    QFETCH(QString, group);
    ReportRequest request = m_fixed->request(name, group);
    QVERIFY(!make(request).tables.front().rows.empty());
    request.from = request.days.startOf(QDate(2020, 1, 1));
    request.to = request.days.startOf(QDate(2020, 1, 2));
    const Table table = make(request).tables.front();
    const bool isFunnel = name == u"funnel" && group == u"all";
    QCOMPARE(table.rows.size(), size_t(isFunnel ? 6 : 0));
    if (isFunnel)
        QCOMPARE(std::get<qint64>(table.rows[0][2]), 0);
}

void TestReports::everyReportHasTheTablesItSays()
{
    for (const ReportKind &kind : reportKinds()) {
        const Report report = make(QLatin1StringView(kind.name), kind.groups.front());
        QCOMPARE(report.tables.size(), kind.tables.size());
        for (size_t i = 0; i < kind.tables.size(); ++i) {
            const Table &table = report.tables[i];
            QCOMPARE(QLatin1StringView(table.name), QLatin1StringView(kind.tables[i]));
            for (const std::vector<Cell> &row : table.rows)
                QCOMPARE(row.size(), table.columns.size());
        }
    }
    QCOMPARE(makeReport(m_fixed->ledger->database(), m_fixed->request("no", "all")).error().code,
             ErrorCode::NotFound);
}

void TestReports::masses_data()
{
    QTest::addColumn<QList<int>>("seconds"); // each of another order
    QTest::addColumn<QString>("marked");
    QTest::newRow("too slow") << QList<int>{0, 4, 8, 12} << "....";
    QTest::newRow("just") << QList<int>{0, 4, 8, 10} << "xxxx";
    QTest::newRow("too few") << QList<int>{0, 1, 2} << "...";
    QTest::newRow("some before, some after") << QList<int>{0, 20, 21, 22, 23, 40} << ".xxxx.";
    QTest::newRow("two that touch") << QList<int>{0, 3, 6, 9, 12, 15} << "xxxxxx";
}

void TestReports::masses()
{
    QFETCH(QList<int>, seconds);
    std::vector<BumpRow> rows;
    for (const int second : seconds)
        rows.push_back(
            {std::ssize(rows) + 1, std::ssize(rows) + 1, second * 1'000, "grill", 1, 60'000, {}});
    QString marked;
    for (const BumpDoubt &doubt : doubtsOf(rows, {}))
        marked += doubt.isMass ? u'x' : u'.';
    QTEST(marked, "marked");
    for (BumpRow &row : rows)
        row.openedPos = 7; // lines of one order, however fast, are no mass
    for (const BumpDoubt &doubt : doubtsOf(rows, {}))
        QVERIFY(!doubt.isMass);
}

void TestReports::quantiles()
{
    Samples samples;
    QVERIFY(std::holds_alternative<std::monostate>(samples.median()));
    samples.add(7'000);
    QCOMPARE(std::get<double>(samples.median()), 7.0);
    QCOMPARE(std::get<double>(samples.p90()), 7.0);
    for (int i = 10; i >= 1; --i)
        samples.add(i * 1'000); // 1 to 10, and the 7
    QCOMPARE(std::get<double>(samples.median()), 6.0);
    QCOMPARE(std::get<double>(samples.p90()), 9.0);
    QCOMPARE(std::get<double>(samples.longest()), 10.0);
    QCOMPARE(samples.between(7'000, 9'000), 3);
    QVERIFY(std::holds_alternative<std::monostate>(share(0, 0)));
}

void TestReports::daysOfTheRestaurant()
{
    const LocalDays madrid(QStringLiteral("Europe/Madrid"));
    const auto hours = [&](QDate day) {
        return (madrid.startOf(day.addDays(1)) - madrid.startOf(day)) / 1h;
    };
    QCOMPARE(hours(QDate(2026, 3, 29)), 23);
    QCOMPARE(hours(QDate(2026, 10, 25)), 25);
    QCOMPARE(hours(QDate(2026, 10, 26)), 24);
    QCOMPARE(madrid.dayOf(*parseTimestamp(u"2026-11-20T23:00:00Z")), QDate(2026, 11, 21));
    QCOMPARE(madrid.minuteOf(*parseTimestamp(u"2026-07-20T10:59:59Z")), 12 * 60 + 59);
    QCOMPARE(LocalDays(QStringLiteral("Nowhere/Else")).zoneName(), LocalDays().zoneName());
    QVERIFY(!LocalDays::parseDay(u"2026-2-3"));
    QVERIFY(!LocalDays::parseDay(u"2026-02-30"));
    QCOMPARE(LocalDays::parseDay(u"2026-02-28"), QDate(2026, 2, 28));
}

void TestReports::csv()
{
    Table table{"x", {{"name", CellType::Text}, {"n", CellType::Integer}}, {}};
    table.rows = {{QStringLiteral("Fish, \"chips\""), qint64(3)},
                  {QStringLiteral("=SUM(A1)"), Cell()},
                  {QStringLiteral("-3"), 0.1}};
    QCOMPARE(tableToCsv(table, CsvFor::People), QByteArray("name,n\r\n\"Fish, \"\"chips\"\"\",3\r\n"
                                                           "\"'=SUM(A1)\",\r\n\"'-3\",0.1\r\n"));
    QCOMPARE(tableToCsv(table, CsvFor::Programs),
             QByteArray("name,n\r\n\"Fish, \"\"chips\"\"\",3\r\n"
                        "\"=SUM(A1)\",\r\n\"-3\",0.1\r\n"));
}

QTEST_GUILESS_MAIN(TestReports)
#include "test_reports.moc"
