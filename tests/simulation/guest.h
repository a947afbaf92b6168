// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/auditor.h"
#include "tests/simulation/dialer.h"
#include "tests/simulation/till.h"

namespace cf::sim {

// A customer with the tracker open: server-sent events that resume by their last id, polling when
// they do not get through. Every view must be one of its own order, and in order.
class Guest final : public WireUser
{
public:
    Guest(Agenda &agenda, Auditor &auditor, Dialer &dialer, const TillOrder &order, Dice dice);
    ~Guest() override;

    void open();
    [[nodiscard]] const LinkPtr &link() const { return m_link; }
    [[nodiscard]] int views() const { return m_views; }
    // Says what it has not been shown of its order; empty: nothing.
    [[nodiscard]] QString notHealed() const;

    void onMessage(const Message &message) override;
    void onClosed() override;

private:
    void connect();
    void reconnect();
    void poll();
    void onPolled(const hub::HttpResponse *response);
    void onEvent(const QByteArray &name, const QByteArray &id, const QByteArray &data);
    void onView(const QByteArray &id, const QByteArray &data, bool isSnapshot);
    void watchSilence();

    Agenda &m_agenda;
    Auditor &m_auditor;
    Dialer &m_dialer;
    TillOrder m_order;
    QString m_name;
    Dice m_dice;
    LinkPtr m_link = std::make_shared<Link>();
    Turns m_turns;
    WirePtr m_wire;
    std::unique_ptr<HttpCall> m_polling;
    std::optional<Agenda::Id> m_silence;
    QByteArray m_lastId;
    QByteArray m_epoch;
    int m_seq = 0;
    int m_views = 0;
    int m_failures = 0;
    bool m_isGone = false; // the hub no longer knows the order
};

} // namespace cf::sim
