// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_proxy.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

#include <deque>
#include <limits>
#include <map>
#include <vector>

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

// Bytes on their way to one side.
struct Lane {
    std::deque<std::pair<QDeadlineTimer, QByteArray>> onTheWay;

    // What has arrived by now, at most `limit` bytes; the rest stays.
    QByteArray take(qint64 limit)
    {
        QByteArray due;
        while (!onTheWay.empty() && onTheWay.front().first.hasExpired() && due.size() < limit) {
            QByteArray &bytes = onTheWay.front().second;
            const QByteArray part = bytes.left(limit - due.size());
            due += part;
            bytes.remove(0, part.size());
            if (bytes.isEmpty())
                onTheWay.pop_front();
        }
        return due;
    }
};

struct Peer {
    QTcpSocket *target = nullptr;
    Lane up;
    Lane down;
    bool isStranded = false;
};
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
        for (auto &peer : m_peers)
            peer.second.isStranded = false;
        if (link == Link::Refuse)
            refuse();
        else if (m_server == nullptr)
            listen();
        pumpAll();
    }

    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }

    void strand()
    {
        for (auto &peer : m_peers)
            peer.second.isStranded = true;
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
            m_peers[client].target = target;
            ++m_accepted;
            m_open = static_cast<int>(m_peers.size());
            const auto pumpThis = [this, client] { pump(client); };
            connect(client, &QTcpSocket::readyRead, this, pumpThis);
            connect(target, &QTcpSocket::readyRead, this, pumpThis);
            connect(target, &QTcpSocket::connected, this, pumpThis);
            connect(client, &QTcpSocket::disconnected, this, [this, client] { drop(client); });
            connect(target, &QTcpSocket::disconnected, this, [this, client] { drop(client); });
            connect(target, &QTcpSocket::errorOccurred, this, [this, client] { drop(client); });
            target->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        }
    }

    [[nodiscard]] bool goesUp() const { return m_link == Link::Pass || m_link == Link::OnlyUp; }
    [[nodiscard]] bool goesDown() const { return m_link == Link::Pass || m_link == Link::OnlyDown; }

    // Takes what has come and passes on what is due.
    void pump(QTcpSocket *client)
    {
        const auto it = m_peers.find(client);
        if (it == m_peers.end() || it->second.isStranded)
            return;
        Peer &peer = it->second;
        if (goesUp() && peer.target->state() == QAbstractSocket::ConnectedState) {
            collect(client, peer.up, client);
            const QByteArray up = peer.up.take(std::numeric_limits<qint64>::max());
            m_toTarget += up.size();
            peer.target->write(up);
        }
        if (!goesDown())
            return;
        collect(peer.target, peer.down, client);
        const QByteArray down =
            peer.down.take(m_budget >= 0 ? m_budget : std::numeric_limits<qint64>::max());
        m_toClients += down.size();
        client->write(down);
        if (m_budget < 0)
            return;
        m_budget -= down.size();
        if (m_budget == 0)
            cut(client);
    }

    void collect(QTcpSocket *from, Lane &lane, QTcpSocket *client)
    {
        const QByteArray bytes = from->readAll();
        if (bytes.isEmpty())
            return;
        lane.onTheWay.emplace_back(QDeadlineTimer(m_delay, Qt::PreciseTimer), bytes);
        if (m_delay.count() > 0)
            QTimer::singleShot(m_delay + std::chrono::milliseconds(1), Qt::PreciseTimer, client,
                               [this, client] { pump(client); });
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
        std::vector<QTcpSocket *> clients;
        for (const auto &peer : m_peers)
            clients.push_back(peer.first);
        for (QTcpSocket *client : clients) {
            pump(client);
            // Who left during a silence has left now.
            const auto it = m_peers.find(client);
            if (it != m_peers.end()
                && (client->state() == QAbstractSocket::UnconnectedState
                    || it->second.target->state() == QAbstractSocket::UnconnectedState))
                drop(client);
        }
    }

    // One side ended: what it had said is passed on first (what is still on its way is lost),
    // unless the link is silent: then the other side must not hear of it.
    void drop(QTcpSocket *client)
    {
        const auto it = m_peers.find(client);
        if (it == m_peers.end() || it->second.isStranded || !goesUp() || !goesDown())
            return;
        QTcpSocket *target = it->second.target;
        pump(client);
        if (m_peers.count(client) == 0) // that was the cut
            return;
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
            reset(peer.second.target);
        }
    }

    quint16 m_target;
    quint16 m_port = 0;
    QTcpServer *m_server = nullptr;
    std::map<QTcpSocket *, Peer> m_peers; // by client
    Link m_link = Link::Pass;
    qint64 m_budget = -1; // bytes until the cut; -1: none
    std::chrono::milliseconds m_delay{0};
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

void FaultProxy::setDelay(std::chrono::milliseconds delay)
{
    callIn(m_worker, [this, delay] { m_worker->setDelay(delay); });
}

void FaultProxy::strand()
{
    callIn(m_worker, [this] { m_worker->strand(); });
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
