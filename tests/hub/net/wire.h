// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>
#include <QJsonObject>
#include <QTcpSocket>

namespace cf::test {

// A TCP client that sends exactly the bytes it is told to, right or wrong. Blocking; waits for
// conditions with one generous limit.
class Wire
{
public:
    explicit Wire(quint16 port);

    void send(const QByteArray &bytes);
    // Sends until the other side takes no more, or has closed; the bytes sent.
    qint64 sendUntilStuck(const QByteArray &bytes, qint64 atMost);
    // Everything received so far, once it contains `text`; waits for it.
    bool waitFor(const QByteArray &text);
    bool waitForBytes(qint64 count);
    // True once the other side has ended the connection.
    bool waitForEnd();
    // Takes what has arrived, without waiting.
    void drain();
    // One whole HTTP answer off the front; empty when none comes.
    QByteArray takeAnswer();
    // The received bytes that nobody has taken.
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    QByteArray take(qsizetype count);
    // Stops reading, so that the other side's writes pile up.
    void setReadBuffer(qint64 bytes) { m_socket.setReadBufferSize(bytes); }
    void abort() { m_socket.abort(); }
    void endSending() { m_socket.disconnectFromHost(); }
    [[nodiscard]] bool isOpen() const;

private:
    bool readMore();

    QTcpSocket m_socket;
    QByteArray m_received;
};

// GET with the headers every request needs.
QByteArray getText(const QByteArray &target, const QByteArray &headers = {});
QByteArray postText(const QByteArray &target, const QByteArray &body,
                    const QByteArray &headers = {});
int statusOf(const QByteArray &answer);
QByteArray bodyOf(const QByteArray &answer);
QJsonObject jsonOf(const QByteArray &answer);
// The value of a header; empty when it is not there.
QByteArray headerOf(const QByteArray &answer, const QByteArray &name);

// One request on a connection of its own.
QByteArray ask(quint16 port, const QByteArray &request);

// A WebSocket client that can also send frames no honest one sends.
class WireSocket
{
public:
    explicit WireSocket(quint16 port, const QByteArray &target = "/v1/kds/stream",
                        const QByteArray &headers = {});

    [[nodiscard]] int status() const { return m_status; } // of the handshake's answer
    void sendText(const QByteArray &text) { sendFrame(0x1, text); }
    void sendJson(const QJsonObject &json);
    void sendFrame(int opcode, const QByteArray &payload, bool masked = true);
    // The next message of this `t`, with those before it dropped; empty when none comes.
    QJsonObject next(const QString &t);
    // The next frame: its opcode, -1 when none comes.
    int nextFrame(QByteArray &payload);
    Wire &wire() { return m_wire; }

private:
    Wire m_wire;
    int m_status = 0;
};

QJsonObject helloJson(const QString &device, const QString &cursor = {});

} // namespace cf::test
