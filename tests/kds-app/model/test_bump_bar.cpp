// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/kds-app/model/controller_test.h"

using namespace cf;
using namespace cf::kds;
using namespace std::chrono_literals;

using K = KeyMap;

class TestBumpBar : public ControllerTest
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        begin();
        m_bar = m_controller->bumpBar();
        m_orders.clear();
        for (int i = 1; i <= 12; ++i)
            m_orders.push_back(add(QString::number(100 + i), 2));
        m_bar->setPage(0, 12);
        m_clock.steady += limits::bumpGuard;
    }
    void bumpsTheFirstUnlessOneIsNamed();
    void digitsNameTheTicketsOfThePage();
    void digitsCanBump();
    void aKeyThatBouncesBumpsOnce();
    void theSameKeyTwiceIsOneBump();
    void aDigitTwiceIsOneBump();
    void whatIsNotSeenIsNotBumped();
    void stepsThroughTicketsAndPages();
    void linesOneByOne();
    void asksForWhatIsNotItsOwn();
    void aTicketThatGoesIsNamedNoMore();

private:
    void press(std::initializer_list<K::Action> actions)
    {
        for (const K::Action action : actions)
            m_bar->press(action);
    }
    // Number of the only order that something was wished for.
    QString wishedFor()
    {
        const OrderState *order = m_controller->order(only().orderId);
        m_port->wished.clear();
        return order ? order->number : QString();
    }
    void take(int at)
    {
        OrderState &order = m_orders[static_cast<size_t>(at)];
        order.status = OrderStatus::Cancelled;
        m_controller->showOrder(order, false);
    }

    BumpBar *m_bar = nullptr;
    std::vector<OrderState> m_orders;
};

