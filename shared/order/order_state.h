// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_event.h"
#include "shared/order/order_status.h"

#include <QStringList>

#include <vector>

namespace cf {

struct Modifier {
    QString group;
    QString name;
    int quantity = 1;
    std::optional<qint64> unitPrice; // minor units
    bool operator==(const Modifier &) const = default;
};

// What was ordered: the part of a line that never changes.
struct Item {
    QString lineId;
    QString sku;
    QString name;
    int quantity = 1;
    std::optional<qint64> unitPrice; // minor units
    QString category;
    QString station;
    int course = 0; // 0: none given
    QString seat;
    QString note;
    QStringList allergens;
    std::vector<Modifier> modifiers;
    bool operator==(const Item &) const = default;
};

struct OrderLine {
    Item item;
    LineStatus status = LineStatus::Open;
    int addedSeq = 1;   // seq of the event that brought it; above 1: a late addition
    int changedSeq = 1; // seq of the last event that touched it
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> readyAt;
    QString movedTo; // a station, before whatever the routing says; empty: never moved
    bool allergensAcknowledged = false; // since it was last begun
    bool voidAcknowledged = false;
    bool operator==(const OrderLine &) const = default;
};

// Taken off what the lines come to.
struct Discount {
    QString name;
    qint64 amount = 0; // minor units
    bool operator==(const Discount &) const = default;
};

struct Tax {
    QString name;
    std::optional<int> rate; // thousandths of a per cent
    qint64 amount = 0;       // minor units
    bool included = false;   // in the prices; else it comes on top
    bool operator==(const Tax &) const = default;
};

// What was paid, and what the receipt says beside the lines: as the till reckoned it, never checked
// against them. All sums in minor units.
struct Payment {
    QString method;
    QString reference;
    std::optional<qint64> amount;
    std::optional<qint64> subtotal = {};
    std::vector<Discount> discounts = {};
    std::vector<Tax> taxes = {};
    std::optional<qint64> tip = {};
    std::optional<qint64> total = {};
    bool operator==(const Payment &) const = default;
};

struct OrderNote {
    Timestamp at{};
    QString by; // actor id
    QString note;
    bool operator==(const OrderNote &) const = default;
};

enum class MessageTarget : quint8 { Kitchen, Front };

struct OrderMessage {
    Timestamp at{};
    QString by;
    MessageTarget to = MessageTarget::Kitchen;
    QString message;
    bool operator==(const OrderMessage &) const = default;
};

// The folded order: everything its events say, as of `seq`.
struct OrderState {
    QUuid id;
    OrderStatus status = OrderStatus::Placed;
    int seq = 0;
    qint64 pos = 0;       // of the last event folded in
    qint64 openedPos = 0; // of order_placed: the order of tickets
    QString number;
    QString sourceName;
    QString externalId;
    std::optional<ServiceType> serviceType;
    QString table;
    std::optional<int> covers;
    QString customerName;
    QString customerPhone;
    std::optional<Timestamp> dueAt;
    QString note;
    QString currency;
    bool priority = false;
    QJsonObject meta; // kept for the caller, never read
    std::vector<OrderLine> lines;
    std::optional<Payment> payment;
    std::vector<OrderNote> notes;
    std::vector<OrderMessage> messages;
    std::vector<int> firedCourses;
    QString cancelReason;
    // When the status was last entered.
    Timestamp placedAt{};
    std::optional<Timestamp> paidAt;
    std::optional<Timestamp> acceptedAt;
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> readyAt;
    std::optional<Timestamp> completedAt;
    std::optional<Timestamp> cancelledAt;
    std::optional<Timestamp> recalledAt;
    int recalls = 0;
    int unknownEvents = 0;
    bool operator==(const OrderState &) const = default;

    [[nodiscard]] const OrderLine *line(QStringView lineId) const;
    [[nodiscard]] OrderLine *line(QStringView lineId);
};

// True while something of the line is still to be cooked.
constexpr bool isPending(LineStatus s)
{
    return s == LineStatus::Open || s == LineStatus::Started;
}

// The fold's one step. `event` must be the order's next (seq = state.seq + 1, and order_placed
// exactly at 1): the caller checks. Pure and total: a payload that lacks a field leaves that part
// of the state as it was, so that an event once in the log can never stop a hub or a display.
void applyEvent(OrderState &state, const OrderEvent &event);

// Folds from nothing; nullopt when the events are not 1, 2, 3 ... of one order.
std::optional<OrderState> foldOrder(const std::vector<OrderEvent> &events);

} // namespace cf
