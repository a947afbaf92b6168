// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/alerts.h"

#include "shared/base/limits.h"

namespace cf::kds {

void Alerts::setSounds(const DisplaySounds &sounds)
{
    if (sounds == m_sounds)
        return;
    m_sounds = sounds;
    Q_EMIT soundsChanged();
}

void Alerts::raise(Sound sound)
{
    if (m_begun)
        m_pending.insert(sound);
}

void Alerts::end(Sound sound)
{
    for (std::set<Sound> *sounds : {&m_pending, &m_unseen, &m_again})
        sounds->erase(sound);
}

void Alerts::acknowledge()
{
    m_unseen.clear();
    m_again.clear();
}

void Alerts::tick(Monotonic now)
{
    if (now < m_quietUntil)
        return;
    if (m_pending.empty() && m_again.empty() && m_sounds.repeats && now >= m_repeatAt)
        m_again = m_unseen;
    std::set<Sound> &next = m_pending.empty() ? m_again : m_pending;
    if (next.empty())
        return;
    const Sound sound = *next.begin();
    m_pending.erase(sound);
    m_again.erase(sound);
    m_unseen.insert(sound);
    m_quietUntil = now + limits::soundLength;
    m_repeatAt = now + limits::soundRepeat;
    Q_EMIT sounded(sound);
}

} // namespace cf::kds
