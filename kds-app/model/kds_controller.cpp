// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/kds_controller.h"

#include "kds-app/model/undo.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"

#include <QSet>

namespace cf::kds {

namespace {

QStringList pendingLines(const OrderState &order)
{
    QStringList ids;
    for (const OrderLine &line : order.lines) {
        if (isPending(line.status))
            ids.append(line.item.lineId);
    }
    return ids;
}

QStringList readyLines(const OrderState &order)
{
    QStringList ids;
    for (const OrderLine &line : order.lines) {
        if (line.status == LineStatus::Ready)
            ids.append(line.item.lineId);
    }
    return ids;
}

QUuid idOf(const QString &text)
{
    return parseUuid(text).value_or(QUuid());
}

} // namespace

KdsController::KdsController(QString stationName, KitchenPort &port, const Clock &clock,
                             AgeThresholds thresholds, QObject *parent)
    : QObject(parent), m_stationName(std::move(stationName)), m_port(port), m_clock(clock),
      m_tickets(thresholds)
{
    connect(&m_tickets, &TicketListModel::ticketCancelled, this,
            [this](const QString &number, const QString &reason) {
                const QString what =
                    QStringLiteral("%1 cancelled: stop cooking").arg(words::number(number));
                m_notices.add(NoticeQueue::Cancelled,
                              reason.isEmpty() ? what
                                               : QStringLiteral("%1 (%2)").arg(what, reason));
            });
    m_timer.setInterval(limits::ageTick);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &KdsController::tick);
    m_timer.start();
    tick();
}

void KdsController::showOrder(const OrderState &order, bool unsent)
{
    m_tickets.update(order, unsent);
    m_ready.update(order);
    m_closed.update(order);
}

void KdsController::forgetOrder(const QUuid &orderId)
{
    m_tickets.remove(orderId);
    m_ready.remove(orderId);
    m_closed.remove(orderId);
}

void KdsController::showAll(const std::vector<const OrderState *> &orders,
                            const QSet<QUuid> &unsent)
{
    QSet<QUuid> ids;
    for (const OrderState *order : orders)
        ids.insert(order->id);
    m_tickets.keepOnly(ids);
    m_ready.keepOnly(ids);
    m_closed.keepOnly(ids);
    for (const OrderState *order : orders)
        showOrder(*order, unsent.contains(order->id));
}

void KdsController::showClosed(const std::vector<const OrderState *> &orders)
{
    QSet<QUuid> ids;
    for (const OrderState *order : orders)
        ids.insert(order->id);
    m_closed.keepOnly(ids);
    for (const OrderState *order : orders)
        m_closed.update(*order);
}

void KdsController::showRefusal(const words::Refusal &refusal)
{
    m_notices.add(NoticeQueue::Refused, words::refusal(refusal), refusal.n);
}

void KdsController::setRestaurantName(const QString &name)
{
    if (name == m_restaurantName)
        return;
    m_restaurantName = name;
    Q_EMIT restaurantNameChanged();
}

void KdsController::setHubOffset(std::chrono::milliseconds offset)
{
    m_hubOffset = offset;
    tick();
}

void KdsController::start(const QString &orderId)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (found)
        submit({IntentKind::Start, found->id, {}}, found->number);
}

void KdsController::bump(const QString &orderId, const QStringList &seenLines)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found; // submitting may change or remove the row
    const QString said = QStringLiteral("%1 bumped").arg(words::number(order.number));
    const QStringList pending = pendingLines(order);
    if (pending.isEmpty()) {
        // Nothing left to cook; the hub takes order_ready of a started or accepted order only.
        if (order.status == OrderStatus::Paid
            && !submit({IntentKind::Start, order.id, {}}, order.number))
            return;
        submitUndoable({IntentKind::OrderReady, order.id, {}}, order, said);
        return;
    }
    QStringList lines;
    for (const QString &line : pending) {
        if (seenLines.contains(line))
            lines.append(line);
    }
    if (!lines.isEmpty())
        submitUndoable({IntentKind::LinesReady, order.id, lines}, order, said);
}

void KdsController::bumpAll(const QString &orderId)
{
    if (const OrderState *found = m_tickets.order(idOf(orderId)))
        bump(orderId, pendingLines(*found));
}

void KdsController::toggleLine(const QString &orderId, const QString &lineId)
{
    const OrderState *found = m_tickets.order(idOf(orderId));
    const OrderLine *line = found ? found->line(lineId) : nullptr;
    if (!line || line->status == LineStatus::Voided)
        return;
    const OrderState order = *found;
    const QString name = line->item.name;
    const bool done = line->status == LineStatus::Ready;
    submitUndoable({done ? IntentKind::RecallLines : IntentKind::LinesReady, order.id, {lineId}},
                   order,
                   QStringLiteral("%1 %2 %3")
                       .arg(words::number(order.number), name,
                            done ? QStringLiteral("recalled") : QStringLiteral("done")));
}

void KdsController::recall(const QString &orderId)
{
    const OrderState *found = order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found;
    submitUndoable({IntentKind::RecallOrder, order.id, readyLines(order)}, order,
                   QStringLiteral("%1 recalled").arg(words::number(order.number)));
}

void KdsController::complete(const QString &orderId)
{
    const OrderState *found = m_ready.order(idOf(orderId));
    if (!found)
        return;
    const OrderState order = *found;
    submitUndoable({IntentKind::Complete, order.id, {}}, order,
                   QStringLiteral("%1 picked up").arg(words::number(order.number)));
}

void KdsController::undo()
{
    if (m_undoText.isEmpty())
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

Timestamp KdsController::hubNow() const
{
    return m_clock.now() + m_hubOffset;
}

const OrderState *KdsController::order(const QUuid &orderId) const
{
    if (const OrderState *live = m_tickets.order(orderId))
        return live;
    if (const OrderState *ready = m_ready.order(orderId))
        return ready;
    return m_closed.order(orderId);
}

void KdsController::tick()
{
    const Timestamp now = hubNow();
    m_tickets.setNow(now);
    m_ready.setNow(now);
    m_closed.setNow(now);
    if (!m_undoText.isEmpty() && m_clock.monotonic() >= m_undoUntil)
        clearUndo();
    QString text = words::clockMinutes(now);
    if (text == m_clockText)
        return;
    m_clockText = std::move(text);
    Q_EMIT clockTextChanged();
}

bool KdsController::submit(const KitchenIntent &intent, const QString &number)
{
    const Status kept = m_port.submit(intent);
    if (kept)
        return true;
    const ErrorCode code = kept.error().code;
    if (code == ErrorCode::TransitionNotAllowed || code == ErrorCode::UnknownOrder
        || code == ErrorCode::UnknownLine) {
        showRefusal({0, intent.kind, number, {}, kept.error().detail, {}});
        return false;
    }
    m_notices.add(NoticeQueue::Trouble,
                  QStringLiteral("%1: the tap could not be saved, nothing was done. %2")
                      .arg(words::number(number), kept.error().detail));
    return false;
}

void KdsController::submitUndoable(const KitchenIntent &intent, const OrderState &order,
                                   const QString &text)
{
    if (!submit(intent, order.number))
        return;
    m_undoable = intent;
    m_undoText = text;
    m_undoUntil = m_clock.monotonic() + limits::undoOffered;
    Q_EMIT undoChanged();
}

void KdsController::clearUndo()
{
    if (m_undoText.isEmpty())
        return;
    m_undoText.clear();
    Q_EMIT undoChanged();
}

} // namespace cf::kds
