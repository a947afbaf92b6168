// SPDX-License-Identifier: Apache-2.0
#include "hub/net/replay.h"

#include <algorithm>

namespace cf::hub {

namespace {

// The order as of `event`, if that event opened it, or opened it again: a display may not hold it.
Result<std::optional<OrderState>> opened(EventReader &reader, const OrderEvent &event)
{
    std::optional<OrderState> none;
    if (event.type == EventType::OrderPlaced)
        return foldOrder({event});
    if (event.type != EventType::OrderRecalled)
        return none;
    Result<std::vector<OrderEvent>> events = reader.orderEvents(event.orderId, 0);
    if (!events)
        return events.error();
    const auto size = static_cast<size_t>(event.seq);
    if (event.seq < 2 || events->size() < size)
        return none;
    events->resize(size - 1);
    std::optional<OrderState> state = foldOrder(*events);
    if (!state || isOpen(state->status))
        return none;
    applyEvent(*state, event);
    return state;
}

} // namespace

ReplayRead readReplay(EventReader &reader, const NeedEvents &need)
{
    Result<std::vector<LoggedEvent>> logged =
        reader.events(need.after, need.upTo, need.limit, need.bytesMax);
    if (!logged)
        return {true, {}};
    ReplayRead read;
    read.events.reserve(logged->size());
    for (LoggedEvent &one : *logged) {
        Result<std::optional<OrderState>> whole = opened(reader, one.event);
        if (!whole)
            return {true, {}};
        read.events.push_back({std::move(one.event), one.chain, std::move(*whole)});
    }
    return read;
}

GapCheck checkGap(EventReader &reader, const NeedCheck &need)
{
    const Result<std::optional<ChainHash>> chain = reader.chainAt(need.pos);
    const Result<qint64> bytes = reader.gapBytes(need.pos, need.upTo);
    if (!chain || !bytes)
        return {true, std::nullopt, 0};
    return {false, *chain, *bytes};
}

} // namespace cf::hub
