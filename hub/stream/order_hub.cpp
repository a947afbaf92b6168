// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/order_hub.h"

#include "hub/stream/subscriber.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>

namespace cf::hub {

namespace {

// Goes through a map whose entries the visit may remove, and add behind the current one.
template<typename Map, typename Visit>
void forEachStable(const Map &map, Visit visit)
{
    for (auto it = map.begin(); it != map.end();) {
        const auto key = it->first;
        visit(it->second);
        it = map.upper_bound(key);
    }
}

} // namespace

OrderHub::OrderHub(const Clock &clock, const StreamBounds &bounds)
    : m_clock(clock), m_bounds(bounds), m_alarms(alarmsBody({})), m_tail(bounds),
      m_snapshots(bounds)
{
    m_tail.reset(0, chainPrefix(m_head.chain));
}

OrderHub::~OrderHub() = default;

void OrderHub::start(HubImage image)
{
    // A log that came back shorter or different is another log to whoever read the first one.
    const bool sameLog = image.head.epoch == m_head.epoch && image.head.pos >= m_head.pos
                         && (image.head.pos > m_head.pos || image.head.chain == m_head.chain);
    m_head = std::move(image.head);
    m_restaurantId = std::move(image.restaurantId);
    m_documents = std::move(image.settings);
    setKitchen(document(SettingsRecord().name));
    setPickup(document("pickup"));
    m_board.reset(std::move(image.open), std::move(image.recent));
    m_stations.restart(m_board.openOrders(), m_clock.monotonic());
    m_tail.reset(m_head.pos, headHash());
    m_snapshots.forget();
    m_estimate.invalidate();
    m_pickup.invalidate();
    if (!sameLog)
        closeForEpoch();
    Announcement announcement;
    for (auto it = m_trackers.cbegin(); it != m_trackers.cend(); ++it)
        addView(it.key(), announcement);
    announce(announcement);
    m_watches.fireAll();
    wakeKitchen();
}

void OrderHub::publish(const CommittedBatch &batch)
{
    Announcement announcement;
    for (const CommittedEvent &event : batch.events)
        applyCommitted(event, announcement);
    if (announcement.anything || batch.epochRenewed)
        m_head = batch.head;
    for (const SettingsRecord &settings : batch.settings)
        setSettings(settings);
    if (batch.epochRenewed)
        closeForEpoch();
    announce(announcement);
    if (batch.epochRenewed || !batch.settings.empty())
        m_watches.fireAll();
    else if (announcement.anything)
        m_watches.fire(announcement.orders);
    if (!batch.isEmpty())
        wakeKitchen();
}

SettingsRecord OrderHub::document(const QByteArray &name) const
{
    const auto it = m_documents.find(name);
    if (it != m_documents.end())
        return it->second;
    SettingsRecord none;
    none.name = name;
    return none;
}

void OrderHub::setSettings(const SettingsRecord &settings)
{
    m_documents.insert_or_assign(settings.name, settings);
    if (settings.name == m_settings.name)
        setKitchen(settings);
    if (settings.name == "pickup")
        setPickup(settings);
}

void OrderHub::setPickup(const SettingsRecord &settings)
{
    const Result<QJsonObject> json = parseJsonObject(settings.body);
    const Result<PickupSettings> read = json ? pickupFromJson(*json) : json.error();
    m_pickupSettings = read ? *read : PickupSettings();
    m_pickup.invalidate();
}

void OrderHub::setKitchen(const SettingsRecord &settings)
{
    m_settings = settings;
    m_settingsId = contentId(m_settings.body);
    // What another version of this program had written, and this one does not read, sets up
    // nothing.
    const Result<QJsonObject> json = parseJsonObject(m_settings.body);
    const Result<KitchenSettings> read = json ? settingsFromJson(*json) : json.error();
    m_stations.setSettings(read ? *read : KitchenSettings(), m_clock.monotonic());
}

void OrderHub::applyCommitted(const CommittedEvent &committed, Announcement &announcement)
{
    const OrderEvent &event = committed.event;
    if (event.pos <= m_head.pos) // already part of what start() was given
        return;
    const bool fits = event.pos == m_head.pos + 1;
    const OrderState *whole = committed.whole ? &*committed.whole : nullptr;
    if (m_board.apply(event, whole) == Board::Applied::Hole || !fits)
        ++m_stats.boardHoles;
    const QByteArray h = chainPrefix(committed.chain);
    if (!fits)
        m_tail.reset(event.pos - 1, {});
    m_tail.append({event.pos, committed.encoded, h, event.at});
    m_head.pos = event.pos;
    m_head.chain = committed.chain;
    m_head.at = event.at;
    m_estimate.invalidate();
    m_pickup.invalidate();
    ++m_stats.eventsPublished;
    ++m_stats.publishedByType[event.typeName()];
    m_stats.lastEvent = event;
    announcement.anything = true;
    announcement.orders.push_back(event.orderId);
    if (const OrderState *order = m_board.find(event.orderId))
        m_stations.note(*order, event.pos, m_clock.monotonic());
    if (m_trackers.contains(event.orderId))
        addView(event.orderId, announcement);
    if (isPlanted(Mutant::TrackerLeak) && !announcement.views.empty()) {
        for (auto it = m_trackers.cbegin(); it != m_trackers.cend(); ++it)
            announcement.views.push_back(
                {it.key(), announcement.views.back().seq, announcement.views.back().json});
    }
}

// Encoded once, for all who watch the order.
void OrderHub::addView(const QUuid &orderId, Announcement &announcement) const
{
    if (const OrderState *order = m_board.find(orderId)) {
        announcement.views.push_back(
            {orderId, order->seq, encodeTrackerView(*order, estimateReady(*order))});
    }
}

void OrderHub::announce(const Announcement &announcement)
{
    for (const Announcement::View &view : announcement.views) {
        // Looked up again for each: a callback may remove the order's last watcher.
        qint64 last = 0;
        for (;;) {
            const auto order = m_trackers.constFind(view.orderId);
            if (order == m_trackers.constEnd())
                break;
            const auto it = order->upper_bound(last);
            if (it == order->end())
                break;
            last = it->first;
            TrackerSubscriber *tracker = it->second;
            tracker->push(view.seq, view.json);
        }
    }
}

void OrderHub::wakeKitchen()
{
    forEachStable(m_kitchen, [](KitchenSubscriber *subscriber) { subscriber->published(); });
}

void OrderHub::closeForEpoch()
{
    if (m_behindReported) { // this one was for a display's claim; the next has to wait
        const Monotonic now = m_clock.monotonic();
        if (now - m_renewalNotBefore > limits::epochRenewalMax)
            m_renewalPause = limits::epochRenewalMin;
        m_renewalNotBefore = now + m_renewalPause;
        m_renewalPause =
            std::min<std::chrono::milliseconds>(2 * m_renewalPause, limits::epochRenewalMax);
    }
    m_behindReported.reset();
    m_displays.forgetPositions(m_head.pos, m_clock.now());
    forEachStable(m_kitchen, [](KitchenSubscriber *subscriber) { subscriber->epochChanged(); });
    std::map<qint64, TrackerSubscriber *> trackers; // as they came, whichever order they watch
    for (const auto &watchers : std::as_const(m_trackers))
        trackers.insert(watchers.begin(), watchers.end());
    for (const auto &[serial, tracker] : trackers)
        tracker->epochChanged(); // wakes a session, which ends in a turn of its own
}

void OrderHub::tick()
{
    const Monotonic now = m_clock.monotonic();
    if (!m_stations.check(m_displays.list(now), m_board, now, m_clock.now()))
        return;
    m_alarms = alarmsBody(m_stations.alarms());
    m_alarmsId = cf::alarmsId(m_stations.alarms());
    m_watches.fire({});
    wakeKitchen();
}

void OrderHub::closeAll(CloseCode code, std::chrono::milliseconds retry)
{
    forEachStable(m_kitchen,
                  [&](KitchenSubscriber *subscriber) { subscriber->close(code, retry); });
}

QByteArray OrderHub::headHash() const
{
    return chainPrefix(m_head.chain);
}

Cursor OrderHub::headCursor() const
{
    return {m_head.epoch, m_head.pos, headHash()};
}

QByteArray OrderHub::digest() const
{
    return digestText(m_board.digest());
}

std::vector<const TailEvent *> OrderHub::tailAfter(qint64 pos, int eventsMax, qint64 bytesMax) const
{
    return m_tail.after(pos, eventsMax, bytesMax);
}

std::optional<QByteArray> OrderHub::hashAt(qint64 pos) const
{
    if (pos == 0)
        return chainPrefix(ChainHash{});
    return m_tail.hashAt(pos);
}

std::shared_ptr<const EncodedSnapshot> OrderHub::snapshot()
{
    return m_snapshots.at(m_board, m_head.pos, headHash());
}

OrderHub::WatchId OrderHub::watchBoard(std::function<void()> callback)
{
    return m_watches.watchBoard(std::move(callback));
}

OrderHub::WatchId OrderHub::watchOrder(const QUuid &orderId, std::function<void()> callback)
{
    return m_watches.watchOrder(orderId, std::move(callback));
}

void OrderHub::unwatch(WatchId id)
{
    m_watches.unwatch(id);
}

ReadyTime OrderHub::estimateReady(const OrderState &order) const
{
    return m_estimate.of(order, m_board, m_clock.now());
}

std::shared_ptr<const PickupView> OrderHub::pickup()
{
    return m_pickup.at(m_board, m_pickupSettings, m_clock.now());
}

HubStats OrderHub::stats() const
{
    HubStats stats = m_stats;
    for (const auto &watchers : m_trackers)
        stats.trackers += static_cast<qint64>(watchers.size());
    return stats;
}

void OrderHub::attach(KitchenSubscriber *subscriber)
{
    const qint64 older = m_displays.currentSid(subscriber->device());
    m_kitchen.emplace(subscriber->sid(), subscriber);
    m_displays.connected(*subscriber, m_clock.now());
    // Two tablets with one identity would otherwise push each other out as fast as they can.
    if (const auto it = m_kitchen.find(older); it != m_kitchen.end())
        it->second->close(CloseCode::Superseded, limits::reconnectMax);
}

void OrderHub::detach(KitchenSubscriber *subscriber)
{
    m_kitchen.erase(subscriber->sid());
    if (isPlanted(Mutant::DetachNewest))
        m_kitchen.erase(m_displays.currentSid(subscriber->device()));
    m_displays.disconnected(*subscriber, m_clock.now());
}

void OrderHub::attach(TrackerSubscriber *subscriber)
{
    m_trackers[subscriber->orderId()].emplace(subscriber->serial(), subscriber);
}

void OrderHub::detach(TrackerSubscriber *subscriber)
{
    const auto it = m_trackers.find(subscriber->orderId());
    if (it == m_trackers.end())
        return;
    it->erase(subscriber->serial());
    if (it->empty())
        m_trackers.erase(it);
}

void OrderHub::noteSeen(const KitchenSubscriber &subscriber)
{
    m_displays.seen(subscriber, m_clock.now());
}

void OrderHub::notePolled(const DisplayInfo &display)
{
    m_displays.polled(display, m_clock.now(), m_clock.monotonic() + limits::pollAbsentAfter);
}

void OrderHub::noteWelcomed(const KitchenSubscriber &subscriber, StreamMode mode)
{
    noteSeen(subscriber);
    if (mode == StreamMode::Resume) {
        ++m_stats.resumes;
        return;
    }
    ++m_stats.snapshotsSent;
    m_displays.tookSnapshot(subscriber);
}

bool OrderHub::reportBehind(const Cursor &cursor)
{
    const Monotonic now = m_clock.monotonic();
    if (m_behindReported && now - *m_behindReported < limits::noProgressMax)
        return true;
    if (now < m_renewalNotBefore)
        return false;
    m_behindReported = now;
    if (onBehind) {
        onBehind(QStringLiteral("a display has seen position %1, the log ends at %2")
                     .arg(cursor.pos)
                     .arg(m_head.pos));
    }
    return true;
}

void OrderHub::noteDelivered(Timestamp committedAt, Timestamp now)
{
    const auto milliseconds = static_cast<double>((now - committedAt).count());
    const double sample = std::max(0.0, milliseconds);
    if (m_stats.deliveryMs.size() < static_cast<size_t>(limits::deliverySamplesMax))
        m_stats.deliveryMs.push_back(sample);
    else
        m_stats.deliveryMs.at(m_nextSample++ % m_stats.deliveryMs.size()) = sample;
}

} // namespace cf::hub
