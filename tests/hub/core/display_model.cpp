// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/core/display_model.h"

namespace cf::test {

void DisplayModel::connected()
{
    m_open = true;
    m_welcomed = false;
    m_snapshot = false;
    isLive = false;
}

void DisplayModel::take(const FromHub &message)
{
    expect(m_open, QStringLiteral("nothing after bye"));
    std::visit([this](const auto &one) { on(one); }, message);
}

void DisplayModel::expect(bool holds, const QString &rule)
{
    if (!holds) {
        faults.append(
            QStringLiteral("sid %1 at %2: %3").arg(sid).arg(cursor ? cursor->pos : -1).arg(rule));
    }
}

bool DisplayModel::matches(int count, const QByteArray &digest) const
{
    return board.count() == count && digestText(board.digest()) == digest;
}

void DisplayModel::on(const Welcome &message)
{
    expect(!m_welcomed, QStringLiteral("one welcome"));
    m_welcomed = true;
    m_welcome = message;
    sid = message.sid;
    m_snapshot = message.mode == StreamMode::Snapshot;
    m_orders.clear();
    m_recent.clear();
    m_parts = 0;
    const bool reasoned = (message.reason != SnapshotReason::None) == m_snapshot;
    expect(reasoned, QStringLiteral("a reason with a snapshot and only then"));
    if (!m_snapshot) {
        expect(cursor && cursor->epoch == message.epoch && cursor->pos <= message.head,
               QStringLiteral("resume only from a cursor of this log"));
    }
}

void DisplayModel::on(const SnapPart &message)
{
    expect(m_snapshot && message.sid == sid, QStringLiteral("parts only in a snapshot"));
    expect(message.part == ++m_parts && message.parts >= message.part && !isLive,
           QStringLiteral("parts in order"));
    m_orders.insert(m_orders.end(), message.orders.begin(), message.orders.end());
    m_recent.insert(m_recent.end(), message.recent.begin(), message.recent.end());
}

void DisplayModel::on(const SnapEnd &message)
{
    expect(m_snapshot, QStringLiteral("snap_end ends a snapshot"));
    m_snapshot = false;
    for (size_t i = 1; i < m_orders.size(); ++i) {
        expect(m_orders[i - 1].openedPos < m_orders[i].openedPos,
               QStringLiteral("orders oldest first"));
    }
    board.reset(std::move(m_orders), std::move(m_recent));
    cursor = Cursor{m_welcome.epoch, message.at, message.h};
    ++snapshots;
    expect(matches(message.count, message.digest), QStringLiteral("the snapshot's digest"));
}

void DisplayModel::on(const Events &message)
{
    expect(m_welcomed && !m_snapshot && message.sid == sid, QStringLiteral("events when welcomed"));
    expect(cursor && message.prev == cursor->pos, QStringLiteral("prev is the position"));
    expect(message.to - message.prev == static_cast<qint64>(message.events.size()),
           QStringLiteral("(prev, to] without a hole"));
    for (const StreamEvent &event : message.events) {
        const OrderState *whole = event.order ? &*event.order : nullptr;
        expect(board.apply(event.event, whole) == Board::Applied::Applied,
               QStringLiteral("each event once, in order"));
        ++applied;
    }
    cursor = Cursor{m_welcome.epoch, message.to, message.h};
}

void DisplayModel::on(const Live &message)
{
    expect(m_welcomed && !m_snapshot && cursor && message.at == cursor->pos,
           QStringLiteral("live at the position"));
    expect(matches(message.count, message.digest), QStringLiteral("live's digest"));
    isLive = true;
}

void DisplayModel::on(const SettingsMessage &message)
{
    expect(m_welcomed && message.sid == sid, QStringLiteral("settings when welcomed"));
}

void DisplayModel::on(const AlarmsMessage &message)
{
    expect(m_welcomed && message.sid == sid, QStringLiteral("alarms when welcomed"));
}

void DisplayModel::on(const Heartbeat &message)
{
    expect(m_welcomed, QStringLiteral("heartbeats after the welcome"));
    if (m_snapshot || !cursor || message.head != cursor->pos || m_welcome.epoch != cursor->epoch)
        return;
    expect(message.h == cursor->h, QStringLiteral("the heartbeat's hash"));
    expect(matches(message.count, message.digest), QStringLiteral("the heartbeat's digest"));
}

} // namespace cf::test
