// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/sync/backoff.h"
#include "kds-app/sync/hub_session.h"
#include "kds-app/sync/poll_session.h"
#include "tests/simulation/dialer.h"

namespace cf::sim {

// What becomes of a display's link, for whoever watches over it.
class TabletLinkUser
{
public:
    virtual ~TabletLinkUser() = default;
    // All that had arrived has been taken in and written.
    virtual void onDrained() = 0;
    virtual void onRejected(const kds::Rejection &rejection) = 0;
    // Before the session takes it in.
    virtual void onHeard(const FromHub &message) = 0;
    // A connection is asked for, over which commands go.
    virtual void onDialled() = 0;
    // This position was acknowledged to the hub: it must survive.
    virtual void onAcknowledged(qint64 pos) = 0;
};

// The display's end of stream and polling around the product's sessions, as HubClient and
// HubPoller are in the product: when to dial, to give up, and to change from one to the other.
class TabletLink final : public WireUser
{
public:
    TabletLink(Dialer &dialer, LinkPtr link, Agenda &agenda, const Clock &clock, Dice &dice,
               kds::LocalKitchen &kitchen, const QString &name, TabletLinkUser &user);
    ~TabletLink() override;

    void start() { tryStream(); }
    // There may be a command to send.
    void submitted();
    void painted(qint64 position);

    [[nodiscard]] const kds::LinkState &state() { return m_book.state(); }
    [[nodiscard]] const kds::HubSession &session() const { return m_session; }
    [[nodiscard]] bool isPolling() const { return m_polling; }
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    [[nodiscard]] qint64 dials() const { return m_dials; }

    // WireUser: the stream's.
    void onMessage(const Message &message) override;
    void onClosed() override;

private:
    void tryStream();
    void tryStreamLater(milliseconds atLeast);
    void take(const kds::SessionStep &step);
    void drain();
    void watchSilence();
    void hangUp();

    void startPolling();
    void stopPolling();
    void read();
    void onRead(const hub::HttpResponse *response);
    void sendCommand();
    void onCommand(const hub::HttpResponse *response);
    void later(std::optional<Agenda::Id> &timer, milliseconds wait, void (TabletLink::*what)());

    Dialer &m_dialer;
    LinkPtr m_link;
    Agenda &m_agenda;
    Turns m_turns;
    const Clock &m_clock;
    kds::LocalKitchen &m_kitchen;
    TabletLinkUser &m_user;
    kds::LinkBook m_book;
    kds::HubSession m_session;
    kds::PollSession m_poll;
    kds::Backoff m_backoff;
    kds::Backoff m_pollBackoff;
    WirePtr m_wire;
    std::vector<QByteArray> m_unsent; // what the socket has no room for
    bool m_open = false;
    bool m_stopped = false;
    bool m_polling = false;
    bool m_held = false; // no commands over HTTP while the stream is tried
    bool m_drainDue = false;
    int m_failedAttempts = 0;
    int m_pollFailures = 0;
    qint64 m_dials = 0;
    std::unique_ptr<HttpCall> m_reading;
    std::unique_ptr<HttpCall> m_commanding;
    std::optional<Agenda::Id> m_retryTimer, m_silenceTimer, m_connectTimer, m_readTimer,
        m_commandTimer;
};

} // namespace cf::sim
