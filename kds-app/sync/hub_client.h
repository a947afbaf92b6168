// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/kitchen_link.h"
#include "kds-app/sync/backoff.h"
#include "kds-app/sync/hub_poller.h"
#include "kds-app/sync/hub_session.h"
#include "kds-app/sync/older_orders.h"
#include "kds-app/sync/stream_socket.h"

namespace cf::kds {

struct HubClientOptions {
    QString cacheFile;   // the display's own SQLite file
    QString displayName; // "grill-1"
    // How often the stream is tried while polling; tests are less patient than a kitchen.
    std::chrono::milliseconds streamRetryWhilePolling = limits::streamRetryWhilePolling;
};

// The display's link to its hub: works from its local file at once, keeps a stream to the hub
// while there is one, polls where no stream gets through, and comes back by itself with jitter.
// One thread; signals follow what happened, one changed() for all that came together.
class HubClient : public KitchenLink
{
    Q_OBJECT
public:
    HubClient(const HubClientOptions &options, const Clock &clock, Random &random,
              QObject *parent = nullptr);
    ~HubClient() override;

    // `hub` is the hub's http: or https: address; the token may be empty. Also after the hub has
    // refused this display, with another token.
    void start(const QUrl &hub, const QString &token);
    void stop();

    [[nodiscard]] QString deviceId() const { return m_kitchen.deviceId(); }
    // What was wrong with the local file at the start; empty: nothing.
    [[nodiscard]] QString startReport() const { return m_kitchen.report(); }
    [[nodiscard]] const SessionCounts &counts() const { return m_session.counts(); }
    [[nodiscard]] int outboxWaiting() const { return m_kitchen.outbox().unanswered(); }

    [[nodiscard]] const TicketStore &tickets() const override { return m_kitchen.tickets(); }
    [[nodiscard]] const LinkState &link() const override { return m_link; }
    [[nodiscard]] const KitchenSettings &settings() const override { return m_kitchen.settings(); }
    [[nodiscard]] std::vector<Rejection> rejections() const override;
    Result<qint64> submit(const QUuid &orderId, EventType type, const QJsonObject &payload,
                          std::optional<int> expectedSeq = std::nullopt) override;
    bool dismissRejection(qint64 n) override;
    void notePainted(qint64 position) override;
    void lookFor(const QString &text) override;

private:
    void connectParts();
    void halt();
    void tryStream();
    void tryStreamLater(std::chrono::milliseconds atLeast);
    void onOpened();
    void onFrame(const QByteArray &frame);
    void onDrained();
    void onClosed(const QString &why);
    void onSilence();
    void onPolled();
    void onUnauthorised();
    void take(const SessionStep &step);
    void publish();

    const Clock &m_clock;
    LocalKitchen m_kitchen;
    LinkBook m_book;
    HubSession m_session;
    StreamSocket m_socket;
    HubPoller m_poller;
    OlderOrders m_older;
    Backoff m_backoff;
    QTimer m_retry;
    QTimer m_silence;
    QTimer m_drain;
    QTimer m_publish;
    std::chrono::milliseconds m_streamRetryWhilePolling;
    QUrl m_hub;
    QString m_token;
    LinkState m_link;
    bool m_isStarted = false;
    int m_failedAttempts = 0; // at the stream, since it last was welcomed
};

} // namespace cf::kds
