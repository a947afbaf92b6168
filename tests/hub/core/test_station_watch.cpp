// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/station_watch.h"
#include "tests/hub/core/test_session.h"

#include <QtTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

// Grill and fry with a display each, a bar that nobody shows, and the pass.
KitchenSettings bistro()
{
    KitchenSettings settings;
    settings.stations = {
        {"grill", "Hot Grill", false, 30s}, {"fry", "Fryer", false, 60s}, {"bar", "Bar"}};
    settings.routing.byCategory = {{"grill", "grill"}, {"sides", "fry"}, {"drinks", "bar"}};
    settings.displays = {{"grill-1", DisplayRole::Prep, {"grill"}},
                         {"fry-1", DisplayRole::Prep, {"fry"}},
                         {"pass", DisplayRole::Expo, {}}};
    return settings;
}

Request saying(const KitchenSettings &settings, qint64 basedOn)
{
    return {changeKitchen(settings, basedOn), {ActorKind::Manager, QStringLiteral("ana"), {}, {}}};
}

Hello listening(const QString &name)
{
    Hello hello = helloFrom(QStringLiteral("device of ") + name);
    hello.name = name;
    hello.alarms = QByteArray();
    return hello;
}

} // namespace

class StationWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aStationThatIsOffIsSaid();
    void aStationThatShowsNothingIsSaid();
    void aBusyStationThatKeepsUpIsNot();
    void aShortWhileIsNot();
    void whatNobodyShowsIsLookedAfterByAll();
    void aDisplayThatPollsLooksAfterItsStation();
    void noStationsAreOneKitchen();
    void aKitchenWithoutPrepDisplaysHasNoneThatAreOff();
    void nothingSaidNothingWatched();
    void settingsKeepTheTimeOfWhatStays();
    void aNewLogHasToBeShownAgain();
    void isToldOnceAndToWhoAsks();
    void marksAreBounded();

private:
    using Sessions = std::map<QString, std::unique_ptr<TestSession>>;

    TestSession &connect(const QString &name);
    void place(const QString &category);
    // Time passes; every connected display but `stuck` paints what it was sent.
    void pass(std::chrono::seconds time, const QString &stuck = {});
    [[nodiscard]] QStringList alarms() const;

    std::unique_ptr<CoreKit> m_kit;
    Sessions m_sessions;
};

void StationWatchTest::init()
{
    m_kit = std::make_unique<CoreKit>();
    m_kit->one(saying(bistro(), 0));
}

void StationWatchTest::cleanup()
{
    m_sessions.clear();
    m_kit.reset();
}

TestSession &StationWatchTest::connect(const QString &name)
{
    m_sessions[name] = std::make_unique<TestSession>(*m_kit, listening(name));
    m_sessions[name]->pump();
    return *m_sessions[name];
}

void StationWatchTest::place(const QString &category)
{
    Request request = CoreKit::placing({});
    std::get<PlaceOrder>(request.what).request.order.lines.front().item.category = category;
    QVERIFY(m_kit->one(std::move(request)).error.detail.isEmpty());
}

void StationWatchTest::pass(std::chrono::seconds time, const QString &stuck)
{
    for (auto left = time; left > 0s; left -= 1s) {
        for (const auto &[name, session] : m_sessions) {
            session->pump();
            session->ack(m_kit->hub.head().pos, name != stuck);
        }
        m_kit->clock.advance(1s);
        m_kit->hub.tick();
    }
}

// "grill off 2": the reason and the tickets that wait there.
QStringList StationWatchTest::alarms() const
{
    QStringList list;
    for (const StationAlarm &alarm : m_kit->hub.stations().alarms()) {
        list.append(QStringLiteral("%1 %2 %3")
                        .arg(alarm.station, alarmReasonName(alarm.reason))
                        .arg(alarm.tickets));
    }
    return list;
}

void StationWatchTest::aStationThatIsOffIsSaid()
{
    connect("grill-1");
    connect("fry-1");
    pass(100s);
    QCOMPARE(alarms(), QStringList());
    place("grill");
    const Timestamp left = m_kit->clock.now();
    m_sessions.erase("grill-1");
    pass(29s);
    QCOMPARE(alarms(), QStringList());
    place("grill");
    pass(1s);
    QCOMPARE(alarms(), QStringList("grill off 2"));
    QCOMPARE(m_kit->hub.stations().alarms().front().since, left);
    pass(100s);
    QCOMPARE(m_kit->hub.stations().alarms().front().since, left);
    connect("grill-1");
    pass(1s);
    QCOMPARE(alarms(), QStringList());
}

