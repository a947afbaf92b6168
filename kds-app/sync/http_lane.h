// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkReply>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <optional>

class QNetworkAccessManager;

namespace cf::kds {

// What came back; `status` 0: no answer.
struct HttpAnswer {
    int status = 0;
    QByteArray body;
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> date;
};

// One HTTP request at a time, with a bounded answer and a bounded wait. The token travels in the
// header and is never followed to another place.
class HttpLane : public QObject
{
    Q_OBJECT
public:
    explicit HttpLane(QNetworkAccessManager &network, QObject *parent = nullptr);
    ~HttpLane() override;

    void get(const QUrl &url, const QString &token, std::chrono::milliseconds timeout);
    void post(const QUrl &url, const QString &token, const QByteArray &body,
              std::chrono::milliseconds timeout);
    // Silently: finished() is not announced.
    void abort();
    [[nodiscard]] bool isBusy() const { return !m_reply.isNull(); }

    static constexpr qint64 bodyBytesMax = qint64(64) * 1024 * 1024; // the largest snapshot's bound

Q_SIGNALS:
    void finished(const cf::kds::HttpAnswer &answer);

private:
    void watch(QNetworkReply *reply);
    void conclude();

    QNetworkAccessManager &m_network;
    QPointer<QNetworkReply> m_reply;
};

} // namespace cf::kds