void TestBumpBar::bumpsTheFirstUnlessOneIsNamed()
{
    QVERIFY(!m_bar->isUsed());
    press({K::Bump});
    QVERIFY(m_bar->isUsed());
    QVERIFY(only() == KitchenIntent({IntentKind::LinesReady, m_orders[0].id, {"1", "2"}}));
    m_port->wished.clear();
    press({K::Digit3, K::Bump});
    QCOMPARE(wishedFor(), QStringLiteral("103"));
    QCOMPARE(m_bar->selectedOrder(), idText(m_orders[2]));
    press({K::Start});
    QVERIFY(only().kind == IntentKind::Start);
    QCOMPARE(wishedFor(), QStringLiteral("103"));
    press({K::Close, K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("101"));
    m_bar->setPage(12, 0); // an empty page
    press({K::Bump, K::Start, K::Menu, K::ItemMode});
    QVERIFY(m_port->wished.empty());
}

void TestBumpBar::digitsNameTheTicketsOfThePage()
{
    press({K::Digit9, K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("109"));
    press({K::Digit0, K::Digit0, K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("110"));
    press({K::Digit0, K::Digit2, K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("112"));
    press({K::Digit0, K::Digit3, K::Start}); // there is no thirteenth: nothing else is named
    QCOMPARE(wishedFor(), QStringLiteral("112"));
    press({K::Digit0, K::Start, K::Digit2, K::Start}); // not 02: something came between
    QCOMPARE(m_port->wished.size(), 2U);
    QVERIFY(m_port->wished[1].orderId == m_orders[1].id);
    m_port->wished.clear();
    m_bar->setPage(4, 3);
    press({K::Digit1, K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("105"));
    press({K::Digit4, K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("105"));
}

void TestBumpBar::digitsCanBump()
{
    m_bar->setDigitsBump(true);
    press({K::Digit4});
    QVERIFY(only().kind == IntentKind::LinesReady);
    QCOMPARE(wishedFor(), QStringLiteral("104"));
}

void TestBumpBar::aKeyThatBouncesBumpsOnce()
{
    press({K::Bump});
    m_port->wished.clear();
    take(0); // it went
    press({K::Bump});
    QVERIFY2(m_port->wished.empty(), "that was the same press");
    m_clock.steady += limits::bumpGuard - 1ms;
    press({K::Bump});
    QVERIFY(m_port->wished.empty());
    press({K::Digit1, K::Bump}); // this is a wish of its own
    QCOMPARE(wishedFor(), QStringLiteral("102"));
    press({K::Close});
    m_clock.steady += limits::bumpGuard;
    press({K::Bump});
    QCOMPARE(wishedFor(), QStringLiteral("102"));
    take(1);
    m_bar->setGuard(false);
    press({K::Bump});
    QCOMPARE(wishedFor(), QStringLiteral("103"));
}

// Its first effect may be that the same button means something else: allergens seen, then bump.
void TestBumpBar::theSameKeyTwiceIsOneBump()
{
    press({K::Digit2, K::Bump, K::Bump});
    QCOMPARE(wishedFor(), QStringLiteral("102"));
    press({K::Digit2, K::Bump}); // said once more on purpose
    QCOMPARE(wishedFor(), QStringLiteral("102"));
    m_clock.steady += limits::bumpGuard;
    press({K::Bump});
    QCOMPARE(wishedFor(), QStringLiteral("102"));
}

void TestBumpBar::aDigitTwiceIsOneBump()
{
    m_bar->setDigitsBump(true);
    press({K::Digit2});
    QCOMPARE(wishedFor(), QStringLiteral("102"));
    take(1); // 103 is the second now
    press({K::Digit2});
    QVERIFY2(m_port->wished.empty(), "that was the same press");
    press({K::Digit1});
    QCOMPARE(wishedFor(), QStringLiteral("101"));
    m_clock.steady += limits::bumpGuard;
    press({K::Digit2});
    QCOMPARE(wishedFor(), QStringLiteral("103"));
    press({K::ItemMode, K::Digit4}); // looks at its lines, and bumps none
    QVERIFY(m_port->wished.empty());
    QCOMPARE(m_bar->selectedLine(), QStringLiteral("1"));
    for (int i = 2; i < 12; ++i)
        take(i); // one ticket is left, and the page was not laid out since
    m_clock.steady += limits::bumpGuard;
    press({K::Digit3});
    QVERIFY2(m_port->wished.empty(), "there is no third");
}

void TestBumpBar::whatIsNotSeenIsNotBumped()
{
    m_bar->setPage(0, 3);
    press({K::Digit3});
    OrderState &rush = m_orders[10];
    rush.priority = true;
    m_controller->showOrder(rush, false); // pushes 103 off the page
    m_bar->setPage(0, 3);
    m_clock.steady += limits::bumpGuard;
    press({K::Bump});
    QVERIFY(m_port->wished.empty());
    QCOMPARE(m_bar->selectedOrder(), QString());
    m_clock.steady += limits::bumpGuard;
    press({K::Bump});
    QCOMPARE(wishedFor(), QStringLiteral("111"));
    press({K::Digit3, K::NextPage});
    QCOMPARE(m_bar->selectedOrder(), QString());
}

void TestBumpBar::stepsThroughTicketsAndPages()
{
    QList<int> turns;
    connect(m_bar, &BumpBar::pageTurned, this, [&](int by) { turns.append(by); });
    m_bar->setPage(2, 2);
    press({K::Next});
    QCOMPARE(m_bar->selectedOrder(), idText(m_orders[2]));
    press({K::Next});
    QCOMPARE(turns, QList<int>());
    press({K::Next});
    QCOMPARE(turns, QList<int>{1});
    QCOMPARE(m_bar->selectedOrder(), idText(m_orders[4]));
    m_bar->setPage(4, 2);
    press({K::Previous});
    QCOMPARE(turns, (QList<int>{1, -1}));
    press({K::Close, K::Previous});
    QCOMPARE(m_bar->selectedOrder(), idText(m_orders[5]));
    press({K::NextPage, K::PreviousPage});
    QCOMPARE(turns, (QList<int>{1, -1, 1, -1}));
    m_bar->setPage(10, 2);
    press({K::Digit2, K::Next}); // behind the last there is nothing
    QCOMPARE(m_bar->selectedOrder(), idText(m_orders[11]));
}

void TestBumpBar::linesOneByOne()
{
    press({K::Digit2, K::ItemMode});
    QVERIFY(m_bar->itemMode());
    QCOMPARE(m_bar->selectedLine(), QStringLiteral("1"));
    press({K::Next, K::Next, K::Bump}); // no further than the last
    QVERIFY(only() == KitchenIntent({IntentKind::LinesReady, m_orders[1].id, {"2"}}));
    press({K::Bump});
    QCOMPARE(m_port->wished.size(), 1U); // bounced
    m_clock.steady += limits::bumpGuard;
    m_port->wished.clear();
    press({K::Previous, K::Bump});
    QCOMPARE(only().lines, (QStringList{"1"}));
    press({K::Digit3});
    QVERIFY(m_bar->itemMode());
    QCOMPARE(m_bar->selectedLine(), QStringLiteral("1"));
    press({K::ItemMode});
    QVERIFY(!m_bar->itemMode() && m_bar->selectedLine().isEmpty());
    press({K::ItemMode, K::Close});
    QVERIFY(!m_bar->itemMode());
    QCOMPARE(m_bar->selectedOrder(), idText(m_orders[2]));
}

void TestBumpBar::asksForWhatIsNotItsOwn()
{
    QStringList asked;
    connect(m_bar, &BumpBar::recallRequested, this, [&] { asked.append("recall"); });
    connect(m_bar, &BumpBar::allDayRequested, this, [&] { asked.append("all-day"); });
    connect(m_bar, &BumpBar::menuRequested, this,
            [&](const QString &, const QString &number) { asked.append("menu " + number); });
    connect(m_bar, &BumpBar::moveRequested, this,
            [&](const QString &, const QString &line, const QString &name) {
                asked.append("move " + line + ' ' + name);
            });
    press({K::Recall, K::AllDay, K::Menu, K::Digit2, K::ItemMode, K::Next, K::Menu, K::NoAction});
    QCOMPARE(asked, (QStringList{"recall", "all-day", "menu 101", "move 2 Dish 2"}));
    press({K::Close, K::Bump, K::Undo});
    QVERIFY(m_port->wished.back().kind == IntentKind::RecallLines);
}

void TestBumpBar::aTicketThatGoesIsNamedNoMore()
{
    press({K::Digit2, K::ItemMode});
    take(1);
    QCOMPARE(m_bar->selectedOrder(), QString());
    QVERIFY(!m_bar->itemMode());
    press({K::Start});
    QCOMPARE(wishedFor(), QStringLiteral("101"));
}

QTEST_GUILESS_MAIN(TestBumpBar)
#include "test_bump_bar.moc"
