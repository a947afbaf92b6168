// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/stream_bounds.h"
#include "shared/base/clock.h"

#include <QByteArray>

#include <deque>
#include <optional>
#include <vector>

namespace cf::hub {

// One encoded event in memory.
struct TailEvent {
    qint64 pos = 0;
    QByteArray encoded;
    QByteArray h; // chain prefix at pos
    Timestamp at{};
};

// The newest events up to the head, encoded, consecutive; at most bounds.tailEventsMax and
// bounds.tailBytesMax of them. One for all subscribers: how many there are costs no memory here.
class EventTail
{
public:
    explicit EventTail(const StreamBounds &bounds = {}) : m_bounds(bounds) { }

    // Empty, at this place of the log.
    void reset(qint64 pos, const QByteArray &h);
    void append(TailEvent event); // event.pos is the next

    // True when every event after `pos` is here; false past the head.
    [[nodiscard]] bool covers(qint64 pos) const;
    // Events after `pos` up to the bounds, at least one if there is any; only when covers(pos).
    [[nodiscard]] std::vector<const TailEvent *> after(qint64 pos, int eventsMax,
                                                       qint64 bytesMax) const;
    [[nodiscard]] std::optional<QByteArray> hashAt(qint64 pos) const;

private:
    [[nodiscard]] qint64 end() const { return m_floor + static_cast<qint64>(m_events.size()); }

    StreamBounds m_bounds;
    qint64 m_floor = 0; // the position before the first event here
    QByteArray m_floorHash;
    std::deque<TailEvent> m_events;
    qint64 m_bytes = 0;
};

} // namespace cf::hub
