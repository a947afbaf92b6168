// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_client.h"

#include <QHostAddress>
#include <QJsonDocument>

namespace cf::test {

namespace {
constexpr int briefBytes = 600;
} // namespace

QJsonObject HttpReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray HttpReply::brief() const
{
    return QByteArray::number(status) + ' ' + body.left(briefBytes);
}

HttpReply HttpClient::get(const QByteArray &target, const HttpHeaders &headers)
{
    return request("GET", target, {}, headers);
}

HttpReply HttpClient::post(const QByteArray &target, const QByteArray &body,
                           const HttpHeaders &headers)
{
    HttpHeaders all{{"Content-Type", "application/json"}};
    all.insert(all.end(), headers.begin(), headers.end());
    return request("POST", target, body, all);
}

HttpReply HttpClient::post(const QByteArray &target, const QJsonObject &body,
                           const HttpHeaders &headers)
{
    return post(target, QJsonDocument(body).toJson(QJsonDocument::Compact), headers);
}

HttpReply HttpClient::request(const QByteArray &method, const QByteArray &target,
                              const QByteArray &body, const HttpHeaders &headers)
{
    if (!ensureConnected())
        return {};
    QByteArray head = method + ' ' + target + " HTTP/1.1\r\nHost: " + m_host.toUtf8() + ':'
                      + QByteArray::number(m_port) + "\r\n";
    for (const auto &header : headers)
        head += header.first + ": " + header.second + "\r\n";
    if (!body.isEmpty() || method == "POST")
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    m_socket.write(head + "\r\n" + body);
    HttpReply reply = readReply();
    if (reply.status == 0 || reply.header("connection").toLower() == "close")
        disconnect();
    return reply;
}

void HttpClient::disconnect()
{
    m_socket.abort();
    m_buffer.clear();
}

bool HttpClient::ensureConnected()
{
    if (m_socket.state() == QAbstractSocket::ConnectedState) {
        // A server that has closed an idle connection is found out here, not by a lost request.
        m_socket.waitForReadyRead(0);
        if (m_socket.state() == QAbstractSocket::ConnectedState)
            return true;
    }
    disconnect();
    m_socket.connectToHost(QHostAddress(m_host), m_port);
    if (!m_socket.waitForConnected(static_cast<int>(m_patience.count())))
        return false;
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    return true;
}

HttpReply HttpClient::readReply()
{
    HttpReply reply;
    bool ok = true;
    const QByteArray statusLine = takeLine(ok);
    for (QByteArray line = takeLine(ok); ok && !line.isEmpty(); line = takeLine(ok)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    if (reply.headers.contains("content-length"))
        reply.body = takeBytes(reply.header("content-length").toLongLong(), ok);
    else if (reply.header("transfer-encoding").toLower() == "chunked")
        reply.body = takeChunks(ok);
    if (ok)
        reply.status = statusLine.mid(9, 3).toInt();
    return reply;
}

bool HttpClient::readMore()
{
    if (m_socket.bytesAvailable() == 0
        && !m_socket.waitForReadyRead(static_cast<int>(m_patience.count())))
        return false;
    m_buffer += m_socket.readAll();
    return true;
}

QByteArray HttpClient::takeLine(bool &ok)
{
    qsizetype end = m_buffer.indexOf("\r\n");
    while (ok && end < 0) {
        ok = readMore();
        end = m_buffer.indexOf("\r\n");
    }
    if (!ok)
        return {};
    QByteArray line = m_buffer.left(end);
    m_buffer.remove(0, end + 2);
    return line;
}

QByteArray HttpClient::takeBytes(qint64 count, bool &ok)
{
    while (ok && m_buffer.size() < count)
        ok = readMore();
    if (!ok)
        return {};
    QByteArray bytes = m_buffer.left(count);
    m_buffer.remove(0, count);
    return bytes;
}

QByteArray HttpClient::takeChunks(bool &ok)
{
    QByteArray body;
    while (ok) {
        const qint64 size = takeLine(ok).toLongLong(nullptr, 16);
        body += takeBytes(size, ok);
        takeLine(ok);
        if (size == 0)
            break;
    }
    return body;
}

} // namespace cf::test
