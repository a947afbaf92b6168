// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/cook.h"

#include "shared/order/payload.h"

namespace cf::sim {

namespace {

QStringList linesWith(const OrderState &order, bool (*wanted)(LineStatus), Dice &dice)
{
    QStringList lines;
    for (const OrderLine &line : order.lines) {
        if (wanted(line.status) && !dice.oneIn(3))
            lines.append(line.item.lineId);
    }
    return lines;
}

bool isReadyLine(LineStatus status)
{
    return status == LineStatus::Ready;
}

void aim(Tap &tap, const OrderState &order, EventType type, const QJsonObject &payload = {})
{
    tap.orderId = order.id;
    tap.type = type;
    tap.payload = payload;
}

// The whole ticket, with the lines that the cook sees.
void bump(Tap &tap, const OrderState &order)
{
    QStringList lines;
    for (const OrderLine &line : order.lines) {
        if (isPending(line.status))
            lines.append(line.item.lineId);
    }
    if (lines.isEmpty())
        aim(tap, order, EventType::OrderReady);
    else
        aim(tap, order, EventType::ItemReady, linesPayload(lines));
}

void say(Tap &tap, const OrderState &order, const QString &mark, Dice &dice)
{
    tap.mark = mark;
    if (dice.oneIn(3))
        aim(tap, order, EventType::FrontNotified, {{QStringLiteral("message"), mark}});
    else
        aim(tap, order, EventType::OrderNoteAdded, {{QStringLiteral("note"), mark}});
}

void touchLines(Tap &tap, const OrderState &order, Dice &dice)
{
    const int kind = dice.below(10);
    const QStringList pending = linesWith(order, isPending, dice);
    const QStringList ready = linesWith(order, isReadyLine, dice);
    if (kind < 4 && !pending.isEmpty())
        aim(tap, order, EventType::ItemStarted, linesPayload(pending));
    else if (kind < 7 && !pending.isEmpty())
        aim(tap, order, EventType::ItemReady, linesPayload(pending));
    else if (kind < 8 && !ready.isEmpty())
        aim(tap, order, EventType::ItemRecalled, linesPayload(ready));
    else if (kind < 9 && !pending.isEmpty())
        aim(tap, order, dice.oneIn(3) ? EventType::AllergensAcknowledged : EventType::ItemVoided,
            linesPayload({pending.front()}));
    else
        aim(tap, order, EventType::OrderPrioritised, {{QStringLiteral("priority"), dice.oneIn(2)}});
}

void workOn(Tap &tap, const OrderState &order, const QString &mark, Dice &dice)
{
    const int kind = dice.below(100);
    if (kind < 25)
        say(tap, order, mark, dice);
    else if (kind < 45)
        touchLines(tap, order, dice);
    else if (kind < 48)
        aim(tap, order, dice.oneIn(3) ? EventType::CourseHeld : EventType::CourseFired,
            {{QStringLiteral("course"), dice.between(1, 3)}});
    else if (kind < 50)
        aim(tap, order, EventType::OrderCancelled,
            {{QStringLiteral("reason"), QStringLiteral("out of stock")}});
    else if (order.status == OrderStatus::Paid && kind < 70)
        aim(tap, order, dice.oneIn(2) ? EventType::OrderAccepted : EventType::OrderStarted);
    else if (order.status == OrderStatus::Accepted && kind < 70)
        aim(tap, order, EventType::OrderStarted);
    else if (order.status == OrderStatus::Ready)
        aim(tap, order, kind < 60 ? EventType::OrderRecalled : EventType::OrderCompleted);
    else
        bump(tap, order);
}

} // namespace

std::optional<Tap> drawTap(const kds::TicketStore &tickets, const QString &mark, Dice &dice)
{
    const std::vector<const OrderState *> open = tickets.shownOpen();
    const std::vector<const OrderState *> recent = tickets.shownRecent();
    Tap tap;
    if (!recent.empty() && dice.oneIn(12)) {
        const OrderState &order =
            *recent[static_cast<size_t>(dice.below(static_cast<int>(recent.size())))];
        aim(tap, order, EventType::OrderRecalled);
        return tap;
    }
    if (open.empty())
        return std::nullopt;
    // Mostly the oldest: that is what a kitchen does, and what makes displays meet on one order.
    const int reach =
        dice.oneIn(3) ? static_cast<int>(open.size()) : std::min(3, static_cast<int>(open.size()));
    const OrderState &order = *open[static_cast<size_t>(dice.below(reach))];
    workOn(tap, order, mark, dice);
    if (dice.oneIn(8))
        tap.expectedSeq = order.seq;
    return tap;
}

} // namespace cf::sim
