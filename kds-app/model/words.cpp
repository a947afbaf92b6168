// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/words.h"

#include <QCoreApplication>
#include <QDateTime>

namespace cf::kds::words {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

QString local(Timestamp at, const QString &format)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()).toString(format);
}

// With a place for the order's number.
QString deed(IntentKind kind)
{
    switch (kind) {
    case IntentKind::Start: return Kitchen::tr("%1 was not started");
    case IntentKind::LinesReady:
    case IntentKind::OrderReady: return Kitchen::tr("%1 was not bumped");
    case IntentKind::RecallLines:
    case IntentKind::RecallOrder: return Kitchen::tr("%1 was not recalled");
    case IntentKind::Complete: return Kitchen::tr("%1 was not closed");
    case IntentKind::MoveLines: return Kitchen::tr("%1 was not moved");
    case IntentKind::AcknowledgeAllergens:
    case IntentKind::AcknowledgeVoids: return Kitchen::tr("%1 was not confirmed");
    case IntentKind::FireCourse: return Kitchen::tr("%1 was not fired");
    case IntentKind::HoldCourse: return Kitchen::tr("%1 was not held");
    case IntentKind::Prioritise:
    case IntentKind::Deprioritise: return Kitchen::tr("%1 keeps its priority");
    case IntentKind::TellFront: return Kitchen::tr("%1 has not told the floor");
    }
    return {};
}

// What is so instead.
QString instead(const Refusal &refusal)
{
    if (refusal.code == u"unknown_order")
        return Kitchen::tr("the hub does not know this order");
    if (!refusal.current)
        return refusal.detail;
    switch (*refusal.current) {
    case OrderStatus::Cancelled: return Kitchen::tr("it has been cancelled");
    case OrderStatus::Completed: return Kitchen::tr("it has already been picked up");
    case OrderStatus::Ready: return Kitchen::tr("it is already ready");
    case OrderStatus::Placed: return Kitchen::tr("it has not been paid yet");
    default: return refusal.detail.isEmpty() ? status(*refusal.current) : refusal.detail;
    }
}

} // namespace

QString serviceType(std::optional<ServiceType> type)
{
    if (!type)
        return {};
    switch (*type) {
    case ServiceType::DineIn: return Kitchen::tr("Dine in");
    case ServiceType::Takeaway: return Kitchen::tr("Takeaway");
    case ServiceType::Delivery: return Kitchen::tr("Delivery");
    case ServiceType::DriveThru: return Kitchen::tr("Drive-thru");
    case ServiceType::Curbside: return Kitchen::tr("Curbside");
    }
    return {};
}

QString place(const OrderState &order)
{
    QStringList parts;
    if (!order.table.isEmpty())
        parts.append(Kitchen::tr("Table %1").arg(order.table));
    if (!order.customerName.isEmpty())
        parts.append(order.customerName);
    return parts.join(QStringLiteral(" · "));
}

QString served(const OrderState &order)
{
    QStringList parts = {serviceType(order.serviceType), place(order)};
    if (order.covers && *order.covers > 0) {
        parts.append(*order.covers == 1 ? Kitchen::tr("1 guest")
                                        : Kitchen::tr("%1 guests").arg(*order.covers));
    }
    if (order.dueAt)
        parts.append(Kitchen::tr("due %1").arg(clockMinutes(*order.dueAt)));
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString clock(Timestamp at)
{
    return local(at, QStringLiteral("HH:mm:ss"));
}

QString clockMinutes(Timestamp at)
{
    return local(at, QStringLiteral("HH:mm"));
}

QString age(std::chrono::seconds age)
{
    const qint64 s = std::max<qint64>(0, age.count());
    constexpr qint64 hour = 3'600;
    constexpr qint64 day = 24 * hour;
    if (s >= 2 * day)
        return Kitchen::tr("%1 d").arg(s / day);
    if (s >= hour)
        return Kitchen::tr("%1 h %2").arg(s / hour).arg(s / 60 % 60, 2, 10, QLatin1Char('0'));
    return QStringLiteral("%1:%2").arg(s / 60).arg(s % 60, 2, 10, QLatin1Char('0'));
}

QString ago(std::chrono::milliseconds since)
{
    const qint64 s =
        std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(since).count());
    if (s < 120)
        return Kitchen::tr("%1 s").arg(s);
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 3'600;
    return s < 2 * hour ? Kitchen::tr("%1 min").arg(s / minute) : Kitchen::tr("%1 h").arg(s / hour);
}

