// SPDX-License-Identifier: Apache-2.0
// What a tap, a click or a key wishes.
#include "kds-app/model/kds_controller.h"
#include "kds-app/model/undo.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"

#include <QCoreApplication>

#include <algorithm>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

QUuid idOf(const QString &text)
{
    return parseUuid(text).value_or(QUuid());
}

QStringList among(const QStringList &lines, const QStringList &seen)
{
    QStringList both;
    for (const QString &line : lines) {
        if (seen.contains(line))
            both.append(line);
    }
    return both;
}

bool isFired(const OrderState &order, int course)
{
    return std::binary_search(order.firedCourses.begin(), order.firedCourses.end(), course);
}

} // namespace

// --- tickets ------------------------------------------------------------------------------------
void KdsController::start(const QString &orderId)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found || !m_view.facts(*found, false).canStart)
        return;
    const OrderState order = *found; // submitting may change or remove the row
    submit({IntentKind::Start, order.id, {}}, order.number);
}

void KdsController::bump(const QString &orderId, const QStringList &seenLines,
                         TicketListModel::Action seenAction)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found;
    const TicketAction action = m_view.facts(order, false).action;
    if (action != static_cast<TicketAction>(seenAction))
        return;
    switch (action) {
    case TicketAction::Bump: return bumpLines(order, seenLines);
    case TicketAction::AcknowledgeAllergens:
        return acknowledge(IntentKind::AcknowledgeAllergens, order,
                           among(m_view.allergensToAcknowledge(order), seenLines));
    case TicketAction::AcknowledgeVoids:
        return acknowledge(IntentKind::AcknowledgeVoids, order,
                           among(m_view.voidsToAcknowledge(order), seenLines));
    case TicketAction::FireCourse: return toggleCourse(orderId, m_view.heldCourse(order));
    case TicketAction::HandOut: return complete(orderId);
    case TicketAction::Wait:
        offerUndo({}, Kitchen::tr("%1 waits for the kitchen").arg(words::number(order.number)),
                  false);
    }
}

void KdsController::bumpLines(const OrderState &order, const QStringList &seen)
{
    const QString said = Kitchen::tr("%1 bumped").arg(words::number(order.number));
    const QStringList pending = m_view.bumpable(order);
    if (pending.isEmpty()) {
        // Nothing left to cook; the hub takes order_ready of a started or accepted order only.
        if (order.status == OrderStatus::Paid
            && !submit({IntentKind::Start, order.id, {}}, order.number))
            return;
        submitUndoable({IntentKind::OrderReady, order.id, {}}, order, said);
        return;
    }
    const QStringList lines = among(pending, seen);
    if (!lines.isEmpty())
        submitUndoable({IntentKind::LinesReady, order.id, lines}, order, said);
}

void KdsController::acknowledge(IntentKind kind, const OrderState &order, const QStringList &lines)
{
    if (lines.isEmpty() || !submit({kind, order.id, lines}, order.number))
        return;
    offerUndo({},
              (kind == IntentKind::AcknowledgeVoids ? Kitchen::tr("%1: void confirmed")
                                                    : Kitchen::tr("%1: allergens confirmed"))
                  .arg(words::number(order.number)),
              false);
}

void KdsController::bumpAll(const QString &orderId)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found)
        return;
    QStringList all;
    for (const OrderLine &line : found->lines)
        all.append(line.item.lineId);
    const TicketAction action = m_view.facts(*found, false).action;
    bump(orderId, all, static_cast<TicketListModel::Action>(action));
}

void KdsController::recall(const QString &orderId)
{
    const OrderState *found = order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found;
    const QString said = Kitchen::tr("%1 recalled").arg(words::number(order.number));
    const QStringList lines = m_view.recallable(order);
    if (m_view.role() != DisplayRole::Prep && !isOpen(order.status)) {
        // It was handed out, not badly cooked: back to where it waits, with nothing to cook.
        if (submit({IntentKind::RecallOrder, order.id, {}}, order.number)
            && submit({IntentKind::OrderReady, order.id, {}}, order.number))
            offerUndo({IntentKind::Complete, order.id, {}}, said, false);
        return;
    }
    if (isLiveTicket(order.status))
        submitUndoable({IntentKind::RecallLines, order.id, lines}, order, said);
    else
        submitUndoable({IntentKind::RecallOrder, order.id, lines}, order, said);
}

void KdsController::complete(const QString &orderId)
{
    const OrderState *found = order(idOf(orderId));
    if (!found || found->status != OrderStatus::Ready)
        return;
    const OrderState order = *found;
    submitUndoable({IntentKind::Complete, order.id, {}}, order,
                   Kitchen::tr("%1 picked up").arg(words::number(order.number)));
}

void KdsController::togglePriority(const QString &orderId)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found;
    submitUndoable(
        {order.priority ? IntentKind::Deprioritise : IntentKind::Prioritise, order.id, {}}, order,
        (order.priority ? Kitchen::tr("%1 in its turn") : Kitchen::tr("%1 first"))
            .arg(words::number(order.number)));
}

