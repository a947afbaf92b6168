// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/hub_client.h"
#include "tests/kds-app/scripted_hub.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;

namespace {
constexpr int patience = 30'000; // milliseconds; a limit, not a wait
} // namespace

// A display that looks in its hub's log for what it does not remember itself.
class TestSyncOlder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_client.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        m_hub = std::make_unique<ScriptedHub>();
        QVERIFY(m_hub->listen());
        HubClientOptions options;
        options.cacheFile = m_dir->filePath(QStringLiteral("kitchen.db"));
        m_client = std::make_unique<HubClient>(options, m_clock, m_random);
    }

    void cleanup() { m_client.reset(); }

    void looksForOrdersThatAreLongGone()
    {
        FakeHub lastWeek;
        const QUuid id = lastWeek.place(QStringLiteral("12"));
        for (const EventType type :
             {EventType::OrderStarted, EventType::OrderReady, EventType::OrderCompleted})
            lastWeek.append(id, type);
        m_hub->older = {*lastWeek.board().find(id)};
        m_hub->token = "secret";
        goLive(QStringLiteral("secret"));
        QSignalSpy found(m_client.get(), &KitchenLink::olderFound);
        m_client->lookFor(QStringLiteral("1"));
        m_client->lookFor(QStringLiteral("12 Zoë&q")); // before anybody was asked for the first
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, patience);
        QCOMPARE(m_hub->searches, QStringList(QStringLiteral("12 Zoë&q")));
        QCOMPARE(found[0][0].toString(), QStringLiteral("12 Zoë&q"));
        QVERIFY(found[0][1].value<std::vector<OrderState>>() == m_hub->older);
        QVERIFY(found[0][2].toBool());
        QVERIFY2(!m_client->tickets().shown(id), "it is not on the board");

        // Recalled it is shown at once, until the hub says that it does not know it.
        QSignalSpy rejected(m_client.get(), &KitchenLink::rejected);
        QCOMPARE(*m_client->submit(id, EventType::OrderRecalled, {}), 1);
        QVERIFY(m_client->tickets().shown(id));
        QCOMPARE(m_client->tickets().shown(id)->status, OrderStatus::InKitchen);
        QTRY_COMPARE_WITH_TIMEOUT(rejected.count(), 1, patience);
        QVERIFY(!m_client->tickets().shown(id));
    }

    void saysSoWhenTheHubCannotLook()
    {
        QSignalSpy found(m_client.get(), &KitchenLink::olderFound);
        m_client->lookFor(QStringLiteral("12")); // not started: at once
        QCOMPARE(found.count(), 1);
        QVERIFY(!found[0][2].toBool());
        goLive();
        m_hub->canSearch = false;
        m_client->lookFor(QStringLiteral("12"));
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 2, patience);
        QVERIFY2(!found[1][2].toBool(), "an older hub answers with its board");
        m_hub->canSearch = true;
        m_hub->answersHttp = false;
        m_client->lookFor(QStringLiteral("13"));
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 3, patience);
        QVERIFY(!found[2][2].toBool());
    }

private:
    void goLive(const QString &token = {})
    {
        m_client->start(m_hub->url(), token);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
    }

    SystemClock m_clock;
    CountingRandom m_random;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ScriptedHub> m_hub;
    std::unique_ptr<HubClient> m_client;
};

QTEST_GUILESS_MAIN(TestSyncOlder)
#include "test_sync_older.moc"
