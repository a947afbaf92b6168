// SPDX-License-Identifier: Apache-2.0
#include "tests/kds-app/scripted_hub.h"

#include "shared/order/transition.h"
#include "shared/protocol/canonical_json.h"

#include <QUrl>
#include <QUrlQuery>

namespace cf::kds::test {

using namespace std::chrono_literals;

ScriptedHub::ScriptedHub() : m_upgrader(QStringLiteral("test"), QWebSocketServer::NonSecureMode)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ScriptedHub::onConnection);
    connect(&m_upgrader, &QWebSocketServer::newConnection, this, &ScriptedHub::onStream);
}

ScriptedHub::~ScriptedHub()
{
    refuse();
}

bool ScriptedHub::listen(quint16 port)
{
    const bool ok = m_server.listen(QHostAddress::LocalHost, port);
    m_port = m_server.serverPort();
    return ok;
}

void ScriptedHub::refuse()
{
    m_server.close();
    cut();
}

void ScriptedHub::cut()
{
    if (m_stream)
        m_stream->abort();
    for (const QPointer<QTcpSocket> &socket : std::as_const(m_sockets)) {
        if (socket)
            socket->abort();
    }
    m_sockets.clear();
    m_isWelcomed = false;
}

QUrl ScriptedHub::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

void ScriptedHub::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        m_sockets.append(socket);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onHead(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void ScriptedHub::onHead(QTcpSocket *socket)
{
    const QByteArray bytes = socket->peek(1024 * 1024);
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = bytes.left(end);
    const QByteArray lower = head.toLower();
    qsizetype length = 0;
    if (const qsizetype at = lower.indexOf("content-length:"); at >= 0)
        length = lower.mid(at + 15, lower.indexOf('\r', at) - at - 15).trimmed().toLongLong();
    if (bytes.size() < end + 4 + length)
        return;
    const bool allowed = token.isEmpty() || head.contains("Bearer " + token);
    if (lower.contains("upgrade: websocket") && allowed && acceptsStreams) {
        socket->disconnect(this);
        m_upgrader.handleConnection(socket);
        return;
    }
    socket->read(end + 4 + length);
    if (lower.contains("upgrade: websocket")) {
        ++refusedStreams;
        return answer(socket, allowed ? 403 : 401);
    }
    if (!allowed)
        return answer(socket, 401);
    if (!answersHttp)
        return socket->abort();
    onRequest(socket, head, bytes.mid(end + 4, length));
}

void ScriptedHub::onStream()
{
    QWebSocket *stream = m_upgrader.nextPendingConnection();
    ++streams;
    if (m_stream)
        m_stream->abort();
    m_stream = stream;
    m_isWelcomed = false;
    connect(stream, &QWebSocket::textMessageReceived, this, [this, stream](const QString &text) {
        if (stream == m_stream)
            onMessage(text);
    });
    connect(stream, &QWebSocket::disconnected, stream, &QObject::deleteLater);
}

void ScriptedHub::onMessage(const QString &text)
{
    const Result<FromDisplay> message = decodeFromDisplay(text.toUtf8());
    if (!message)
        return;
    if (const auto *hello = std::get_if<Hello>(&*message))
        onHello(*hello);
    if (const auto *ack = std::get_if<Ack>(&*message))
        acks.push_back(*ack);
    const auto *command = std::get_if<DeviceCommand>(&*message);
    if (!command)
        return;
    const CommandResult result = hub.handle(*command);
    if (!answersCommands)
        return;
    send(encode(result));
    tell();
}

void ScriptedHub::onHello(const Hello &hello)
{
    hellos.push_back(hello);
    const bool resume = hello.cursor && hello.cursor->epoch == hub.epoch()
                        && hello.cursor->pos <= hub.head()
                        && hello.cursor->h == hub.hash(hello.cursor->pos);
    const Timestamp now = SystemClock().now();
    Welcome welcome = hub.welcome(resume ? StreamMode::Resume : StreamMode::Snapshot, ++m_sid, now);
    welcome.dead = dead;
    send(encode(welcome));
    m_isWelcomed = true;
    m_sentPos = resume ? hello.cursor->pos : hub.head();
    if (!resume) {
        ++snapshots;
        send(hub.snapFrame(m_sid));
        send(hub.snapEndFrame(m_sid));
    }
    tell();
    if (m_isWelcomed)
        send(hub.liveFrame(m_sid));
}

void ScriptedHub::tell()
{
    while (m_isWelcomed && m_stream && m_sentPos < hub.head()) {
        if (cutAfterEvFrames == 0) {
            cutAfterEvFrames = -1;
            m_stream->flush();
            m_isWelcomed = false;
            // What was written must still arrive: the cable is cut, not the past.
            m_stream->close();
            return;
        }
        const qint64 to = std::min(hub.head(), m_sentPos + eventsPerFrame);
        send(hub.evFrame(m_sentPos, to, m_sid));
        eventsSent += to - m_sentPos;
        m_sentPos = to;
        if (cutAfterEvFrames > 0)
            --cutAfterEvFrames;
    }
}

void ScriptedHub::heartbeat()
{
    send(hub.hbFrame(m_sid, SystemClock().now()));
}

void ScriptedHub::send(const QByteArray &frame)
{
    if (m_stream)
        m_stream->sendTextMessage(QString::fromUtf8(frame));
}

void ScriptedHub::onRequest(QTcpSocket *socket, const QByteArray &head, const QByteArray &body)
{
    const QList<QByteArray> line = head.left(head.indexOf('\r')).split(' ');
    const QUrl url(QString::fromLatin1(line.value(1)));
    if (line.value(0) == "POST")
        return onPost(socket, url.path().toLatin1(), body);
    if (url.path().startsWith(QLatin1StringView("/v1/orders")))
        return onSearch(socket, url);
    ++polls;
    if (url.path() == QLatin1StringView("/v1/kds/snapshot")) {
        ++snapshots;
        return answer(socket, 200, hub.pollSnapshot());
    }
    const auto since =
        parseCursor(QUrlQuery(url).queryItemValue(QStringLiteral("since")).toLatin1());
    if (!since || since->epoch != hub.epoch() || since->pos > hub.head())
        return answer(socket, 410, R"({"code":"snapshot_required"})");
    if (holdsReads && QUrlQuery(url).queryItemValue(QStringLiteral("wait")).toInt() > 0) {
        ++heldReads;
        return;
    }
    eventsSent += hub.head() - since->pos;
    answer(socket, 200, hub.pollPage(since->pos, 200));
}

void ScriptedHub::onSearch(QTcpSocket *socket, const QUrl &url)
{
    const QString id = url.path().section(u'/', 3, 3);
    for (const OrderState &order : older) {
        if (order.id == QUuid::fromString(id))
            return answer(socket, 200, canonicalJson(orderToJson(order)));
    }
    searches.append(QUrlQuery(url).queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded));
    QJsonArray orders;
    for (const OrderState &order : older)
        orders.append(
            QJsonObject{{QStringLiteral("order_id"), order.id.toString(QUuid::WithoutBraces)}});
    QJsonObject json{{QStringLiteral("orders"), orders}};
    if (canSearch)
        json.insert(QStringLiteral("more"), false);
    answer(socket, 200, canonicalJson(json));
}

