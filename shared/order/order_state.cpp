// SPDX-License-Identifier: Apache-2.0
#include "shared/order/order_state.h"

#include "shared/order/payload.h"

#include <algorithm>

namespace cf {

const OrderLine *OrderState::line(QStringView lineId) const
{
    const auto it = std::find_if(lines.begin(), lines.end(),
                                 [lineId](const OrderLine &l) { return l.item.lineId == lineId; });
    return it == lines.end() ? nullptr : &*it;
}

OrderLine *OrderState::line(QStringView lineId)
{
    return const_cast<OrderLine *>(std::as_const(*this).line(lineId));
}

namespace {

void setLine(OrderLine &line, LineStatus status, const OrderEvent &event)
{
    line.status = status;
    line.changedSeq = event.seq;
    if (status == LineStatus::Open || status == LineStatus::Started)
        line.readyAt.reset();
    if (status == LineStatus::Open) { // to be cooked again, perhaps by another cook
        line.startedAt.reset();
        line.allergensAcknowledged = false;
    }
    if (status == LineStatus::Started)
        line.startedAt = event.at;
    if (status == LineStatus::Ready)
        line.readyAt = event.at;
}

// Sets the named lines (all, when the payload names none at all) that are now in `from`.
template<typename From>
void setLines(OrderState &state, const OrderEvent &event, LineStatus to, From from)
{
    const std::optional<QStringList> named = linesOf(event.payload);
    for (OrderLine &line : state.lines) {
        if (from(line.status) && (!named || named->contains(line.item.lineId)))
            setLine(line, to, event);
    }
}

bool isReady(LineStatus s)
{
    return s == LineStatus::Ready;
}

bool isNotVoided(LineStatus s)
{
    return s != LineStatus::Voided;
}

bool isUnstarted(LineStatus s)
{
    return s == LineStatus::Open;
}

// Changes the named lines without moving their status.
template<typename Change>
void markLines(OrderState &state, const OrderEvent &event, Change change)
{
    const QStringList named = linesOf(event.payload).value_or(QStringList());
    for (OrderLine &line : state.lines) {
        if (!named.contains(line.item.lineId))
            continue;
        change(line);
        line.changedSeq = event.seq;
    }
}

void addLines(OrderState &state, const OrderEvent &event)
{
    for (Item &item : itemsOf(event.payload)) {
        OrderLine line;
        line.item = std::move(item);
        line.addedSeq = event.seq;
        line.changedSeq = event.seq;
        state.lines.push_back(std::move(line));
    }
}

void addMessage(OrderState &state, const OrderEvent &event, MessageTarget to)
{
    state.messages.push_back({event.at, event.actor.id, to, messageOf(event.payload)});
}

void fireCourse(OrderState &state, int course)
{
    std::vector<int> &fired = state.firedCourses;
    const auto at = std::lower_bound(fired.begin(), fired.end(), course);
    if (at == fired.end() || *at != course)
        fired.insert(at, course);
}

void holdCourse(OrderState &state, int course)
{
    std::erase(state.firedCourses, course);
}

void recall(OrderState &state, const OrderEvent &event)
{
    state.status = OrderStatus::InKitchen;
    state.recalledAt = event.at;
    state.readyAt.reset();
    state.completedAt.reset();
    ++state.recalls;
    setLines(state, event, LineStatus::Open, isReady);
}

void place(OrderState &state, const OrderEvent &event)
{
    state.id = event.orderId;
    state.status = OrderStatus::Placed;
    state.openedPos = event.pos;
    state.placedAt = event.at;
    readPlaced(event.payload, state);
}

// The events that move the status. False: not one of them.
bool applyStatusEvent(OrderState &state, const OrderEvent &event)
{
    switch (event.type) {
    case EventType::OrderPlaced: place(state, event); return true;
    case EventType::OrderPaid:
        state.status = OrderStatus::Paid;
        state.paidAt = event.at;
        state.payment = paymentOf(event.payload);
        return true;
    case EventType::OrderAccepted:
        state.status = OrderStatus::Accepted;
        state.acceptedAt = event.at;
        return true;
    case EventType::OrderStarted:
        state.status = OrderStatus::InKitchen;
        state.startedAt = event.at;
        return true;
    case EventType::OrderReady:
        state.status = OrderStatus::Ready;
        state.readyAt = event.at;
        setLines(state, event, LineStatus::Ready, isPending);
        return true;
    case EventType::OrderCompleted:
        state.status = OrderStatus::Completed;
        state.completedAt = event.at;
        return true;
    case EventType::OrderCancelled:
        state.status = OrderStatus::Cancelled;
        state.cancelledAt = event.at;
        state.cancelReason = reasonOf(event.payload);
        return true;
    case EventType::OrderRecalled: recall(state, event); return true;
    default: return false;
    }
}

void applyOtherEvent(OrderState &state, const OrderEvent &event)
{
    switch (event.type) {
    case EventType::ItemStarted: return setLines(state, event, LineStatus::Started, isUnstarted);
    case EventType::ItemReady: return setLines(state, event, LineStatus::Ready, isPending);
    case EventType::ItemRecalled: return setLines(state, event, LineStatus::Open, isReady);
    case EventType::ItemVoided: return setLines(state, event, LineStatus::Voided, isNotVoided);
    case EventType::ItemsAdded: return addLines(state, event);
    case EventType::OrderPrioritised: state.priority = priorityOf(event.payload); return;
    case EventType::OrderNoteAdded:
        state.notes.push_back({event.at, event.actor.id, noteOf(event.payload)});
        return;
    case EventType::CourseFired: return fireCourse(state, courseOf(event.payload));
    case EventType::KitchenNotified: return addMessage(state, event, MessageTarget::Kitchen);
    case EventType::FrontNotified: return addMessage(state, event, MessageTarget::Front);
    case EventType::ItemMoved:
        return markLines(state, event,
                         [&](OrderLine &line) { line.movedTo = stationOf(event.payload); });
    case EventType::AllergensAcknowledged:
        return markLines(state, event, [](OrderLine &line) { line.allergensAcknowledged = true; });
    case EventType::VoidAcknowledged:
        return markLines(state, event, [](OrderLine &line) { line.voidAcknowledged = true; });
    case EventType::CourseHeld: return holdCourse(state, courseOf(event.payload));
    default: ++state.unknownEvents;
    }
}

} // namespace

void applyEvent(OrderState &state, const OrderEvent &event)
{
    if (!applyStatusEvent(state, event))
        applyOtherEvent(state, event);
    state.seq = event.seq;
    state.pos = event.pos;
}

std::optional<OrderState> foldOrder(const std::vector<OrderEvent> &events)
{
    if (events.empty() || events.front().type != EventType::OrderPlaced)
        return std::nullopt;
    OrderState state;
    for (const OrderEvent &event : events) {
        if (event.seq != state.seq + 1 || event.orderId != events.front().orderId)
            return std::nullopt;
        applyEvent(state, event);
    }
    return state;
}

} // namespace cf
