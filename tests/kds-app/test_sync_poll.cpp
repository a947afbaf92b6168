// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/poll_codec.h"
#include "kds-app/sync/poll_session.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/kds-app/fake_hub.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestSyncPoll : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_session.reset();
        m_book.reset();
        m_kitchen.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        m_hub = FakeHub();
        m_clock = FakeClock();
        m_id = m_hub.place(QStringLiteral("47"));
        m_kitchen = std::make_unique<LocalKitchen>(m_dir->filePath(QStringLiteral("k.db")), m_clock,
                                                   m_random);
        m_book = std::make_unique<LinkBook>(*m_kitchen);
        m_session = std::make_unique<PollSession>(*m_kitchen, *m_book);
    }

    void readsASnapshotThenEvents()
    {
        QCOMPARE(m_session->nextRead().path, snapshotPath());
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), m_clock.now() + 1h).ok);
        LinkState link = m_book->state();
        QCOMPARE(link.phase, LinkPhase::Polling);
        QVERIFY(link.isCurrent());
        QCOMPARE(link.hubOffset, std::optional(std::chrono::milliseconds(1h)));
        const qint64 from = m_hub.head();
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        const QString path = m_session->nextRead().path;
        QVERIFY2(path.startsWith(QStringLiteral("/v1/kds/events?since=")), qPrintable(path));
        QVERIFY2(path.endsWith(QStringLiteral("&limit=200&wait=1")), qPrintable(path));
        m_session->painted(from); // nothing else to tell the hub of
        QVERIFY(m_session->nextRead().path.endsWith(QStringLiteral("&limit=200&wait=25")));
        QVERIFY(m_session->onRead(200, m_hub.pollPage(from, 1), {}).ok);
        QCOMPARE(m_book->state().phase, LinkPhase::CatchingUp);
        QVERIFY(!m_book->state().isCurrent());
        QVERIFY(m_session->nextRead().path.endsWith(QStringLiteral("&wait=0")));
        const PollOutcome last = m_session->onRead(200, m_hub.pollPage(from + 1, 200), {});
        QVERIFY(last.ok);
        QCOMPARE(last.pause, 0ms);
        QCOMPARE(m_book->state().phase, LinkPhase::Polling);
        QVERIFY(*m_kitchen->tickets().shown(m_id) == *m_hub.board().find(m_id));
        QVERIFY2(m_kitchen->tickets().dirty().isEmpty(), "what was read is on disk");
        QCOMPARE(m_session->onRead(200, m_hub.pollPage(m_hub.head(), 200), {}).pause,
                 std::chrono::milliseconds(limits::pollPause));
    }

    void saysWhoItIsAndWhatItShows()
    {
        m_session = std::make_unique<PollSession>(*m_kitchen, *m_book, u"Grill & Co #1"_s);
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), {}).ok);
        const auto shown = [this] {
            return QUrlQuery(QUrl(m_session->nextRead().path)).queryItemValue(u"shown"_s);
        };
        const QUrlQuery query(QUrl(m_session->nextRead().path));
        QCOMPARE(query.queryItemValue(u"display"_s), m_kitchen->deviceId());
        QCOMPARE(query.queryItemValue(u"name"_s, QUrl::FullyDecoded), u"Grill & Co #1"_s);
        QCOMPARE(shown(), u"0"_s);
        m_session->painted(m_hub.head());
        QCOMPARE(shown(), QString::number(m_hub.head()));
        m_session->painted(m_hub.head() + 7); // of a log that was longer
        QCOMPARE(shown(), QString::number(m_hub.head()));
        m_book->askForSnapshot();
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), {}).ok);
        QCOMPARE(shown(), u"0"_s);
    }

    void keepsTheAlarms()
    {
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), {}).ok);
        QVERIFY(m_session->nextRead().path.contains(QStringLiteral("&alarms=&")));
        const std::vector<StationAlarm> alarms = {{"grill", AlarmReason::Off, m_clock.now(), 2}};
        QJsonObject page = *parseJsonObject(m_hub.pollPage(m_hub.head(), 1));
        page.insert("alarms", *parseJsonObject(alarmsBody(alarms)));
        QVERIFY(m_session->onRead(200, canonicalJson(page), {}).ok);
        QCOMPARE(m_book->state().alarms, alarms);
        QVERIFY(m_session->nextRead().path.contains("&alarms=" + alarmsId(alarms) + '&'));
        page.insert("alarms", QJsonObject{{"stations", 7}});
        QVERIFY(!m_session->onRead(200, canonicalJson(page), {}).ok);
        m_book->offline(QStringLiteral("gone"));
        QVERIFY2(m_book->state().alarms.empty(), "nobody knows now");
    }

    void asksForTheSettings()
    {
        catchUp();
        QVERIFY(m_session->nextRead().path.contains(QStringLiteral("&settings=&")));
        QJsonObject page = *parseJsonObject(m_hub.pollPage(m_hub.head(), 200));
        page.insert("settings", QJsonObject{{"id", "00112233aabbccdd"}, {"rev", 1}});
        QVERIFY2(!m_session->onRead(200, canonicalJson(page), {}).ok, "without what they say");
        QCOMPARE(m_kitchen->settingsId(), QByteArray());
        page.insert("settings", QJsonObject{{"id", "00112233aabbccdd"},
                                            {"rev", 1},
                                            {"settings", QJsonObject{{"hold_courses", true}}}});
        QVERIFY(m_session->onRead(200, canonicalJson(page), {}).ok);
        QVERIFY(m_kitchen->settings().holdsCourses);
        QVERIFY(m_session->nextRead().path.contains(QStringLiteral("&settings=00112233aabbccdd&")));
    }

    void asksForASnapshotWhenTheHubSaysSo()
    {
        catchUp();
        m_hub.restore(m_hub.head(), 0);
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(410, {}, {}).ok);
        QVERIFY(!m_book->state().isCurrent());
        QCOMPARE(m_session->nextRead().path, snapshotPath());
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), {}).ok);
        QCOMPARE(m_kitchen->tickets().cursor(), std::optional(m_hub.cursor()));
        QVERIFY(m_session->nextRead().path.contains(QStringLiteral("/events?")));
    }

    void healsADifference()
    {
        catchUp();
        QByteArray page = m_hub.pollPage(m_hub.head(), 200);
        page.replace(m_hub.digest(), QByteArray(16, 'f'));
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(200, page, {}).ok);
        QCOMPARE(m_book->state().trouble, LinkTrouble::BoardDiffered);
        QCOMPARE(m_session->nextRead().path, snapshotPath());
        QByteArray snapshot = m_hub.pollSnapshot();
        snapshot.replace(m_hub.digest(), QByteArray(16, 'f'));
        QVERIFY(m_session->onRead(200, snapshot, {}).pause >= 1s);
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), {}).ok);
        QCOMPARE(m_book->state().trouble, LinkTrouble::None);
    }

    void takesNoSenselessAnswer()
    {
        catchUp();
        const auto cursor = m_kitchen->tickets().cursor();
        FakeHub other = m_hub;
        other.restore(other.head(), 0);
        FakeHub behind = m_hub;
        behind.append(m_id, EventType::OrderStarted);
        behind.append(m_id, EventType::OrderReady);
        for (const QByteArray &body :
             {QByteArray(), QByteArray("<html>"), QByteArray("{}"), other.pollPage(0, 0),
              behind.pollPage(0, 1), m_hub.pollSnapshot()}) {
            (void)m_session->nextRead();
            QVERIFY2(!m_session->onRead(200, body, {}).ok, body.constData());
        }
        for (const int status : {0, 302, 404, 500, 503}) {
            (void)m_session->nextRead();
            const PollOutcome outcome = m_session->onRead(status, {}, {});
            QVERIFY(!outcome.ok && !outcome.unauthorised);
        }
        QVERIFY(m_session->onRead(401, {}, {}).unauthorised);
        QCOMPARE(m_kitchen->tickets().cursor(), cursor);
    }

    void postsCommandsOneByOne()
    {
        catchUp();
        QVERIFY(!m_session->nextCommand());
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, 2));
        QVERIFY(m_kitchen->submit(m_id, EventType::OrderReady, {}, std::nullopt));
        const auto first = m_session->nextCommand();
        QVERIFY(first && first->isPost);
        QCOMPARE(first->path,
                 QStringLiteral("/v1/orders/%1/events").arg(m_id.toString(QUuid::WithoutBraces)));
        const QJsonObject body = *parseJsonObject(first->body);
        QCOMPARE(body.value(QStringLiteral("type")).toString(), QStringLiteral("order_started"));
        QCOMPARE(body.value(QStringLiteral("expected_seq")).toInt(), 2);
        QCOMPARE(body.value(QStringLiteral("command_id")).toString(),
                 m_kitchen->deviceId() + QStringLiteral("-1"));
        QVERIFY2(!m_session->nextCommand(), "the next one waits for the answer");
        QVERIFY(!m_session->onCommand(503, {}).ok); // nothing was decided
        QCOMPARE(m_session->nextCommand()->body, first->body);
        QVERIFY(
            m_session->onCommand(201, R"({"event":{},"status":"in_kitchen","seq":3,"pos":3})").ok);
        QCOMPARE(m_kitchen->outbox().find(1)->result->pos, 3);
        QVERIFY(m_session->nextCommand());
        const PollOutcome refused = m_session->onCommand(
            409,
            R"({"code":"seq_mismatch","detail":"no","current":{"status":"cancelled","seq":4}})");
        QVERIFY(refused.ok);
        QCOMPARE(refused.rejected.size(), size_t(1));
        QCOMPARE(refused.rejected[0].code, QStringLiteral("seq_mismatch"));
        QCOMPARE(refused.rejected[0].current,
                 (std::optional<CurrentState>{{OrderStatus::Cancelled, 4}}));
        QCOMPARE(m_kitchen->outbox().unanswered(), 0);
    }

    void takesAlreadySoForNoRefusal_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("isRefused");
        const auto row = [](EventType type, const char *status, bool isRefused) {
            QTest::addRow("%s %s", eventTypeName(type).data(), status)
                << int(type) << QByteArray(status) << isRefused;
        };
        row(EventType::OrderAccepted, "accepted", false);
        row(EventType::OrderStarted, "in_kitchen", false);
        row(EventType::OrderReady, "ready", false);
        row(EventType::OrderCancelled, "cancelled", false);
        row(EventType::OrderStarted, "cancelled", true);
        row(EventType::OrderPrioritised, "cancelled", true);
    }
    void takesAlreadySoForNoRefusal()
    {
        QFETCH(int, type);
        QFETCH(QByteArray, status);
        QFETCH(bool, isRefused);
        catchUp();
        if (EventType(type) == EventType::OrderReady)
            QVERIFY(m_kitchen->submit(m_id, EventType::OrderStarted, {}, std::nullopt));
        QVERIFY(m_kitchen->submit(m_id, EventType(type), {}, std::nullopt));
        qint64 n = 1;
        for (; m_session->nextCommand() && n < m_kitchen->outbox().next() - 1; ++n)
            QVERIFY(m_session->onCommand(201, {}).ok);
        const PollOutcome outcome = m_session->onCommand(
            409, R"({"code":"transition_not_allowed","current":{"seq":9,"status":")" + status
                     + R"("}})");
        QCOMPARE(outcome.rejected.size(), size_t(isRefused));
        QCOMPARE(m_kitchen->outbox().find(n)->isRejected(), isRefused);
    }

    void answersMapToTheStreamsOwn()
    {
        CommandResult noop = decodeEventAnswer(7, true, R"({"event":null,"seq":3,"pos":9})");
        QCOMPARE(noop.status, CommandStatus::Noop);
        QCOMPARE(noop.pos, 0);
        const CommandResult bare = decodeEventAnswer(7, false, "<html>");
        QCOMPARE(bare.status, CommandStatus::Rejected);
        QCOMPARE(bare.code, QStringLiteral("bad_request"));
        QVERIFY(!bare.current);
    }

    void namesTheFieldThatIsWrong_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<bool>("snapshot");
        for (const char *key : {"cursor", "count", "digest", "events"})
            QTest::newRow(key) << QString::fromLatin1(key) << false;
        for (const char *key : {"orders", "recent"})
            QTest::newRow(key) << QString::fromLatin1(key) << true;
    }
    void namesTheFieldThatIsWrong()
    {
        QFETCH(QString, key);
        QFETCH(bool, snapshot);
        m_hub.append(m_id, EventType::OrderCancelled);
        QJsonObject json =
            *parseJsonObject(snapshot ? m_hub.pollSnapshot() : m_hub.pollPage(0, 200));
        const auto detail = [&] {
            const QByteArray bytes = canonicalJson(json);
            if (snapshot) {
                const Result<PollSnapshot> read = decodePollSnapshot(bytes);
                return read ? QString() : read.error().detail;
            }
            const Result<PollPage> read = decodePollPage(bytes);
            return read ? QString() : read.error().detail;
        };
        QVERIFY(detail().isEmpty());
        json.insert(key, QStringLiteral("wrong"));
        QVERIFY2(detail().contains(key), qPrintable(detail()));
        json.insert(key, QJsonArray{QJsonObject()});
        QVERIFY(!detail().isEmpty());
        QJsonArray events{QJsonObject{{QStringLiteral("order"), QJsonObject()}}};
        json.insert(key, events);
        QVERIFY(!detail().isEmpty());
    }

    void readsTheWholeOrderThatComesWithAnEvent()
    {
        m_hub.append(m_id, EventType::OrderStarted);
        m_hub.append(m_id, EventType::OrderReady);
        m_hub.append(m_id, EventType::OrderCompleted);
        m_hub.append(m_id, EventType::OrderRecalled);
        const QByteArray bytes = m_hub.pollPage(m_hub.head() - 1, 200);
        const Result<PollPage> page = decodePollPage(bytes);
        QVERIFY(page);
        QVERIFY(page->events[0].order == *m_hub.board().find(m_id));
        QJsonObject json = *parseJsonObject(bytes);
        QJsonArray events = json.value(QStringLiteral("events")).toArray();
        QJsonObject event = events[0].toObject();
        event.insert(QStringLiteral("order"), QJsonObject());
        json.insert(QStringLiteral("events"), QJsonArray{event});
        QVERIFY(!decodePollPage(canonicalJson(json)));
        QVERIFY(!decodePollSnapshot("[]"));
        QVERIFY(!decodePollSnapshot("{}"));
    }

private:
    [[nodiscard]] QString snapshotPath() const
    {
        QString path = QStringLiteral("/v1/kds/snapshot?device=") + m_kitchen->deviceId();
        if (const std::optional<Cursor> &cursor = m_kitchen->tickets().cursor())
            path += QStringLiteral("&since=") + QString::fromLatin1(cursor->text());
        return path;
    }
    void catchUp()
    {
        (void)m_session->nextRead();
        QVERIFY(m_session->onRead(200, m_hub.pollSnapshot(), {}).ok);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeHub m_hub;
    FakeClock m_clock;
    CountingRandom m_random;
    std::unique_ptr<LocalKitchen> m_kitchen;
    std::unique_ptr<LinkBook> m_book;
    std::unique_ptr<PollSession> m_session;
    QUuid m_id;
};

QTEST_GUILESS_MAIN(TestSyncPoll)
#include "test_sync_poll.moc"
