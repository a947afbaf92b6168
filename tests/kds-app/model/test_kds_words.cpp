// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/link_model.h"
#include "kds-app/model/notice_queue.h"
#include "kds-app/model/undo.h"
#include "kds-app/model/words.h"
#include "shared/base/limits.h"

#include <QSignalSpy>
#include <QTest>

using namespace cf;
using namespace cf::kds;

namespace {

constexpr Timestamp now{std::chrono::milliseconds(1'795'262'590'000)};

} // namespace

class TestKdsWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void undoGivesTheWayBack_data();
    void undoGivesTheWayBack();
    void noticesAreBounded();
    void refusalsSayWhatIsSo();
    void linkNeverLooksHealthyWhenItIsNot();
    void linkSaysHowOldItsProofIs();
    void howAnOrderIsServed();
};

void TestKdsWords::undoGivesTheWayBack_data()
{
    QTest::addColumn<int>("done");
    QTest::addColumn<bool>("withLines");
    QTest::addColumn<int>("current");
    QTest::addColumn<QList<int>>("back");
    const auto row = [](const char *name, IntentKind done, bool withLines, OrderStatus current,
                        const std::vector<IntentKind> &back) {
        QList<int> kinds;
        for (const IntentKind kind : back)
            kinds.append(static_cast<int>(kind));
        QTest::newRow(name) << static_cast<int>(done) << withLines << static_cast<int>(current)
                            << kinds;
    };
    using K = IntentKind;
    using S = OrderStatus;
    row("bump", K::LinesReady, true, S::Ready, {K::RecallLines});
    row("line", K::LinesReady, true, S::InKitchen, {K::RecallLines});
    row("bump, picked up since", K::LinesReady, true, S::Completed, {K::RecallOrder});
    row("order ready", K::OrderReady, false, S::Ready, {K::RecallOrder});
    row("picked up", K::Complete, false, S::Completed, {K::RecallOrder, K::OrderReady});
    row("line recalled", K::RecallLines, true, S::InKitchen, {K::LinesReady});
    row("order recalled", K::RecallOrder, true, S::InKitchen, {K::LinesReady});
    row("order without lines recalled", K::RecallOrder, false, S::InKitchen, {K::OrderReady});
    row("started", K::Start, false, S::InKitchen, {});
}

void TestKdsWords::undoGivesTheWayBack()
{
    QFETCH(int, done);
    QFETCH(bool, withLines);
    QFETCH(int, current);
    QFETCH(QList<int>, back);
    KitchenIntent intent;
    intent.kind = static_cast<IntentKind>(done);
    intent.orderId = QUuid::createUuid();
    if (withLines)
        intent.lines = {QStringLiteral("1"), QStringLiteral("4")};
    const auto steps = undoOf(intent, static_cast<OrderStatus>(current));
    QList<int> kinds;
    for (const KitchenIntent &step : steps) {
        kinds.append(static_cast<int>(step.kind));
        QCOMPARE(step.orderId, intent.orderId);
    }
    QCOMPARE(kinds, back);
    if (withLines)
        QCOMPARE(steps[0].lines, intent.lines);
}

void TestKdsWords::noticesAreBounded()
{
    NoticeQueue notices;
    for (int i = 0; i < limits::noticesMax + 3; ++i)
        notices.add(NoticeQueue::Refused, QString::number(i), i);
    QCOMPARE(notices.count(), limits::noticesMax + 3);
    QCOMPARE(notices.text(), QStringLiteral("3"));
    for (int i = 0; i < limits::noticesMax; ++i)
        notices.dismiss();
    QCOMPARE(notices.count(), 0);
}

void TestKdsWords::refusalsSayWhatIsSo()
{
    const auto said = [](IntentKind kind, std::optional<OrderStatus> current,
                         const QString &code = {}) {
        return words::refusal(
            {1, kind, QStringLiteral("A-7"), code, QStringLiteral("because"), current});
    };
    QCOMPARE(said(IntentKind::Complete, OrderStatus::Completed),
             QStringLiteral("A-7 was not closed: it has already been picked up"));
    QCOMPARE(said(IntentKind::OrderReady, OrderStatus::Ready),
             QStringLiteral("A-7 was not bumped: it is already ready"));
    QCOMPARE(said(IntentKind::Start, OrderStatus::Placed),
             QStringLiteral("A-7 was not started: it has not been paid yet"));
    QCOMPARE(said(IntentKind::RecallOrder, OrderStatus::InKitchen),
             QStringLiteral("A-7 was not recalled: because"));
    QCOMPARE(said(IntentKind::RecallLines, std::nullopt),
             QStringLiteral("A-7 was not recalled: because"));
    QCOMPARE(said(IntentKind::LinesReady, std::nullopt, QStringLiteral("unknown_order")),
             QStringLiteral("A-7 was not bumped: the hub does not know this order"));
}

