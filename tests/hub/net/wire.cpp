// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/wire.h"

#include <QDeadlineTimer>
#include <QJsonDocument>

namespace cf::test {

namespace {

constexpr int patienceMs = 20'000;
constexpr int stuckMs = 300;

} // namespace

Wire::Wire(quint16 port)
{
    m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    m_socket.waitForConnected(patienceMs);
}

void Wire::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(patienceMs)) { }
}

qint64 Wire::sendUntilStuck(const QByteArray &bytes, qint64 atMost)
{
    qint64 sent = 0;
    while (sent < atMost && isOpen()) {
        m_socket.write(bytes);
        sent += bytes.size();
        while (m_socket.bytesToWrite() > 0) {
            if (!m_socket.waitForBytesWritten(stuckMs))
                return sent - m_socket.bytesToWrite();
        }
    }
    return sent;
}

bool Wire::readMore()
{
    m_received += m_socket.readAll();
    if (!m_socket.waitForReadyRead(patienceMs))
        return false;
    m_received += m_socket.readAll();
    return true;
}

bool Wire::waitFor(const QByteArray &text)
{
    m_received += m_socket.readAll();
    while (!m_received.contains(text)) {
        if (!readMore())
            return m_received.contains(text);
    }
    return true;
}

bool Wire::waitForBytes(qint64 count)
{
    m_received += m_socket.readAll();
    while (m_received.size() < count) {
        if (!readMore())
            return m_received.size() >= count;
    }
    return true;
}

bool Wire::waitForEnd()
{
    QDeadlineTimer limit(patienceMs);
    while (isOpen() && !limit.hasExpired()) {
        m_socket.waitForReadyRead(100);
        m_received += m_socket.readAll();
    }
    return !isOpen();
}

void Wire::drain()
{
    m_socket.waitForReadyRead(0);
    m_received += m_socket.readAll();
}

bool Wire::isOpen() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

QByteArray Wire::take(qsizetype count)
{
    const QByteArray front = m_received.first(count);
    m_received.remove(0, count);
    return front;
}

QByteArray Wire::takeAnswer()
{
    if (!waitFor("\r\n\r\n"))
        return {};
    const qsizetype head = m_received.indexOf("\r\n\r\n") + 4;
    const qsizetype length = headerOf(m_received.first(head), "content-length").toLongLong();
    if (!waitForBytes(head + length))
        return {};
    return take(head + length);
}

QByteArray getText(const QByteArray &target, const QByteArray &headers)
{
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

QByteArray postText(const QByteArray &target, const QByteArray &body, const QByteArray &headers)
{
    return "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
           + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
}

QByteArray bodyOf(const QByteArray &answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

QJsonObject jsonOf(const QByteArray &answer)
{
    return QJsonDocument::fromJson(bodyOf(answer)).object();
}

QByteArray headerOf(const QByteArray &answer, const QByteArray &name)
{
    for (const QByteArray &line : answer.left(answer.indexOf("\r\n\r\n")).split('\n')) {
        if (line.toLower().startsWith(name.toLower() + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

QByteArray ask(quint16 port, const QByteArray &request)
{
    Wire wire(port);
    wire.send(request);
    return wire.takeAnswer();
}

WireSocket::WireSocket(quint16 port, const QByteArray &target, const QByteArray &headers)
    : m_wire(port)
{
    m_wire.send(
        getText(target, "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + headers));
    m_status = cf::test::statusOf(m_wire.takeAnswer());
}

void WireSocket::sendJson(const QJsonObject &json)
{
    sendText(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

void WireSocket::sendFrame(int opcode, const QByteArray &payload, bool masked)
{
    QByteArray frame;
    frame.append(static_cast<char>(0x80 | opcode));
    const int mask = masked ? 0x80 : 0;
    const qsizetype size = payload.size();
    const int bytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
    frame.append(static_cast<char>(mask | (bytes == 0 ? size : bytes == 2 ? 126 : 127)));
    for (int i = bytes - 1; i >= 0; --i)
        frame.append(static_cast<char>((size >> (8 * i)) & 0xff));
    if (masked)
        frame.append(4, '\0'); // this mask changes nothing
    m_wire.send(frame + payload);
}

int WireSocket::nextFrame(QByteArray &payload)
{
    if (!m_wire.waitForBytes(2))
        return -1;
    const auto byte = [this](qsizetype at) {
        return static_cast<quint8>(m_wire.received().at(at));
    };
    const int opcode = byte(0) & 0x0f;
    qsizetype size = byte(1) & 0x7f;
    const qsizetype extra = size < 126 ? 0 : size == 126 ? 2 : 8;
    if (!m_wire.waitForBytes(2 + extra))
        return -1;
    if (extra > 0) {
        size = 0;
        for (qsizetype i = 0; i < extra; ++i)
            size = (size << 8) | byte(2 + i);
    }
    if (!m_wire.waitForBytes(2 + extra + size))
        return -1;
    m_wire.take(2 + extra);
    payload = m_wire.take(size);
    return opcode;
}

QJsonObject WireSocket::next(const QString &t)
{
    QByteArray payload;
    for (;;) {
        const int opcode = nextFrame(payload);
        if (opcode == -1 || opcode == 8)
            return {};
        const QJsonObject json = QJsonDocument::fromJson(payload).object();
        if (json.value("t").toString() == t)
            return json;
    }
}

QJsonObject helloJson(const QString &device, const QString &cursor)
{
    return {{"t", "hello"},
            {"v", 1},
            {"device", device},
            {"name", device},
            {"cursor", cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)},
            {"outbox_next", 1}};
}

} // namespace cf::test
