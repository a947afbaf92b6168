// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/dice.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace cf::feed {

struct PostRequest {
    QString path;
    QByteArray body;
    QByteArray token;          // empty: none
    QByteArray idempotencyKey; // empty: none
};

struct PostAnswer {
    int status = 0; // 0: never answered
    QJsonObject body;
    double milliseconds = 0; // from the first attempt to the answer
    [[nodiscard]] bool accepted() const { return status == 200 || status == 201; }
};

// POSTs JSON and does not give up: whatever has no final answer (no connection, a cut one, 408,
// 429, 5xx) is sent again with the same bytes and the same key, after 100 ms doubling to 5 s with
// full jitter. That is safe because the hub answers a repeat with its first answer. The callback is
// called once, except after giveUp(), when it is called with status 0.
class HttpPoster : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const PostAnswer &)>;

    HttpPoster(QUrl hub, quint64 seed, QObject *parent = nullptr);

    void post(const PostRequest &request, Done done);
    // No more attempts: everything unanswered is reported so.
    void giveUp();

    [[nodiscard]] int outstanding() const { return m_outstanding; }
    [[nodiscard]] bool wasReached() const { return m_reached; }

Q_SIGNALS:
    void retried();

private:
    struct Attempt;

    void send(const std::shared_ptr<Attempt> &attempt);
    void onFinished(const std::shared_ptr<Attempt> &attempt, QNetworkReply *reply);
    void retryLater(const std::shared_ptr<Attempt> &attempt);
    void finish(const std::shared_ptr<Attempt> &attempt, PostAnswer answer);

    QNetworkAccessManager m_network;
    QUrl m_hub;
    Dice m_dice;
    int m_outstanding = 0;
    bool m_reached = false;
    bool m_givenUp = false;
};

} // namespace cf::feed
