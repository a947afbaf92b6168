// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/order/order_service.h"

#include <QSet>

#include <map>

namespace cf::hub {

// What one batch has decided so far, laid over what the log and the service's memory hold. Commands
// of a batch see each other's effects here; nothing outside changes until the commit succeeded, so
// dropping the batch undoes it. A command stages only after it was decided entirely.
class OrderService::Batch
{
public:
    Batch(EventLog &log, const QHash<QUuid, OrderState> &open, const Clock &clock, Random &random,
          std::optional<DayNumber> dayNumber, qint64 restaurantRevision);

    // --- what is known, this batch included -----------------------------------------------------
    // Open or closed; null when there is none. Valid until the next call that stages.
    Result<const OrderState *> order(const QUuid &orderId);
    Result<std::optional<CommandRecord>> command(const QByteArray &scope, const QByteArray &key);
    Result<std::optional<DeviceCommandRecord>> deviceCommand(const QString &device, qint64 n);
    Result<qint64> lastDeviceCommand(const QString &device);
    // Of this name; `committed` has those of before the batch.
    SettingsRecord settings(const QByteArray &name, const Documents &committed);
    [[nodiscard]] bool hasNumber(const QString &number) const { return m_numbers.contains(number); }

    // --- staging --------------------------------------------------------------------------------
    struct Staged {
        OrderState order; // after the drafts
        OrderEvent first; // of the drafts' events: the one that was asked for
    };
    // `before` without any event yet (seq 0) for a new order. The drafts are not empty.
    Staged stage(OrderState before, const EventDrafts &drafts, const Actor &actor);
    const SettingsRecord &stageSettings(SettingsRecord next);
    void record(CommandRecord record);
    void record(DeviceCommandRecord record);
    void record(TrackerRecord record);

    // --- one command's dependence on this batch -------------------------------------------------
    // True when the answer given since the last begin() stands and falls with the commit.
    void begin() { m_depends = false; }
    [[nodiscard]] bool depends() const { return m_depends; }

    // The whole transaction, and what to tell once it is on disk.
    [[nodiscard]] LogBatch transaction() const;
    [[nodiscard]] std::vector<CommittedEvent> takeEvents() { return std::move(m_events); }
    template<typename Visit>
    void forEachChanged(Visit visit) const
    {
        for (const auto &[id, entry] : m_orders) {
            if (entry.changed)
                visit(entry.order);
        }
    }

    std::optional<DayNumber> dayNumber;
    Documents staged; // by stageSettings()
    bool epochRenewed = false;
    bool renewalFailed = false;

private:
    struct Entry {
        OrderState order;
        bool changed = false; // else only read, to be read once
    };

    // A payment is kept with the revision of what the restaurant says of itself: no later one
    // changes the receipt.
    [[nodiscard]] QJsonObject stampedPayload(const EventDraft &draft) const;
    CommittedEvent nextEvent(OrderState &state, const EventDraft &draft, const Actor &actor);

    EventLog &m_log;
    const QHash<QUuid, OrderState> &m_open;
    const Clock &m_clock;
    Random &m_random;
    LogHead m_head;
    qint64 m_restaurantRevision; // before this batch
    std::optional<DayNumber> m_dayBefore;
    std::map<QUuid, Entry> m_orders;
    QSet<QString> m_numbers; // of the orders this batch changed
    std::vector<CommittedEvent> m_events;
    std::map<std::pair<QByteArray, QByteArray>, CommandRecord> m_commands;
    std::map<std::pair<QString, qint64>, DeviceCommandRecord> m_deviceCommands;
    std::map<QString, qint64> m_lastDeviceCommand;
    std::vector<TrackerRecord> m_trackers;
    bool m_depends = false;
};

} // namespace cf::hub
