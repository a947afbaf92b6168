// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/lunch_service.h"
#include "shared/protocol/canonical_json.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace cf;
using namespace cf::feed;

namespace {

struct Received {
    QString path;
    QByteArray key;
    QByteArray token;
    QJsonObject body;
};

// Reads HTTP requests and answers each with what `answer` says; an empty answer cuts the link.
class ScriptedHub : public QObject
{
public:
    std::function<QByteArray(const Received &)> answer;
    std::vector<Received> received;

    ScriptedHub()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
    }

    static QByteArray reply(const QByteArray &status, const QJsonObject &body)
    {
        const QByteArray json = canonicalJson(body);
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
               + QByteArray::number(json.size()) + "\r\n\r\n" + json;
    }

private:
    static QByteArray header(const QByteArray &head, const QByteArray &name)
    {
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith(name + ':'))
                return line.mid(name.size() + 1).trimmed();
        }
        return {};
    }

    void read(QTcpSocket *socket)
    {
        QByteArray &pending = m_pending[socket];
        pending += socket->readAll();
        const qsizetype end = pending.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = pending.left(end);
        const int length = header(head, "content-length").toInt();
        if (pending.size() < end + 4 + length)
            return;
        Received got;
        got.path = QString::fromLatin1(head.split(' ').at(1));
        got.key = header(head, "idempotency-key");
        got.token = header(head, "authorization");
        got.body = parseJsonObject(pending.mid(end + 4, length)).value();
        pending.remove(0, end + 4 + length);
        received.push_back(got);
        const QByteArray out = answer(got);
        if (out.isEmpty())
            socket->abort();
        else
            socket->write(out);
    }

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_pending;
};

QByteArray acceptOrder(int pos)
{
    return ScriptedHub::reply("201 Created",
                              {{QStringLiteral("order_id"), QStringLiteral("o%1").arg(pos)},
                               {QStringLiteral("number"), QString::number(pos)},
                               {QStringLiteral("tracker_token"), QStringLiteral("t%1").arg(pos)},
                               {QStringLiteral("seq"), 2},
                               {QStringLiteral("pos"), pos}});
}

Options optionsFor(const QUrl &hub)
{
    Options options;
    options.hub = hub;
    options.perMinute = 3'000;
    options.duration = std::chrono::seconds(0);
    options.run = QStringLiteral("test");
    return options;
}

bool isOrder(const Received &received)
{
    return received.path == u"/v1/orders";
}

} // namespace

