// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/fault_proxy.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

using namespace cf::test;

// The faulty link does to a connection what it says: else the tests over it would prove nothing.
class TestFaultProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void passesBothWays();
    void cutsAfterExactlySoManyBytes();
    void silenceKeepsTheSocketsAndSaysNothing();
    void refusesAndComesBackOnTheSamePort();
    void stallsOneWay();
    void strandedConnectionArrivesLast();
    void delaysWithoutReordering();

private:
    void dial();

    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<QTcpSocket> m_client;
    QTcpSocket *m_far = nullptr; // the server's end
};

void TestFaultProxy::init()
{
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_proxy = std::make_unique<FaultProxy>(m_server->serverPort());
    dial();
}

void TestFaultProxy::cleanup()
{
    m_client.reset();
    m_proxy.reset();
    m_server.reset();
}

void TestFaultProxy::dial()
{
    m_far = nullptr;
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(QHostAddress(QHostAddress::LocalHost), m_proxy->port());
    CF_WAIT_FOR(m_server->hasPendingConnections(), "the proxy did not connect");
    m_far = m_server->nextPendingConnection();
}

void TestFaultProxy::passesBothWays()
{
    m_client->write("up");
    CF_WAIT_FOR(m_far->bytesAvailable() == 2, "nothing came through");
    QCOMPARE(m_far->readAll(), QByteArray("up"));
    m_far->write(QByteArray(100'000, 'd'));
    CF_WAIT_FOR(m_client->bytesAvailable() == 100'000, "not everything came through");
    QCOMPARE(m_proxy->bytesToTarget(), 2);
    QCOMPARE(m_proxy->bytesToClients(), 100'000);
    m_far->write("last");
    m_far->disconnectFromHost();
    CF_WAIT_FOR(m_client->state() == QAbstractSocket::UnconnectedState,
                "the end was not passed on");
    QVERIFY(m_client->readAll().endsWith("last"));
    QCOMPARE(m_proxy->accepted(), 1);
    QCOMPARE(m_proxy->connections(), 0);
}

void TestFaultProxy::cutsAfterExactlySoManyBytes()
{
    m_proxy->cutAfter(10);
    m_far->write("0123456");
    CF_WAIT_FOR(m_client->bytesAvailable() == 7, "what is before the cut did not come through");
    QVERIFY(!m_proxy->wasCut());
    m_far->write("789abcdef");
    CF_WAIT_FOR(m_proxy->wasCut(), "not cut");
    CF_WAIT_FOR(m_client->state() == QAbstractSocket::UnconnectedState, "the client was not cut");
    CF_WAIT_FOR(m_far->state() == QAbstractSocket::UnconnectedState, "the server was not cut");
    QCOMPARE(m_proxy->bytesToClients(), 10);
}

void TestFaultProxy::silenceKeepsTheSocketsAndSaysNothing()
{
    m_proxy->setLink(Link::Silent);
    m_far->write("held back");
    m_far->disconnectFromHost();
    CF_WAIT_FOR(m_far->state() == QAbstractSocket::UnconnectedState, "the server could not leave");
    QTcpSocket second;
    second.connectToHost(QHostAddress(QHostAddress::LocalHost), m_proxy->port());
    CF_WAIT_FOR(m_proxy->accepted() == 2, "a silent link still takes connections");
    QCOMPARE(m_client->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(m_client->bytesAvailable(), 0);
    QCOMPARE(m_proxy->bytesToClients(), 0);
    m_proxy->setLink(Link::Pass);
    CF_WAIT_FOR(m_client->state() == QAbstractSocket::UnconnectedState, "the end was not told");
    QCOMPARE(m_client->readAll(), QByteArray("held back"));
}

void TestFaultProxy::refusesAndComesBackOnTheSamePort()
{
    m_proxy->setLink(Link::Refuse);
    CF_WAIT_FOR(m_client->state() == QAbstractSocket::UnconnectedState, "the client was not cut");
    QTcpSocket refused;
    refused.connectToHost(QHostAddress(QHostAddress::LocalHost), m_proxy->port());
    CF_WAIT_FOR(refused.error() == QAbstractSocket::ConnectionRefusedError, "not refused");
    m_proxy->setLink(Link::Pass);
    while (m_server->hasPendingConnections())
        delete m_server->nextPendingConnection();
    dial();
    m_client->write("again");
    CF_WAIT_FOR(m_far != nullptr && m_far->bytesAvailable() == 5, "nothing came through");
}

void TestFaultProxy::stallsOneWay()
{
    m_proxy->setLink(Link::OnlyUp);
    m_far->write("down");
    m_client->write("up");
    CF_WAIT_FOR(m_far->bytesAvailable() == 2, "the open way is closed");
    QCOMPARE(m_proxy->bytesToClients(), 0);
    m_proxy->setLink(Link::OnlyDown);
    m_client->write("more");
    CF_WAIT_FOR(m_client->bytesAvailable() == 4, "the open way is closed");
    QCOMPARE(m_proxy->bytesToTarget(), 2);
    m_proxy->setLink(Link::Pass);
    CF_WAIT_FOR(m_far->bytesAvailable() == 6, "what waited did not come");
}

void TestFaultProxy::strandedConnectionArrivesLast()
{
    m_proxy->strand();
    m_client->write("first");
    QTcpSocket second;
    second.connectToHost(QHostAddress(QHostAddress::LocalHost), m_proxy->port());
    CF_WAIT_FOR(m_server->hasPendingConnections(), "a new connection does not pass");
    QTcpSocket *secondFar = m_server->nextPendingConnection();
    second.write("second");
    CF_WAIT_FOR(secondFar->bytesAvailable() == 6, "a new connection says nothing");
    QCOMPARE(m_far->bytesAvailable(), 0);
    m_proxy->setLink(Link::Pass);
    CF_WAIT_FOR(m_far->bytesAvailable() == 5, "what was held did not come");
}

void TestFaultProxy::delaysWithoutReordering()
{
    QElapsedTimer timer;
    timer.start();
    m_proxy->setDelay(std::chrono::milliseconds(50));
    m_client->write("slow ");
    CF_WAIT_FOR(m_far->bytesAvailable() == 5, "lost on its way");
    QVERIFY2(timer.elapsed() >= 50, QByteArray::number(timer.elapsed()).constData());
    m_client->write("too ");
    m_proxy->setDelay(std::chrono::milliseconds(0));
    m_client->write("fast");
    CF_WAIT_FOR(m_far->bytesAvailable() == 13, "lost on its way");
    QCOMPARE(m_far->readAll(), QByteArray("slow too fast"));
}

QTEST_GUILESS_MAIN(TestFaultProxy)
#include "test_fault_proxy.moc"
