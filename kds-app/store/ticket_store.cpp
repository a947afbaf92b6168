// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/ticket_store.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/order/transition.h"

#include <algorithm>

namespace cf::kds {

namespace {

bool isHash(const QByteArray &h)
{
    return h.size() == 16 && isLowerHex(h);
}

// Positions must rise within (prev, to]; the hub may leave some out, never repeat or swap them.
bool isWellFormed(const Events &frame)
{
    qint64 last = frame.prev;
    for (const StreamEvent &event : frame.events) {
        if (event.event.pos <= last || event.event.pos > frame.to)
            return false;
        last = event.event.pos;
    }
    return frame.to >= frame.prev && isHash(frame.h);
}

QSet<QUuid> recentIds(const Board &board)
{
    QSet<QUuid> ids;
    for (const OrderState *order : board.recentOrders())
        ids.insert(order->id);
    return ids;
}

} // namespace

void TicketStore::load(Board board, std::optional<Cursor> cursor)
{
    m_board = std::move(board);
    m_cursor = std::move(cursor);
    m_snapshot.reset();
    m_dirty = {};
    replaced();
}

// Everything may be different: overlays are made anew over what is there now.
void TicketStore::replaced()
{
    m_overlay.clear();
    for (const auto &numbered : m_pending)
        rebuildOverlay(numbered.second.command.orderId);
    m_touched.clear();
    m_reset = true;
}

EventsOutcome TicketStore::applyEvents(const Events &frame)
{
    if (!isWellFormed(frame))
        return EventsOutcome::Malformed;
    if (!m_cursor || frame.prev != m_cursor->pos)
        return EventsOutcome::WrongPosition;
    Board next = m_board;
    QSet<QUuid> touched;
    qint64 duplicates = 0;
    for (const StreamEvent &event : frame.events) {
        switch (next.apply(event.event, event.order ? &*event.order : nullptr)) {
        case Board::Applied::Applied: touched.insert(event.event.orderId); break;
        case Board::Applied::AlreadyApplied: ++duplicates; break;
        case Board::Applied::Hole: return EventsOutcome::Hole;
        }
    }
    touched.unite(recentIds(m_board).subtract(recentIds(next))); // pushed off the list
    m_applied += static_cast<qint64>(frame.events.size()) - duplicates;
    m_duplicates += duplicates;
    m_board = std::move(next);
    m_cursor->pos = frame.to;
    m_cursor->h = frame.h;
    m_dirty.cursor = true;
    m_dirty.orders.unite(touched);
    for (const QUuid &id : std::as_const(touched))
        touch(id);
    dropSettled(false);
    return EventsOutcome::Applied;
}

void TicketStore::beginSnapshot(const QByteArray &epoch)
{
    m_snapshot = Assembly();
    m_snapshot->epoch = epoch;
}

bool TicketStore::addSnapshotPart(SnapPart part)
{
    if (!m_snapshot)
        return false;
    Assembly &assembly = *m_snapshot;
    const bool isFirst = assembly.received == 0;
    const bool fits = part.part == assembly.received + 1 && part.part <= part.parts
                      && part.parts <= limits::snapshotPartsMax
                      && (isFirst || (part.parts == assembly.parts && part.at == assembly.at));
    if (!fits) {
        m_snapshot.reset();
        return false;
    }
    assembly.at = part.at;
    assembly.parts = part.parts;
    ++assembly.received;
    std::move(part.orders.begin(), part.orders.end(), std::back_inserter(assembly.orders));
    std::move(part.recent.begin(), part.recent.end(), std::back_inserter(assembly.recent));
    return true;
}

SnapshotOutcome TicketStore::endSnapshot(const SnapEnd &end)
{
    std::optional<Assembly> assembly = std::exchange(m_snapshot, std::nullopt);
    if (!assembly || assembly->received == 0 || assembly->received != assembly->parts
        || end.at != assembly->at || !isHash(end.h))
        return SnapshotOutcome::Malformed;
    Board next;
    if (isPlanted(Mutant::SnapshotMerged)) {
        for (const OrderState *order : m_board.openOrders())
            assembly->orders.push_back(*order);
    }
    next.reset(std::move(assembly->orders), std::move(assembly->recent));
    if (next.count() != end.count || digestText(next.digest()) != end.digest)
        return SnapshotOutcome::Differs;
    const bool sameLog = m_cursor && m_cursor->epoch == assembly->epoch;
    m_board = std::move(next);
    m_cursor = Cursor{assembly->epoch, end.at, end.h};
    m_dirty = {};
    m_dirty.whole = true;
    dropSettled(!sameLog);
    replaced();
    return SnapshotOutcome::Replaced;
}

DigestOutcome TicketStore::compare(qint64 pos, int count, const QByteArray &digest) const
{
    if (!m_cursor || pos != m_cursor->pos)
        return DigestOutcome::NotComparable;
    const bool equal = count == m_board.count() && digest == digestText(m_board.digest());
    return equal ? DigestOutcome::Equal : DigestOutcome::Different;
}

void TicketStore::addPending(PendingCommand command)
{
    const QUuid orderId = command.orderId;
    const qint64 n = command.n;
    m_pending.insert_or_assign(n, Pending{std::move(command), std::nullopt});
    touch(orderId);
}

void TicketStore::settle(qint64 n, qint64 pos)
{
    if (isPlanted(Mutant::PendingForEver))
        return;
    const auto it = m_pending.find(n);
    if (it == m_pending.end())
        return;
    if (pos > position()) {
        it->second.settledAt = pos;
        return;
    }
    const QUuid orderId = it->second.command.orderId;
    m_pending.erase(it);
    touch(orderId);
}

// `all`: positions of another log say nothing about this one.
void TicketStore::dropSettled(bool all)
{
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        const std::optional<qint64> settledAt = it->second.settledAt;
        if (!settledAt || (!all && *settledAt > position())) {
            ++it;
            continue;
        }
        const QUuid orderId = it->second.command.orderId;
        it = m_pending.erase(it);
        touch(orderId);
    }
}

