// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/order/order_service.h"
#include "hub/stream/display_registry.h"
#include "hub/stream/event_tail.h"
#include "hub/stream/pickup_board.h"
#include "hub/stream/ready_estimate.h"
#include "hub/stream/snapshot_encoder.h"
#include "hub/stream/station_watch.h"
#include "hub/stream/stream_bounds.h"
#include "hub/stream/watches.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"

#include <functional>
#include <map>
#include <memory>

namespace cf::hub {

class KitchenSubscriber;
class TrackerSubscriber;

// What the metrics tell of the hub, since it started.
struct HubStats {
    qint64 eventsPublished = 0;
    std::map<QString, qint64> publishedByType;
    qint64 framesSent = 0;
    qint64 snapshotsSent = 0;
    qint64 resumes = 0;
    qint64 slowClosed = 0;
    qint64 unknownMessages = 0;
    qint64 boardHoles = 0; // events that did not fit the board: always 0 unless there is a bug
    qint64 trackers = 0;   // listening now
    std::optional<OrderEvent> lastEvent;
    // The last limits::deliverySamplesMax: commit to written, milliseconds.
    std::vector<double> deliveryMs;
};

// The board, the tail of encoded events, and everyone who listens. Lives on the net thread and is
// fed committed batches only, so a snapshot and the subscription after it are at one position
// without a lock. A cache: everything in it can be rebuilt from the log, and is, on every start.
// Sans-IO: sessions are told to pull through their subscriber's wake callback.
class OrderHub
{
public:
    explicit OrderHub(const Clock &clock, const StreamBounds &bounds = {});
    ~OrderHub();
    OrderHub(const OrderHub &) = delete;
    OrderHub &operator=(const OrderHub &) = delete;

    // A display has seen more of this epoch than the log holds: the log lost events and its epoch
    // must be renewed. The display waits for that. May be called from within a subscriber's pull(),
    // so it must not call back into the hub. At growing intervals at most: limits::epochRenewalMin.
    std::function<void(QString why)> onBehind;

    // (Re)build. Every subscriber there is gets `bye epoch` if the epoch changed.
    void start(HubImage image);
    void publish(const CommittedBatch &batch);
    // Once a second: looks after what only the time changes.
    void tick();
    // Every subscriber gets this bye and nothing after it.
    void closeAll(CloseCode code, std::chrono::milliseconds retry);

    [[nodiscard]] const LogHead &head() const { return m_head; }
    [[nodiscard]] const Board &board() const { return m_board; }
    [[nodiscard]] const QString &restaurantId() const { return m_restaurantId; }
    // The kitchen's.
    [[nodiscard]] const SettingsRecord &settings() const { return m_settings; }
    // The last revision of the document of this name; revision 0 when nothing was said of it.
    [[nodiscard]] SettingsRecord document(const QByteArray &name) const;
    [[nodiscard]] const QByteArray &settingsId() const { return m_settingsId; }
    [[nodiscard]] const StationWatch &stations() const { return m_stations; }
    // `{id, stations}` of its alarms, as the wire has it.
    [[nodiscard]] const QByteArray &alarms() const { return m_alarms; }
    [[nodiscard]] const QByteArray &alarmsId() const { return m_alarmsId; }
    [[nodiscard]] QByteArray headHash() const;
    [[nodiscard]] Cursor headCursor() const;
    [[nodiscard]] QByteArray digest() const; // of the board at the head, as the wire has it
    [[nodiscard]] const StreamBounds &bounds() const { return m_bounds; }
    [[nodiscard]] qint64 floor() const { return m_floor; } // first position the log still holds

    // --- the tail -------------------------------------------------------------------------------
    // True when every event after `pos` is in memory.
    [[nodiscard]] bool tailCovers(qint64 pos) const { return m_tail.covers(pos); }
    // Events after `pos`, oldest first, within one frame's bounds; only when tailCovers(pos). Valid
    // until the next publish() or start().
    [[nodiscard]] std::vector<const TailEvent *> tailAfter(qint64 pos, int eventsMax,
                                                           qint64 bytesMax) const;
    // Chain prefix at pos if the tail (or the head) knows it.
    [[nodiscard]] std::optional<QByteArray> hashAt(qint64 pos) const;
    [[nodiscard]] std::shared_ptr<const EncodedSnapshot> snapshot();

