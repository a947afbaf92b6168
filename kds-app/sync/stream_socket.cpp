// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/stream_socket.h"

#include "shared/base/limits.h"

#include <QAbstractSocket>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QTimer>
#include <QWebSocket>

namespace cf::kds {

StreamSocket::StreamSocket(QObject *parent) : QObject(parent), m_timeout(std::make_unique<QTimer>())
{
    m_timeout->setSingleShot(true);
    connect(m_timeout.get(), &QTimer::timeout, this,
            [this] { fail(QStringLiteral("the hub did not answer")); });
}

StreamSocket::~StreamSocket()
{
    drop();
}

void StreamSocket::open(const QUrl &url, const QString &token)
{
    drop();
    m_socket = std::make_unique<QWebSocket>();
    QWebSocket *socket = m_socket.get();
    socket->setMaxAllowedIncomingMessageSize(limits::displayMessageBytesMax);
    socket->setMaxAllowedIncomingFrameSize(limits::displayMessageBytesMax);
    socket->setProxy(QNetworkProxy::NoProxy); // the hub is on this network, or nowhere
    connect(socket, &QWebSocket::connected, this, [this] {
        m_timeout->stop();
        m_isOpen = true;
        Q_EMIT opened();
    });
    connect(socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { Q_EMIT frameArrived(text.toUtf8()); });
    connect(socket, &QWebSocket::disconnected, this, [this] {
        const QString words = m_socket->errorString();
        fail(m_socket->closeReason().isEmpty() ? words : m_socket->closeReason());
    });
    const auto onError = [this](QAbstractSocket::SocketError) { fail(m_socket->errorString()); };
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(socket, &QWebSocket::errorOccurred, this, onError);
#else
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, onError);
#endif
    QNetworkRequest request(url);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    m_timeout->start(limits::connectTimeoutMax);
    socket->open(request);
    // The bytes of a frame that is not whole yet are life too, on a slow link. QWebSocket keeps
    // its transport as a child and does not show it otherwise.
    if (!m_socket)
        return;
    if (auto *transport = socket->findChild<QAbstractSocket *>())
        connect(transport, &QAbstractSocket::readyRead, this, &StreamSocket::bytesArrived);
}

void StreamSocket::send(const QByteArray &frame)
{
    if (m_isOpen)
        m_socket->sendTextMessage(QString::fromUtf8(frame));
}

void StreamSocket::drop()
{
    m_timeout->stop();
    m_isOpen = false;
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (auto *transport = m_socket->findChild<QAbstractSocket *>())
        transport->disconnect(this);
    m_socket->abort();
    m_socket.release()->deleteLater(); // we may be inside one of its signals
}

void StreamSocket::close(const QString &why)
{
    if (m_isOpen)
        m_socket->close(QWebSocketProtocol::CloseCodeNormal);
    fail(why);
}

void StreamSocket::fail(const QString &why)
{
    if (!m_socket)
        return;
    drop();
    Q_EMIT closed(why);
}

} // namespace cf::kds
