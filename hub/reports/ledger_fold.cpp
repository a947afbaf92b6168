// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/ledger_fold.h"

#include "shared/order/payload.h"

#include <algorithm>

namespace cf::hub {

namespace {

using std::chrono::milliseconds;

// The kitchen's business: paid for, or further.
bool isLit(OrderStatus status)
{
    return status != OrderStatus::Placed && status != OrderStatus::Cancelled;
}

void noteFiring(LedgerOrder &order, const OrderEvent &event)
{
    if (!isLit(order.state.status))
        return;
    const bool isCourse = event.type == EventType::CourseFired;
    const int course = isCourse ? courseOf(event.payload) : 0;
    for (size_t i = 0; i < order.lines.size(); ++i) {
        const OrderLine &line = order.state.lines[i];
        LedgerLine &known = order.lines[i];
        if (!isPending(line.status))
            continue;
        const bool isItsCourse = isCourse && line.item.course == course && !known.startedAt;
        if (!known.firedAt || (isItsCourse && !known.readyAt))
            known.firedAt = event.at;
    }
}

void noteReady(LedgerLine &known, const OrderEvent &event, Bump &bump)
{
    if (!known.readyAt) {
        known.readyAt = event.at;
        known.readyPos = event.pos;
    }
    known.lastBumpPos = event.pos;
    known.lastBumpAt = event.at;
    ++bump.lines;
    if (known.firedAt)
        bump.age = std::max(bump.age, milliseconds(event.at - *known.firedAt));
}

void noteRecalled(LedgerLine &known, Recall &recall)
{
    ++known.recalls;
    ++recall.lines;
    recall.bumpedAt = std::max(recall.bumpedAt, known.lastBumpAt);
    if (std::find(recall.bumps.begin(), recall.bumps.end(), known.lastBumpPos)
        == recall.bumps.end())
        recall.bumps.push_back(known.lastBumpPos);
}

void noteVoided(LedgerLine &known, LineStatus before, const OrderEvent &event)
{
    known.voidedAt = event.at;
    known.voidReason = reasonOf(event.payload);
    known.voidedBy = event.actor.id;
    known.wasReadyWhenVoided = before == LineStatus::Ready;
}

std::vector<LineStatus> statusesOf(const OrderState &state)
{
    std::vector<LineStatus> statuses;
    statuses.reserve(state.lines.size());
    for (const OrderLine &line : state.lines)
        statuses.push_back(line.status);
    return statuses;
}

void noteLines(LedgerOrder &order, const std::vector<LineStatus> &before, const OrderEvent &event,
               Bump &bump, Recall &recall)
{
    const size_t count = std::min(before.size(), order.state.lines.size());
    for (size_t i = 0; i < count; ++i) {
        const LineStatus was = before[i];
        const LineStatus is = order.state.lines[i].status;
        LedgerLine &known = order.lines[i];
        if (was == is)
            continue;
        if (is == LineStatus::Started && !known.startedAt)
            known.startedAt = event.at;
        if (is == LineStatus::Ready)
            noteReady(known, event, bump);
        if (was == LineStatus::Ready && is == LineStatus::Open)
            noteRecalled(known, recall);
        if (is == LineStatus::Voided)
            noteVoided(known, was, event);
    }
}

void noteOrder(LedgerOrder &order, const OrderEvent &event)
{
    if (event.type == EventType::OrderReady && !order.readyAt)
        order.readyAt = event.at;
    if (event.type == EventType::OrderCompleted && !order.completedAt)
        order.completedAt = event.at;
    if (event.type == EventType::OrderCancelled)
        order.cancelledBy = event.actor.id;
}

} // namespace

LedgerEffects applyToLedger(LedgerOrder &order, const OrderEvent &event)
{
    const std::vector<LineStatus> before = statusesOf(order.state);
    const OrderStatus statusBefore = order.state.status;
    applyEvent(order.state, event);
    order.lines.resize(order.state.lines.size());
    for (LedgerLine &known : order.lines) {
        if (!known.addedAt)
            known.addedAt = event.at;
    }
    LedgerEffects effects;
    Bump bump{event.pos, event.at, event.actor.kind, event.actor.id, 0, milliseconds(0)};
    Recall recall{event.pos, event.at, event.actor.kind, event.actor.id, 0, false, false, {}, {}};
    noteLines(order, before, event, bump, recall);
    noteFiring(order, event);
    noteOrder(order, event);
    if (bump.lines > 0)
        effects.bump = std::move(bump);
    if (recall.lines > 0) {
        recall.wholeOrder = event.type == EventType::OrderRecalled;
        recall.wasCompleted = statusBefore == OrderStatus::Completed;
        ++order.recalls;
        effects.recall = std::move(recall);
    }
    return effects;
}

} // namespace cf::hub
