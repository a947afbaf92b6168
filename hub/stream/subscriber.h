// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/order_hub.h"
#include "shared/protocol/messages.h"

#include <deque>
#include <functional>
#include <memory>

namespace cf::hub {

// One message to a subscriber. The bytes are JSON; the transport adds its own framing.
struct Frame {
    QLatin1StringView t; // "welcome", "ev", ...: the SSE event name
    QByteArray json;
    std::optional<Cursor> cursor;         // where the reader stands after it: the SSE id
    std::optional<Timestamp> committedAt; // of the newest event in it: for the delivery histogram
};

// What a subscriber wants next of whoever drives it.
struct NeedEvents { // read (after, upTo] from the log, then give it back through onEvents()
    qint64 after = 0;
    qint64 upTo = 0;
    int limit = 0;
    qint64 bytesMax = 0;
};
struct NeedCheck { // chain hash and size of the gap, then onChecked()
    qint64 pos = 0;
    qint64 upTo = 0;
};
struct Closing { // send this, then close
    Frame bye;
};
struct Idle {
}; // nothing now: wake() will be called, or the time given to nextDeadline() passes
using Pull = std::variant<Frame, NeedEvents, NeedCheck, Closing, Idle>;

// An event read from the log for a replay, with the whole order where it (re)opens one.
struct ReplayEvent {
    OrderEvent event;
    ChainHash chain{};
    std::optional<OrderState> whole;
};

// One display's place in the stream: replay, then live. It holds a position, not a queue: what it
// has not been sent yet stays in the hub's one tail, and who falls behind the tail is served from
// the log. Sans-IO: the session pulls when its socket can take more, reads what is asked for, and
// reports acknowledgements. Same thread as the hub.
class KitchenSubscriber
{
public:
    // WebSocket: a device that acknowledges. SSE: device empty, progress is the socket's.
    KitchenSubscriber(OrderHub &hub, const Clock &clock, Hello hello, qint64 outboxLast,
                      std::function<void()> wake);
    ~KitchenSubscriber();
    KitchenSubscriber(const KitchenSubscriber &) = delete;
    KitchenSubscriber &operator=(const KitchenSubscriber &) = delete;

    // The next thing to do. Call again after each Frame while the socket can take more.
    Pull pull();
    void onChecked(std::optional<ChainHash> chainAtPos, qint64 gapBytes);
    void onEvents(std::vector<ReplayEvent> events);
    void onReadFailed(); // the log could not be read: the display comes back later
    void onAck(const Ack &ack);
    // The socket took bytes of what was pulled. Sessions of every kind call it: for one that has
    // not acknowledged anything yet it is the only progress there is.
    void onWritten();
    // Queues the answer to a command; never before the batch is committed. Results leave in order,
    // each after the event it names. A display that lets limits::resultQueueMax pile up is closed.
    void sendResult(const CommandResult &result);
    void close(CloseCode code, std::chrono::milliseconds retry);

    // When pull() has something to do though nothing happened (heartbeat, no-progress limit). Call
    // pull() then even if the socket can take nothing: what comes is small, and soon a Closing.
    [[nodiscard]] Monotonic nextDeadline() const;

    [[nodiscard]] qint64 sid() const { return m_sid; }
    [[nodiscard]] const QString &device() const { return m_hello.device; }
    [[nodiscard]] const QString &name() const { return m_hello.name; }
    [[nodiscard]] qint64 sentPos() const { return m_sent; }
    [[nodiscard]] qint64 ackedPos() const { return m_acked; }
    [[nodiscard]] qint64 shownPos() const { return m_shown; }

    // From the hub.
    void published(); // there may be more: wakes
    void epochChanged();

private:
    OrderHub &m_hub;
    const Clock &m_clock;
    Hello m_hello;
    qint64 m_sid = 0;
    qint64 m_sent = 0;
    qint64 m_acked = 0;
    qint64 m_shown = 0;

    enum class State : quint8 {
        New,      // nothing decided
        Checking, // asked the log whether the cursor is its own
        Renewing, // the display knows more than the log: waits for the new epoch
        Welcomed,
        Closed,
    };

    Pull next();
    Pull beforeWelcome();
    Pull closing();
    Frame welcome(StreamMode mode, SnapshotReason reason);
    Frame heartbeat();
    Frame settings();
    Frame alarms();
    Frame live();
    Frame nextSnapshotFrame();
    Pull nextEvents();
    Frame eventsFrame(const std::vector<const TailEvent *> &events);
    Frame framed(QLatin1StringView t, QByteArray json) const;
    [[nodiscard]] Cursor cursorAt(qint64 pos, const QByteArray &h) const;
    [[nodiscard]] bool isResultDue() const;
    [[nodiscard]] bool acceptReplay(const std::vector<ReplayEvent> &events) const;
    // Is there anything the display should have taken or acknowledged?
    [[nodiscard]] bool isOwing() const;
    void noteProgress(bool progressed);
    void noteAcknowledging(bool progressed);
    void closeIfStalled();
    void wake(); // the last thing a function does: the callback may destroy this

    std::function<void()> m_wake;
    qint64 m_outboxLast = 0;
    State m_state = State::New;
    SnapshotReason m_reason = SnapshotReason::None; // already known to need a snapshot
    bool m_checked = false;                         // the log knows the cursor
    bool m_waiting = true;                          // the session will not pull by itself
    bool m_reading = false;                         // a NeedEvents is out
    bool m_liveDue = false;
    bool m_unwritten = false;
    bool m_hasAcked = false;
    std::shared_ptr<const EncodedSnapshot> m_snapshot; // being sent
    int m_nextPart = 0;
    std::deque<TailEvent> m_replay; // read from the log, not sent yet; starts after m_sent
    std::deque<CommandResult> m_results;
    std::optional<Bye> m_bye;
    Monotonic m_lastHeartbeat{};
    Monotonic m_renewingSince{};
    std::optional<Monotonic> m_owingSince; // without any progress
    // By one that acknowledges: for how long it has not, though it was sent more. What the kernel
    // takes for a display that is gone looks like progress on the socket.
    std::optional<Monotonic> m_ackOwedSince;
};

// One customer's stream: the views of one order, each seq once, in order. Bounded: past
// limits::trackerQueueMax unsent views only the newest is kept (each carries the whole state).
class TrackerSubscriber
{
public:
    // `sentSeq`: what the reader already has (Last-Event-ID), -1: nothing yet.
    TrackerSubscriber(OrderHub &hub, const QUuid &orderId, int sentSeq, std::function<void()> wake);
    ~TrackerSubscriber();
    TrackerSubscriber(const TrackerSubscriber &) = delete;
    TrackerSubscriber &operator=(const TrackerSubscriber &) = delete;

    [[nodiscard]] const QUuid &orderId() const { return m_orderId; }
    [[nodiscard]] qint64 serial() const { return m_serial; }
    // From the hub, or from a replay: `view` is encodeTrackerView of the order at `seq`.
    void push(int seq, const QByteArray &view);
    struct View {
        int seq = 0;
        QByteArray json;
    };
    std::optional<View> pull();
    // The log has a new epoch: what the reader was shown may be of another history. Its stream
    // ends, and begins again with a snapshot.
    void epochChanged();
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    void wake(); // the last thing a function does: the callback may destroy this

    OrderHub &m_hub;
    QUuid m_orderId;
    qint64 m_serial = 0;
    int m_queuedSeq = -1;
    std::deque<View> m_queue;
    std::function<void()> m_wake;
    bool m_isOver = false;
};

} // namespace cf::hub
