// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/child_process.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QTcpSocket>

#include <chrono>
#include <utility>
#include <vector>

namespace cf::test {

using HttpHeaders = std::vector<std::pair<QByteArray, QByteArray>>;

struct HttpReply {
    int status = 0;                        // 0: no whole answer came
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;

    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] QByteArray header(const char *name) const { return headers.value(name); }
    // For failure messages: status and the body's beginning.
    [[nodiscard]] QByteArray brief() const;
};

// A blocking HTTP/1.1 client on one kept-alive connection, usable from any one thread. Sends the
// bytes it is told to, so that it can also send wrong ones.
class HttpClient
{
public:
    explicit HttpClient(quint16 port, QString host = QStringLiteral("127.0.0.1"))
        : m_host(std::move(host)), m_port(port)
    {
    }

    // How long an answer may take before it counts as none; `patience` unless told.
    void setPatience(std::chrono::milliseconds limit) { m_patience = limit; }

    HttpReply get(const QByteArray &target, const HttpHeaders &headers = {});
    HttpReply post(const QByteArray &target, const QByteArray &body,
                   const HttpHeaders &headers = {});
    HttpReply post(const QByteArray &target, const QJsonObject &body,
                   const HttpHeaders &headers = {});
    HttpReply request(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                      const HttpHeaders &headers);
    void disconnect();

private:
    bool ensureConnected();
    HttpReply readReply();
    bool readMore();
    QByteArray takeLine(bool &ok);
    QByteArray takeBytes(qint64 count, bool &ok);
    QByteArray takeChunks(bool &ok);

    QString m_host;
    quint16 m_port;
    std::chrono::milliseconds m_patience = patience;
    QTcpSocket m_socket;
    QByteArray m_buffer;
};

} // namespace cf::test
