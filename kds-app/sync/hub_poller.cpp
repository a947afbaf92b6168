// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/hub_poller.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>

namespace cf::kds {

using namespace std::chrono_literals;

namespace {
constexpr int failuresMax = 2; // in a row; then the stream has its turn again
constexpr std::chrono::milliseconds answerMax = limits::pollWaitMax + 10s;
} // namespace

HubPoller::HubPoller(LocalKitchen &kitchen, LinkBook &book, Random &random,
                     const QString &displayName, QObject *parent)
    : QObject(parent), m_session(kitchen, book, displayName),
      m_network(std::make_unique<QNetworkAccessManager>()), m_reads(*m_network),
      m_commands(*m_network), m_backoff(random)
{
    m_network->setProxy(QNetworkProxy::NoProxy);
    m_readTimer.setSingleShot(true);
    m_commandTimer.setSingleShot(true);
    connect(&m_readTimer, &QTimer::timeout, this, &HubPoller::read);
    connect(&m_commandTimer, &QTimer::timeout, this, &HubPoller::sendCommand);
    connect(&m_reads, &HttpLane::finished, this, &HubPoller::onRead);
    connect(&m_commands, &HttpLane::finished, this, &HubPoller::onCommand);
}

HubPoller::~HubPoller() = default;

void HubPoller::start(const QUrl &hub, const QString &token)
{
    stop();
    m_hub = hub;
    m_token = token;
    m_isRunning = true;
    m_isHeld = false;
    m_failures = 0;
    m_session.restart();
    read();
}

void HubPoller::stop()
{
    m_isRunning = false;
    m_readTimer.stop();
    m_commandTimer.stop();
    m_reads.abort();
    if (m_commands.isBusy()) {
        m_commands.abort();
        m_session.commandLost();
    }
}

void HubPoller::holdCommands(bool hold)
{
    m_isHeld = hold;
    if (!hold)
        submitted();
}

void HubPoller::submitted()
{
    if (m_isRunning && !m_commandTimer.isActive())
        sendCommand();
}

QUrl HubPoller::urlOf(const QString &pathAndQuery) const
{
    return m_hub.resolved(QUrl(pathAndQuery));
}

void HubPoller::read()
{
    m_reads.get(urlOf(m_session.nextRead().path), m_token, answerMax);
}

void HubPoller::onRead(const HttpAnswer &answer)
{
    const PollOutcome outcome = m_session.onRead(answer.status, answer.body, answer.date);
    if (outcome.unauthorised) {
        stop();
        Q_EMIT unauthorised();
        return;
    }
    if (!outcome.ok && ++m_failures >= failuresMax) {
        stop();
        Q_EMIT failed();
        return;
    }
    if (!outcome.ok) {
        m_readTimer.start(m_backoff.next());
        return;
    }
    m_failures = 0;
    m_backoff.reset();
    m_readTimer.start(outcome.pause);
    Q_EMIT answered();
    submitted();
}

void HubPoller::sendCommand()
{
    if (!m_isRunning || m_isHeld || m_commands.isBusy())
        return;
    if (const std::optional<PollRequest> request = m_session.nextCommand())
        m_commands.post(urlOf(request->path), m_token, request->body, limits::requestReadMax);
}

void HubPoller::onCommand(const HttpAnswer &answer)
{
    const PollOutcome outcome = m_session.onCommand(answer.status, answer.body);
    for (const Rejection &rejection : outcome.rejected)
        Q_EMIT refused(rejection);
    if (outcome.unauthorised) {
        stop();
        Q_EMIT unauthorised();
        return;
    }
    if (!outcome.ok) {
        m_commandTimer.start(m_backoff.next());
        return;
    }
    Q_EMIT answered();
    if (outcome.askNow) {
        m_readTimer.stop();
        read(); // in place of one that may wait at the hub for long
    }
    sendCommand();
}

} // namespace cf::kds
