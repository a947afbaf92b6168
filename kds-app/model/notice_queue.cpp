// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/notice_queue.h"

#include "shared/base/limits.h"

namespace cf::kds {

void NoticeQueue::add(Kind kind, const QString &text, qint64 refusedCommand)
{
    m_notices.push_back({kind, text, refusedCommand});
    if (m_notices.size() > static_cast<size_t>(limits::noticesMax)) {
        m_notices.pop_front();
        ++m_dropped;
    }
    Q_EMIT changed();
}

qint64 NoticeQueue::dismiss()
{
    if (m_notices.empty())
        return 0;
    const qint64 refusedCommand = m_notices.front().refusedCommand;
    m_notices.pop_front();
    if (m_notices.empty())
        m_dropped = 0;
    Q_EMIT changed();
    return refusedCommand;
}

QString NoticeQueue::text() const
{
    return m_notices.empty() ? QString() : m_notices.front().text;
}

NoticeQueue::Kind NoticeQueue::kind() const
{
    return m_notices.empty() ? Refused : m_notices.front().kind;
}

} // namespace cf::kds