void ScriptedHub::onPost(QTcpSocket *socket, const QByteArray &path, const QByteArray &body)
{
    ++posts;
    if (std::exchange(missesCommands, false))
        return answer(socket, 409, R"({"code":"commands_missing"})");
    const QJsonObject json = *parseJsonObject(body);
    const QByteArray id = json.value(QStringLiteral("command_id")).toString().toLatin1();
    const QUuid orderId = QUuid::fromString(QString::fromLatin1(path.split('/').value(3)));
    if (!m_posted.contains(id)) {
        const auto type = eventTypeFromName(json.value(QStringLiteral("type")).toString());
        const auto drafts =
            decide(*hub.board().find(orderId),
                   {orderId, type, json.value(QStringLiteral("payload")).toObject(), {}});
        if (!drafts)
            return answer(socket, 409, R"({"code":"transition_not_allowed","detail":"no"})");
        hub.append(orderId, type, json.value(QStringLiteral("payload")).toObject());
        CommandResult result;
        result.pos = hub.head();
        m_posted.insert(id, result);
    }
    answer(socket, 201,
           R"({"event":{},"status":"","seq":1,"pos":)" + QByteArray::number(m_posted.value(id).pos)
               + "}");
}

void ScriptedHub::answer(QTcpSocket *socket, int status, const QByteArray &body)
{
    socket->write("HTTP/1.1 " + QByteArray::number(status)
                  + " Said\r\nContent-Type: application/json\r\nContent-Length: "
                  + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    socket->disconnectFromHost();
}

} // namespace cf::kds::test
