// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QWebSocket>

#include <memory>
#include <vector>

namespace cf::test {

// A kitchen stream over QWebSocket that writes down every message and acknowledges what it gets.
class KitchenClient : public QObject
{
public:
    explicit KitchenClient(QString device);

    // `cursor` empty: the first time.
    void open(quint16 port, const QString &cursor = {});
    void close() { m_socket.abort(); }
    void sendCommand(qint64 n, const QString &orderId, const QString &type,
                     const QJsonObject &payload = {});

    [[nodiscard]] const std::vector<QJsonObject> &messages() const { return m_messages; }
    // Messages of one kind, in order.
    [[nodiscard]] std::vector<QJsonObject> all(const char *t) const;
    [[nodiscard]] QJsonObject last(const char *t) const;
    [[nodiscard]] bool has(const char *t) const { return !last(t).isEmpty(); }
    // Every EVENT of every `ev`, in order.
    [[nodiscard]] std::vector<QJsonObject> events() const;
    // Where it stands: after the last snap_end or ev.
    [[nodiscard]] QString cursor() const { return m_cursor; }
    [[nodiscard]] bool isOpen() const { return m_socket.isValid(); }
    // False once an `ev` did not start where the one before it ended.
    [[nodiscard]] bool isGapless() const { return m_gapless; }

private:
    void take(const QString &text);

    QString m_device;
    QString m_cursor;
    QString m_epoch;
    qint64 m_pos = -1;
    bool m_gapless = true;
    std::vector<QJsonObject> m_messages;
    QWebSocket m_socket;
};

struct ServerSentEvent {
    QString event;
    QString id;
    QString data;
    [[nodiscard]] QJsonObject json() const;
};

// A server-sent event stream, written down event by event; does not reconnect by itself.
class EventSourceClient : public QObject
{
public:
    void open(const QUrl &url, const QByteArray &lastEventId = {});
    void close();

    [[nodiscard]] const std::vector<ServerSentEvent> &events() const { return m_events; }
    // Without heartbeats.
    [[nodiscard]] std::vector<ServerSentEvent> states() const;
    [[nodiscard]] QByteArray bytes() const { return m_bytes; }
    [[nodiscard]] int status() const;
    [[nodiscard]] bool isFinished() const { return !m_reply || m_reply->isFinished(); }

private:
    void parse();

    QNetworkAccessManager m_network;
    std::unique_ptr<QNetworkReply> m_reply;
    QByteArray m_bytes;
    qsizetype m_parsed = 0;
    std::vector<ServerSentEvent> m_events;
};

} // namespace cf::test
