// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/display_registry.h"

#include "hub/stream/subscriber.h"
#include "shared/base/limits.h"

namespace cf::hub {

void DisplayRegistry::connected(const KitchenSubscriber &subscriber, Timestamp now)
{
    if (subscriber.device().isEmpty())
        return;
    Entry &entry = m_known[subscriber.device()];
    entry.sid = subscriber.sid();
    entry.info.device = subscriber.device();
    entry.info.name = subscriber.name();
    entry.info.connected = true;
    entry.pollsUntil = {};
    entry.info.lastSeen = now;
    ++entry.info.connects;
    forgetOldest();
}

void DisplayRegistry::seen(const KitchenSubscriber &subscriber, Timestamp now)
{
    if (Entry *entry = current(subscriber)) {
        entry->info.pos = subscriber.ackedPos();
        entry->info.shown = subscriber.shownPos();
        entry->info.lastSeen = now;
        m_shown.note(subscriber.device(), subscriber.shownPos(), now);
    }
}

void DisplayRegistry::tookSnapshot(const KitchenSubscriber &subscriber)
{
    if (Entry *entry = current(subscriber))
        ++entry->info.snapshots;
}

void DisplayRegistry::disconnected(const KitchenSubscriber &subscriber, Timestamp now)
{
    if (Entry *entry = current(subscriber)) {
        entry->sid = 0;
        entry->info.connected = false;
        entry->info.lastSeen = now;
        forgetOldest();
    }
}

void DisplayRegistry::polled(const DisplayInfo &display, Timestamp now, Monotonic until)
{
    if (display.device.isEmpty())
        return;
    Entry &entry = m_known[display.device];
    entry.pollsUntil = until;
    if (entry.sid != 0) // its stream is not known to be gone yet
        return;
    entry.info.device = display.device;
    entry.info.name = display.name;
    entry.info.pos = display.pos;
    entry.info.shown = display.shown;
    entry.info.lastSeen = now;
    m_shown.note(display.device, display.shown, now);
    forgetOldest();
}

void DisplayRegistry::forgetPositions(qint64 head, Timestamp now)
{
    m_shown.restart(head, now);
    for (auto &[device, entry] : m_known) {
        entry.info.pos = 0;
        entry.info.shown = 0;
    }
}

qint64 DisplayRegistry::currentSid(const QString &device) const
{
    const auto it = m_known.find(device);
    return it == m_known.end() ? 0 : it->second.sid;
}

std::vector<DisplayInfo> DisplayRegistry::list(Monotonic now) const
{
    std::vector<DisplayInfo> displays;
    displays.reserve(m_known.size());
    for (const auto &[device, entry] : m_known) {
        DisplayInfo info = entry.info;
        info.polling = !info.connected && now < entry.pollsUntil;
        info.connected = info.connected || info.polling;
        displays.push_back(std::move(info));
    }
    return displays;
}

DisplayRegistry::Entry *DisplayRegistry::current(const KitchenSubscriber &subscriber)
{
    const auto it = m_known.find(subscriber.device());
    const bool speaks = it != m_known.end() && it->second.sid == subscriber.sid();
    return speaks ? &it->second : nullptr;
}

void DisplayRegistry::forgetOldest()
{
    if (m_known.size() <= static_cast<size_t>(limits::displaysKnownMax))
        return;
    auto oldest = m_known.end();
    for (auto it = m_known.begin(); it != m_known.end(); ++it) {
        const bool older =
            oldest == m_known.end() || it->second.info.lastSeen < oldest->second.info.lastSeen;
        if (!it->second.info.connected && older)
            oldest = it;
    }
    if (oldest == m_known.end())
        return;
    m_shown.forget(oldest->first);
    m_known.erase(oldest);
}

} // namespace cf::hub
