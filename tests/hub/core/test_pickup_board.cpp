// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/pickup_board.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>
#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace std::chrono_literals;
using L1 = QLatin1StringView;

namespace {

const Timestamp noon = *parseTimestamp(QStringLiteral("2026-11-21T12:00:00.000Z"));

OrderState order(const QString &number, OrderStatus status)
{
    OrderState order;
    order.id = QUuid::createUuid();
    order.number = number;
    order.status = status;
    order.seq = 2;
    order.openedPos = number.toInt();
    order.customerName = QStringLiteral("Ana María Secret");
    order.paidAt = noon - 10min;
    if (status == OrderStatus::Ready)
        order.readyAt = noon - 1min;
    return order;
}

QStringList numbers(const PickupView &view, const char *column)
{
    QStringList found;
    const QJsonObject json = *parseJsonObject(view.json);
    for (const QJsonValue &entry : json.value(L1(column)).toArray())
        found.append(entry[L1("number")].toString());
    return found;
}

} // namespace

class TestPickupBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsByFirstNames_data();
    void callsByFirstNames();
    void hasEachOrderInItsPlace();
    void isMadeOnceForAll();
    void tellsApartWhatHasOneNumber();
};

void TestPickupBoard::callsByFirstNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("first");
    const auto row = [](const char *tag, const QString &name, const QString &first) {
        QTest::newRow(tag) << name << first;
    };
    row("one", "Ana", "Ana");
    row("two", "Ana Secret", "Ana");
    row("blanks", "  Ana\t María  Secret ", "Ana");
    row("last name first", "Secret, Ana María", "Ana");
    row("a comma and nothing", "Secret, ", "Secret");
    row("hyphen", "Jean-Luc Secret", "Jean-Luc");
    row("Chinese, three", QStringLiteral("王小明"), QStringLiteral("小明"));
    row("Chinese, two", QStringLiteral("王明"), QStringLiteral("明"));
    row("Chinese, four", QStringLiteral("欧阳小明"), QStringLiteral("小明"));
    row("Arabic", QStringLiteral("آنا السر"), QStringLiteral("آنا"));
    row("none", "", "");
    row("blank", "   ", "");
}

void TestPickupBoard::callsByFirstNames()
{
    QFETCH(QString, name);
    QFETCH(QString, first);
    QCOMPARE(firstName(name), first);
}

void TestPickupBoard::hasEachOrderInItsPlace()
{
    OrderState dineIn = order("4", OrderStatus::Paid);
    dineIn.serviceType = ServiceType::DineIn;
    OrderState soon = order("5", OrderStatus::Accepted);
    soon.dueAt = noon + limits::dueAhead;
    OrderState later = order("6", OrderStatus::Accepted);
    later.dueAt = noon + limits::dueAhead + 1s;
    OrderState latest = order("8", OrderStatus::Ready);
    latest.readyAt = noon;
    OrderState forgotten = order("9", OrderStatus::Ready);
    forgotten.readyAt = noon - PickupSettings().readyFor;
    Board board;
    board.reset({order("1", OrderStatus::Paid), order("2", OrderStatus::InKitchen),
                 order("3", OrderStatus::Placed), dineIn, soon, later,
                 order("7", OrderStatus::Ready), latest, forgotten},
                {order("10", OrderStatus::Completed), order("11", OrderStatus::Cancelled)});
    const auto view = PickupBoard().at(board, {}, noon);
    QCOMPARE(numbers(*view, "preparing"), (QStringList{"1", "2", "5"}));
    QCOMPARE(numbers(*view, "ready"), (QStringList{"8", "7"}));
    QVERIFY(!view->json.contains("Ana"));
    PickupSettings settings;
    settings.showsNames = true;
    settings.serviceTypes = {ServiceType::DineIn};
    settings.readyFor += 1min;
    const auto other = PickupBoard().at(board, settings, noon);
    QCOMPARE(numbers(*other, "preparing"), (QStringList{"1", "2", "4", "5"}));
    QCOMPARE(numbers(*other, "ready"), (QStringList{"8", "7", "9"}));
    QVERIFY(other->json.contains("\"name\":\"Ana\"") && !other->json.contains("Secret"));
    QVERIFY(other->id != view->id);
}

void TestPickupBoard::isMadeOnceForAll()
{
    Board board;
    board.reset({order("1", OrderStatus::Paid)}, {});
    PickupBoard pickup;
    const auto first = pickup.at(board, {}, noon);
    board.reset({}, {});
    QVERIFY2(pickup.at(board, {}, noon + 1s) == first, "nobody has said that it is another");
    QVERIFY2(numbers(*pickup.at(board, {}, noon + limits::pickupTick), "preparing").isEmpty(),
             "time has passed");
    board.reset({order("2", OrderStatus::Paid)}, {});
    pickup.invalidate();
    QCOMPARE(numbers(*pickup.at(board, {}, noon + limits::pickupTick), "preparing"),
             QStringList{"2"});
}

void TestPickupBoard::tellsApartWhatHasOneNumber()
{
    const OrderState one = order("47", OrderStatus::Paid);
    const OrderState other = order("47", OrderStatus::Paid);
    Board board;
    board.reset({one, other}, {});
    const auto view = PickupBoard().at(board, {}, noon);
    const QJsonArray entries = parseJsonObject(view->json)->value(L1("preparing")).toArray();
    QCOMPARE(entries.size(), 2);
    QVERIFY(entries[0][L1("key")] != entries[1][L1("key")]);
    const QByteArray id = one.id.toString(QUuid::WithoutBraces).toLatin1();
    QVERIFY(!view->json.contains(id) && !view->json.contains(id.left(8)));
}

QTEST_GUILESS_MAIN(TestPickupBoard)
#include "test_pickup_board.moc"
