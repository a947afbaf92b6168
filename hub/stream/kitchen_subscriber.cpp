// SPDX-License-Identifier: Apache-2.0
#include "hub/order/answers.h"
#include "hub/stream/resume.h"
#include "hub/stream/subscriber.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;
using L1 = QLatin1StringView;

namespace {

// After the hub's own trouble: soon again, but not at once.
constexpr std::chrono::milliseconds troubleRetry = 1'000ms;

} // namespace

KitchenSubscriber::KitchenSubscriber(OrderHub &hub, const Clock &clock, Hello hello,
                                     qint64 outboxLast, std::function<void()> wake)
    : m_hub(hub), m_clock(clock), m_hello(std::move(hello)), m_sid(hub.nextSid()),
      m_wake(std::move(wake)), m_outboxLast(outboxLast)
{
    m_hub.attach(this);
}

KitchenSubscriber::~KitchenSubscriber()
{
    m_hub.detach(this);
}

Pull KitchenSubscriber::pull()
{
    m_waiting = false;
    closeIfStalled();
    Pull result = next();
    if (std::holds_alternative<Frame>(result)) {
        m_unwritten = true;
        m_hub.noteFrameSent();
    } else {
        m_waiting = true;
    }
    noteProgress(false);
    return result;
}

Pull KitchenSubscriber::next()
{
    if (m_state == State::Closed)
        return Idle{};
    if (m_bye)
        return closing();
    if (m_state != State::Welcomed)
        return beforeWelcome();
    if (m_clock.monotonic() - m_lastHeartbeat >= limits::heartbeatInterval
        && !isPlanted(Mutant::HeartbeatNever))
        return heartbeat();
    if (m_hello.settings && *m_hello.settings != m_hub.settingsId()
        && (m_liveDue || !isPlanted(Mutant::SettingsNotTold)))
        return settings();
    if (m_hello.alarms && *m_hello.alarms != m_hub.alarmsId())
        return alarms();
    if (isResultDue()) {
        const CommandResult result = std::move(m_results.front());
        m_results.pop_front();
        return framed(L1("res"), encode(result));
    }
    if (m_snapshot)
        return nextSnapshotFrame();
    if (m_sent < m_hub.head().pos)
        return nextEvents();
    if (m_liveDue)
        return live();
    return Idle{};
}

Pull KitchenSubscriber::closing()
{
    m_state = State::Closed;
    m_snapshot.reset();
    m_replay.clear();
    m_results.clear();
    return Closing{framed(L1("bye"), encode(*m_bye))};
}

Pull KitchenSubscriber::beforeWelcome()
{
    if (m_state == State::Checking)
        return Idle{};
    if (m_state == State::Renewing) {
        if (m_clock.monotonic() - m_renewingSince < limits::noProgressMax)
            return Idle{};
        m_bye = Bye{CloseCode::Epoch, troubleRetry};
        return closing();
    }
    const std::optional<Cursor> &stood = m_hello.cursor ? m_hello.cursor : m_hello.seen;
    ResumePlan plan = planResume(m_hub, stood);
    if (!m_hello.cursor && plan.kind != ResumePlan::Kind::Renew)
        plan = {ResumePlan::Kind::Snapshot, SnapshotReason::First};
    if (m_reason != SnapshotReason::None)
        plan = {ResumePlan::Kind::Snapshot, m_reason};
    else if (m_checked && plan.kind == ResumePlan::Kind::Check)
        plan.kind = ResumePlan::Kind::Resume;
    switch (plan.kind) {
    case ResumePlan::Kind::Resume: return welcome(StreamMode::Resume, SnapshotReason::None);
    case ResumePlan::Kind::Snapshot: return welcome(StreamMode::Snapshot, plan.reason);
    case ResumePlan::Kind::Check:
        m_state = State::Checking;
        return NeedCheck{m_hello.cursor->pos, m_hub.head().pos};
    case ResumePlan::Kind::Renew: break;
    }
    // Without a new epoch a display that was right is still safe: its cursor's hash will not be
    // this log's when the log has grown so far.
    if (!m_hub.reportBehind(*stood))
        return welcome(StreamMode::Snapshot, SnapshotReason::PosAhead);
    m_state = State::Renewing;
    m_renewingSince = m_clock.monotonic();
    return Idle{};
}

Frame KitchenSubscriber::welcome(StreamMode mode, SnapshotReason reason)
{
    m_state = State::Welcomed;
    m_liveDue = true;
    m_lastHeartbeat = m_clock.monotonic();
    Welcome message;
    message.sid = m_sid;
    message.mode = mode;
    message.reason = reason;
    message.epoch = m_hub.head().epoch;
    message.head = m_hub.head().pos;
    message.floor = m_hub.floor();
    message.heartbeat = limits::heartbeatInterval;
    message.dead = limits::deadInterval;
    message.now = m_clock.now();
    message.outboxLast = m_outboxLast;
    message.restaurantId = m_hub.restaurantId();
    Frame frame = framed(L1("welcome"), encode(message));
    if (mode == StreamMode::Resume) {
        m_sent = m_hello.cursor->pos;
        m_acked = m_sent;
        frame.cursor = m_hello.cursor;
    } else {
        m_snapshot = m_hub.snapshot();
        m_nextPart = 0;
    }
    m_hub.noteWelcomed(*this, mode);
    return frame;
}

Frame KitchenSubscriber::heartbeat()
{
    const Monotonic now = m_clock.monotonic();
    m_lastHeartbeat = now;
    Heartbeat message;
    message.sid = m_sid;
    message.head = m_hub.head().pos;
    message.h = m_hub.headHash();
    message.count = m_hub.board().count();
    message.digest = m_hub.digest();
    message.now = m_clock.now();
    return framed(L1("hb"), encode(message));
}

