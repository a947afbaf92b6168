// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/kds-app/fake_hub.h"

#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace cf::kds::test {

// A FakeHub on a real port: stream and polling as in the wire contract, and every way to misbehave
// that a test asks for. One connection is served at a time by the newest socket.
class ScriptedHub : public QObject
{
    Q_OBJECT
public:
    ScriptedHub();
    ~ScriptedHub() override;

    bool listen(quint16 port = 0); // 0: any free one
    void refuse();                 // nobody listens any more; connections are cut
    void cut();                    // as a cable would be
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] quint16 port() const { return m_port; }

    // After anything was done to `hub`: sends what the display has not had yet.
    void tell();
    void heartbeat();
    void send(const QByteArray &frame);

    FakeHub hub;

    // --- how to behave --------------------------------------------------------------------------
    bool acceptsStreams = true;
    bool answersHttp = true;
    bool answersCommands = true;
    bool canSearch = true;         // as a hub of today can
    std::vector<OrderState> older; // found, whatever is looked for
    bool holdsReads = false;       // a read that waits for events is not answered
    bool missesCommands = false;   // says so of the next one that is posted
    QByteArray token;              // what must be presented; empty: anything
    std::chrono::milliseconds dead{12'000};
    int cutAfterEvFrames = -1; // once
    int eventsPerFrame = 200;

    // --- what was seen --------------------------------------------------------------------------
    int streams = 0;
    int refusedStreams = 0;
    int polls = 0;
    int heldReads = 0;
    int posts = 0;
    QStringList searches; // what was looked for
    int snapshots = 0;
    qint64 eventsSent = 0;
    std::vector<Hello> hellos;
    std::vector<Ack> acks;

private:
    void onConnection();
    void onHead(QTcpSocket *socket);
    void onStream();
    void onMessage(const QString &text);
    void onHello(const Hello &hello);
    void onRequest(QTcpSocket *socket, const QByteArray &head, const QByteArray &body);
    void onSearch(QTcpSocket *socket, const QUrl &url);
    void onPost(QTcpSocket *socket, const QByteArray &path, const QByteArray &body);
    void answer(QTcpSocket *socket, int status, const QByteArray &body = {});

    QTcpServer m_server;
    QWebSocketServer m_upgrader;
    QPointer<QWebSocket> m_stream;
    QList<QPointer<QTcpSocket>> m_sockets;
    quint16 m_port = 0;
    qint64 m_sid = 0;
    qint64 m_sentPos = 0;
    bool m_isWelcomed = false;
    QHash<QByteArray, CommandResult> m_posted;
};

} // namespace cf::kds::test
