// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/hub_client.h"
#include "tests/kds-app/scripted_hub.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::kds;
using namespace cf::kds::test;
using namespace std::chrono_literals;

namespace {
constexpr int patience = 30'000; // milliseconds; a limit, not a wait
} // namespace

// A display's client against a hub on a real port that misbehaves as told.
class TestSyncClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_client.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        m_hub = std::make_unique<ScriptedHub>();
        QVERIFY(m_hub->listen());
        m_id = m_hub->hub.place(QStringLiteral("47"));
        startClient();
    }

    void cleanup() { m_client.reset(); }

    void goesLiveAndFollows()
    {
        m_hub->token = "secret";
        m_client->start(m_hub->url(), QStringLiteral("secret"));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        QVERIFY(m_client->tickets().shown(m_id));
        m_hub->hub.append(m_id, EventType::OrderStarted);
        m_hub->tell();
        expectSame();
        m_client->notePainted(m_hub->hub.head());
        const Ack shown{1, m_hub->hub.head(), true};
        QTRY_VERIFY_WITH_TIMEOUT(!m_hub->acks.empty() && m_hub->acks.back() == shown, patience);
        m_hub->heartbeat();
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().provenPosition, m_hub->hub.head(), patience);
    }

    void bumpsAndIsAnswered()
    {
        goLive();
        QSignalSpy changed(m_client.get(), &KitchenLink::changed);
        QCOMPARE(*m_client->submit(m_id, EventType::OrderStarted, {}), 1);
        QCOMPARE(changed.count(), 1); // at once, before the hub has heard of it
        QCOMPARE(m_client->tickets().shown(m_id)->status, OrderStatus::InKitchen);
        QCOMPARE(m_client->link().outboxWaiting, 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().outboxWaiting, 0, patience);
        expectSame();
        QCOMPARE(m_hub->hub.decided(1), 1);
    }

    void tellsOfARefusalOnce()
    {
        goLive();
        QSignalSpy rejected(m_client.get(), &KitchenLink::rejected);
        m_hub->hub.append(m_id, EventType::OrderCancelled); // the display has not heard of it
        QVERIFY(m_client->submit(m_id, EventType::OrderStarted, {}));
        QTRY_COMPARE_WITH_TIMEOUT(rejected.count(), 1, patience);
        QCOMPARE(m_client->rejections().size(), size_t(1));
        QVERIFY(m_client->dismissRejection(1));
        QVERIFY(m_client->rejections().empty());
        expectSame();
    }

    void takesAGapInStepsAndShowsItAtOnce()
    {
        goLive();
        m_hub->refuse();
        QTRY_VERIFY_WITH_TIMEOUT(!m_client->link().isCurrent(), patience);
        makeEvents(1'000);
        QSignalSpy changed(m_client.get(), &KitchenLink::changed);
        const qint64 sentBefore = m_hub->eventsSent;
        QVERIFY(m_hub->listen(m_hub->port()));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        expectSame();
        QVERIFY(m_hub->eventsSent - sentBefore >= 1'000);
        QCOMPARE(m_hub->snapshots, 1); // the first one
        QCOMPARE(m_client->tickets().duplicateEvents(), 0);
        QVERIFY2(changed.count() < 20, qPrintable(QString::number(changed.count())));
    }

    void comesBackFromTheMiddleOfAGapWithTheRestOnly()
    {
        goLive();
        m_hub->refuse();
        QTRY_VERIFY_WITH_TIMEOUT(!m_client->link().isCurrent(), patience);
        const qint64 from = m_hub->hub.head();
        makeEvents(1'000);
        const qint64 sentBefore = m_hub->eventsSent;
        m_hub->cutAfterEvFrames = 2;
        QVERIFY(m_hub->listen(m_hub->port()));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        expectSame();
        QCOMPARE(m_hub->eventsSent - sentBefore, m_hub->hub.head() - from);
        QCOMPARE(m_hub->hellos.back().cursor->pos, from + 400);
        QCOMPARE(m_client->tickets().duplicateEvents(), 0);
        QCOMPARE(m_hub->snapshots, 1);
    }

    void noticesSilenceAndComesBack()
    {
        m_hub->dead = 300ms;
        goLive();
        const int before = m_hub->streams; // nothing is said on this one any more
        QTRY_VERIFY_WITH_TIMEOUT(m_hub->streams > before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_client->link().asOf.has_value(), patience);
    }

    void waitsForAHubThatIsNotThereYet()
    {
        const quint16 port = m_hub->port();
        m_hub->refuse();
        m_client->start(m_hub->url(), {});
        QTRY_VERIFY_WITH_TIMEOUT(!m_client->link().detail.isEmpty(), patience);
        QVERIFY(!m_client->link().isCurrent());
        QVERIFY(m_hub->listen(port));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
    }

    void startsFromItsFileWithTheHubAwayAndMergesLater()
    {
        goLive();
        m_client.reset();
        const quint16 port = m_hub->port();
        m_hub->refuse();
        startClient();
        m_client->start(m_hub->url(), {});
        QVERIFY(m_client->tickets().shown(m_id));
        QVERIFY(m_client->link().asOf);
        QVERIFY(!m_client->link().isCurrent());
        QCOMPARE(*m_client->submit(m_id, EventType::OrderStarted, {}), 1);
        QCOMPARE(*m_client->submit(m_id, EventType::OrderReady, {}), 2);
        m_client.reset(); // and the display is turned off as well
        startClient();
        QCOMPARE(m_client->tickets().shown(m_id)->status, OrderStatus::Ready);
        QVERIFY(m_hub->listen(port));
        m_client->start(m_hub->url(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().outboxWaiting, 0, patience);
        expectSame();
        QCOMPARE(m_client->tickets().shown(m_id)->status, OrderStatus::Ready);
        QCOMPARE(m_hub->hub.decided(1), 1);
        QCOMPARE(m_hub->hub.decided(2), 1);
    }

    void healsABoardThatDiffers()
    {
        goLive();
        QSignalSpy changed(m_client.get(), &KitchenLink::linkChanged);
        m_hub->send(encode(Heartbeat{1, m_hub->hub.head(), m_hub->hub.hash(m_hub->hub.head()), 5,
                                     QByteArray(16, 'f'), SystemClock().now()}));
        QTRY_COMPARE_WITH_TIMEOUT(m_hub->snapshots, 2, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        QCOMPARE(m_client->link().digestMismatches, 1);
        const bool shown = std::any_of(changed.begin(), changed.end(), [](const auto &args) {
            return args.at(0).template value<LinkState>().trouble == LinkTrouble::BoardDiffered;
        });
        QVERIFY2(shown, "a difference must have been shown");
        QVERIFY(m_client->link().trouble == LinkTrouble::None);
    }

    void dropsAMessageThatIsTooLarge()
    {
        goLive();
        const int before = m_hub->streams;
        m_hub->send(QByteArray(limits::displayMessageBytesMax + 1, ' '));
        QTRY_VERIFY_WITH_TIMEOUT(m_hub->streams > before, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        expectSame();
    }

    void pollsWhereNoStreamGetsThroughAndGoesBack()
    {
        m_hub->acceptsStreams = false;
        m_client->start(m_hub->url(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Polling, patience);
        QVERIFY(m_client->link().isCurrent());
        QVERIFY(m_hub->refusedStreams >= limits::streamAttemptsBeforePolling);
        m_hub->hub.append(m_id, EventType::OrderStarted);
        expectSame();
        QCOMPARE(*m_client->submit(m_id, EventType::OrderReady, {}), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().outboxWaiting, 0, patience);
        QCOMPARE(m_hub->posts, 1);
        expectSame();
        const qint64 head = m_hub->hub.head();
        m_hub->acceptsStreams = true;
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        QCOMPARE(m_hub->hub.head(), head);
        QCOMPARE(m_hub->hellos.back().cursor->pos, head);
        QVERIFY(*m_client->submit(m_id, EventType::OrderCompleted, {}));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().outboxWaiting, 0, patience);
        QCOMPARE(m_hub->posts, 1);
        expectSame();
    }

    void asksAtOnceWhichCommandsAreMissing()
    {
        m_hub->acceptsStreams = false;
        m_hub->holdsReads = true;
        m_client->start(m_hub->url(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_hub->heldReads, 1, patience);
        m_hub->missesCommands = true;
        QVERIFY(*m_client->submit(m_id, EventType::OrderStarted, {}));
        // The read that the hub holds back is not waited for.
        QTRY_COMPARE_WITH_TIMEOUT(m_hub->posts, 2, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().outboxWaiting, 0, patience);
        QCOMPARE(m_hub->hub.board().find(m_id)->status, OrderStatus::InKitchen);
    }

    void leavesPollingWhenTheHubGoesAway()
    {
        m_hub->acceptsStreams = false;
        m_client->start(m_hub->url(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Polling, patience);
        const quint16 port = m_hub->port();
        m_hub->refuse();
        QTRY_VERIFY_WITH_TIMEOUT(!m_client->link().isCurrent(), patience);
        QVERIFY(m_client->link().asOf);
        m_hub->hub.append(m_id, EventType::OrderStarted);
        QVERIFY(m_hub->listen(port));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Polling, patience);
        expectSame();
    }

    void stopsAndSaysSoWhenItIsNotAccepted()
    {
        m_hub->token = "secret";
        m_client->start(m_hub->url(), QStringLiteral("wrong"));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().trouble, LinkTrouble::Unauthorised, patience);
        QCOMPARE(m_client->link().phase, LinkPhase::Offline);
        m_client->start(m_hub->url(), QStringLiteral("secret"));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
        QCOMPARE(m_client->link().trouble, LinkTrouble::None);
        m_hub->send(encode(Bye{CloseCode::Unauthorised, {}}));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().trouble, LinkTrouble::Unauthorised, patience);
    }

    void stopsWhenTold()
    {
        goLive();
        m_client->stop();
        QCOMPARE(m_client->link().phase, LinkPhase::Offline);
        m_client->start(m_hub->url(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
    }

    void takesBytesOfAHalfReadFrameForLife()
    {
        // A link so slow that one frame takes longer than dead_ms.
        QTcpServer slow;
        QVERIFY(slow.listen(QHostAddress::LocalHost));
        m_client->start(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(slow.serverPort())), {});
        QTRY_VERIFY_WITH_TIMEOUT(slow.hasPendingConnections(), patience);
        QTcpSocket *socket = slow.nextPendingConnection();
        QByteArray head;
        QTRY_VERIFY_WITH_TIMEOUT((head += socket->readAll()).contains("\r\n\r\n"), patience);
        const QByteArray name = "Sec-WebSocket-Key: ";
        const qsizetype at = head.indexOf(name) + name.size();
        const QByteArray key = head.mid(at, head.indexOf('\r', at) - at);
        const QByteArray accept = QCryptographicHash::hash(
            key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1);
        Welcome welcome = m_hub->hub.welcome(StreamMode::Snapshot, 1, SystemClock().now());
        welcome.dead = 400ms;
        socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                      + accept.toBase64() + "\r\n\r\n" + wsFrame(encode(welcome)));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::CatchingUp, patience);
        QByteArray rest = wsFrame(m_hub->hub.snapFrame());
        QTimer trickle; // in twenty pieces, over three times dead_ms
        const qsizetype piece = rest.size() / 20 + 1;
        connect(&trickle, &QTimer::timeout, socket, [&] {
            socket->write(rest.left(piece));
            rest.remove(0, std::min(piece, rest.size()));
        });
        trickle.start(60ms);
        // All of it is out, or the display has lost patience.
        QTRY_VERIFY_WITH_TIMEOUT((rest.isEmpty() && socket->bytesToWrite() == 0)
                                     || socket->state() != QAbstractSocket::ConnectedState,
                                 patience);
        QCOMPARE(socket->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(m_client->link().phase, LinkPhase::CatchingUp);
        socket->write(wsFrame(encode(Bye{CloseCode::Unauthorised, 0ms}).leftJustified(200)));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().trouble, LinkTrouble::Unauthorised, patience);
    }

private:
    void startClient()
    {
        HubClientOptions options;
        options.cacheFile = m_dir->filePath(QStringLiteral("kitchen.db"));
        options.displayName = QStringLiteral("grill-1");
        options.streamRetryWhilePolling = 200ms;
        m_client = std::make_unique<HubClient>(options, m_clock, m_random);
    }

    void goLive()
    {
        m_client->start(m_hub->url(), {});
        QTRY_COMPARE_WITH_TIMEOUT(m_client->link().phase, LinkPhase::Live, patience);
    }

    void makeEvents(int count)
    {
        for (int i = 0; i < count; i += 5) { // placed, paid, started, ready, completed
            const QUuid id = m_hub->hub.place(QString::number(i));
            m_hub->hub.append(id, EventType::OrderStarted);
            m_hub->hub.append(id, EventType::OrderReady);
            if (i % 100 != 0)
                m_hub->hub.append(id, EventType::OrderCompleted);
            else
                m_hub->hub.append(id, EventType::OrderPrioritised);
        }
    }

    void expectSame()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_client->tickets().position(), m_hub->hub.head(), patience);
        const Board &board = m_hub->hub.board();
        QCOMPARE(m_client->tickets().compare(m_hub->hub.head(), board.count(), m_hub->hub.digest()),
                 DigestOutcome::Equal);
        const std::vector<const OrderState *> shown = m_client->tickets().shownOpen();
        const std::vector<const OrderState *> should = board.openOrders();
        QCOMPARE(shown.size(), should.size());
        for (size_t i = 0; i < shown.size(); ++i)
            QVERIFY(*shown[i] == *should[i]);
    }

    static QByteArray wsFrame(const QByteArray &text)
    {
        QByteArray frame("\x81\x7e"); // whole, text, 16 bits of length
        Q_ASSERT(text.size() > 125 && text.size() < 65'536);
        frame.append(static_cast<char>(text.size() >> 8));
        frame.append(static_cast<char>(text.size() & 0xff));
        return frame + text;
    }

    SystemClock m_clock;
    CountingRandom m_random;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ScriptedHub> m_hub;
    std::unique_ptr<HubClient> m_client;
    QUuid m_id;
};

QTEST_GUILESS_MAIN(TestSyncClient)
#include "test_sync_client.moc"
