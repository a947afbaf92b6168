// SPDX-License-Identifier: Apache-2.0
#include "shared/order/transition.h"

#include "shared/base/limits.h"
#include "shared/base/mutant.h"
#include "shared/order/payload.h"

#include <algorithm>

namespace cf {

bool isAllowed(EventType type, OrderStatus from)
{
    using S = OrderStatus;
    switch (type) {
    case EventType::OrderPaid: return from == S::Placed;
    case EventType::OrderAccepted: return from == S::Paid;
    case EventType::OrderStarted: return from == S::Paid || from == S::Accepted;
    case EventType::OrderReady: return from == S::Accepted || from == S::InKitchen;
    case EventType::OrderCompleted:
        return from == S::Ready || (from == S::InKitchen && isPlanted(Mutant::MoveUnguarded));
    case EventType::OrderRecalled: return from == S::Ready || from == S::Completed;
    case EventType::ItemStarted:
    case EventType::ItemReady:
        return from == S::Paid || from == S::Accepted || from == S::InKitchen;
    case EventType::ItemRecalled:
        return from == S::Paid || from == S::Accepted || from == S::InKitchen || from == S::Ready;
    case EventType::OrderCancelled:
    case EventType::ItemVoided:
    case EventType::ItemsAdded:
    case EventType::OrderPrioritised:
    case EventType::OrderNoteAdded:
    case EventType::CourseFired:
    case EventType::CourseHeld:
    case EventType::KitchenNotified:
    case EventType::FrontNotified:
    case EventType::ItemMoved:
    case EventType::AllergensAcknowledged:
    case EventType::VoidAcknowledged: return isOpen(from);
    case EventType::OrderPlaced:
    case EventType::Unknown: return false;
    }
    return false;
}

namespace {

Error refused(const OrderState &order, EventType type, const QString &why = {})
{
    const QString detail = QStringLiteral("%1 is not possible while the order is %2%3")
                               .arg(eventTypeName(type), orderStatusName(order.status),
                                    why.isEmpty() ? QString() : QStringLiteral(": ") + why);
    return {ErrorCode::TransitionNotAllowed, detail};
}

Error fieldError(ErrorCode code, const QString &pointer, const QString &detail)
{
    return {code, detail, {{pointer, detail}}};
}

// Is what the command wishes already so?
bool isAlready(EventType type, const OrderState &order, const QJsonObject &payload)
{
    using S = OrderStatus;
    switch (type) {
    case EventType::OrderPaid: return order.status == S::Paid;
    case EventType::OrderAccepted: return order.status == S::Accepted;
    case EventType::OrderStarted: return order.status == S::InKitchen;
    case EventType::OrderReady: return order.status == S::Ready;
    case EventType::OrderCompleted: return order.status == S::Completed;
    case EventType::OrderCancelled: return order.status == S::Cancelled;
    case EventType::OrderPrioritised:
        return isOpen(order.status) && order.priority == priorityOf(payload);
    case EventType::CourseFired:
    case EventType::CourseHeld:
        return isOpen(order.status)
               && std::binary_search(order.firedCourses.begin(), order.firedCourses.end(),
                                     courseOf(payload))
                      == (type == EventType::CourseFired);
    default: return false;
    }
}

bool isItemEvent(EventType type)
{
    return type == EventType::ItemStarted || type == EventType::ItemReady
           || type == EventType::ItemRecalled || type == EventType::ItemVoided
           || type == EventType::ItemMoved || type == EventType::AllergensAcknowledged
           || type == EventType::VoidAcknowledged;
}

// Can the order's status follow from what the item event does to its lines?
bool movesStatus(EventType type)
{
    return type == EventType::ItemReady || type == EventType::ItemRecalled
           || type == EventType::ItemVoided;
}

// What an item event does to a line.
enum class LineEffect : quint8 { Changes, Already, Impossible };

LineEffect changesUnless(bool isAlready)
{
    return isAlready ? LineEffect::Already : LineEffect::Changes;
}

LineEffect lineEffect(const Command &command, const OrderLine &line)
{
    const LineStatus from = line.status;
    const bool isVoided = from == LineStatus::Voided;
    if (command.type == EventType::ItemVoided)
        return changesUnless(isVoided);
    if (isVoided != (command.type == EventType::VoidAcknowledged))
        return LineEffect::Impossible;
    switch (command.type) {
    case EventType::ItemStarted: return changesUnless(from != LineStatus::Open);
    case EventType::ItemReady: return changesUnless(from == LineStatus::Ready);
    case EventType::ItemMoved: return changesUnless(line.movedTo == stationOf(command.payload));
    case EventType::AllergensAcknowledged:
        return changesUnless(line.allergensAcknowledged || line.item.allergens.isEmpty());
    case EventType::VoidAcknowledged: return changesUnless(line.voidAcknowledged);
    default: return changesUnless(from != LineStatus::Ready); // ItemRecalled
    }
}

// The named lines that the event would change; an error for one that is unknown or voided (for
// void_acknowledged: is not).
Result<QStringList> changingLines(const OrderState &order, const Command &command)
{
    const QStringList named = linesOf(command.payload).value_or(QStringList());
    QStringList changing;
    for (qsizetype i = 0; i < named.size(); ++i) {
        const OrderLine *line = order.line(named.at(i));
        if (!line) {
            return fieldError(ErrorCode::UnknownLine, QStringLiteral("/payload/lines/%1").arg(i),
                              QStringLiteral("the order has no line \"%1\"").arg(named.at(i)));
        }
        const LineEffect effect = lineEffect(command, *line);
        if (effect == LineEffect::Impossible) {
            return refused(order, command.type,
                           QStringLiteral("line \"%1\" is %2voided")
                               .arg(named.at(i), line->status == LineStatus::Voided
                                                     ? QString()
                                                     : QStringLiteral("not ")));
        }
        if (effect == LineEffect::Changes && !changing.contains(named.at(i)))
            changing.append(named.at(i));
    }
    return changing;
}

// What must follow in the same transaction once the lines stand as in `after`.
void addConsequences(EventDrafts &drafts, const OrderState &after, EventType cause)
{
    const auto has = [&](auto test) {
        return std::any_of(after.lines.begin(), after.lines.end(),
                           [&](const OrderLine &line) { return test(line.status); });
    };
    const bool cooking = isAllowed(EventType::ItemReady, after.status);
    if (cause == EventType::ItemRecalled || cause == EventType::ItemsAdded) {
        if (after.status == OrderStatus::Ready)
            drafts.push_back({EventType::OrderRecalled, linesPayload({})});
    } else if (!has([](LineStatus s) { return s != LineStatus::Voided; })) {
        drafts.push_back({EventType::OrderCancelled, {}});
    } else if (cooking && !has(isPending)) {
        if (!isAllowed(EventType::OrderReady, after.status))
            drafts.push_back({EventType::OrderStarted, {}});
        drafts.push_back({EventType::OrderReady, {}});
    }
}

Result<EventDrafts> decideItemEvent(const OrderState &order, const Command &command)
{
    Result<QStringList> changing = changingLines(order, command);
    if (!changing)
        return changing.error();
    if (changing->isEmpty())
        return EventDrafts();
    if (!isAllowed(command.type, order.status))
        return refused(order, command.type);
    QJsonObject payload = command.payload;
    const QJsonObject lines = linesPayload(*changing);
    for (auto it = lines.begin(); it != lines.end(); ++it)
        payload.insert(it.key(), it.value());
    EventDrafts drafts = {{command.type, payload}};
    OrderState after = order;
    OrderEvent event;
    event.type = command.type;
    event.payload = payload;
    event.seq = order.seq + 1;
    applyEvent(after, event);
    if (movesStatus(command.type))
        addConsequences(drafts, after, command.type);
    return drafts;
}

Result<EventDrafts> decideItemsAdded(const OrderState &order, const Command &command)
{
    if (!isAllowed(command.type, order.status))
        return refused(order, command.type);
    std::vector<Item> items = itemsOf(command.payload);
    if (order.lines.size() + items.size() > static_cast<size_t>(limits::linesPerOrderMax)) {
        return fieldError(
            ErrorCode::ValidationFailed, QStringLiteral("/payload/items"),
            QStringLiteral("an order has at most %1 lines").arg(limits::linesPerOrderMax));
    }
    size_t next = order.lines.size();
    for (size_t i = 0; i < items.size(); ++i) {
        Item &item = items[i];
        if (item.lineId.isEmpty()) {
            do
                item.lineId = QString::number(++next);
            while (order.line(item.lineId)
                   || std::any_of(items.begin(), items.end(), [&](const Item &other) {
                          return &other != &item && other.lineId == item.lineId;
                      }));
        } else if (order.line(item.lineId)) {
            return fieldError(
                ErrorCode::ValidationFailed, QStringLiteral("/payload/items/%1/line_id").arg(i),
                QStringLiteral("the order already has a line \"%1\"").arg(item.lineId));
        }
    }
    EventDrafts drafts = {{command.type, withItems(command.payload, items)}};
    addConsequences(drafts, order, command.type);
    return drafts;
}

// Notes and messages are kept in the folded order, which must stay a page, not a book.
bool isFull(const OrderState &order, EventType type)
{
    if (type == EventType::OrderNoteAdded)
        return order.notes.size() >= static_cast<size_t>(limits::notesPerOrderMax);
    if (type == EventType::KitchenNotified || type == EventType::FrontNotified)
        return order.messages.size() >= static_cast<size_t>(limits::notesPerOrderMax);
    return false;
}

Result<EventDrafts> decideWish(const OrderState &order, const Command &command)
{
    if (isItemEvent(command.type))
        return decideItemEvent(order, command);
    if (command.type == EventType::ItemsAdded)
        return decideItemsAdded(order, command);
    if (isAlready(command.type, order, command.payload))
        return EventDrafts();
    if (!isAllowed(command.type, order.status))
        return refused(order, command.type);
    if (isFull(order, command.type))
        return refused(order, command.type, QStringLiteral("it has too many of them already"));
    if (command.type == EventType::OrderRecalled) {
        const std::optional<QStringList> lines = linesOf(command.payload);
        for (qsizetype i = 0; lines && i < lines->size(); ++i) {
            if (!order.line(lines->at(i))) {
                return fieldError(ErrorCode::UnknownLine,
                                  QStringLiteral("/payload/lines/%1").arg(i),
                                  QStringLiteral("the order has no line \"%1\"").arg(lines->at(i)));
            }
        }
    }
    return EventDrafts{{command.type, command.payload}};
}

} // namespace

Result<EventDrafts> decide(const OrderState &order, const Command &command)
{
    Result<EventDrafts> drafts = decideWish(order, command);
    if (!drafts || drafts->empty())
        return drafts;
    if (command.expectedSeq && *command.expectedSeq != order.seq) {
        return Error{ErrorCode::SeqMismatch, QStringLiteral("the order is at seq %1, not %2")
                                                 .arg(order.seq)
                                                 .arg(*command.expectedSeq)};
    }
    return drafts;
}

EventDrafts decidePlaced(const OrderState &order, const std::optional<Payment> &payment)
{
    EventDrafts drafts = {{EventType::OrderPlaced, placedPayload(order)}};
    if (payment)
        drafts.push_back({EventType::OrderPaid, paidPayload(*payment)});
    return drafts;
}

} // namespace cf
