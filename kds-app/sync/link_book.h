// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/link_state.h"
#include "kds-app/store/local_kitchen.h"
#include "shared/protocol/messages.h"

namespace cf::kds {

// Keeps the LinkState: what stream and polling both know about how far the board can be trusted.
// It also guards against asking for snapshot after snapshot when they do not help.
class LinkBook
{
public:
    explicit LinkBook(LocalKitchen &kitchen) : m_kitchen(kitchen) { }

    // As of now; reads the kitchen again.
    [[nodiscard]] const LinkState &state();

    void offline(const QString &why);
    void connecting();
    void catchingUp(qint64 head);
    // Heard of the hub's head while live.
    void heardOf(qint64 head);
    // The digest was the hub's: `phase` is Live or Polling from now on.
    void proven(LinkPhase phase);
    // The digest was not the hub's, or the board cannot be continued. The next start must be from
    // a snapshot; returns how long to wait before that.
    std::chrono::milliseconds differed(const QString &what);
    // The hub continued from another place than this board's. The cursor gets two more chances.
    void wrongPosition();
    // The stations that nobody looks after, as the hub says; `id` names what it said.
    void setAlarms(const AlarmsMessage &message);
    [[nodiscard]] const QByteArray &alarmsId() const { return m_alarmsId; }
    void trouble(LinkTrouble trouble, const QString &detail);

    // The hub says that this cursor cannot be continued.
    void askForSnapshot() { m_wantsSnapshot = true; }
    [[nodiscard]] bool wantsSnapshot() const { return m_wantsSnapshot; }
    void snapshotTaken() { m_wantsSnapshot = false; }
    [[nodiscard]] LinkPhase phase() const { return m_state.phase; }
    [[nodiscard]] qint64 head() const { return m_head; }

private:
    [[nodiscard]] bool isUp() const;

    LocalKitchen &m_kitchen;
    LinkState m_state;
    QByteArray m_alarmsId;
    qint64 m_head = 0;
    bool m_wantsSnapshot = false;
    int m_resyncs = 0;        // since the board was last proven
    int m_wrongPositions = 0; // likewise
};

} // namespace cf::kds
