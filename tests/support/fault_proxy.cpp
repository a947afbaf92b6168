// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_proxy.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <sys/socket.h>

#include <map>

namespace cf::test {

namespace {
// A reset, as when a link breaks: no orderly end, nothing flushed.
void reset(QTcpSocket *socket)
{
    const linger hard{1, 0};
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard,
                 sizeof hard);
    socket->abort();
    socket->deleteLater();
}
} // namespace

class FaultProxyWorker : public QObject
{
public:
    explicit FaultProxyWorker(quint16 target) : m_target(target) { }

    quint16 listen()
    {
        m_server = new QTcpServer(this);
        connect(m_server, &QTcpServer::newConnection, this, [this] { takeNew(); });
        m_server->listen(QHostAddress::LocalHost, m_port);
        m_port = m_server->serverPort();
        return m_port;
    }

    void setTarget(quint16 port) { m_target = port; }

    void setLink(Link link)
    {
        m_link = link;
        m_budget = -1;
        if (link == Link::Refuse)
            refuse();
        else if (m_server == nullptr)
            listen();
        if (link == Link::Pass)
            pumpAll();
    }

    void cutAfter(qint64 bytes)
    {
        m_budget = bytes;
        m_cut = false;
    }

    std::atomic<qint64> m_toClients{0};
    std::atomic<qint64> m_toTarget{0};
    std::atomic<int> m_open{0};
    std::atomic<int> m_accepted{0};
    std::atomic<bool> m_cut{false};

private:
    void takeNew()
    {
        while (m_server != nullptr && m_server->hasPendingConnections()) {
            QTcpSocket *client = m_server->nextPendingConnection();
            client->setParent(this); // may outlive the port it came through
            auto *target = new QTcpSocket(this);
            m_peers[client] = target;
            ++m_accepted;
            m_open = static_cast<int>(m_peers.size());
            const auto pumpThis = [this, client, target] { pump(client, target); };
            connect(client, &QTcpSocket::readyRead, this, pumpThis);
            connect(target, &QTcpSocket::readyRead, this, pumpThis);
            connect(target, &QTcpSocket::connected, this, pumpThis);
            connect(client, &QTcpSocket::disconnected, this, [this, client] { drop(client); });
            connect(target, &QTcpSocket::disconnected, this, [this, client] { drop(client); });
            connect(target, &QTcpSocket::errorOccurred, this, [this, client] { drop(client); });
            target->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        }
    }

    void pump(QTcpSocket *client, QTcpSocket *target)
    {
        if (m_link != Link::Pass || m_peers.count(client) == 0)
            return;
        if (target->state() == QAbstractSocket::ConnectedState) {
            const QByteArray up = client->readAll();
            m_toTarget += up.size();
            target->write(up);
        }
        QByteArray down = target->readAll();
        if (m_budget >= 0)
            down.truncate(m_budget);
        m_toClients += down.size();
        client->write(down);
        if (m_budget < 0)
            return;
        m_budget -= down.size();
        if (m_budget == 0)
            cut(client);
    }

    void cut(QTcpSocket *client)
    {
        while (client->bytesToWrite() > 0 && client->flush()) { }
        m_link = Link::Refuse;
        m_budget = -1;
        refuse();
        m_cut = true;
    }

    void pumpAll()
    {
        const auto peers = m_peers;
        for (const auto &peer : peers) {
            pump(peer.first, peer.second);
            // Who left during a silence has left now.
            if (peer.first->state() == QAbstractSocket::UnconnectedState
                || peer.second->state() == QAbstractSocket::UnconnectedState)
                drop(peer.first);
        }
    }

    // One side ended: what it had said is passed on first, unless the link is silent: then the
    // other side must not hear of it.
    void drop(QTcpSocket *client)
    {
        const auto it = m_peers.find(client);
        if (it == m_peers.end() || m_link == Link::Silent)
            return;
        QTcpSocket *target = it->second;
        pump(client, target);
        m_peers.erase(client);
        m_open = static_cast<int>(m_peers.size());
        for (QTcpSocket *socket : {client, target}) {
            socket->disconnect(this);
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromHost();
            if (socket->state() == QAbstractSocket::UnconnectedState)
                socket->deleteLater();
        }
    }

    void refuse()
    {
        if (m_server != nullptr) {
            m_server->close();
            m_server->deleteLater();
        }
        m_server = nullptr;
        const auto peers = std::exchange(m_peers, {});
        m_open = 0;
        for (const auto &peer : peers) {
            reset(peer.first);
            reset(peer.second);
        }
    }

    quint16 m_target;
    quint16 m_port = 0;
    QTcpServer *m_server = nullptr;
    std::map<QTcpSocket *, QTcpSocket *> m_peers; // client to target
    Link m_link = Link::Pass;
    qint64 m_budget = -1; // bytes until the cut; -1: none
};

namespace {
template<typename Call>
void callIn(FaultProxyWorker *worker, Call call)
{
    QMetaObject::invokeMethod(worker, call, Qt::BlockingQueuedConnection);
}
} // namespace

FaultProxy::FaultProxy(quint16 targetPort) : m_worker(new FaultProxyWorker(targetPort))
{
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    callIn(m_worker, [this] { m_port = m_worker->listen(); });
}

FaultProxy::~FaultProxy()
{
    callIn(m_worker, [this] { m_worker->setLink(Link::Refuse); });
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void FaultProxy::setTarget(quint16 port)
{
    callIn(m_worker, [this, port] { m_worker->setTarget(port); });
}

void FaultProxy::setLink(Link link)
{
    callIn(m_worker, [this, link] { m_worker->setLink(link); });
}

void FaultProxy::cutAfter(qint64 bytes)
{
    callIn(m_worker, [this, bytes] { m_worker->cutAfter(bytes); });
}

qint64 FaultProxy::bytesToClients() const
{
    return m_worker->m_toClients;
}
qint64 FaultProxy::bytesToTarget() const
{
    return m_worker->m_toTarget;
}
int FaultProxy::connections() const
{
    return m_worker->m_open;
}
int FaultProxy::accepted() const
{
    return m_worker->m_accepted;
}
bool FaultProxy::wasCut() const
{
    return m_worker->m_cut;
}

} // namespace cf::test
