// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/sync/backoff.h"
#include "kds-app/sync/http_lane.h"
#include "kds-app/sync/poll_session.h"

#include <QTimer>
#include <QUrl>

class QNetworkAccessManager;

namespace cf::kds {

// Drives a PollSession over HTTP: long polls, and commands beside them. start() is a question
// first; answered() or failed() says whether plain HTTP gets through, and it goes on while it does.
class HubPoller : public QObject
{
    Q_OBJECT
public:
    HubPoller(LocalKitchen &kitchen, LinkBook &book, Random &random, const QString &displayName,
              QObject *parent = nullptr);
    ~HubPoller() override;

    void start(const QUrl &hub, const QString &token);
    void stop();
    // Commands are held while another way to the hub is being tried: one is never sent both ways.
    void holdCommands(bool hold);
    void submitted();
    // The board as of `position` is on the screen.
    void painted(qint64 position) { m_session.painted(position); }

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] bool hasCommandOnItsWay() const { return m_commands.isBusy(); }

Q_SIGNALS:
    void answered();     // after every answer that was taken
    void failed();       // stopped: the hub did not answer, or not with sense
    void unauthorised(); // stopped
    void refused(const cf::kds::Rejection &rejection);

private:
    void read();
    void sendCommand();
    void onRead(const HttpAnswer &answer);
    void onCommand(const HttpAnswer &answer);
    [[nodiscard]] QUrl urlOf(const QString &pathAndQuery) const;

    PollSession m_session;
    std::unique_ptr<QNetworkAccessManager> m_network;
    HttpLane m_reads;
    HttpLane m_commands;
    Backoff m_backoff;
    QTimer m_readTimer;
    QTimer m_commandTimer;
    QUrl m_hub;
    QString m_token;
    bool m_isRunning = false;
    bool m_isHeld = false;
    int m_failures = 0;
};

} // namespace cf::kds
