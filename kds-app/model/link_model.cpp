// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/link_model.h"

#include "kds-app/model/words.h"

#include <QCoreApplication>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

} // namespace

void LinkModel::setFacts(const LinkFacts &facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    refreshAgo();
    Q_EMIT changed();
}

void LinkModel::setNow(Timestamp now)
{
    m_now = now;
    if (refreshAgo())
        Q_EMIT changed();
}

bool LinkModel::refreshAgo()
{
    const QString text = m_facts.provenAt ? words::ago(m_now - *m_facts.provenAt) : QString();
    if (text == m_agoText)
        return false;
    m_agoText = text;
    return true;
}

LinkModel::State LinkModel::state() const
{
    switch (m_facts.state) {
    case LinkFacts::State::Live: return m_facts.unsaved ? Impaired : Live;
    case LinkFacts::State::CatchingUp: return CatchingUp;
    case LinkFacts::State::Offline: return Offline;
    case LinkFacts::State::Refused: return Refused;
    }
    return Offline;
}

QString LinkModel::text() const
{
    const bool isProven = m_facts.provenAt.has_value();
    switch (m_facts.state) {
    case LinkFacts::State::Live:
        return m_facts.unsaved ? Kitchen::tr("live, but not saved here") : Kitchen::tr("live");
    case LinkFacts::State::CatchingUp:
        return m_facts.eventsBehind > 0
                   ? Kitchen::tr("catching up, %1 behind").arg(m_facts.eventsBehind)
                   : Kitchen::tr("catching up");
    case LinkFacts::State::Offline:
        return isProven ? Kitchen::tr("offline, as of %1").arg(provenText())
                        : Kitchen::tr("offline, never connected");
    case LinkFacts::State::Refused:
        return isProven ? Kitchen::tr("not allowed in, as of %1").arg(provenText())
                        : Kitchen::tr("not allowed in, never connected");
    }
    return {};
}

QString LinkModel::detail() const
{
    if (m_facts.outbox == 1)
        return Kitchen::tr("1 tap waiting to be sent");
    if (m_facts.outbox > 1)
        return Kitchen::tr("%1 taps waiting to be sent").arg(m_facts.outbox);
    if (!m_facts.hint.isEmpty() || m_agoText.isEmpty())
        return m_facts.hint;
    switch (m_facts.state) {
    case LinkFacts::State::Live: return Kitchen::tr("proven %1 ago").arg(m_agoText);
    case LinkFacts::State::CatchingUp: return Kitchen::tr("%1 behind").arg(m_agoText);
    default: return Kitchen::tr("for %1").arg(m_agoText);
    }
}

QString LinkModel::provenText() const
{
    return m_facts.provenAt ? words::clock(*m_facts.provenAt) : QString();
}

} // namespace cf::kds