QString startsIn(std::chrono::milliseconds left)
{
    return Kitchen::tr("in %1 min").arg(std::chrono::ceil<std::chrono::minutes>(left).count());
}

QString dueIn(std::chrono::milliseconds left)
{
    using std::chrono::minutes;
    constexpr qint64 hour = 60;
    const qint64 ahead = std::chrono::ceil<minutes>(left).count();
    const qint64 over = std::chrono::floor<minutes>(-left).count();
    if (ahead >= 2 * hour)
        return Kitchen::tr("due in %1 h").arg(ahead / hour);
    if (ahead > 0)
        return Kitchen::tr("due in %1 min").arg(ahead);
    if (over == 0)
        return Kitchen::tr("due now");
    return over < 2 * hour ? Kitchen::tr("%1 min overdue").arg(over)
                           : Kitchen::tr("%1 h overdue").arg(over / hour);
}

QString modifier(const Modifier &modifier)
{
    if (modifier.quantity == 1)
        return modifier.name;
    return QStringLiteral("%1 × %2").arg(modifier.quantity).arg(modifier.name);
}

QString status(OrderStatus status)
{
    switch (status) {
    case OrderStatus::Placed: return Kitchen::tr("Not paid");
    case OrderStatus::Paid: return Kitchen::tr("New");
    case OrderStatus::Accepted: return Kitchen::tr("Accepted");
    case OrderStatus::InKitchen: return Kitchen::tr("Cooking");
    case OrderStatus::Ready: return Kitchen::tr("Ready");
    case OrderStatus::Completed: return Kitchen::tr("Picked up");
    case OrderStatus::Cancelled: return Kitchen::tr("Cancelled");
    }
    return {};
}

QString alarmTitle(const std::vector<StationAlarm> &alarms, const QStringList &names)
{
    if (alarms.empty())
        return {};
    if (alarms.size() > 1)
        return Kitchen::tr("%1 stations are not looked after").arg(alarms.size());
    return alarms.front().reason == AlarmReason::Off
               ? Kitchen::tr("%1 is off").arg(names.value(0))
               : Kitchen::tr("%1 does not show its tickets").arg(names.value(0));
}

QString alarmDetail(const std::vector<StationAlarm> &alarms, const QStringList &names)
{
    if (alarms.empty())
        return {};
    int tickets = 0;
    Timestamp since = alarms.front().since;
    for (const StationAlarm &alarm : alarms) {
        tickets += alarm.tickets;
        since = std::min(since, alarm.since);
    }
    QStringList parts;
    if (alarms.size() > 1)
        parts.append(names.join(QStringLiteral(", ")));
    parts.append(tickets == 0   ? Kitchen::tr("nothing to cook there yet")
                 : tickets == 1 ? Kitchen::tr("1 ticket unseen")
                                : Kitchen::tr("%1 tickets unseen").arg(tickets));
    parts.append(Kitchen::tr("since %1").arg(clockMinutes(since)));
    return parts.join(QStringLiteral(" · "));
}

QString number(const QString &number)
{
    bool plain = false;
    number.toULongLong(&plain);
    return plain ? QStringLiteral("#%1").arg(number) : number;
}

QString refusal(const Refusal &refusal)
{
    const QString what = deed(refusal.kind).arg(number(refusal.number));
    const QString why = instead(refusal);
    return why.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, why);
}

} // namespace cf::kds::words
