// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/kds_cache.h"
#include "shared/kitchen/kitchen_settings.h"
#include "shared/protocol/messages.h"

namespace cf::kds {

// The display without its link: tickets, outbox and the file both live in, kept in step. It works
// the same with and without a hub. One thread.
//
// What the hub sends is folded at once and written by flush(), one transaction for all that came
// since the last one; nothing may be acknowledged to the hub before flush() has run. A command of
// the cook's is on disk before submit() returns. Where the file cannot be written the kitchen goes
// on from memory, storageFault() says so, and the next flush() writes everything that is missing.
class LocalKitchen
{
public:
    // Never fails: where the place cannot be used the display runs from memory, with a fault.
    LocalKitchen(const QString &path, const Clock &clock, Random &random,
                 CacheFiles &files = machineCacheFiles());

    [[nodiscard]] const QString &deviceId() const { return m_deviceId; }
    [[nodiscard]] const QString &report() const { return m_report; } // of the start; may be empty
    [[nodiscard]] const QString &storageFault() const { return m_fault; }

    [[nodiscard]] TicketStore &tickets() { return m_tickets; }
    [[nodiscard]] const TicketStore &tickets() const { return m_tickets; }
    [[nodiscard]] Outbox &outbox() { return m_outbox; }
    [[nodiscard]] const Outbox &outbox() const { return m_outbox; }

    // --- the hub's time -------------------------------------------------------------------------
    void setHubTime(Timestamp hubNow);
    [[nodiscard]] Timestamp hubNow() const { return m_clock.now() + m_hubOffset; }
    [[nodiscard]] std::chrono::milliseconds hubOffset() const { return m_hubOffset; }
    // The board is known to be the hub's now.
    void noteCurrent();
    [[nodiscard]] std::optional<Timestamp> asOf() const { return m_asOf; }

    // --- the kitchen's settings -----------------------------------------------------------------
    [[nodiscard]] const KitchenSettings &settings() const { return m_settings; }
    [[nodiscard]] const QByteArray &settingsId() const { return m_cachedSettings.id; }
    // What a newer hub says and this display does not understand is kept, for the day it does;
    // until then the last ones that it understood hold.
    void setSettings(const SettingsMessage &message);
    // Once after each change.
    [[nodiscard]] bool takeSettingsChanged() { return std::exchange(m_settingsChanged, false); }

    // --- commands -------------------------------------------------------------------------------
    // See KitchenLink::submit.
    Result<qint64> submit(const QUuid &orderId, EventType type, const QJsonObject &payload,
                          std::optional<int> expectedSeq);
    // See Outbox::onWelcome; what is offered again shows again.
    void welcomed(qint64 outboxLast, const QByteArray &epoch);
    // See Outbox::takeToSend. Nothing while an offer could not be stored: an answer to it would go
    // ahead of refusals that the file does not have either, and a display that died then would ask
    // for those anew, behind it.
    std::vector<DeviceCommand> takeToSend(int window);
    // A refusal that is worth a banner.
    std::optional<Rejection> answered(const CommandResult &result, const QByteArray &epoch);
    bool dismissRejection(qint64 n);

    // Writes all that is different. False: not written (see storageFault()), kept for the next
    // time.
    bool flush();

private:
    bool open(const QString &path, Random &random, CacheFiles &files);
    void showPending(const OutboxEntry &entry);
    void understandSettings();
    Result<OutboxEntry> draft(const QUuid &orderId, EventType type, const QJsonObject &payload,
                              std::optional<int> expectedSeq) const;
    Status save(std::optional<OutboxEntry> added);

    const Clock &m_clock;
    std::unique_ptr<KdsCache> m_cache;
    QString m_deviceId;
    QString m_report;
    QString m_fault;
    bool m_isMemoryOnly = false;
    TicketStore m_tickets;
    Outbox m_outbox;
    std::map<qint64, OutboxEntry> m_unsaved; // outbox entries that are different from the file's
    std::vector<qint64> m_dropped;
    bool m_areOffersStored = true;
    KitchenSettings m_settings;
    CachedSettings m_cachedSettings;
    bool m_settingsUnsaved = false;
    bool m_settingsChanged = false;
    std::chrono::milliseconds m_hubOffset{};
    std::optional<Timestamp> m_asOf;
    std::optional<Timestamp> m_asOfSaved;
};

} // namespace cf::kds
