// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/order/order_service.h"
#include "shared/order/board.h"

#include <functional>
#include <map>
#include <memory>

namespace cf::hub {

class KitchenSubscriber;
class TrackerSubscriber;

// One encoded event in memory.
struct TailEvent {
    qint64 pos = 0;
    QByteArray encoded;
    QByteArray h; // chain prefix at pos
    Timestamp at{};
};

// A snapshot, encoded once for all who ask at the same position.
struct EncodedSnapshot {
    qint64 at = 0;
    QByteArray h;
    int count = 0;
    QByteArray digest;
    struct Part {
        std::vector<QByteArray> orders;
        std::vector<QByteArray> recent;
    };
    std::vector<Part> parts; // at least one
};

// What /v1/displays and the metrics tell of one display.
struct DisplayInfo {
    QString device;
    QString name;
    bool connected = false;
    qint64 pos = 0;   // acknowledged
    qint64 shown = 0; // acknowledged as painted
    Timestamp lastSeen{};
    qint64 connects = 0;
    qint64 snapshots = 0;
};

struct HubStats {
    qint64 eventsPublished = 0;
    std::map<QString, qint64> publishedByType;
    qint64 framesSent = 0;
    qint64 snapshotsSent = 0;
    qint64 resumes = 0;
    qint64 slowClosed = 0;
    qint64 unknownMessages = 0;
    std::optional<OrderEvent> lastEvent;
    std::vector<double> deliveryMs; // a bounded sample: commit to written, milliseconds
};

// The board, the tail of encoded events, and everyone who listens. Lives on the net thread and is
// fed committed batches only, so a snapshot and the subscription after it are at one position
// without a lock. A cache: everything in it can be rebuilt from the log, and is, on every start.
// Sans-IO: sessions are told to pull through their subscriber's wake callback.
class OrderHub
{
public:
    explicit OrderHub(const Clock &clock);
    ~OrderHub();

    // (Re)build. Every subscriber there is gets `bye epoch` if the epoch changed.
    void start(HubImage image);
    void publish(const CommittedBatch &batch);
    // Every subscriber gets this bye and nothing after it.
    void closeAll(CloseCode code, std::chrono::milliseconds retry);

    [[nodiscard]] const LogHead &head() const { return m_head; }
    [[nodiscard]] const Board &board() const { return m_board; }
    [[nodiscard]] const QString &restaurantId() const { return m_restaurantId; }
    [[nodiscard]] QByteArray headHash() const;
    [[nodiscard]] Cursor headCursor() const;

    // --- the tail -------------------------------------------------------------------------------
    // True when every event after `pos` is in memory.
    [[nodiscard]] bool tailCovers(qint64 pos) const;
    // Events after `pos`, oldest first, within one frame's bounds; only when tailCovers(pos).
    [[nodiscard]] std::vector<const TailEvent *> tailAfter(qint64 pos, int eventsMax,
                                                           qint64 bytesMax) const;
    // Chain prefix at pos if the tail (or the head) knows it.
    [[nodiscard]] std::optional<QByteArray> hashAt(qint64 pos) const;
    [[nodiscard]] std::shared_ptr<const EncodedSnapshot> snapshot();

    // --- listeners ------------------------------------------------------------------------------
    // One-shot: called once, after the next publish that has events (for this order).
    using WatchId = quint64;
    WatchId watchBoard(std::function<void()> callback);
    WatchId watchOrder(const QUuid &orderId, std::function<void()> callback);
    void unwatch(WatchId id);

    // When this kitchen is likely to be done with the order, from its own last 50 closed orders;
    // nullopt while there are too few, and once the time has passed.
    [[nodiscard]] std::optional<Timestamp> estimateReady(const OrderState &order) const;

    [[nodiscard]] std::vector<DisplayInfo> displays() const;
    [[nodiscard]] HubStats stats() const;
    [[nodiscard]] int subscriberCount() const;

    // For subscribers.
    void attach(KitchenSubscriber *subscriber);
    void detach(KitchenSubscriber *subscriber);
    void attach(TrackerSubscriber *subscriber);
    void detach(TrackerSubscriber *subscriber);
    qint64 nextSid() { return ++m_lastSid; }
    void noteDelivered(Timestamp committedAt, Timestamp now);

private:
    const Clock &m_clock;
    LogHead m_head;
    QString m_restaurantId;
    Board m_board;
    qint64 m_lastSid = 0;
    // The implementer of this room completes the private part.
};

} // namespace cf::hub
