// SPDX-License-Identifier: Apache-2.0
#include "hub/past/past_board.h"

#include "shared/base/limits.h"
#include "shared/order/board.h"

#include <QHash>

#include <algorithm>
#include <map>

namespace cf::hub {

using namespace std::chrono_literals;

namespace {

// By id: UUIDv7, so by the time the order was made.
using Places = std::map<QUuid, int>;

Error unreadable(const QString &detail)
{
    return {ErrorCode::StorageFailed, detail};
}

// The last keyframe at or before `pos` that is of this log; the empty beginning when none is.
Result<Keyframe> keyframeFor(EventReader &reader, Keyframes &keyframes, qint64 pos)
{
    for (qint64 from = pos;;) {
        Result<std::optional<Keyframe>> found = keyframes.before(from);
        if (!found)
            return found.error();
        if (!*found)
            return Keyframe{};
        const Result<std::optional<ChainHash>> chain = reader.chainAt((*found)->pos);
        if (!chain)
            return chain.error();
        if (*chain == (*found)->chain)
            return std::move(**found);
        from = (*found)->pos - 1; // of another history
    }
}

void applyPlace(Places &places, const OrderEvent &event)
{
    switch (event.type) {
    case EventType::OrderCompleted:
    case EventType::OrderCancelled: places.erase(event.orderId); return;
    case EventType::OrderPlaced:
    case EventType::OrderRecalled: places[event.orderId] = event.seq; return;
    default: break;
    }
    if (const auto it = places.find(event.orderId); it != places.end())
        it->second = event.seq;
}

// Which orders were open at board.pos; fills in what the last event says.
Result<Places> placesAt(EventReader &reader, const Keyframe &keyframe, PastBoard &board)
{
    Places places;
    for (const OpenPlace &place : keyframe.open)
        places.emplace(place.orderId, place.seq);
    // The event at the keyframe's own position too: its time may be the board's.
    qint64 at = std::max(qint64(0), keyframe.pos - 1);
    while (at < board.pos) {
        const Result<std::vector<LoggedEvent>> page =
            reader.events(at, board.pos, limits::logScanEvents, limits::gapBytesMax);
        if (!page)
            return page.error();
        if (page->empty())
            return Error{ErrorCode::NotFound,
                         QStringLiteral("the log has no position %1").arg(at + 1)};
        for (const LoggedEvent &logged : *page) {
            if (logged.event.pos > keyframe.pos)
                applyPlace(places, logged.event);
        }
        at = page->back().event.pos;
        board.chain = page->back().chain;
        board.at = page->back().event.at;
    }
    return places;
}

Result<OrderState> orderAt(EventReader &reader, const QUuid &orderId, int seq)
{
    Result<std::vector<OrderEvent>> events = reader.orderEvents(orderId, 0);
    if (!events)
        return events.error();
    std::erase_if(*events, [seq](const OrderEvent &event) { return event.seq > seq; });
    std::optional<OrderState> order = foldOrder(*events);
    if (!order || order->seq != seq)
        return unreadable(QStringLiteral("the order's events have a hole"));
    return std::move(*order);
}

} // namespace

Result<PastBoard> boardAt(EventReader &reader, Keyframes &keyframes, qint64 pos)
{
    PastBoard board;
    board.pos = pos;
    const Result<Keyframe> keyframe = keyframeFor(reader, keyframes, pos);
    if (!keyframe)
        return keyframe.error();
    const qint64 gap = pos - keyframe->pos;
    if (gap > limits::pastReplayMax + 4 * static_cast<qint64>(keyframe->open.size())) {
        return Error{ErrorCode::Unavailable,
                     QStringLiteral("the hub is still reading its log, as far as position %1; this "
                                    "moment can be shown when it has come to position %2")
                         .arg(keyframe->pos)
                         .arg(pos)};
    }
    const Result<Places> places = placesAt(reader, *keyframe, board);
    if (!places)
        return places.error();
    board.count = static_cast<int>(places->size());
    for (const auto &[orderId, seq] : *places)
        board.digest += digestTerm(orderId, seq);
    for (auto it = places->rbegin();
         it != places->rend() && board.orders.size() < static_cast<size_t>(limits::pastOrdersMax);
         ++it) {
        Result<OrderState> order = orderAt(reader, it->first, it->second);
        if (!order)
            return order.error();
        board.orders.push_back(std::move(*order));
    }
    std::sort(board.orders.begin(), board.orders.end(),
              [](const OrderState &a, const OrderState &b) { return a.openedPos < b.openedPos; });
    return board;
}

Result<qint64> positionAt(EventReader &reader, Timestamp at)
{
    const Result<qint64> next = reader.firstSince(at + 1ms);
    if (!next)
        return next.error();
    return *next - 1;
}

Result<std::vector<PastStep>> stepsBetween(EventReader &reader, qint64 after, qint64 upTo,
                                           int limit)
{
    const Result<std::vector<LoggedEvent>> page =
        reader.events(after, upTo, limit, limits::gapBytesMax);
    if (!page)
        return page.error();
    std::vector<PastStep> steps(page->size());
    QHash<QUuid, std::vector<size_t>> byOrder;
    for (size_t i = 0; i < page->size(); ++i) {
        steps[i].event = page->at(i).event;
        byOrder[steps[i].event.orderId].push_back(i);
    }
    for (auto it = byOrder.cbegin(); it != byOrder.cend(); ++it) {
        const Result<std::vector<OrderEvent>> events = reader.orderEvents(it.key(), 0);
        if (!events)
            return events.error();
        OrderState state;
        size_t next = 0;
        for (const OrderEvent &event : *events) {
            applyEvent(state, event);
            if (next < it->size() && steps[it->at(next)].event.seq == event.seq)
                steps[it->at(next++)].order = state;
        }
        if (next < it->size())
            return unreadable(QStringLiteral("the order's events have a hole"));
    }
    return steps;
}

Result<std::vector<qint64>> eventDensity(EventReader &reader, Timestamp from, Timestamp to,
                                         int buckets)
{
    std::vector<qint64> counts;
    Result<qint64> begin = reader.firstSince(from);
    for (int i = 1; i <= buckets && begin; ++i) {
        const Result<qint64> end = reader.firstSince(from + (to - from) * i / buckets);
        if (!end)
            return end.error();
        counts.push_back(*end - *begin);
        begin = end;
    }
    if (!begin)
        return begin.error();
    return counts;
}

} // namespace cf::hub
