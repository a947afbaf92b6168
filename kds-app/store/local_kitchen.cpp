// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/local_kitchen.h"

#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/order/payload.h"
#include "shared/order/transition.h"
#include "shared/protocol/canonical_json.h"

#include <QLoggingCategory>

namespace cf::kds {

namespace {
Q_LOGGING_CATEGORY(lcKitchen, "counterfire.kitchen")
}

LocalKitchen::LocalKitchen(const QString &path, const Clock &clock, Random &random,
                           CacheFiles &files)
    : m_clock(clock)
{
    if (open(path, random, files))
        return;
    m_isMemoryOnly = true;
    (void)open(QStringLiteral(":memory:"), random, files);
}

bool LocalKitchen::open(const QString &path, Random &random, CacheFiles &files)
{
    Result<std::unique_ptr<KdsCache>> cache = KdsCache::open(path, m_clock.now(), random, files);
    if (!cache) {
        m_fault = QStringLiteral("%1: %2").arg(path, cache.error().detail);
        return false;
    }
    m_cache = std::move(*cache);
    m_report = m_cache->report();
    CachedKitchen loaded = m_cache->takeLoaded();
    m_deviceId = loaded.deviceId;
    m_hubOffset = loaded.hubOffset;
    m_asOf = loaded.asOf;
    m_asOfSaved = loaded.asOf;
    m_outbox.load(std::move(loaded.outbox), loaded.outboxNext);
    m_tickets.load(std::move(loaded.board), std::move(loaded.cursor));
    m_cachedSettings = std::move(loaded.settings);
    understandSettings();
    for (const OutboxEntry *entry : m_outbox.unansweredEntries())
        showPending(*entry);
    return true;
}

void LocalKitchen::setHubTime(Timestamp hubNow)
{
    m_hubOffset = hubNow - m_clock.now();
}

void LocalKitchen::setSettings(const SettingsMessage &message)
{
    m_cachedSettings.id = message.id;
    m_cachedSettings.json = canonicalJson(message.settings);
    m_settingsUnsaved = true;
    understandSettings();
}

void LocalKitchen::understandSettings()
{
    CachedSettings &cached = m_cachedSettings;
    for (const QByteArray &text : {cached.json, cached.understood}) {
        const Result<QJsonObject> json =
            parseJsonObject(text.isEmpty() ? QByteArrayView("{}") : QByteArrayView(text));
        Result<KitchenSettings> read = json ? settingsFromJson(*json) : json.error();
        if (read) {
            cached.understood = text;
            m_settingsChanged = m_settingsChanged || *read != m_settings;
            m_settings = std::move(*read);
            return;
        }
        qCWarning(lcKitchen, "settings %s are not understood: %s", cached.id.constData(),
                  qPrintable(read.error().detail));
    }
}

void LocalKitchen::noteCurrent()
{
    m_asOf = hubNow();
}

void LocalKitchen::showPending(const OutboxEntry &entry)
{
    const DeviceCommand &command = entry.command;
    m_tickets.addPending({command.n, command.orderId, eventTypeFromName(command.type),
                          command.payload, command.madeAt.value_or(Timestamp())});
}

// The hub's own rules, asked here first: a wish that cannot be is refused while the cook still
// looks at the ticket. n is 0 where nothing is left to wish.
Result<OutboxEntry> LocalKitchen::draft(const QUuid &orderId, EventType type,
                                        const QJsonObject &payload,
                                        std::optional<int> expectedSeq) const
{
    const OrderState *order = m_tickets.known(orderId);
    if (!order)
        return Error{ErrorCode::UnknownOrder, QStringLiteral("the order is not on this display")};
    Result<QJsonObject> valid = validatePayload(type, payload);
    if (!valid)
        return valid.error();
    const Result<EventDrafts> drafts = decide(*order, {orderId, type, *valid, expectedSeq});
    if (!drafts)
        return drafts.error();
    if (drafts->empty())
        return OutboxEntry();
    DeviceCommand command;
    command.orderId = orderId;
    command.type = eventTypeName(type);
    command.payload = *valid;
    command.expectedSeq = expectedSeq;
    command.madeAt = hubNow();
    return m_outbox.draft(std::move(command), order->number);
}

Result<qint64> LocalKitchen::submit(const QUuid &orderId, EventType type,
                                    const QJsonObject &payload, std::optional<int> expectedSeq)
{
    Result<OutboxEntry> entry = draft(orderId, type, payload, expectedSeq);
    if (!entry)
        return entry.error();
    const qint64 n = entry->command.n;
    if (n == 0)
        return n;
    if (const Status saved = isPlanted(Mutant::OutboxInMemory) ? ok() : save(*entry); !saved)
        return Error{ErrorCode::StorageFailed, saved.error().detail};
    m_outbox.add(*entry);
    showPending(*entry);
    return n;
}

void LocalKitchen::welcomed(qint64 outboxLast, const QByteArray &epoch)
{
    const std::vector<qint64> again = m_outbox.onWelcome(outboxLast, epoch);
    for (const qint64 n : again) {
        m_unsaved.insert_or_assign(n, *m_outbox.find(n));
        showPending(*m_outbox.find(n));
    }
    if (!again.empty())
        m_areOffersStored = flush();
}

std::vector<DeviceCommand> LocalKitchen::takeToSend(int window)
{
    if (!m_areOffersStored)
        m_areOffersStored = flush();
    return m_areOffersStored ? m_outbox.takeToSend(window) : std::vector<DeviceCommand>();
}

std::optional<Rejection> LocalKitchen::answered(const CommandResult &result,
                                                const QByteArray &epoch)
{
    std::optional<OutboxEntry> entry = m_outbox.finish(result, epoch, hubNow());
    if (!entry)
        return std::nullopt;
    m_tickets.settle(result.n, entry->isRejected() ? 0 : result.pos);
    std::optional<Rejection> rejection = rejectionOf(*entry);
    m_unsaved.insert_or_assign(result.n, std::move(*entry));
    for (const qint64 n : m_outbox.trim()) {
        m_dropped.push_back(n);
        m_unsaved.erase(n);
    }
    return rejection;
}

bool LocalKitchen::dismissRejection(qint64 n)
{
    std::optional<OutboxEntry> entry = m_outbox.dismiss(n);
    if (!entry)
        return false;
    m_unsaved.insert_or_assign(n, std::move(*entry));
    flush();
    return true;
}

bool LocalKitchen::flush()
{
    // While nothing happens the time alone is not worth a write at every heartbeat.
    const bool isTimeStale =
        m_asOf && (!m_asOfSaved || *m_asOf - *m_asOfSaved > limits::asOfSavedEvery);
    if (m_tickets.dirty().isEmpty() && m_unsaved.empty() && m_dropped.empty() && !isTimeStale
        && !m_settingsUnsaved)
        return m_fault.isEmpty();
    return save(std::nullopt).has_value();
}

Status LocalKitchen::save(std::optional<OutboxEntry> added)
{
    if (!m_cache)
        return Error{ErrorCode::StorageFailed, m_fault};
    CacheWrite write;
    write.tickets = &m_tickets;
    write.outboxNext = m_outbox.next();
    for (const auto &unsaved : m_unsaved)
        write.outbox.push_back(unsaved.second);
    if (added) {
        write.outboxNext = added->command.n + 1;
        write.outbox.push_back(std::move(*added));
    }
    write.outboxDropped = m_dropped;
    write.asOf = m_asOf;
    write.hubOffset = m_hubOffset;
    if (m_settingsUnsaved)
        write.settings = m_cachedSettings;
    const Status saved = m_cache->save(write);
    if (!saved) {
        m_fault = saved.error().detail;
        return saved;
    }
    m_tickets.clean();
    m_unsaved.clear();
    m_dropped.clear();
    m_settingsUnsaved = false;
    m_asOfSaved = m_asOf;
    if (!m_isMemoryOnly)
        m_fault.clear();
    return saved;
}

} // namespace cf::kds