void TestKdsWords::linkNeverLooksHealthyWhenItIsNot()
{
    LinkModel link;
    QCOMPARE(link.state(), LinkModel::Offline);
    QCOMPARE(link.text(), QStringLiteral("offline, never connected"));
    LinkFacts facts;
    facts.provenAt = now;
    const QString clock = words::clock(now);
    link.setFacts(facts);
    QCOMPARE(link.text(), QStringLiteral("offline, as of %1").arg(clock));
    facts.outbox = 1;
    link.setFacts(facts);
    QCOMPARE(link.detail(), QStringLiteral("1 tap waiting to be sent"));
    facts.outbox = 4;
    link.setFacts(facts);
    QCOMPARE(link.detail(), QStringLiteral("4 taps waiting to be sent"));
    facts = {};
    facts.state = LinkFacts::State::CatchingUp;
    facts.eventsBehind = 120;
    link.setFacts(facts);
    QCOMPARE(link.text(), QStringLiteral("catching up, 120 behind"));
    QCOMPARE(link.state(), LinkModel::CatchingUp);
    facts.state = LinkFacts::State::Live;
    QSignalSpy changed(&link, &LinkModel::changed);
    link.setFacts(facts);
    link.setFacts(facts);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(link.state(), LinkModel::Live);
    QCOMPARE(link.text(), QStringLiteral("live"));
    QCOMPARE(link.detail(), QString());
    facts.unsaved = true;
    link.setFacts(facts);
    QCOMPARE(link.state(), LinkModel::Impaired);
    facts.state = LinkFacts::State::Refused;
    link.setFacts(facts);
    QCOMPARE(link.state(), LinkModel::Refused);
}

void TestKdsWords::linkSaysHowOldItsProofIs()
{
    LinkModel link;
    link.setNow(now + std::chrono::seconds(2));
    LinkFacts facts;
    facts.state = LinkFacts::State::Live;
    facts.provenAt = now;
    link.setFacts(facts);
    QCOMPARE(link.detail(), QStringLiteral("proven 2 s ago"));
    QSignalSpy changed(&link, &LinkModel::changed);
    link.setNow(now + std::chrono::milliseconds(2'900));
    QCOMPARE(changed.count(), 0);
    link.setNow(now + std::chrono::seconds(3));
    QCOMPARE(changed.count(), 1);
    link.setNow(now - std::chrono::seconds(9)); // the hub's clock went back
    QCOMPARE(link.agoText(), QStringLiteral("0 s"));
    link.setNow(now + std::chrono::minutes(7));
    facts.state = LinkFacts::State::CatchingUp;
    link.setFacts(facts);
    QCOMPARE(link.detail(), QStringLiteral("7 min behind"));
    facts.state = LinkFacts::State::Offline;
    link.setNow(now + std::chrono::hours(26));
    link.setFacts(facts);
    QCOMPARE(link.detail(), QStringLiteral("for 26 h"));
    facts.hint = QStringLiteral("connecting");
    link.setFacts(facts);
    QCOMPARE(link.detail(), QStringLiteral("connecting"));
}

void TestKdsWords::howAnOrderIsServed()
{
    OrderState order;
    QCOMPARE(words::served(order), QString());
    order.serviceType = ServiceType::DineIn;
    order.table = QStringLiteral("12");
    order.customerName = QStringLiteral("Ana");
    order.covers = 1;
    order.dueAt = now;
    QCOMPARE(words::served(order), QStringLiteral("Dine in · Table 12 · Ana · 1 guest · due %1")
                                       .arg(words::clockMinutes(now)));
    order.covers = 4;
    order.dueAt.reset();
    order.customerName.clear();
    QCOMPARE(words::served(order), QStringLiteral("Dine in · Table 12 · 4 guests"));
    QCOMPARE(words::number(QStringLiteral("47")), QStringLiteral("#47"));
    QCOMPARE(words::number(QStringLiteral("A-47")), QStringLiteral("A-47"));
}

QTEST_GUILESS_MAIN(TestKdsWords)
#include "test_kds_words.moc"
