// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/hub_client.h"

namespace cf::kds {

using namespace std::chrono_literals;

HubClient::HubClient(const HubClientOptions &options, const Clock &clock, Random &random,
                     QObject *parent)
    : KitchenLink(parent), m_clock(clock), m_kitchen(options.cacheFile, clock, random),
      m_book(m_kitchen), m_session(m_kitchen, m_book, options.displayName),
      m_poller(m_kitchen, m_book, random, options.displayName), m_backoff(random),
      m_streamRetryWhilePolling(options.streamRetryWhilePolling)
{
    qRegisterMetaType<ChangeSet>();
    qRegisterMetaType<LinkState>();
    qRegisterMetaType<Rejection>();
    for (QTimer *timer : {&m_retry, &m_silence, &m_drain, &m_publish})
        timer->setSingleShot(true);
    connectParts();
    m_link = m_book.state();
}

HubClient::~HubClient()
{
    halt();
}

void HubClient::connectParts()
{
    connect(&m_socket, &StreamSocket::opened, this, &HubClient::onOpened);
    connect(&m_socket, &StreamSocket::frameArrived, this, &HubClient::onFrame);
    connect(&m_socket, &StreamSocket::bytesArrived, this,
            [this] { m_session.heard(m_clock.monotonic()); });
    connect(&m_socket, &StreamSocket::closed, this, &HubClient::onClosed);
    connect(&m_poller, &HubPoller::answered, this, &HubClient::onPolled);
    connect(&m_poller, &HubPoller::refused, this, &KitchenLink::rejected);
    connect(&m_poller, &HubPoller::unauthorised, this, &HubClient::onUnauthorised);
    connect(&m_poller, &HubPoller::failed, this, [this] {
        m_book.offline(QStringLiteral("the hub does not answer"));
        tryStreamLater(0ms);
    });
    connect(&m_older, &OlderOrders::answered, this,
            [this](const QString &text, const std::vector<OrderState> &orders, bool ok) {
                m_kitchen.tickets().setOlder(orders);
                Q_EMIT olderFound(text, orders, ok);
            });
    connect(&m_retry, &QTimer::timeout, this, &HubClient::tryStream);
    connect(&m_silence, &QTimer::timeout, this, &HubClient::onSilence);
    connect(&m_drain, &QTimer::timeout, this, &HubClient::onDrained);
    connect(&m_publish, &QTimer::timeout, this, &HubClient::publish);
}

void HubClient::start(const QUrl &hub, const QString &token)
{
    halt();
    m_hub = hub;
    m_token = token;
    m_older.setHub(hub, token);
    m_isStarted = true;
    m_failedAttempts = 0;
    m_backoff.reset();
    m_book.trouble(LinkTrouble::None, {});
    tryStream();
}

void HubClient::halt()
{
    m_isStarted = false;
    for (QTimer *timer : {&m_retry, &m_silence, &m_drain, &m_publish})
        timer->stop();
    m_poller.stop();
    m_socket.drop();
    (void)m_session.closed();
}

void HubClient::stop()
{
    halt();
    m_book.offline(QStringLiteral("stopped"));
    publish();
}

// From polling, the poller goes on reading until the stream is open, but sends no commands: one
// must not be on its way twice.
void HubClient::tryStream()
{
    if (m_poller.hasCommandOnItsWay()) {
        m_retry.start(limits::pollPause);
        return;
    }
    m_poller.holdCommands(true);
    if (!m_poller.isRunning())
        m_book.connecting();
    QUrl url = m_hub.resolved(QUrl(QStringLiteral("/v1/kds/stream")));
    url.setScheme(m_hub.scheme() == QLatin1StringView("https") ? QStringLiteral("wss")
                                                               : QStringLiteral("ws"));
    m_socket.open(url, m_token);
    publish();
}

void HubClient::tryStreamLater(std::chrono::milliseconds atLeast)
{
    m_retry.start(std::max(atLeast, m_backoff.next()));
    publish();
}

void HubClient::onOpened()
{
    m_poller.stop();
    take(m_session.opened(m_clock.monotonic()));
    onSilence();
}

void HubClient::onFrame(const QByteArray &frame)
{
    take(m_session.received(frame, m_clock.monotonic()));
    if (m_socket.isOpen())
        m_drain.start(0ms);
}

// All that had arrived has been read: one transaction, one acknowledgement, one change.
void HubClient::onDrained()
{
    const bool wasWelcomed = m_session.isWelcomed();
    const bool isLive = m_session.isLive();
    take(m_session.drained());
    onSilence(); // a welcome may have brought the limit forward
    if (wasWelcomed)
        m_failedAttempts = 0;
    if (isLive)
        m_backoff.reset();
    if (m_session.isCatchingUp()) {
        if (!m_publish.isActive())
            m_publish.start(limits::catchUpPaintEvery);
        return;
    }
    publish();
}

void HubClient::onSilence()
{
    take(m_session.tick(m_clock.monotonic()));
    if (!m_socket.isOpen())
        return;
    const auto left = m_session.deadline() - m_clock.monotonic();
    m_silence.start(std::max<std::chrono::milliseconds>(left, 1ms));
}

void HubClient::take(const SessionStep &step)
{
    for (const QByteArray &frame : step.send)
        m_socket.send(frame);
    for (const Rejection &rejection : step.rejected)
        Q_EMIT rejected(rejection);
    if (step.close)
        m_socket.close(QStringLiteral("closed by this display"));
}

void HubClient::onClosed(const QString &why)
{
    const bool wasWelcomed = m_session.isWelcomed();
    m_drain.stop();
    m_silence.stop();
    if (m_poller.isRunning()) { // the stream was only tried; what works goes on
        m_poller.holdCommands(false);
        m_retry.start(m_streamRetryWhilePolling);
        return;
    }
    const ReconnectAdvice advice = m_session.closed();
    Q_UNUSED(why)
    if (!m_isStarted || advice.stop) {
        m_isStarted = false;
        publish();
        return;
    }
    m_failedAttempts = wasWelcomed ? 0 : m_failedAttempts + 1;
    if (m_failedAttempts >= limits::streamAttemptsBeforePolling && advice.atLeast == 0ms) {
        m_poller.start(m_hub, m_token);
        publish();
        return;
    }
    tryStreamLater(advice.atLeast);
}

void HubClient::onPolled()
{
    // The hub answers, so its stream may be back with it; further tries are spaced by onClosed().
    if (!m_retry.isActive() && m_socket.isIdle())
        m_retry.start(limits::reconnectMin);
    publish();
}

void HubClient::onUnauthorised()
{
    halt();
    m_book.offline({});
    m_book.trouble(LinkTrouble::Unauthorised,
                   QStringLiteral("the hub does not accept this display's token"));
    publish();
}

void HubClient::publish()
{
    m_publish.stop();
    if (m_kitchen.takeSettingsChanged())
        Q_EMIT settingsChanged();
    const ChangeSet changes = m_kitchen.tickets().takeChanges();
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
    const LinkState now = m_book.state();
    if (now == m_link)
        return;
    m_link = now;
    Q_EMIT linkChanged(m_link);
}

std::vector<Rejection> HubClient::rejections() const
{
    return m_kitchen.outbox().rejections();
}

Result<qint64> HubClient::submit(const QUuid &orderId, EventType type, const QJsonObject &payload,
                                 std::optional<int> expectedSeq)
{
    Result<qint64> n = m_kitchen.submit(orderId, type, payload, expectedSeq);
    if (n && *n > 0) {
        if (m_poller.isRunning())
            m_poller.submitted();
        else
            take(m_session.submitted());
    }
    publish();
    return n;
}

bool HubClient::dismissRejection(qint64 n)
{
    const bool dismissed = m_kitchen.dismissRejection(n);
    publish();
    return dismissed;
}

void HubClient::lookFor(const QString &text)
{
    m_older.ask(m_isStarted ? text : QString());
    if (!m_isStarted && !text.isEmpty())
        Q_EMIT olderFound(text, {}, false);
}

void HubClient::notePainted(qint64 position)
{
    take(m_session.painted(position));
    m_poller.painted(position);
}

} // namespace cf::kds