void KdsController::toggleCourse(const QString &orderId, int course)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found || course <= 0)
        return;
    const OrderState order = *found;
    const bool fired = isFired(order, course);
    submitUndoable(
        {fired ? IntentKind::HoldCourse : IntentKind::FireCourse, order.id, {}, {}, course}, order,
        (fired ? Kitchen::tr("%1 course %2 on hold") : Kitchen::tr("%1 course %2 fired"))
            .arg(words::number(order.number))
            .arg(course));
}

void KdsController::tellFront(const QString &orderId, const QString &message)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found || message.isEmpty())
        return;
    const QString number = found->number;
    if (submit({IntentKind::TellFront, found->id, {}, message}, number))
        offerUndo({}, Kitchen::tr("%1: the floor was told").arg(words::number(number)), false);
}

// --- lines --------------------------------------------------------------------------------------
void KdsController::toggleLine(const QString &orderId, const QString &lineId)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found;
    const std::vector<ShownLine> rows = m_view.rows(order);
    const auto shown = std::find_if(rows.begin(), rows.end(),
                                    [&](const ShownLine &row) { return row.ids.contains(lineId); });
    if (shown == rows.end())
        return;
    if (shown->waitsForVoid())
        return acknowledge(IntentKind::AcknowledgeVoids, order, shown->ids);
    if (shown->line.status == LineStatus::Voided)
        return;
    if (!shown->canToggle) {
        if (isPending(shown->line.status)) {
            offerUndo({},
                      Kitchen::tr("%1 %2: the kitchen says when it is cooked")
                          .arg(words::number(order.number), shown->line.item.name),
                      false);
        }
        return;
    }
    if (shown->waitsForAllergens())
        return acknowledge(IntentKind::AcknowledgeAllergens, order, shown->ids);
    const bool done = shown->line.status == LineStatus::Ready;
    submitUndoable({done ? IntentKind::RecallLines : IntentKind::LinesReady, order.id, shown->ids},
                   order,
                   (done ? Kitchen::tr("%1 %2 recalled") : Kitchen::tr("%1 %2 done"))
                       .arg(words::number(order.number), shown->line.item.name));
}

void KdsController::moveLine(const QString &orderId, const QString &lineId, const QString &station)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    const OrderLine *line = found ? found->line(lineId) : nullptr;
    if (!line || m_view.stationName(station).isEmpty())
        return;
    const OrderState order = *found;
    const QString name = line->item.name;
    submitUndoable({IntentKind::MoveLines, order.id, m_view.sameAs(order, lineId), station, 0,
                    m_view.stationOf(order, *line)},
                   order,
                   Kitchen::tr("%1 %2 to %3")
                       .arg(words::number(order.number), name, m_view.stationName(station)));
}

QVariantList KdsController::stationsFor(const QString &orderId, const QString &lineId) const
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    const OrderLine *line = found ? found->line(lineId) : nullptr;
    QVariantList stations;
    if (!line)
        return stations;
    const QString now = m_view.stationOf(*found, *line);
    for (const Station &station : m_view.stations()) {
        if (station.id != now) {
            stations.append(QVariantMap{{QStringLiteral("id"), station.id},
                                        {QStringLiteral("name"), station.name}});
        }
    }
    return stations;
}

// --- the way back, and what is told -------------------------------------------------------------
void KdsController::undo()
{
    if (!m_canUndo)
        return;
    const KitchenIntent done = m_undoable;
    clearUndo();
    const OrderState *found = order(done.orderId);
    const QString number = found ? found->number : QString();
    const OrderStatus current = found ? found->status : OrderStatus::Completed;
    for (const KitchenIntent &intent : undoOf(done, current)) {
        if (!submit(intent, number))
            return;
    }
}

void KdsController::dismissUndo()
{
    clearUndo();
}

void KdsController::dismissNotice()
{
    if (const qint64 refused = m_notices.dismiss(); refused > 0)
        m_port.refusalSeen(refused);
}

bool KdsController::submit(const KitchenIntent &intent, const QString &number)
{
    m_tickets.setOwn(intent.orderId); // it shows at once, and perhaps others' changes with it
    const Status kept = m_port.submit(intent);
    m_tickets.setOwn({});
    if (kept)
        return true;
    const ErrorCode code = kept.error().code;
    if (code == ErrorCode::TransitionNotAllowed || code == ErrorCode::UnknownOrder
        || code == ErrorCode::UnknownLine) {
        showRefusal({0, intent.kind, number, {}, kept.error().detail, {}});
        return false;
    }
    m_notices.add(NoticeQueue::Trouble,
                  Kitchen::tr("%1: the tap could not be saved, nothing was done. %2")
                      .arg(words::number(number), kept.error().detail));
    return false;
}

void KdsController::submitUndoable(const KitchenIntent &intent, const OrderState &order,
                                   const QString &text)
{
    if (submit(intent, order.number))
        offerUndo(intent, text, !undoOf(intent, order.status).empty());
}

void KdsController::offerUndo(const KitchenIntent &done, const QString &text, bool canUndo)
{
    m_undoable = done;
    m_canUndo = canUndo;
    m_undoText = text;
    m_undoUntil = m_clock.monotonic() + limits::undoOffered;
    Q_EMIT undoChanged();
}

void KdsController::clearUndo()
{
    if (m_undoText.isEmpty())
        return;
    m_undoText.clear();
    m_canUndo = false;
    Q_EMIT undoChanged();
}

} // namespace cf::kds
