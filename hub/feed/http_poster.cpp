// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/http_poster.h"

#include "shared/protocol/canonical_json.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>

namespace cf::feed {

namespace {

using namespace std::chrono_literals;

constexpr auto backoffMin = 100ms;
constexpr auto backoffMax = 5'000ms;
// A hub answers in milliseconds; a link that says nothing for this long is dead.
constexpr auto answerMax = 10'000ms;
// An order with its event is some KiB.
constexpr qint64 answerBytesMax = 1024 * 1024;
// The dice's stream for jitter; orders use small ones.
constexpr quint64 jitterStream = ~quint64(0);

bool isFinal(int status)
{
    return status >= 200 && status < 500 && status != 408 && status != 429;
}

} // namespace

struct HttpPoster::Attempt {
    PostRequest request;
    Done done;
    QElapsedTimer since;
    std::chrono::milliseconds backoff = backoffMin;
};

HttpPoster::HttpPoster(QUrl hub, quint64 seed, QObject *parent)
    : QObject(parent), m_hub(std::move(hub)), m_dice(seed, jitterStream)
{
    // A hub is on the same network: no proxy stands between.
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void HttpPoster::post(const PostRequest &request, Done done)
{
    ++m_outstanding;
    const auto attempt = std::make_shared<Attempt>();
    attempt->request = request;
    attempt->done = std::move(done);
    attempt->since.start();
    send(attempt);
}

void HttpPoster::giveUp()
{
    m_givenUp = true;
    const auto replies = m_network.findChildren<QNetworkReply *>();
    for (QNetworkReply *reply : replies)
        reply->abort();
}

void HttpPoster::send(const std::shared_ptr<Attempt> &attempt)
{
    if (m_givenUp) {
        finish(attempt, {});
        return;
    }
    QUrl url = m_hub;
    url.setPath(attempt->request.path);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setHeader(QNetworkRequest::UserAgentHeader,
                      QByteArrayLiteral("counterfire-feed/" CF_VERSION));
    if (!attempt->request.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + attempt->request.token);
    if (!attempt->request.idempotencyKey.isEmpty())
        request.setRawHeader("Idempotency-Key", attempt->request.idempotencyKey);
    request.setTransferTimeout(static_cast<int>(answerMax.count()));
    QNetworkReply *reply = m_network.post(request, attempt->request.body);
    connect(reply, &QNetworkReply::finished, this,
            [this, attempt, reply] { onFinished(attempt, reply); });
}

void HttpPoster::onFinished(const std::shared_ptr<Attempt> &attempt, QNetworkReply *reply)
{
    reply->deleteLater();
    PostAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_reached = m_reached || answer.status != 0;
    // A status line without its whole body is no answer: the connection was cut in between.
    const bool cut = reply->error() != QNetworkReply::NoError
                     && reply->error() < QNetworkReply::ContentAccessDenied;
    if (cut || !isFinal(answer.status)) {
        retryLater(attempt);
        return;
    }
    const Result<QJsonObject> body = parseJsonObject(reply->read(answerBytesMax));
    if (!body && answer.accepted()) {
        retryLater(attempt);
        return;
    }
    if (body)
        answer.body = *body;
    finish(attempt, std::move(answer));
}

void HttpPoster::retryLater(const std::shared_ptr<Attempt> &attempt)
{
    if (m_givenUp) {
        finish(attempt, {});
        return;
    }
    Q_EMIT retried();
    const double jitter = m_dice.unit() * static_cast<double>(attempt->backoff.count());
    attempt->backoff = std::min<std::chrono::milliseconds>(attempt->backoff * 2, backoffMax);
    QTimer::singleShot(std::chrono::milliseconds(static_cast<qint64>(jitter) + 1), this,
                       [this, attempt] { send(attempt); });
}

void HttpPoster::finish(const std::shared_ptr<Attempt> &attempt, PostAnswer answer)
{
    --m_outstanding;
    answer.milliseconds = static_cast<double>(attempt->since.nsecsElapsed()) / 1e6;
    attempt->done(answer);
}

} // namespace cf::feed
