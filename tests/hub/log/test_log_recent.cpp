// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verifier.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

// The state table must hold what a Board holds that applied the same events one by one, however
// they were cut into transactions.
class TestLogRecent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tableEqualsBoard_data();
    void tableEqualsBoard();
    void recalledInTheSameBatch();
};

namespace {

QByteArray places(const std::vector<OrderState> &orders)
{
    QByteArray text;
    for (const OrderState &order : orders)
        text += order.number.toUtf8() + '@' + QByteArray::number(order.pos) + ' ';
    return text;
}

QByteArray places(const std::vector<const OrderState *> &orders)
{
    QByteArray text;
    for (const OrderState *order : orders)
        text += order->number.toUtf8() + '@' + QByteArray::number(order->pos) + ' ';
    return text;
}

void compareWithBoard(LogFixture &f)
{
    Board board;
    for (const LoggedEvent &logged : f.maker.all()) {
        // An order closed long ago comes back with its whole state, as on the stream.
        const OrderState &whole = f.maker.order(logged.event.orderId);
        QCOMPARE(board.apply(logged.event, &whole), Board::Applied::Applied);
    }
    const auto open = f.log->openOrders();
    const auto recent = f.log->recentlyClosed(limits::recentOrdersMax);
    QVERIFY(open && recent);
    QCOMPARE(places(*open), places(board.openOrders()));
    QCOMPARE(places(*recent), places(board.recentOrders()));
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(),
             report->problems.empty() ? "stopped" : qPrintable(report->problems.front().what));
    QCOMPARE(report->foldDigest, digestText(board.digest()));
}

} // namespace

void TestLogRecent::tableEqualsBoard_data()
{
    QTest::addColumn<int>("commitEvery");
    QTest::newRow("one by one") << 1;
    QTest::newRow("seven orders") << 7;
    QTest::newRow("all at once") << 1000;
}

void TestLogRecent::tableEqualsBoard()
{
    QFETCH(int, commitEvery);
    LogFixture f;
    f.open();
    std::vector<QUuid> done;
    for (int i = 1; i <= 130; ++i) {
        if (i % 5 == 0)
            f.maker.place(QString::number(i)); // stays open
        else
            done.push_back(f.maker.placeAndComplete(QString::number(i)));
        if (i % 11 == 0) { // one of the recent ones comes back, and closes again or not
            const QUuid id = done[done.size() - 3];
            f.maker.add(id, EventType::OrderRecalled);
            if (i % 2 == 0)
                f.maker.add(id, EventType::OrderCancelled);
        }
        if (i % commitEvery == 0)
            QVERIFY(f.commit());
    }
    f.maker.add(done.front(), EventType::OrderRecalled); // long forgotten
    QVERIFY(f.commit());
    compareWithBoard(f);
    f.close();
    f.open();
    compareWithBoard(f);
}

// 51 close, the oldest falls out, then one is recalled: 49 are left, the oldest does not return.
void TestLogRecent::recalledInTheSameBatch()
{
    LogFixture f;
    f.open();
    std::vector<QUuid> done;
    for (int i = 1; i <= limits::recentOrdersMax + 1; ++i)
        done.push_back(f.maker.placeAndComplete(QString::number(i)));
    f.maker.add(done[20], EventType::OrderRecalled);
    QVERIFY(f.commit());
    const auto recent = f.log->recentlyClosed(limits::recentOrdersMax);
    QVERIFY(recent);
    QCOMPARE(recent->size(), size_t(limits::recentOrdersMax - 1));
    QCOMPARE(recent->front().number, "2");
    compareWithBoard(f);
}

QTEST_GUILESS_MAIN(TestLogRecent)
#include "test_log_recent.moc"