bool TicketStore::hasPending(const QUuid &orderId) const
{
    return std::any_of(m_pending.begin(), m_pending.end(), [&](const auto &numbered) {
        return numbered.second.command.orderId == orderId;
    });
}

void TicketStore::touch(const QUuid &orderId)
{
    m_touched.insert(orderId);
    rebuildOverlay(orderId);
}

void TicketStore::rebuildOverlay(const QUuid &orderId)
{
    if (const std::optional<OrderState> order = overlaid(orderId))
        m_overlay.insert(orderId, *order);
    else
        m_overlay.remove(orderId);
}

// The order with its pending commands applied; nullopt when there are none that change anything.
// A command that is not possible (any more) is left out: the hub's answer will say so.
std::optional<OrderState> TicketStore::overlaid(const QUuid &orderId) const
{
    std::optional<OrderState> shown;
    for (const auto &numbered : m_pending) {
        const PendingCommand &pending = numbered.second.command;
        if (pending.orderId != orderId)
            continue;
        const OrderState *told = m_board.find(orderId);
        if (const auto it = m_older.constFind(orderId); !told && it != m_older.constEnd())
            told = &*it;
        if (!told)
            return std::nullopt;
        const OrderState &now = shown ? *shown : *told;
        const Result<EventDrafts> drafts =
            decide(now, {orderId, pending.type, pending.payload, std::nullopt});
        if (!drafts || drafts->empty())
            continue;
        OrderState next = now;
        for (const EventDraft &draft : *drafts) {
            OrderEvent event;
            event.pos = next.pos;
            event.orderId = orderId;
            event.seq = next.seq + 1;
            event.type = draft.type;
            event.at = pending.madeAt;
            event.actor.kind = ActorKind::Kitchen;
            event.payload = draft.payload;
            applyEvent(next, event);
        }
        shown = std::move(next);
    }
    return shown;
}

