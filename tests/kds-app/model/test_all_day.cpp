// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/all_day_model.h"
#include "kds-app/model/ready_list_model.h"
#include "kds-app/model/recall_list.h"
#include "tests/kds-app/model/random_orders.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace cf;
using namespace cf::kds;

namespace {

constexpr auto reporting = QAbstractItemModelTester::FailureReportingMode::QtTest;
constexpr Timestamp start{std::chrono::milliseconds(1'795'262'590'000)};

QStringList rowsOf(const AllDayModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex at = model.index(row);
        rows.append(QStringLiteral("%1 %2/%3 %4")
                        .arg(at.data(AllDayModel::NameRole).toString())
                        .arg(at.data(AllDayModel::StartedRole).toInt())
                        .arg(at.data(AllDayModel::TotalRole).toInt())
                        .arg(at.data(AllDayModel::ModifiersRole).toString())
                        .trimmed());
    }
    return rows;
}

} // namespace

class TestAllDay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsByItemAndByModifier()
    {
        AllDayModel model;
        const QAbstractItemModelTester tester(&model, reporting);
        OrderState one = paidOrder(QStringLiteral("1"), 1, 3, start); // 1, 2 and 3 of its dishes
        one.lines[1].item.name = QStringLiteral("dish 1");            // another spelling
        one.lines[1].item.modifiers = {{{}, QStringLiteral("No salt"), 1, {}}};
        one.lines[2].status = LineStatus::Started;
        model.update(one);
        QVERIFY2(model.rowCount() == 0, "nobody looks");
        model.setWatched(true);
        QCOMPARE(rowsOf(model), (QStringList{"Dish 1 0/3 1: plain · 2: No salt", "Dish 3 3/3"}));
        QCOMPARE(model.total(), 6);
        QSignalSpy counted(&model, &AllDayModel::changed);
        OrderState two = paidOrder(QStringLiteral("2"), 3, 2, start);
        model.update(two);
        one.lines[0].status = LineStatus::Ready;
        model.update(one);
        QCOMPARE(counted.count(), 0);
        QVERIFY(counted.wait());
        QCOMPARE(counted.count(), 1); // once for both
        QCOMPARE(rowsOf(model),
                 (QStringList{"Dish 1 0/3 1: plain · 2: No salt", "Dish 2 0/2", "Dish 3 3/3"}));
        one.status = OrderStatus::Completed;
        model.update(one);
        model.refresh();
        QCOMPARE(rowsOf(model), (QStringList{"Dish 1 0/1", "Dish 2 0/2"}));
        model.keepOnly({});
        model.refresh();
        QCOMPARE(model.rowCount(), 0);
        model.update(two);
        model.remove(two.id);
        model.refresh();
        QCOMPARE(model.total(), 0);
    }

    void ofAStationOrTheWholeKitchen()
    {
        KitchenSettings settings;
        settings.stations = {{"grill", "Grill"}, {"fry", "Fry"}};
        settings.displays = {{"g", DisplayRole::Prep, {"grill"}},
                             {"f", DisplayRole::Prep, {"fry"}}};
        settings.holdsCourses = true;
        AllDayModel model;
        model.setView(BoardView(settings, QStringLiteral("g")));
        model.setWatched(true);
        OrderState one = paidOrder(QStringLiteral("1"), 1, 3, start);
        one.lines[0].item.station = QStringLiteral("grill");
        one.lines[1].item.station = QStringLiteral("fry");
        one.lines[2].item.station = QStringLiteral("grill");
        one.lines[0].item.course = 1;
        one.lines[2].item.course = 2; // on hold: not to be cooked yet
        model.update(one);
        model.refresh();
        QCOMPARE(rowsOf(model), (QStringList{"Dish 1 0/1"}));
        model.setWholeKitchen(true);
        QCOMPARE(rowsOf(model), (QStringList{"Dish 1 0/1", "Dish 2 0/2"}));
    }

    // Whatever happens to the orders, the numbers are those of a count from the beginning.
    void alwaysAddsUp()
    {
        RandomOrders orders(11);
        AllDayModel model;
        const QAbstractItemModelTester tester(&model, reporting);
        model.setWatched(true);
        for (int i = 0; i < 500; ++i) {
            model.update(orders.step());
            model.refresh();
            std::map<QString, int> totals;
            for (const OrderState &order : orders.all()) {
                for (const OrderLine &line : order.lines) {
                    if (isLiveTicket(order.status) && isPending(line.status))
                        totals[line.item.name] += line.item.quantity;
                }
            }
            QCOMPARE(model.rowCount(), static_cast<int>(totals.size()));
            int row = 0;
            for (const auto &[name, total] : totals) {
                QCOMPARE(model.index(row).data().toString(), name);
                QCOMPARE(model.index(row++).data(AllDayModel::TotalRole).toInt(), total);
            }
        }
    }

    void recallFindsEachWord()
    {
        ReadyListModel closed(ReadyListModel::Shows::LastDone);
        for (const auto &[number, guest] : {std::pair("47", "Ana"), {"48", "Zoë"}, {"147", "Bo"}}) {
            OrderState order =
                paidOrder(QString::fromUtf8(number), QByteArray(number).toInt(), 1, start);
            order.customerName = QString::fromUtf8(guest);
            order.status = OrderStatus::Completed;
            order.completedAt = start;
            closed.update(order);
        }
        RecallList found;
        const QAbstractItemModelTester tester(&found, reporting);
        found.setSourceModel(&closed);
        const auto look = [&](const char *words) {
            found.setWanted(QString::fromUtf8(words));
            QStringList numbers;
            for (int row = 0; row < found.rowCount(); ++row)
                numbers.append(found.index(row, 0).data().toString());
            return numbers;
        };
        QCOMPARE(look("").size(), 3);
        QCOMPARE(look("47"), (QStringList{"147", "47"}));
        QCOMPARE(look(" ana 47 "), (QStringList{"47"}));
        QCOMPARE(look("zoë"), (QStringList{"48"}));
        QCOMPARE(look("dish 48"), (QStringList{"48"}));
        QCOMPARE(look("zoë ana"), QStringList());
        (void)look("");
        found.setNumber(QStringLiteral("47"));
        QCOMPARE(found.rowCount(), 2);
        QVERIFY2(found.rowOfNumber() == 1, "just this number, not 147");
        found.setNumber(QStringLiteral("14"));
        QCOMPARE(found.rowOfNumber(), 0);
        found.setNumber(QStringLiteral("9"));
        QCOMPARE(found.rowOfNumber(), -1);
    }
};

QTEST_GUILESS_MAIN(TestAllDay)
#include "test_all_day.moc"
