// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/event_text.h"

#include "hub/ctl/output.h"
#include "shared/base/ids.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"

#include <QDateTime>

namespace cf::hub {

namespace {

QString quoted(const QString &text)
{
    return text.isEmpty() ? QString() : QStringLiteral("\"%1\"").arg(text);
}

QString itemText(const Item &item)
{
    QString text = QStringLiteral("%1 x %2").arg(item.quantity).arg(item.name);
    QStringList more;
    for (const Modifier &modifier : item.modifiers)
        more += modifier.name;
    if (!item.note.isEmpty())
        more += quoted(item.note);
    if (!more.isEmpty())
        text += QStringLiteral(" (%1)").arg(more.join(QStringLiteral(", ")));
    return text;
}

QString itemsText(const OrderEvent &event)
{
    QStringList texts;
    for (const Item &item : itemsOf(event.payload))
        texts += itemText(item);
    return texts.join(QStringLiteral(", "));
}

QString linesText(const OrderEvent &event, const OrderState *order)
{
    QStringList texts;
    for (const QString &id : linesOf(event.payload).value_or(QStringList())) {
        const OrderLine *line = order ? order->line(id) : nullptr;
        texts +=
            line ? QStringLiteral("%1 x %2 [%3]").arg(line->item.quantity).arg(line->item.name, id)
                 : QStringLiteral("[%1]").arg(id);
    }
    return texts.join(QStringLiteral(", "));
}

QString placedText(const OrderEvent &event)
{
    OrderState placed;
    readPlaced(event.payload, placed);
    QString text = QStringLiteral("number %1: %2").arg(placed.number, itemsText(event));
    if (!placed.note.isEmpty())
        text += QStringLiteral("; ") + quoted(placed.note);
    return text;
}

QString paidText(const OrderEvent &event)
{
    const Payment payment = paymentOf(event.payload);
    if (!payment.amount)
        return payment.method;
    // Minor units, as they are stored: how many make a unit is the currency's business.
    return QStringLiteral("%1, amount %2").arg(payment.method).arg(*payment.amount);
}

QString whatItSays(const OrderEvent &event, const OrderState *order)
{
    switch (event.type) {
    case EventType::OrderPlaced: return placedText(event);
    case EventType::OrderPaid: return paidText(event);
    case EventType::OrderCancelled: return quoted(reasonOf(event.payload));
    case EventType::ItemsAdded: return itemsText(event);
    case EventType::OrderRecalled:
    case EventType::ItemStarted:
    case EventType::ItemReady:
    case EventType::ItemRecalled:
    case EventType::ItemVoided:
    case EventType::AllergensAcknowledged:
    case EventType::VoidAcknowledged: return linesText(event, order);
    case EventType::ItemMoved:
        return QStringLiteral("%1 to %2").arg(linesText(event, order), stationOf(event.payload));
    case EventType::OrderPrioritised:
        return priorityOf(event.payload) ? QStringLiteral("first") : QStringLiteral("as usual");
    case EventType::OrderNoteAdded: return quoted(noteOf(event.payload));
    case EventType::CourseFired:
    case EventType::CourseHeld: return QStringLiteral("course %1").arg(courseOf(event.payload));
    case EventType::KitchenNotified:
    case EventType::FrontNotified: return quoted(messageOf(event.payload));
    default: break;
    }
    return event.payload.isEmpty() ? QString() : QString::fromUtf8(canonicalJson(event.payload));
}

QString whoText(const Actor &actor)
{
    QString text = QString(actorKindName(actor.kind));
    if (!actor.id.isEmpty())
        text += QLatin1Char(' ') + actor.id;
    QStringList from;
    if (!actor.address.isEmpty())
        from += actor.address;
    if (!actor.userAgent.isEmpty())
        from += actor.userAgent;
    if (!from.isEmpty())
        text += QStringLiteral(" (%1)").arg(from.join(QStringLiteral(", ")));
    return text;
}

} // namespace

QString localTime(Timestamp at)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString eventLine(const OrderEvent &event, const OrderState *order)
{
    const QString says = whatItSays(event, order);
    QString line =
        QStringLiteral("%1  pos %2  seq %3  %4  %5")
            .arg(localTime(event.at), QString::number(event.pos), QString::number(event.seq),
                 event.typeName().leftJustified(17), whoText(event.actor));
    if (!order)
        line += QStringLiteral("  order ") + QString::fromLatin1(uuidText(event.orderId));
    if (!says.isEmpty())
        line += QStringLiteral("  ") + says;
    return printable(line);
}

QString orderLine(const OrderState &order)
{
    QString line = QStringLiteral("order %1  number %2  %3")
                       .arg(QString::fromLatin1(uuidText(order.id)), order.number,
                            orderStatusName(order.status));
    if (order.serviceType)
        line += QStringLiteral("  ") + serviceTypeName(*order.serviceType);
    if (!order.table.isEmpty())
        line += QStringLiteral("  table ") + order.table;
    if (!order.customerName.isEmpty())
        line += QStringLiteral("  for ") + order.customerName;
    return printable(line);
}

} // namespace cf::hub
