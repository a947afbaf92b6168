// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/http_lane.h"

#include <QDateTime>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

namespace cf::kds {

namespace {

QNetworkRequest requestFor(const QUrl &url, const QString &token, std::chrono::milliseconds timeout)
{
    QNetworkRequest request(url);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    return request;
}

} // namespace

HttpLane::HttpLane(QNetworkAccessManager &network, QObject *parent)
    : QObject(parent), m_network(network)
{
}

HttpLane::~HttpLane()
{
    abort();
}

void HttpLane::get(const QUrl &url, const QString &token, std::chrono::milliseconds timeout)
{
    abort();
    watch(m_network.get(requestFor(url, token, timeout)));
}

void HttpLane::post(const QUrl &url, const QString &token, const QByteArray &body,
                    std::chrono::milliseconds timeout)
{
    abort();
    QNetworkRequest request = requestFor(url, token, timeout);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    watch(m_network.post(request, body));
}

void HttpLane::watch(QNetworkReply *reply)
{
    m_reply = reply;
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 received, qint64) {
        if (received > bodyBytesMax)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, &HttpLane::conclude);
}

void HttpLane::conclude()
{
    QNetworkReply *reply = m_reply;
    m_reply.clear();
    reply->deleteLater();
    HttpAnswer answer;
    const bool isAborted = reply->error() == QNetworkReply::OperationCanceledError
                           || reply->error() == QNetworkReply::TimeoutError;
    if (!isAborted) {
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        // Cut off in the middle: what is there of a body is no answer.
        const bool isCut = reply->error() == QNetworkReply::RemoteHostClosedError;
        if (isCut)
            answer.status = 0;
        answer.body = reply->readAll();
        const auto date =
            QDateTime::fromString(QString::fromLatin1(reply->rawHeader("Date")), Qt::RFC2822Date);
        if (date.isValid()) {
            answer.date = std::chrono::sys_time<std::chrono::milliseconds>(
                std::chrono::milliseconds(date.toMSecsSinceEpoch()));
        }
    }
    Q_EMIT finished(answer);
}

void HttpLane::abort()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = m_reply;
    m_reply.clear();
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

} // namespace cf::kds
