// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/kitchen_port.h"
#include "shared/kitchen/station_alarm.h"
#include "shared/order/order_state.h"

namespace cf::kds::words {

// What the display says, in one place. Times are shown in the display's own time zone.

QString serviceType(std::optional<ServiceType> type); // "Dine in"; "" when unknown
QString place(const OrderState &order);               // "Table 12 · Ana"
// How and to whom: "Dine in · Table 12 · 4 guests · due 12:40".
QString served(const OrderState &order);
QString clock(Timestamp at);        // "12:03:10"
QString clockMinutes(Timestamp at); // "12:03"
// "0:07", "12:40", from an hour on "1 h 05"; never negative.
QString age(std::chrono::seconds age);
// "2 s", "4 min", "3 h"; never negative.
QString ago(std::chrono::milliseconds since);
// "in 3 min", never sooner than it is.
QString startsIn(std::chrono::milliseconds left);
// "due in 8 min", "due now", "2 min overdue".
QString dueIn(std::chrono::milliseconds left);
QString modifier(const Modifier &modifier); // "2 × Bacon"
QString status(OrderStatus status);         // as a cook says it

// Order's number with its sign: "#47"; a number that is not a plain one is left as it is.
QString number(const QString &number);

// Stations that nobody looks after, by their names: what is wrong, and what it means.
QString alarmTitle(const std::vector<StationAlarm> &alarms, const QStringList &names);
QString alarmDetail(const std::vector<StationAlarm> &alarms, const QStringList &names);

// Why something a cook did has no effect. `code` is an error code's name on the wire.
struct Refusal {
    qint64 n = 0; // of the refused command
    IntentKind kind = IntentKind::LinesReady;
    QString number;
    QString code;
    QString detail;
    std::optional<OrderStatus> current;
};
QString refusal(const Refusal &refusal);

} // namespace cf::kds::words
