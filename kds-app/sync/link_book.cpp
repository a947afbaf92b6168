// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/link_book.h"

#include "shared/base/limits.h"

#include <QLoggingCategory>

namespace cf::kds {

namespace {
Q_LOGGING_CATEGORY(lcLink, "counterfire.link")
constexpr int wrongPositionsMax = 3;
} // namespace

bool LinkBook::isUp() const
{
    return m_state.phase != LinkPhase::Offline && m_state.phase != LinkPhase::Connecting;
}

const LinkState &LinkBook::state()
{
    m_state.asOf = m_kitchen.asOf();
    m_state.position = m_kitchen.tickets().position();
    m_state.eventsBehind =
        isUp() ? std::max<qint64>(0, m_head - m_state.position) : m_state.eventsBehind;
    m_state.hubOffset = m_kitchen.hubOffset();
    m_state.outboxWaiting = m_kitchen.outbox().unanswered();
    m_state.storageFault = m_kitchen.storageFault();
    return m_state;
}

void LinkBook::offline(const QString &why)
{
    m_state.phase = LinkPhase::Offline;
    setAlarms({}); // the next hub tells them again
    if (m_state.trouble == LinkTrouble::None)
        m_state.detail = why;
}

void LinkBook::connecting()
{
    m_state.phase = LinkPhase::Connecting;
}

void LinkBook::catchingUp(qint64 head)
{
    m_state.phase = LinkPhase::CatchingUp;
    m_head = head;
}

void LinkBook::heardOf(qint64 head)
{
    m_head = std::max(m_head, head);
}

void LinkBook::proven(LinkPhase phase)
{
    m_kitchen.noteCurrent();
    m_state.phase = phase;
    m_state.trouble = LinkTrouble::None;
    m_state.detail.clear();
    m_state.provenAt = m_kitchen.hubNow();
    m_state.provenPosition = m_kitchen.tickets().position();
    m_head = m_state.provenPosition;
    m_resyncs = 0;
    m_wrongPositions = 0;
}

std::chrono::milliseconds LinkBook::differed(const QString &what)
{
    qCWarning(lcLink, "board differs from the hub's at %lld: %s; asking for a snapshot",
              m_kitchen.tickets().position(), qPrintable(what));
    ++m_state.digestMismatches;
    ++m_resyncs;
    m_wantsSnapshot = true;
    m_state.phase = LinkPhase::CatchingUp;
    trouble(LinkTrouble::BoardDiffered, what);
    if (m_resyncs == 1)
        return std::chrono::milliseconds(0);
    const int doublings = std::min(m_resyncs - 2, 6);
    return std::min<std::chrono::milliseconds>(std::chrono::seconds(1 << doublings),
                                               limits::resyncBackoffMax);
}

void LinkBook::wrongPosition()
{
    qCWarning(lcLink, "the hub went on from another position than %lld",
              m_kitchen.tickets().position());
    if (++m_wrongPositions >= wrongPositionsMax)
        m_wantsSnapshot = true;
}

void LinkBook::setAlarms(const AlarmsMessage &message)
{
    m_state.alarms = message.stations;
    m_alarmsId = message.id;
}

void LinkBook::trouble(LinkTrouble trouble, const QString &detail)
{
    m_state.trouble = trouble;
    m_state.detail = detail;
}

} // namespace cf::kds
