// SPDX-License-Identifier: Apache-2.0
#include "tests/support/kitchen_client.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cf::test {

namespace {
QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}
} // namespace

KitchenClient::KitchenClient(QString device) : m_device(std::move(device))
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { take(text); });
}

void KitchenClient::open(quint16 port, const QString &cursor)
{
    m_socket.abort();
    m_pos = -1;
    disconnect(&m_socket, &QWebSocket::connected, this, nullptr);
    connect(&m_socket, &QWebSocket::connected, this, [this, cursor] {
        m_socket.sendTextMessage(
            compact({{"t", "hello"},
                     {"v", 1},
                     {"device", m_device},
                     {"name", m_device},
                     {"cursor", cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)},
                     {"outbox_next", 1}}));
    });
    m_socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/v1/kds/stream").arg(port)));
}

void KitchenClient::sendCommand(qint64 n, const QString &orderId, const QString &type,
                                const QJsonObject &payload)
{
    m_socket.sendTextMessage(compact(
        {{"t", "cmd"}, {"n", n}, {"order_id", orderId}, {"type", type}, {"payload", payload}}));
}

std::vector<QJsonObject> KitchenClient::all(const char *t) const
{
    std::vector<QJsonObject> found;
    for (const QJsonObject &message : m_messages) {
        if (message.value("t").toString() == QLatin1StringView(t))
            found.push_back(message);
    }
    return found;
}

QJsonObject KitchenClient::last(const char *t) const
{
    const auto found = all(t);
    return found.empty() ? QJsonObject() : found.back();
}

std::vector<QJsonObject> KitchenClient::events() const
{
    std::vector<QJsonObject> found;
    for (const QJsonObject &message : all("ev")) {
        const QJsonArray events = message.value("events").toArray();
        for (const QJsonValue &event : events)
            found.push_back(event.toObject());
    }
    return found;
}

void KitchenClient::take(const QString &text)
{
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    m_messages.push_back(message);
    const QString t = message.value("t").toString();
    if (t == "welcome") {
        m_epoch = message.value("epoch").toString();
    } else if (t == "ev" || t == "snap_end") {
        if (t == "ev" && m_pos >= 0 && message.value("prev").toInteger() != m_pos)
            m_gapless = false;
        m_pos = message.value(t == "ev" ? "to" : "at").toInteger();
        m_cursor =
            QStringLiteral("%1.%2.%3").arg(m_epoch).arg(m_pos).arg(message.value("h").toString());
        m_socket.sendTextMessage(compact(
            {{"t", "ack"}, {"sid", message.value("sid")}, {"pos", m_pos}, {"shown", false}}));
    }
}

QJsonObject ServerSentEvent::json() const
{
    return QJsonDocument::fromJson(data.toUtf8()).object();
}

void EventSourceClient::open(const QUrl &url, const QByteArray &lastEventId)
{
    close();
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "text/event-stream");
    if (!lastEventId.isEmpty())
        request.setRawHeader("Last-Event-ID", lastEventId);
    m_reply.reset(m_network.get(request));
    connect(m_reply.get(), &QNetworkReply::readyRead, this, [this] {
        m_bytes += m_reply->readAll();
        parse();
    });
}

void EventSourceClient::close()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply.reset();
    }
    m_bytes.clear();
    m_parsed = 0;
    m_events.clear();
}

std::vector<ServerSentEvent> EventSourceClient::states() const
{
    std::vector<ServerSentEvent> found;
    for (const ServerSentEvent &event : m_events) {
        if (event.event != "hb")
            found.push_back(event);
    }
    return found;
}

int EventSourceClient::status() const
{
    return m_reply ? m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
}

void EventSourceClient::parse()
{
    for (qsizetype end = m_bytes.indexOf("\n\n", m_parsed); end >= 0;
         end = m_bytes.indexOf("\n\n", m_parsed)) {
        ServerSentEvent event{QStringLiteral("message"), {}, {}};
        const QString block = QString::fromUtf8(m_bytes.mid(m_parsed, end - m_parsed));
        m_parsed = end + 2;
        for (const QString &line : block.split('\n')) {
            const QString value = line.section(':', 1).trimmed();
            if (line.startsWith("event:"))
                event.event = value;
            else if (line.startsWith("id:"))
                event.id = value;
            else if (line.startsWith("data:"))
                event.data += value;
        }
        // As the standard has it: a block without data is no event.
        if (!event.data.isEmpty())
            m_events.push_back(event);
    }
}

} // namespace cf::test
