// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "tests/kds-app/model/controller_test.h"

using namespace cf;
using namespace cf::kds;
using namespace std::chrono_literals;

// What a cook hears.
class TestAlerts : public ControllerTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatADisplayStartsWithIsNotNew();
    void manyAtOnceAreOneSound();
    void theGravestFirstAndOneAtATime();
    void repeatsUntilSomebodyIsThere();
    void oneTouchIsEnough();
    void whatIsDoneIsSilent();
    void whatIsToBeCookedNowIsHeard();
    void doesNotRepeatWhereThatIsNotWanted();
    void eachChangeHasItsSound();
    void whatTheCookDoesIsNoNews();
    void aLostConnectionIsHeardWhenItStays();

private:
    // What is heard meanwhile, a tick every quarter of a second.
    QString heard(std::chrono::milliseconds time = 250ms);
    void show(const OrderState &order) { m_controller->showOrder(order, false); }
    void link(LinkFacts::State state);

    QString m_heard;
};

void TestAlerts::init()
{
    begin();
    connect(m_controller->alerts(), &Alerts::sounded, this, [this](Alerts::Sound sound) {
        m_heard += QStringLiteral("LVARCN").at(static_cast<int>(sound));
    });
    m_controller->showAll({}, {});
    m_heard.clear();
}

QString TestAlerts::heard(std::chrono::milliseconds time)
{
    m_heard.clear();
    for (auto left = time; left > 0ms; left -= limits::ageTick) {
        m_clock.at += limits::ageTick;
        m_clock.steady += limits::ageTick;
        m_controller->tick();
    }
    return m_heard;
}

void TestAlerts::link(LinkFacts::State state)
{
    LinkFacts facts;
    facts.state = state;
    facts.provenAt = m_clock.at;
    m_controller->link()->setFacts(facts);
}

void TestAlerts::whatADisplayStartsWithIsNotNew()
{
    begin();
    connect(m_controller->alerts(), &Alerts::sounded, this,
            [this](Alerts::Sound) { m_heard += u'!'; });
    const OrderState order = paidOrder(QStringLiteral("1"), 1, 2, m_clock.at);
    m_controller->showAll({&order}, {});
    QCOMPARE(heard(60s), QString());
    add(QStringLiteral("2"), 1);
    QCOMPARE(heard(), QStringLiteral("!"));
}

void TestAlerts::manyAtOnceAreOneSound()
{
    for (int i = 0; i < 30; ++i)
        add(QString::number(i), 1);
    QCOMPARE(heard(5s), QStringLiteral("N"));
}

void TestAlerts::theGravestFirstAndOneAtATime()
{
    OrderState order = add(QStringLiteral("1"), 2);
    order.lines[0].status = LineStatus::Voided;
    show(order);
    QCOMPARE(heard(limits::soundLength - limits::ageTick), QStringLiteral("V"));
    QCOMPARE(heard(500ms), QStringLiteral("N"));
}

void TestAlerts::repeatsUntilSomebodyIsThere()
{
    add(QStringLiteral("1"), 1);
    QCOMPARE(heard(), QStringLiteral("N"));
    QCOMPARE(heard(limits::soundRepeat - limits::ageTick), QString());
    QCOMPARE(heard(), QStringLiteral("N"));
    QCOMPARE(heard(limits::soundRepeat), QStringLiteral("N"));
    m_controller->alerts()->acknowledge();
    QCOMPARE(heard(60s), QString());
    add(QStringLiteral("2"), 1);
    QCOMPARE(heard(), QStringLiteral("N"));
}

// Of several that are repeated one touch means all.
void TestAlerts::oneTouchIsEnough()
{
    OrderState order = add(QStringLiteral("1"), 2);
    order.lines[0].status = LineStatus::Voided;
    show(order);
    QCOMPARE(heard(5s), QStringLiteral("VN"));
    QCOMPARE(heard(7s), QStringLiteral("V"));
    m_controller->alerts()->acknowledge();
    QCOMPARE(heard(60s), QString());
}

void TestAlerts::whatIsDoneIsSilent()
{
    OrderState order = add(QStringLiteral("1"), 1);
    QCOMPARE(heard(9min).left(1), QStringLiteral("N"));
    QVERIFY(heard(20s).contains(u'A'));
    order.status = OrderStatus::Completed; // at the other display of this station
    show(order);
    QCOMPARE(heard(60s), QString());
}