class TestFeedService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resendsWithTheSameKeyUntilAnswered()
    {
        ScriptedHub hub;
        QHash<QByteArray, int> tries;
        int pos = 0;
        // First the link is cut, then the hub has no room, then it takes the order.
        hub.answer = [&](const Received &got) {
            const int attempt = ++tries[got.key];
            if (attempt == 1)
                return QByteArray();
            if (attempt == 2)
                return ScriptedHub::reply("503 Service Unavailable", {});
            return acceptOrder(++pos);
        };
        Tally tally(true);
        LunchService service(builtInMenu().value(), optionsFor(hub.url()), {"orders-token", "e"},
                             tally);
        QSignalSpy finished(&service, &LunchService::finished);
        service.start();
        QTRY_VERIFY_WITH_TIMEOUT(tally.orders() >= 5, 30'000);
        service.stop();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QVERIFY(service.wasReached());
        // Qt itself repeats a request whose fresh link was cut, so that only one is sure to be
        // ours.
        QVERIFY2(tally.retries() >= tally.orders(), "each order was refused for a while");
        for (const int attempts : tries)
            QVERIFY2(attempts >= 3 || tally.unanswered() > 0, "each order was sent three times");
        QHash<QByteArray, QByteArray> bodies;
        for (const Received &got : hub.received) {
            QVERIFY(!got.key.isEmpty());
            QCOMPARE(got.token, QByteArray("Bearer orders-token"));
            const QByteArray body = canonicalJson(got.body);
            QCOMPARE(bodies.value(got.key, body), body);
            bodies.insert(got.key, body);
        }
        const QJsonObject report = parseJsonObject(tally.reportJson()).value();
        QCOMPARE(report.value(u"orders").toArray().size(), tally.orders());
        QCOMPARE(report.value(u"orders")[0].toObject().value(u"tracker_token").toString(),
                 QStringLiteral("t1"));
    }

    void playsAnOrdersStepsInTurn()
    {
        ScriptedHub hub;
        int pos = 0;
        QHash<QString, QStringList> types;
        QSet<QString> commandIds;
        hub.answer = [&](const Received &got) {
            if (isOrder(got))
                return acceptOrder(++pos);
            types[got.path].append(got.body.value(u"type").toString());
            commandIds.insert(got.body.value(u"command_id").toString());
            return ScriptedHub::reply("201 Created", {{QStringLiteral("event"), QJsonObject()},
                                                      {QStringLiteral("seq"), 3},
                                                      {QStringLiteral("pos"), ++pos}});
        };
        Options options = optionsFor(hub.url());
        options.cook = true;
        options.speed = 1'000;
        Tally tally(true);
        LunchService service(builtInMenu().value(), options, {}, tally);
        QSignalSpy finished(&service, &LunchService::finished);
        service.start();
        const auto completed = [&] {
            return std::count_if(types.begin(), types.end(), [](const QStringList &of) {
                return of.contains(QStringLiteral("order_completed"));
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(completed() >= 5, 30'000);
        service.stop();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        QCOMPARE(static_cast<qint64>(commandIds.size()), tally.events());
        for (const QStringList &of : types) {
            const qsizetype accepted = of.indexOf(QStringLiteral("order_accepted"));
            const qsizetype started = of.indexOf(QStringLiteral("order_started"));
            QVERIFY2(started < 0 || (accepted >= 0 && accepted < started),
                     "accepted, then started");
        }
        QVERIFY(hub.received.back().body.value(u"actor").toObject().contains(u"kind"));
    }

    void countsRefusalsByCodeAndLeavesAClosedOrder()
    {
        ScriptedHub hub;
        int pos = 0;
        QHash<QString, int> steps;
        hub.answer = [&](const Received &got) {
            if (isOrder(got))
                return acceptOrder(++pos);
            ++steps[got.path];
            const QJsonObject current{{QStringLiteral("status"), QStringLiteral("completed")},
                                      {QStringLiteral("seq"), 9}};
            return ScriptedHub::reply(
                "409 Conflict", {{QStringLiteral("code"), QStringLiteral("transition_not_allowed")},
                                 {QStringLiteral("current"), current}});
        };
        Options options = optionsFor(hub.url());
        options.cook = true;
        options.speed = 1'000;
        Tally tally(false);
        LunchService service(builtInMenu().value(), options, {}, tally);
        QSignalSpy finished(&service, &LunchService::finished);
        service.start();
        QTRY_VERIFY_WITH_TIMEOUT(steps.size() >= 5, 30'000);
        service.stop();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        for (const int count : steps)
            QCOMPARE(count, 1);
        QCOMPARE(tally.refused().at(QStringLiteral("transition_not_allowed")),
                 static_cast<qint64>(steps.size()));
        QCOMPARE(tally.events(), 0);
    }

    void knowsWhenNobodyIsThere()
    {
        QUrl gone;
        {
            const ScriptedHub hub;
            gone = hub.url();
        }
        Tally tally(false);
        LunchService service(builtInMenu().value(), optionsFor(gone), {}, tally);
        QSignalSpy finished(&service, &LunchService::finished);
        service.start();
        QTRY_VERIFY_WITH_TIMEOUT(tally.retries() > 3, 30'000);
        service.stop();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 40'000);
        QVERIFY(!service.wasReached());
        QVERIFY2(tally.unanswered() > 0, "an order nobody answered must be counted");
        QCOMPARE(tally.orders(), 0);
    }

    void talliesPercentiles()
    {
        Tally tally(false);
        QCOMPARE(tally.percentile(0.5), 0.0);
        for (int i = 100; i > 0; --i)
            tally.noteOrder({}, i);
        QCOMPARE(tally.percentile(0.5), 50.0);
        QCOMPARE(tally.percentile(0.99), 99.0);
        tally.noteRefused(QStringLiteral("seq_mismatch"));
        QVERIFY(tally.summaryLine().startsWith("orders=100 events=0 retries=0 unanswered=0 "
                                               "refused=seq_mismatch:1 p50_ms=50.00"));
    }
};

QTEST_GUILESS_MAIN(TestFeedService)
#include "test_feed_service.moc"