void StationWatchTest::aStationThatShowsNothingIsSaid()
{
    connect("grill-1");
    connect("fry-1");
    pass(1s);
    place("grill");
    pass(29s, "grill-1");
    QCOMPARE(alarms(), QStringList());
    pass(1s, "grill-1");
    QCOMPARE(alarms(), QStringList("grill behind 1"));
    place("sides"); // its own station shows it
    pass(70s, "grill-1");
    QCOMPARE(alarms(), QStringList("grill behind 1"));
    pass(2s);
    QCOMPARE(alarms(), QStringList());
}

// The oldest that was not shown counts, not how long there is always one.
void StationWatchTest::aBusyStationThatKeepsUpIsNot()
{
    connect("grill-1");
    connect("fry-1");
    pass(1s);
    for (int second = 0; second < 200; ++second) {
        place("grill");
        pass(1s); // painted before the next, which is on its way already
        place("grill");
        m_kit->hub.tick();
        QCOMPARE(alarms(), QStringList());
    }
}

void StationWatchTest::aShortWhileIsNot()
{
    connect("grill-1");
    connect("fry-1");
    for (int turn = 0; turn < 10; ++turn) {
        m_sessions.erase("grill-1");
        pass(20s);
        connect("grill-1");
        pass(5s);
        QCOMPARE(alarms(), QStringList());
    }
}

void StationWatchTest::whatNobodyShowsIsLookedAfterByAll()
{
    connect("pass"); // which cooks nothing
    pass(31s);
    QCOMPARE(alarms(), (QStringList{"grill off 0", "bar off 0"}));
    pass(30s);
    QCOMPARE(alarms(), (QStringList{"grill off 0", "fry off 0", "bar off 0"}));
    connect("fry-1"); // shows what is the bar's, marked
    pass(1s);
    QCOMPARE(alarms(), QStringList("grill off 0"));
    connect("not listed"); // shows all
    pass(1s);
    QCOMPARE(alarms(), QStringList());
}

void StationWatchTest::aDisplayThatPollsLooksAfterItsStation()
{
    connect("fry-1");
    const auto poll = [this](qint64 shown) {
        DisplayInfo display;
        display.device = "d";
        display.name = "grill-1";
        display.pos = m_kit->hub.head().pos;
        display.shown = shown;
        m_kit->hub.notePolled(display);
    };
    poll(0);
    pass(29s);
    place("grill");
    poll(0);
    pass(29s);
    QCOMPARE(alarms(), QStringList());
    pass(1s);
    QCOMPARE(alarms(), QStringList("grill behind 1"));
    poll(m_kit->hub.head().pos);
    pass(36s);
    QCOMPARE(alarms(), QStringList());
    QVERIFY(m_kit->hub.displays().front().polling);
    pass(31s); // its next request is overdue, and then the station's time is over
    QCOMPARE(alarms(), QStringList("grill off 1"));
    QVERIFY(!m_kit->hub.displays().front().connected);
    TestSession &stream = connect("fry-1");
    DisplayInfo same;
    same.device = stream.subscriber->device();
    m_kit->hub.notePolled(same);
    const std::vector<DisplayInfo> known = m_kit->hub.displays();
    QVERIFY2(std::any_of(known.begin(), known.end(),
                         [&](const DisplayInfo &one) { return one.name == "fry-1"; }),
             "while there is a stream it speaks for the display");
    for (int i = 0; i < 2 * limits::displaysKnownMax; ++i) {
        same.device = QString::number(i);
        m_kit->hub.notePolled(same);
    }
    QCOMPARE(m_kit->hub.displays().size(), static_cast<size_t>(limits::displaysKnownMax));
}

void StationWatchTest::noStationsAreOneKitchen()
{
    KitchenSettings settings;
    settings.displays = {{"line", DisplayRole::Prep, {}}, {"pass", DisplayRole::Expo, {}}};
    m_kit->one(saying(settings, 1));
    connect("pass");
    place("grill");
    pass(30s);
    QCOMPARE(alarms(), QStringList(" off 1"));
    connect("line");
    pass(1s);
    QCOMPARE(alarms(), QStringList());
}

