// SPDX-License-Identifier: Apache-2.0
#include "hub/order/batch.h"

#include "shared/base/mutant.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>

namespace cf::hub {

OrderService::Batch::Batch(EventLog &log, const QHash<QUuid, OrderState> &open, const Clock &clock,
                           Random &random, std::optional<DayNumber> day, qint64 restaurantRevision)
    : dayNumber(day), m_log(log), m_open(open), m_clock(clock), m_random(random),
      m_head(log.head()), m_restaurantRevision(restaurantRevision), m_dayBefore(std::move(day))
{
}

Result<const OrderState *> OrderService::Batch::order(const QUuid &orderId)
{
    if (const auto it = m_orders.find(orderId); it != m_orders.end()) {
        m_depends = m_depends || it->second.changed;
        return &it->second.order;
    }
    if (const auto it = m_open.constFind(orderId); it != m_open.constEnd())
        return &*it;
    Result<std::optional<OrderState>> stored = m_log.order(orderId);
    if (!stored)
        return stored.error();
    if (!*stored)
        return nullptr;
    Entry &entry = m_orders[orderId];
    entry.order = std::move(**stored);
    return &entry.order;
}

Result<std::optional<CommandRecord>> OrderService::Batch::command(const QByteArray &scope,
                                                                  const QByteArray &key)
{
    if (const auto it = m_commands.find({scope, key}); it != m_commands.end()) {
        m_depends = true;
        return std::optional(it->second);
    }
    return m_log.command(scope, key);
}

Result<std::optional<DeviceCommandRecord>> OrderService::Batch::deviceCommand(const QString &device,
                                                                              qint64 n)
{
    if (const auto it = m_deviceCommands.find({device, n});
        it != m_deviceCommands.end() && !isPlanted(Mutant::NoDuplicateInBatch)) {
        m_depends = true;
        return std::optional(it->second);
    }
    return m_log.deviceCommand(device, n);
}

Result<qint64> OrderService::Batch::lastDeviceCommand(const QString &device)
{
    if (const auto it = m_lastDeviceCommand.find(device); it != m_lastDeviceCommand.end()) {
        m_depends = true;
        return it->second;
    }
    return m_log.lastDeviceCommand(device);
}

OrderService::Batch::Staged OrderService::Batch::stage(OrderState before, const EventDrafts &drafts,
                                                       const Actor &actor)
{
    m_depends = true;
    const size_t first = m_events.size();
    for (const EventDraft &draft : drafts)
        m_events.push_back(nextEvent(before, draft, actor));
    Entry &entry = m_orders[before.id];
    entry.order = before;
    entry.changed = true;
    m_numbers.insert(before.number);
    return {std::move(before), m_events.at(first).event};
}

QJsonObject OrderService::Batch::stampedPayload(const EventDraft &draft) const
{
    if (draft.type != EventType::OrderPaid)
        return draft.payload;
    const auto changed = staged.find(QByteArrayLiteral("restaurant"));
    return withRestaurantRevision(draft.payload, changed != staged.end() ? changed->second.rev
                                                                         : m_restaurantRevision);
}

CommittedEvent OrderService::Batch::nextEvent(OrderState &state, const EventDraft &draft,
                                              const Actor &actor)
{
    CommittedEvent next;
    OrderEvent &event = next.event;
    event.pos = m_head.pos + 1;
    event.at = std::max(m_clock.now(), m_head.at);
    event.id = makeUuidV7(event.at, m_random);
    event.orderId = state.id;
    event.seq = state.seq + 1;
    event.type = draft.type;
    event.actor = actor;
    event.payload = stampedPayload(draft);
    next.chain = nextChain(m_head.chain, canonicalBytes(event));

    const bool reopens = draft.type == EventType::OrderRecalled && !isOpen(state.status);
    applyEvent(state, event);
    if (reopens || draft.type == EventType::OrderPlaced)
        next.whole = state;
    next.encoded = encodeStreamEvent(event, next.whole ? &*next.whole : nullptr);

    m_head.pos = event.pos;
    m_head.at = event.at;
    m_head.chain = next.chain;
    return next;
}

SettingsRecord OrderService::Batch::settings(const QByteArray &name, const Documents &committed)
{
    if (const auto it = staged.find(name); it != staged.end()) {
        m_depends = true;
        return it->second;
    }
    const auto it = committed.find(name);
    if (it != committed.end())
        return it->second;
    SettingsRecord none;
    none.name = name;
    return none;
}

const SettingsRecord &OrderService::Batch::stageSettings(SettingsRecord next)
{
    m_depends = true;
    next.at = m_clock.now();
    const QByteArray name = next.name;
    return staged.insert_or_assign(name, std::move(next)).first->second;
}

void OrderService::Batch::record(CommandRecord record)
{
    m_depends = true;
    const std::pair key(record.scope, record.key);
    m_commands.emplace(key, std::move(record));
}

void OrderService::Batch::record(DeviceCommandRecord record)
{
    m_depends = true;
    qint64 &last = m_lastDeviceCommand[record.device];
    last = std::max(last, record.n);
    const std::pair key(record.device, record.n);
    m_deviceCommands.emplace(key, std::move(record));
}

void OrderService::Batch::record(TrackerRecord record)
{
    m_depends = true;
    m_trackers.push_back(std::move(record));
}

LogBatch OrderService::Batch::transaction() const
{
    LogBatch batch;
    batch.events.reserve(m_events.size());
    for (const CommittedEvent &event : m_events)
        batch.events.push_back({event.event, event.chain});
    forEachChanged([&](const OrderState &order) { batch.orders.push_back(order); });
    for (const auto &[key, record] : m_commands)
        batch.commands.push_back(record);
    for (const auto &[key, record] : m_deviceCommands)
        batch.deviceCommands.push_back(record);
    batch.trackers = m_trackers;
    if (dayNumber != m_dayBefore)
        batch.dayNumber = dayNumber;
    for (const auto &[name, record] : staged)
        batch.settings.push_back(record);
    return batch;
}

} // namespace cf::hub
