// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/self_signed.h"
#include "tests/hub/net/wire.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::test;
using namespace std::chrono_literals;

// TLS and plain HTTP on the same port.
class TestNetTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(writeSelfSigned(m_dir.filePath("cert.pem"), m_dir.filePath("key.pem")));
    }

    void answersBoth();
    void streamsOverTls();
    void upgradesOverTls();
    void dropsWhoOnlyBegins();
    void saysWhichFileIsWrong();

private:
    [[nodiscard]] hub::ServerConfig config() const
    {
        hub::ServerConfig config = NetKit::demo();
        config.tlsCertPath = m_dir.filePath("cert.pem");
        config.tlsKeyPath = m_dir.filePath("key.pem");
        return config;
    }

    QTemporaryDir m_dir;
};

namespace {

constexpr int patienceMs = 20'000;

bool connectTo(QSslSocket &socket, quint16 port)
{
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    return socket.waitForEncrypted(patienceMs);
}

QByteArray readUntil(QSslSocket &socket, const QByteArray &text)
{
    QByteArray received;
    const QDeadlineTimer limit(patienceMs);
    while (!received.contains(text) && !limit.hasExpired()) {
        socket.waitForReadyRead(100);
        received += socket.readAll();
    }
    return received;
}

QByteArray orderText()
{
    return postText("/v1/orders", QJsonDocument(orderBody("47")).toJson(QJsonDocument::Compact));
}

} // namespace

void TestNetTls::answersBoth()
{
    NetKit kit(config());
    QSslSocket secure;
    QVERIFY2(connectTo(secure, kit.port()), qPrintable(secure.errorString()));
    secure.write(getText("/healthz") + getText("/healthz", "Connection: close\r\n"));
    const QByteArray answers = readUntil(secure, "Connection: close\r\n");
    QCOMPARE(answers.count("HTTP/1.1 200 OK"), 2);
    QTRY_COMPARE((secure.waitForReadyRead(100), secure.state()), QAbstractSocket::UnconnectedState);
    QCOMPARE(statusOf(ask(kit.port(), getText("/healthz"))), 200);
}

void TestNetTls::streamsOverTls()
{
    NetKit kit(config());
    QSslSocket secure;
    QVERIFY(connectTo(secure, kit.port()));
    secure.write(getText("/v1/kds/stream", "Accept: text/event-stream\r\n"));
    QVERIFY(readUntil(secure, "event: live\n").contains("event: welcome\n"));
    QCOMPARE(statusOf(ask(kit.port(), orderText())), 201);
    QVERIFY(readUntil(secure, "order_paid").contains("event: ev\n"));
    secure.abort();
    QTRY_COMPARE(kit.stats().eventStreams, 0);
}

void TestNetTls::upgradesOverTls()
{
    NetKit kit(config());
    QSslSocket secure;
    QVERIFY(connectTo(secure, kit.port()));
    secure.write(getText("/v1/kds/stream", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                           "Sec-WebSocket-Version: 13\r\n"
                                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    QVERIFY(readUntil(secure, "\r\n\r\n").startsWith("HTTP/1.1 101"));
    const QByteArray hello = QJsonDocument(helloJson("grill")).toJson(QJsonDocument::Compact);
    QVERIFY(hello.size() < 126);
    secure.write(QByteArray("\x81") + static_cast<char>(0x80 | hello.size()) + QByteArray(4, '\0')
                 + hello);
    QVERIFY(readUntil(secure, "\"t\":\"live\"").contains("\"t\":\"welcome\""));
    QCOMPARE(statusOf(ask(kit.port(), orderText())), 201);
    QVERIFY(readUntil(secure, "order_paid").contains("\"t\":\"ev\""));
    secure.abort();
    QTRY_COMPARE(kit.stats().webSockets, 0);
}

void TestNetTls::dropsWhoOnlyBegins()
{
    hub::ServerConfig quick = config();
    quick.limits.requestReadMax = 300ms;
    NetKit kit(quick);
    Wire silent(kit.port());
    QVERIFY(silent.waitForEnd());
    Wire half(kit.port());
    half.send("\x16\x03\x01");
    QVERIFY(half.waitForEnd());
    Wire garbage(kit.port());
    garbage.send(QByteArray("\x16") + QByteArray(200, 'x'));
    QVERIFY(garbage.waitForEnd());
    QTRY_COMPARE(kit.stats().connectionsOpen, 0);
}

void TestNetTls::saysWhichFileIsWrong()
{
    hub::ServerConfig wrong = config();
    wrong.tlsKeyPath = m_dir.filePath("none.pem");
    QVERIFY2(NetKit::whyNotListening(wrong).contains("none.pem"), "the key should be named");
    wrong = config();
    wrong.tlsCertPath = wrong.tlsKeyPath;
    QVERIFY2(NetKit::whyNotListening(wrong).contains("key.pem"), "the certificate should be named");
    wrong = NetKit::demo();
    wrong.bindAddress = QStringLiteral("kitchen");
    QVERIFY(NetKit::whyNotListening(wrong).contains("kitchen"));
    wrong.bindAddress = QStringLiteral("192.0.2.1"); // nobody's
    QVERIFY(NetKit::whyNotListening(wrong).contains("192.0.2.1"));
}

QTEST_GUILESS_MAIN(TestNetTls)
#include "test_net_tls.moc"
