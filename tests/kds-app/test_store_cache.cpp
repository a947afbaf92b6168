// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/local_kitchen.h"
#include "shared/base/limits.h"
#include "tests/kds-app/take_snapshot.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;

class TestStoreCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_hub = FakeHub();
        m_clock = FakeClock();
    }

    void startsEmptyWithAnIdentityThatStays()
    {
        const QString device = LocalKitchen(path(), m_clock, m_random).deviceId();
        QVERIFY(parseUuid(device));
        LocalKitchen again(path(), m_clock, m_random);
        QCOMPARE(again.deviceId(), device);
        QVERIFY(!again.tickets().cursor());
        QVERIFY(again.report().isEmpty() && again.storageFault().isEmpty());
    }

    void startsFromWhatItHadWithTheHubAway()
    {
        const QUuid id = m_hub.place(QStringLiteral("47"));
        const QUuid closed = m_hub.place(QStringLiteral("46"));
        const QUuid closedLater = m_hub.place(QStringLiteral("45"));
        m_hub.append(closed, EventType::OrderCancelled);
        m_hub.append(closedLater, EventType::OrderCancelled);
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            kitchen.setHubTime(m_clock.now() + std::chrono::seconds(90));
            QVERIFY(takeSnapshot(kitchen, m_hub));
            kitchen.noteCurrent();
            QVERIFY(kitchen.flush());
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QCOMPARE(kitchen.tickets().cursor(), std::optional(m_hub.cursor()));
        QVERIFY(*kitchen.tickets().shown(id) == *m_hub.board().find(id));
        QCOMPARE(kitchen.tickets().shownRecent().front()->id, closed);
        QCOMPARE(kitchen.tickets().shownRecent().back()->id, closedLater);
        QCOMPARE(kitchen.asOf(), std::optional(m_clock.now() + std::chrono::seconds(90)));
        QCOMPARE(kitchen.hubOffset(), std::chrono::milliseconds(90'000));
    }

    void keepsTheSettingsForTheTimeWithoutTheHub()
    {
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            QCOMPARE(kitchen.settings(), KitchenSettings());
            kitchen.setSettings({1, "00112233aabbccdd", 4, {{"hold_courses", true}}});
            QVERIFY(kitchen.flush());
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QCOMPARE(kitchen.settingsId(), QByteArray("00112233aabbccdd"));
        QVERIFY(kitchen.settings().holdsCourses);
    }

    // A newer hub's, say. They are this display's on the day it can read them.
    void settingsThatAreNotUnderstoodLeaveTheLastOnes()
    {
        LocalKitchen kitchen(path(), m_clock, m_random);
        kitchen.setSettings({1, "00112233aabbccdd", 4, {{"hold_courses", true}}});
        QVERIFY(kitchen.takeSettingsChanged());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^settings 1111.*hold_courses"));
        kitchen.setSettings({1, "1111111111111111", 5, {{"hold_courses", "fortnightly"}}});
        QVERIFY(kitchen.settings().holdsCourses);
        QVERIFY(!kitchen.takeSettingsChanged());
        QCOMPARE(kitchen.settingsId(), QByteArray("1111111111111111")); // not sent each time anew
        QVERIFY(kitchen.flush());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^settings 1111.*hold_courses"));
        LocalKitchen again(path(), m_clock, m_random);
        QVERIFY2(again.settings().holdsCourses, "nor does a restart make it forget them");
        QCOMPARE(again.settingsId(), QByteArray("1111111111111111"));
    }

    void followsEveryKindOfChange()
    {
        LocalKitchen kitchen(path(), m_clock, m_random);
        QVERIFY(takeSnapshot(kitchen, m_hub));
        QVERIFY(kitchen.flush());
        std::vector<QUuid> orders;
        orders.reserve(limits::recentOrdersMax + 5);
        for (int i = 0; i < limits::recentOrdersMax + 5; ++i)
            orders.push_back(m_hub.place(QString::number(i)));
        follow(kitchen);
        for (const QUuid &id : orders)
            m_hub.append(id, EventType::OrderCancelled);
        follow(kitchen); // five fell off the recent list
        const QUuid back = m_hub.place(QStringLiteral("back"));
        m_hub.append(back, EventType::OrderStarted);
        m_hub.append(back, EventType::OrderReady);
        m_hub.append(back, EventType::OrderCompleted);
        follow(kitchen);
        m_hub.append(back, EventType::OrderRecalled);
        follow(kitchen);
        expectSame(path());
    }

    void survivesAKillAtAnyCommit()
    {
        LocalKitchen kitchen(path(), m_clock, m_random);
        QVERIFY(takeSnapshot(kitchen, m_hub));
        QVERIFY(kitchen.flush());
        for (int i = 0; i < 5; ++i) {
            m_hub.place(QString::number(i));
            follow(kitchen);
            expectSame(copyOfOpenFile(i));
            // In memory only: what is found must be the moment before, whole.
            const FakeHub committed = m_hub;
            const QUuid unsaved = m_hub.place(QStringLiteral("unsaved"));
            QCOMPARE(kitchen.tickets().applyEvents(
                         m_hub.events(kitchen.tickets().position(), m_hub.head())),
                     EventsOutcome::Applied);
            LocalKitchen found(copyOfOpenFile(100 + i), m_clock, m_random);
            QCOMPARE(found.tickets().cursor(), std::optional(committed.cursor()));
            QVERIFY(!found.tickets().shown(unsaved));
        }
    }

    void leavesCursorAndBoardWhenACommitFails()
    {
        LocalKitchen kitchen(path(), m_clock, m_random);
        QVERIFY(takeSnapshot(kitchen, m_hub));
        QVERIFY(kitchen.flush());
        const FakeHub committed = m_hub;
        {
            Result<Database> other = Database::open(path());
            QVERIFY(other);
            // Orders can be written, the cursor after them cannot: the whole must be undone.
            QVERIFY(other->exec("CREATE TRIGGER t BEFORE INSERT ON meta WHEN NEW.key = 'cursor'"
                                " BEGIN SELECT RAISE(ABORT, 'no room'); END"));
        }
        const QUuid id = m_hub.place(QStringLiteral("47"));
        QCOMPARE(
            kitchen.tickets().applyEvents(m_hub.events(kitchen.tickets().position(), m_hub.head())),
            EventsOutcome::Applied);
        QVERIFY(!kitchen.flush());
        QVERIFY(kitchen.storageFault().contains(QStringLiteral("no room")));
        QVERIFY2(kitchen.tickets().shown(id), "the kitchen goes on from memory");
        {
            LocalKitchen found(copyOfOpenFile(1), m_clock, m_random);
            QCOMPARE(found.tickets().cursor(), std::optional(committed.cursor()));
            QVERIFY(!found.tickets().shown(id));
        }
        const Result<qint64> n = kitchen.submit(id, EventType::OrderStarted, {}, std::nullopt);
        QVERIFY2(!n, "a bump that is not on disk was not made");
        QCOMPARE(n.error().code, ErrorCode::StorageFailed);
        QCOMPARE(kitchen.outbox().unanswered(), 0);
        {
            Result<Database> other = Database::open(path());
            QVERIFY(other && other->exec("DROP TRIGGER t"));
        }
        QVERIFY(kitchen.flush());
        QVERIFY(kitchen.storageFault().isEmpty());
        expectSame(copyOfOpenFile(2));
    }

    void keepsABumpMadeOffline()
    {
        const QUuid id = m_hub.place(QStringLiteral("47"));
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            QVERIFY(takeSnapshot(kitchen, m_hub));
            QVERIFY(kitchen.flush());
            QCOMPARE(*kitchen.submit(id, EventType::OrderStarted, {}, std::nullopt), 1);
            QCOMPARE(*kitchen.submit(id, EventType::OrderReady, {}, std::nullopt), 2);
            QCOMPARE(*kitchen.submit(id, EventType::OrderReady, {}, std::nullopt), 0); // so already
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QCOMPARE(kitchen.outbox().unanswered(), 2);
        QCOMPARE(kitchen.outbox().next(), 3);
        QCOMPARE(kitchen.tickets().shown(id)->status, OrderStatus::Ready);
        QCOMPARE(kitchen.tickets().folded().find(id)->status, OrderStatus::Paid);
    }

    void refusesAWishThatCannotBe()
    {
        const QUuid id = m_hub.place(QStringLiteral("47"));
        LocalKitchen kitchen(path(), m_clock, m_random);
        QVERIFY(takeSnapshot(kitchen, m_hub));
        const auto code = [&](const QUuid &order, EventType type, const QJsonObject &payload = {},
                              std::optional<int> seq = std::nullopt) {
            const Result<qint64> n = kitchen.submit(order, type, payload, seq);
            return n ? ErrorCode::Internal : n.error().code;
        };
        QCOMPARE(code(QUuid::createUuid(), EventType::OrderReady), ErrorCode::UnknownOrder);
        QCOMPARE(code(id, EventType::OrderCompleted), ErrorCode::TransitionNotAllowed);
        QCOMPARE(code(id, EventType::OrderStarted, {}, 99), ErrorCode::SeqMismatch);
        QCOMPARE(code(id, EventType::OrderNoteAdded), ErrorCode::ValidationFailed);
        QCOMPARE(kitchen.outbox().next(), 1);
    }

    void keepsARefusalUntilSomebodyHasSeenIt()
    {
        const QUuid id = m_hub.place(QStringLiteral("47"));
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            QVERIFY(takeSnapshot(kitchen, m_hub));
            QCOMPARE(*kitchen.submit(id, EventType::OrderStarted, {}, std::nullopt), 1);
            m_hub.append(id, EventType::OrderCancelled);
            const auto refused =
                kitchen.answered(m_hub.handle(kitchen.outbox().find(1)->command), m_hub.epoch());
            QVERIFY(refused);
            QCOMPARE(refused->code, QStringLiteral("transition_not_allowed"));
            QCOMPARE(refused->current->status, OrderStatus::Cancelled);
            QVERIFY(kitchen.flush());
        }
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            QCOMPARE(kitchen.outbox().rejections().size(), size_t(1));
            QCOMPARE(kitchen.outbox().rejections()[0].orderNumber, QStringLiteral("47"));
            QVERIFY(kitchen.dismissRejection(1));
            QVERIFY(!kitchen.dismissRejection(1));
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QVERIFY(kitchen.outbox().rejections().empty());
        QCOMPARE(kitchen.outbox().find(1)->result->status, CommandStatus::Rejected);
    }

    void setsADamagedFileAsideAndCarriesTheOutboxOver()
    {
        QString device;
        const QUuid id = m_hub.place(QStringLiteral("47"));
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            device = kitchen.deviceId();
            QVERIFY(takeSnapshot(kitchen, m_hub));
            QCOMPARE(*kitchen.submit(id, EventType::OrderStarted, {}, std::nullopt), 1);
            QVERIFY(kitchen.flush());
        }
        {
            Result<Database> other = Database::open(path()); // the board is not the cursor's
            QVERIFY(other && other->exec("DELETE FROM orders"));
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QCOMPARE(kitchen.deviceId(), device);
        QVERIFY(kitchen.report().contains(QStringLiteral(".damaged-")));
        QVERIFY(kitchen.storageFault().isEmpty());
        QVERIFY(!kitchen.tickets().cursor());
        QCOMPARE(kitchen.outbox().unanswered(), 1);
        QCOMPARE(kitchen.outbox().next(), 2);
        QCOMPARE(QDir(m_dir->path()).entryList({QStringLiteral("*.damaged-*")}).size(), 1);
    }

    void startsFromNothingWhenNothingCanBeRead()
    {
        for (const QByteArray &rubbish :
             {QByteArray("not a database, and long enough to tell"), QByteArray(100'000, '\x5a')}) {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(rubbish);
            file.close();
            LocalKitchen kitchen(path(), m_clock, m_random);
            QVERIFY(!kitchen.report().isEmpty());
            QVERIFY(kitchen.storageFault().isEmpty());
            QVERIFY(parseUuid(kitchen.deviceId()));
            QVERIFY(takeSnapshot(kitchen, m_hub));
            QVERIFY(kitchen.flush());
        }
        QCOMPARE(QDir(m_dir->path()).entryList({QStringLiteral("*.damaged-*")}).size(), 2);
    }

    void survivesATornFile()
    {
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            for (int i = 0; i < 60; ++i)
                m_hub.place(QString::number(i), 10);
            QVERIFY(takeSnapshot(kitchen, m_hub));
            QVERIFY(kitchen.flush());
        }
        const qint64 size = QFile(path()).size();
        int noticed = 0;
        for (int i = 0; i < 8; ++i) {
            const QString torn = copyOfOpenFile(i);
            QVERIFY(QFile(torn).resize(size - 1 - i * (size / 8)));
            LocalKitchen kitchen(torn, m_clock, m_random);
            QVERIFY2(!kitchen.report().isEmpty() || kitchen.tickets().cursor() == m_hub.cursor(),
                     "a torn file is noticed, unless nothing of it is missing");
            QVERIFY(kitchen.storageFault().isEmpty());
            noticed += !kitchen.report().isEmpty();
        }
        QVERIFY(noticed >= 7);
    }

    void saysWhenCommandsCannotBeSentAnyMore()
    {
        const QUuid id = m_hub.place(QStringLiteral("47"));
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
            QVERIFY(takeSnapshot(kitchen, m_hub));
            QCOMPARE(*kitchen.submit(id, EventType::OrderStarted, {}, std::nullopt), 1);
        }
        {
            Result<Database> other = Database::open(path());
            QVERIFY(other && other->exec("DROP TABLE meta"));
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QCOMPARE(kitchen.outbox().unanswered(), 0);
        QCOMPARE(kitchen.outbox().rejections().size(), size_t(1));
        QCOMPARE(kitchen.outbox().rejections()[0].code, QStringLiteral("storage_failed"));
    }

    void setsAFileOfANewerVersionAside()
    {
        {
            LocalKitchen kitchen(path(), m_clock, m_random);
        }
        {
            Result<Database> other = Database::open(path());
            QVERIFY(other && other->exec("PRAGMA user_version = 1000"));
        }
        LocalKitchen kitchen(path(), m_clock, m_random);
        QVERIFY(kitchen.report().contains(QStringLiteral("version 1000")));
    }

    void runsFromMemoryWhereNothingCanBeWritten()
    {
        LocalKitchen kitchen(m_dir->filePath(QStringLiteral("no/such/dir/k.db")), m_clock,
                             m_random);
        QVERIFY(!kitchen.storageFault().isEmpty());
        const QUuid id = m_hub.place(QStringLiteral("47"));
        QVERIFY(takeSnapshot(kitchen, m_hub));
        QVERIFY(kitchen.flush());
        QVERIFY(kitchen.tickets().shown(id));
        QVERIFY2(!kitchen.storageFault().isEmpty(), "the fault stays: nothing of this is kept");
    }

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(QStringLiteral("kitchen.db")); }

    // As a kill would leave it: the files as they are while the display has them open.
    [[nodiscard]] QString copyOfOpenFile(int i) const
    {
        const QString copy = m_dir->filePath(QStringLiteral("copy-%1.db").arg(i));
        QFile::copy(path(), copy);
        QFile::copy(path() + QStringLiteral("-wal"), copy + QStringLiteral("-wal"));
        return copy;
    }

    void follow(LocalKitchen &kitchen) const
    {
        QCOMPARE(
            kitchen.tickets().applyEvents(m_hub.events(kitchen.tickets().position(), m_hub.head())),
            EventsOutcome::Applied);
        QVERIFY(kitchen.flush());
    }

    void expectSame(const QString &file)
    {
        LocalKitchen found(file, m_clock, m_random);
        QVERIFY2(found.report().isEmpty(), qPrintable(found.report()));
        QCOMPARE(found.tickets().cursor(), std::optional(m_hub.cursor()));
        const auto expectOrders = [](const std::vector<const OrderState *> &is,
                                     const std::vector<const OrderState *> &should) {
            QCOMPARE(is.size(), should.size());
            for (size_t i = 0; i < is.size(); ++i)
                QVERIFY2(*is[i] == *should[i], qPrintable(should[i]->number));
        };
        expectOrders(found.tickets().shownOpen(), m_hub.board().openOrders());
        expectOrders(found.tickets().shownRecent(), m_hub.board().recentOrders());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeHub m_hub;
    FakeClock m_clock;
    CountingRandom m_random;
};

QTEST_GUILESS_MAIN(TestStoreCache)
#include "test_store_cache.moc"
