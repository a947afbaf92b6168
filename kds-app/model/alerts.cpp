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
    if (m_begun && !m_own)
        m_pending.insert(sound);
}

void Alerts::end(Sound sound)
{
    m_pending.erase(sound);
    m_unseen.erase(sound);
}

void Alerts::acknowledge()
{
    m_unseen.clear();
}

void Alerts::tick(Monotonic now)
{
    if (now < m_quietUntil)
        return;
    if (m_pending.empty() && m_sounds.repeats && !m_unseen.empty() && now >= m_repeatAt)
        m_pending = m_unseen;
    if (m_pending.empty())
        return;
    const Sound sound = *m_pending.begin();
    m_pending.erase(m_pending.begin());
    m_unseen.insert(sound);
    m_quietUntil = now + limits::soundLength;
    m_repeatAt = now + limits::soundRepeat;
    Q_EMIT sounded(sound);
}

} // namespace cf::kds