// Before the board: its tickets are shown by them.
Frame KitchenSubscriber::settings()
{
    m_hello.settings = m_hub.settingsId();
    return framed(L1("settings"), encodeSettings(m_sid, settingsBody(m_hub.settings())));
}

Frame KitchenSubscriber::alarms()
{
    m_hello.alarms = m_hub.alarmsId();
    return framed(L1("alarms"), encodeAlarms(m_sid, m_hub.alarms()));
}

// Only when everything up to the head was sent: the digest is the board's there.
Frame KitchenSubscriber::live()
{
    m_liveDue = false;
    Live message;
    message.sid = m_sid;
    message.at = m_sent;
    message.count = m_hub.board().count();
    message.digest = m_hub.digest();
    Frame frame = framed(L1("live"), encode(message));
    frame.cursor = m_hub.headCursor();
    return frame;
}

Frame KitchenSubscriber::nextSnapshotFrame()
{
    const EncodedSnapshot &snapshot = *m_snapshot;
    const int parts = static_cast<int>(snapshot.parts.size());
    if (m_nextPart < parts) {
        const EncodedSnapshot::Part &part = snapshot.parts[static_cast<size_t>(m_nextPart)];
        ++m_nextPart;
        return framed(L1("snap"), encodeSnapPart(m_sid, snapshot.at, m_nextPart, parts, part.orders,
                                                 part.recent));
    }
    SnapEnd message;
    message.sid = m_sid;
    message.at = snapshot.at;
    message.h = snapshot.h;
    message.count = snapshot.count;
    message.digest = snapshot.digest;
    Frame frame = framed(L1("snap_end"), encode(message));
    frame.cursor = cursorAt(snapshot.at, snapshot.h);
    m_sent = snapshot.at;
    m_snapshot.reset();
    return frame;
}

Pull KitchenSubscriber::nextEvents()
{
    const StreamBounds &bounds = m_hub.bounds();
    std::vector<const TailEvent *> events;
    if (!m_replay.empty()) {
        qint64 bytes = 0;
        for (const TailEvent &event : m_replay) {
            bytes += event.encoded.size();
            if (!events.empty() && bytes > bounds.frameBytesMax)
                break;
            events.push_back(&event);
        }
        Frame frame = eventsFrame(events);
        m_replay.erase(m_replay.begin(), m_replay.begin() + static_cast<qint64>(events.size()));
        if (isPlanted(Mutant::ReplayToHead) && m_replay.empty())
            m_sent = m_hub.head().pos;
        return frame;
    }
    if (m_hub.tailCovers(m_sent))
        return eventsFrame(m_hub.tailAfter(m_sent, bounds.frameEventsMax, bounds.frameBytesMax));
    if (m_reading)
        return Idle{};
    m_reading = true;
    m_liveDue = true;
    return NeedEvents{m_sent, m_hub.head().pos, bounds.frameEventsMax, bounds.frameBytesMax};
}

Frame KitchenSubscriber::eventsFrame(const std::vector<const TailEvent *> &events)
{
    std::vector<QByteArray> encoded;
    encoded.reserve(events.size());
    for (const TailEvent *event : events)
        encoded.push_back(event->encoded);
    const TailEvent &last = *events.back();
    Frame frame = framed(L1("ev"), encodeEventsFrame(m_sid, m_sent, last.pos, last.h, encoded));
    frame.cursor = cursorAt(last.pos, last.h);
    if (!m_liveDue) // while catching up an event's age is not a delivery time
        frame.committedAt = last.at;
    m_sent = last.pos;
    return frame;
}

Frame KitchenSubscriber::framed(QLatin1StringView t, QByteArray json) const
{
    return {t, std::move(json), std::nullopt, std::nullopt};
}

Cursor KitchenSubscriber::cursorAt(qint64 pos, const QByteArray &h) const
{
    return {m_hub.head().epoch, pos, h};
}

void KitchenSubscriber::onChecked(std::optional<ChainHash> chainAtPos, qint64 gapBytes)
{
    if (m_state != State::Checking)
        return;
    m_state = State::New;
    m_checked = true;
    m_reason = judgeCheck(*m_hello.cursor, chainAtPos, gapBytes, m_hub.bounds()).reason;
    wake();
}

void KitchenSubscriber::onEvents(std::vector<ReplayEvent> events)
{
    if (!m_reading)
        return;
    m_reading = false;
    if (m_state != State::Welcomed || m_bye)
        return;
    if (!acceptReplay(events)) {
        onReadFailed();
        return;
    }
    for (ReplayEvent &replay : events) {
        const OrderEvent &event = replay.event;
        if (!replay.whole && event.type == EventType::OrderPlaced)
            applyEvent(replay.whole.emplace(), event);
        m_replay.push_back({event.pos,
                            encodeStreamEvent(event, replay.whole ? &*replay.whole : nullptr),
                            chainPrefix(replay.chain), event.at});
    }
    noteProgress(false);
    wake();
}

// What the log gave back must be what was asked for: the next events, and no hole.
bool KitchenSubscriber::acceptReplay(const std::vector<ReplayEvent> &events) const
{
    if (events.empty() || events.back().event.pos > m_hub.head().pos)
        return false;
    qint64 pos = m_sent;
    return std::all_of(events.begin(), events.end(),
                       [&](const ReplayEvent &replay) { return replay.event.pos == ++pos; });
}

void KitchenSubscriber::onReadFailed()
{
    m_reading = false;
    close(CloseCode::Shutdown, troubleRetry);
}

} // namespace cf::hub