void TestAlerts::whatIsToBeCookedNowIsHeard()
{
    OrderState order = add(QStringLiteral("1"), 3);
    for (OrderLine &line : order.lines) {
        line.item.name = QStringLiteral("Soup");
        line.item.quantity = 1;
    }
    show(order);
    const auto after = [&] {
        m_controller->alerts()->acknowledge();
        show(order);
        m_controller->alerts()->acknowledge();
        return heard(1s);
    };
    (void)heard(60s);
    order.lines[2].status = LineStatus::Voided; // of three that are shown as one
    QCOMPARE(after(), QStringLiteral("V"));
    (void)heard(60s);
    order.lines[1].status = LineStatus::Ready;
    (void)after();
    (void)heard(60s);
    order.lines[1].status = LineStatus::Open; // sent back
    QCOMPARE(after(), QStringLiteral("C"));
}

void TestAlerts::doesNotRepeatWhereThatIsNotWanted()
{
    KitchenSettings settings;
    settings.displays = {{"Grill", DisplayRole::Prep, {}, {}, {100, false}}};
    m_controller->setSettings(settings);
    QCOMPARE(m_controller->alerts()->sounds().volumePercent, 100);
    add(QStringLiteral("1"), 1);
    QCOMPARE(heard(60s), QStringLiteral("N"));
}

void TestAlerts::eachChangeHasItsSound()
{
    OrderState order = add(QStringLiteral("1"), 2);
    const auto after = [&] {
        m_controller->alerts()->acknowledge();
        show(order);
        return heard(2s);
    };
    QCOMPARE(heard(2s), QStringLiteral("N"));
    order.lines.push_back(order.lines[0]);
    order.lines.back().item.lineId = QStringLiteral("9");
    order.lines.back().addedSeq = 4;
    QCOMPARE(after(), QStringLiteral("C"));
    order.notes.push_back({m_clock.at, QString(), QStringLiteral("no salt")});
    QCOMPARE(after(), QStringLiteral("C"));
    order.messages.push_back(
        {m_clock.at, QString(), MessageTarget::Kitchen, QStringLiteral("table waits")});
    QCOMPARE(after(), QStringLiteral("C"));
    order.priority = true;
    QCOMPARE(after(), QStringLiteral("C"));
    order.priority = false;
    QCOMPARE(after(), QString());
    order.status = OrderStatus::InKitchen;
    order.lines[0].status = LineStatus::Ready; // somebody cooks: that is what is expected
    QCOMPARE(after(), QString());
    order.lines[1].status = LineStatus::Voided;
    QCOMPARE(after(), QStringLiteral("V"));
    m_clock.at += 8min;
    QCOMPARE(after(), QStringLiteral("A"));
    order.status = OrderStatus::Cancelled;
    QCOMPARE(after(), QStringLiteral("V"));
    order.status = OrderStatus::InKitchen;
    order.recalls = 1;
    order.paidAt = m_clock.at;
    QCOMPARE(after(), QStringLiteral("R"));
}

void TestAlerts::whatTheCookDoesIsNoNews()
{
    const OrderState order = add(QStringLiteral("1"), 2);
    QCOMPARE(heard(), QStringLiteral("N"));
    m_controller->alerts()->acknowledge();
    m_port->meanwhile = [&] { // a display shows at once what is done on it
        OrderState first = order;
        first.priority = true;
        show(first);
    };
    m_controller->togglePriority(idText(order));
    QCOMPARE(heard(60s), QString());
    m_port->meanwhile = [&] { add(QStringLiteral("2"), 1); }; // and with it what others did
    m_controller->togglePriority(idText(order));
    QCOMPARE(heard(), QStringLiteral("N"));
}

void TestAlerts::aLostConnectionIsHeardWhenItStays()
{
    QCOMPARE(heard(60s), QString()); // there was none to lose
    link(LinkFacts::State::Live);
    link(LinkFacts::State::Offline);
    QCOMPARE(heard(limits::lostUnheard - limits::ageTick), QString());
    link(LinkFacts::State::CatchingUp);
    QCOMPARE(heard(60s), QString());
    link(LinkFacts::State::Offline);
    QCOMPARE(heard(limits::lostUnheard), QStringLiteral("L"));
    QCOMPARE(heard(limits::soundRepeat), QStringLiteral("L"));
    link(LinkFacts::State::Live);
    QCOMPARE(heard(60s), QString());
}

QTEST_GUILESS_MAIN(TestAlerts)
#include "test_alerts.moc"