void StationWatchTest::aKitchenWithoutPrepDisplaysHasNoneThatAreOff()
{
    KitchenSettings settings;
    settings.stations = {{"grill", "Hot Grill"}};
    settings.displays = {{"pass", DisplayRole::Expo, {}}};
    m_kit->one(saying(settings, 1));
    connect("pass");
    place("grill");
    pass(100s);
    QCOMPARE(alarms(), QStringList());
}

void StationWatchTest::nothingSaidNothingWatched()
{
    m_kit = std::make_unique<CoreKit>();
    place("grill");
    pass(1'000s);
    QCOMPARE(alarms(), QStringList());
    QVERIFY(m_kit->hub.stations().watched().isEmpty());
}

void StationWatchTest::settingsKeepTheTimeOfWhatStays()
{
    connect("fry-1");
    pass(25s);
    KitchenSettings settings = bistro();
    settings.stations.push_back({"wok", "Wok"});
    m_kit->one(saying(settings, 1));
    pass(5s);
    QCOMPARE(alarms(), QStringList("grill off 0"));
    QCOMPARE(m_kit->hub.stations().watched(), (QStringList{"grill", "fry", "bar", "wok"}));
    pass(60s); // everybody shows it
    QCOMPARE(alarms(), QStringList("grill off 0"));
}

void StationWatchTest::aNewLogHasToBeShownAgain()
{
    connect("grill-1");
    connect("fry-1");
    place("grill");
    pass(1s);
    QVERIFY(m_kit->log.renewEpoch(QByteArray(32, 'b'), QStringLiteral("restored")));
    m_kit->recover();
    QVERIFY2(m_kit->hub.displays().front().shown == 0, "positions of another log");
    m_sessions.clear();
    connect("fry-1");
    connect("grill-1");
    pass(30s, "grill-1");
    QCOMPARE(alarms(), QStringList("grill behind 1"));
    pass(2s);
    QCOMPARE(alarms(), QStringList());
}

void StationWatchTest::isToldOnceAndToWhoAsks()
{
    TestSession &pass1 = connect("pass");
    connect("fry-1");
    Hello unaware = listening("pass");
    unaware.device = "of an older version";
    unaware.alarms.reset();
    m_sessions["old"] = std::make_unique<TestSession>(*m_kit, unaware);
    place("grill");
    pass(40s);
    const std::vector<AlarmsMessage> told = pass1.all<AlarmsMessage>();
    QCOMPARE(told.size(), size_t(1));
    QCOMPARE(told[0].sid, pass1.subscriber->sid());
    QCOMPARE(told[0].stations, m_kit->hub.stations().alarms());
    QCOMPARE(told[0].id, m_kit->hub.alarmsId());
    QVERIFY(!told[0].id.isEmpty());
    QVERIFY2(m_sessions["old"]->all<AlarmsMessage>().empty(), "it does not know them");
    connect("grill-1");
    pass(2s); // seen to in the first, heard in the second
    const std::vector<AlarmsMessage> over = pass1.all<AlarmsMessage>();
    QCOMPARE(over.size(), size_t(2));
    QVERIFY(over[1].id.isEmpty() && over[1].stations.empty());
    QVERIFY2(m_sessions["grill-1"]->all<AlarmsMessage>().size() == 2, "on its way in, and the end");
    QCOMPARE(modelAfter(pass1, {}).faults, QStringList());
}

// A station that is off all night, and orders all the time.
void StationWatchTest::marksAreBounded()
{
    StationWatch watch;
    KitchenSettings settings;
    settings.stations = {{"grill", "Grill"}};
    settings.displays = {{"grill-1", DisplayRole::Prep, {"grill"}}};
    watch.setSettings(settings, Monotonic());
    OrderState order;
    order.status = OrderStatus::Paid;
    order.lines.emplace_back().item.station = "grill";
    DisplayInfo display;
    display.name = "grill-1";
    display.connected = true;
    Board board;
    for (int second = 0; second < 10'000; ++second)
        watch.note(order, second, Monotonic(1s * second));
    const Monotonic now(10'000s);
    display.shown = 9'000; // old ones were dropped into one with the newest position
    QVERIFY(watch.check({display}, board, now, Timestamp()));
    QCOMPARE(watch.alarms().size(), size_t(1));
    // That one is as old as when there was no more room.
    QVERIFY(watch.alarms().front().since < Timestamp() - 9'000s);
    display.shown = 9'999;
    QVERIFY(watch.check({display}, board, now, Timestamp()));
    QVERIFY(watch.alarms().empty());
}

QTEST_GUILESS_MAIN(StationWatchTest)
#include "test_station_watch.moc"