const OrderState *TicketStore::shown(const QUuid &orderId) const
{
    const auto it = m_overlay.constFind(orderId);
    return it != m_overlay.constEnd() ? &*it : m_board.find(orderId);
}

const OrderState *TicketStore::known(const QUuid &orderId) const
{
    if (const OrderState *order = shown(orderId))
        return order;
    const auto it = m_older.constFind(orderId);
    return it != m_older.constEnd() ? &*it : nullptr;
}

// What a wish of some minutes ago was about stays known, until it is answered.
void TicketStore::setOlder(const std::vector<OrderState> &orders)
{
    m_older.removeIf([this](const auto &older) { return !hasPending(older.key()); });
    for (const OrderState &order : orders)
        m_older.insert(order.id, order);
}

std::vector<const OrderState *> TicketStore::broughtBack() const
{
    std::vector<const OrderState *> orders;
    for (auto it = m_overlay.constBegin(); it != m_overlay.constEnd(); ++it) {
        if (!m_board.find(it.key()))
            orders.push_back(&*it);
    }
    return orders;
}

std::vector<const OrderState *> TicketStore::shownOpen() const
{
    std::vector<const OrderState *> orders = broughtBack();
    for (const OrderState *order : m_board.openOrders())
        orders.push_back(shown(order->id));
    for (const OrderState *order : m_board.recentOrders())
        orders.push_back(shown(order->id));
    std::erase_if(orders, [](const OrderState *order) { return !isOpen(order->status); });
    std::sort(orders.begin(), orders.end(),
              [](const OrderState *a, const OrderState *b) { return a->openedPos < b->openedPos; });
    return orders;
}

// Those closed only by a pending command come last: nobody has closed anything later.
std::vector<const OrderState *> TicketStore::shownRecent() const
{
    std::vector<const OrderState *> orders;
    for (const OrderState *order : m_board.recentOrders())
        orders.push_back(shown(order->id));
    for (const OrderState *order : m_board.openOrders())
        orders.push_back(shown(order->id));
    const std::vector<const OrderState *> back = broughtBack();
    orders.insert(orders.end(), back.begin(), back.end());
    std::erase_if(orders, [](const OrderState *order) { return isOpen(order->status); });
    return orders;
}

QHash<QUuid, TicketStore::Place> TicketStore::places() const
{
    QHash<QUuid, Place> places;
    for (const OrderState *order : shownOpen())
        places.insert(order->id, Place::Open);
    for (const OrderState *order : shownRecent())
        places.insert(order->id, Place::Recent);
    return places;
}

void TicketStore::tell(const QUuid &orderId, ChangeSet &changes)
{
    const Place before = m_told.value(orderId, Place::Nowhere);
    const OrderState *order = shown(orderId);
    if (!order) {
        if (before == Place::Nowhere)
            return;
        changes.removed.push_back(orderId);
        changes.recentChanged |= before == Place::Recent;
        m_told.remove(orderId);
        return;
    }
    const Place now = isOpen(order->status) ? Place::Open : Place::Recent;
    if (now == Place::Open)
        (before == Place::Open ? changes.changed : changes.opened).push_back(orderId);
    else if (before == Place::Open)
        changes.closed.push_back(orderId);
    changes.recentChanged |= now == Place::Recent || before == Place::Recent;
    m_told.insert(orderId, now);
}

ChangeSet TicketStore::takeChanges()
{
    ChangeSet changes;
    changes.reset = std::exchange(m_reset, false);
    const QSet<QUuid> touched = std::exchange(m_touched, {});
    if (changes.reset) {
        changes.recentChanged = true;
        m_told = places();
        return changes;
    }
    for (const QUuid &id : touched)
        tell(id, changes);
    return changes;
}

} // namespace cf::kds
