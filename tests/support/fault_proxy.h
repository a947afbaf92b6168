// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThread>

#include <atomic>
#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QTcpServer;
class QTcpSocket;
QT_END_NAMESPACE

namespace cf::test {

// What the network between a display and its hub does.
enum class Link : quint8 {
    Pass,
    Silent,   // half open: sockets stay, new ones are accepted, nothing is forwarded either way
    Refuse,   // every connection is dropped and the port is closed
    OnlyUp,   // one way: what the target says waits, what the clients say passes
    OnlyDown, // the other way
};

class FaultProxyWorker;

// A TCP proxy on a loopback port of its own, in a thread of its own. Counts bytes, parses nothing.
// Thread-safe; every call has taken effect when it returns.
class FaultProxy
{
public:
    explicit FaultProxy(quint16 targetPort);
    ~FaultProxy();
    FaultProxy(const FaultProxy &) = delete;
    FaultProxy &operator=(const FaultProxy &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    void setTarget(quint16 port);
    void setLink(Link link);
    // Forwards `bytes` more towards the clients, then resets every connection in the middle of
    // whatever it was saying, and refuses until setLink().
    void cutAfter(qint64 bytes);
    // Every byte from now on is on its way for so long.
    void setDelay(std::chrono::milliseconds delay);
    // The connections there are now fall silent, new ones pass: what was sent first arrives last,
    // with the next setLink().
    void strand();

    [[nodiscard]] qint64 bytesToClients() const;
    [[nodiscard]] qint64 bytesToTarget() const;
    [[nodiscard]] int connections() const; // open now
    [[nodiscard]] int accepted() const;    // ever
    [[nodiscard]] bool wasCut() const;

private:
    QThread m_thread;
    FaultProxyWorker *m_worker; // lives in m_thread
    quint16 m_port = 0;
};

} // namespace cf::test