    // --- listeners ------------------------------------------------------------------------------
    // One-shot: called once, after the next publish that has events (for this order) or a new
    // epoch.
    using WatchId = Watches::Id;
    WatchId watchBoard(std::function<void()> callback);
    WatchId watchOrder(const QUuid &orderId, std::function<void()> callback);
    void unwatch(WatchId id);

    // When this kitchen is likely to be done with the order, by its own recent times.
    [[nodiscard]] ReadyTime estimateReady(const OrderState &order) const;

    // What the screen at the counter shows now.
    [[nodiscard]] std::shared_ptr<const PickupView> pickup();

    [[nodiscard]] std::vector<DisplayInfo> displays() const
    {
        return m_displays.list(m_clock.monotonic());
    }
    [[nodiscard]] const ShownHistory &shownHistory() const { return m_displays.shown(); }
    [[nodiscard]] HubStats stats() const;
    [[nodiscard]] int subscriberCount() const { return static_cast<int>(m_kitchen.size()); }

    // For sessions: a message of a type this version does not know.
    void noteUnknownMessage() { ++m_stats.unknownMessages; }
    // A display that polls has asked, at this place in the log.
    void notePolled(const DisplayInfo &display);
    void noteDelivered(Timestamp committedAt, Timestamp now);

    // For subscribers.
    void attach(KitchenSubscriber *subscriber);
    void detach(KitchenSubscriber *subscriber);
    void attach(TrackerSubscriber *subscriber);
    void detach(TrackerSubscriber *subscriber);
    qint64 nextSid() { return ++m_lastSid; }
    void noteSeen(const KitchenSubscriber &subscriber);
    void noteWelcomed(const KitchenSubscriber &subscriber, StreamMode mode);
    void noteFrameSent() { ++m_stats.framesSent; }
    void noteSlow() { ++m_stats.slowClosed; }
    // True: a new epoch was asked for, wait for it. False: there was one lately, and there is none
    // for this claim; see limits::epochRenewalMin.
    bool reportBehind(const Cursor &cursor);

private:
    // What a publish has to tell, gathered first, told once everything is in place.
    struct Announcement {
        struct View {
            QUuid orderId;
            int seq = 0;
            QByteArray json;
        };
        std::vector<View> views;
        std::vector<QUuid> orders;
        bool anything = false;
    };

    void applyCommitted(const CommittedEvent &committed, Announcement &announcement);
    void addView(const QUuid &orderId, Announcement &announcement) const;
    void announce(const Announcement &announcement);
    void setSettings(const SettingsRecord &settings);
    void setKitchen(const SettingsRecord &settings);
    void setPickup(const SettingsRecord &settings);
    void wakeKitchen();
    void closeForEpoch();

    const Clock &m_clock;
    const StreamBounds m_bounds;
    LogHead m_head;
    QString m_restaurantId;
    Documents m_documents;
    SettingsRecord m_settings; // the kitchen's
    QByteArray m_settingsId;
    StationWatch m_stations;
    QByteArray m_alarms;
    QByteArray m_alarmsId;
    Board m_board;
    qint64 m_floor = 1;
    qint64 m_lastSid = 0;
    EventTail m_tail;
    SnapshotEncoder m_snapshots;
    Watches m_watches;
    DisplayRegistry m_displays;
    mutable ReadyEstimate m_estimate;
    PickupSettings m_pickupSettings;
    PickupBoard m_pickup;
    // By serial number, so that a callback may attach and detach while they are gone through.
    std::map<qint64, KitchenSubscriber *> m_kitchen;
    QHash<QUuid, std::map<qint64, TrackerSubscriber *>> m_trackers;
    std::optional<Monotonic> m_behindReported;
    Monotonic m_renewalNotBefore{};
    std::chrono::milliseconds m_renewalPause = limits::epochRenewalMin;
    HubStats m_stats;
    size_t m_nextSample = 0;
};

} // namespace cf::hub
