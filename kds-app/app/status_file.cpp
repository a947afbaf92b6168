// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/status_file.h"

#include "kds-app/app/replace_file.h"
#include "shared/protocol/canonical_json.h"

namespace cf::kds {

namespace {

// Changes that come together are written together.
constexpr auto gatherFor = std::chrono::milliseconds(20);

QString linkWord(const LinkState &state)
{
    switch (linkFactsOf(state).state) {
    case LinkFacts::State::Live: return QStringLiteral("live");
    case LinkFacts::State::CatchingUp: return QStringLiteral("catching up");
    case LinkFacts::State::Offline: return QStringLiteral("offline");
    case LinkFacts::State::Refused: return QStringLiteral("refused");
    }
    return {};
}

} // namespace

StatusFile::StatusFile(QString path, const KitchenLink &link, std::function<StatusFacts()> facts)
    : m_path(std::move(path)), m_link(link), m_facts(std::move(facts))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(gatherFor);
    connect(&m_timer, &QTimer::timeout, this, &StatusFile::write);
    connect(&link, &KitchenLink::changed, this, &StatusFile::soon);
    connect(&link, &KitchenLink::linkChanged, this, &StatusFile::soon);
    connect(&link, &KitchenLink::settingsChanged, this, &StatusFile::soon);
    connect(&link, &KitchenLink::rejected, this, &StatusFile::soon);
}

void StatusFile::soon()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void StatusFile::write()
{
    const QByteArray now = text();
    if (now != m_written && replaceFile(m_path, now))
        m_written = now;
}

QByteArray StatusFile::text() const
{
    const TicketStore &store = m_link.tickets();
    const LinkState &link = m_link.link();
    const StatusFacts facts = m_facts();
    const std::optional<Cursor> &cursor = store.cursor();
    QJsonObject json;
    const auto put = [&json](const char *key, const QJsonValue &value) {
        json.insert(QLatin1StringView(key), value);
    };
    put("pos", store.position());
    put("epoch", cursor ? QString::fromLatin1(cursor->epoch) : QString());
    put("count", store.folded().count());
    put("digest", QString::fromLatin1(digestText(store.folded().digest())));
    put("shown_open", static_cast<qint64>(store.shownOpen().size()));
    put("link", linkWord(link));
    put("polling", link.phase == LinkPhase::Polling);
    put("detail", link.detail);
    put("events_behind", link.eventsBehind);
    put("outbox", link.outboxWaiting);
    put("tickets", facts.tickets);
    put("alarm", facts.alarm);
    put("applied_events", store.appliedEvents());
    put("duplicates_ignored", store.duplicateEvents());
    put("snapshots", facts.snapshots);
    put("resumes", facts.resumes);
    put("frames", facts.frames);
    put("digest_mismatches", link.digestMismatches);
    put("rejections", static_cast<qint64>(m_link.rejections().size()));
    put("storage_fault", link.storageFault);
    return canonicalJson(json) + '\n';
}

} // namespace cf::kds
