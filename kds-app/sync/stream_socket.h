// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QUrl>

#include <memory>

class QWebSocket;
class QTimer;

namespace cf::kds {

// One WebSocket at a time, and its traps: bounded messages and frames, a bounded handshake, bytes
// of a half-read frame reported as life, and nothing ever reported of a socket that was dropped.
class StreamSocket : public QObject
{
    Q_OBJECT
public:
    explicit StreamSocket(QObject *parent = nullptr);
    ~StreamSocket() override;

    // Drops what there was, silently.
    void open(const QUrl &url, const QString &token);
    void send(const QByteArray &frame);
    // Silently: closed() is not announced.
    void drop();
    // Says goodbye and announces closed() at once: nobody waits for the other side.
    void close(const QString &why);

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] bool isIdle() const { return !m_socket; }

Q_SIGNALS:
    void opened();
    void bytesArrived();
    void frameArrived(const QByteArray &frame);
    void closed(const QString &why);

private:
    void fail(const QString &why);

    std::unique_ptr<QTimer> m_timeout;
    std::unique_ptr<QWebSocket> m_socket;
    bool m_isOpen = false;
};

} // namespace cf::kds
