// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"
#include "shared/base/name_table.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/wire_value.h"

namespace cf {

using wire::Key;

namespace {

QJsonObject lineToJson(const OrderLine &line)
{
    QJsonObject json = itemToJson(line.item);
    json.insert(Key("status"), lineStatusName(line.status));
    json.insert(Key("added_seq"), line.addedSeq);
    json.insert(Key("changed_seq"), line.changedSeq);
    json.insert(Key("started_at"), wire::time(line.startedAt));
    json.insert(Key("ready_at"), wire::time(line.readyAt));
    // Only where they say something: they came later than the rest.
    if (!line.movedTo.isEmpty())
        json.insert(Key("moved_to"), line.movedTo);
    if (line.allergensAcknowledged)
        json.insert(Key("allergens_acknowledged"), true);
    if (line.voidAcknowledged)
        json.insert(Key("void_acknowledged"), true);
    return json;
}

OrderLine lineFromJson(const QJsonObject &json)
{
    OrderLine line;
    line.item = itemFromJson(json);
    line.status =
        lineStatusFromName(json.value(Key("status")).toString()).value_or(LineStatus::Open);
    line.addedSeq = json.value(Key("added_seq")).toInt(1);
    line.changedSeq = json.value(Key("changed_seq")).toInt(1);
    line.startedAt = wire::timeOf(json.value(Key("started_at")));
    line.readyAt = wire::timeOf(json.value(Key("ready_at")));
    line.movedTo = json.value(Key("moved_to")).toString();
    line.allergensAcknowledged = json.value(Key("allergens_acknowledged")).toBool();
    line.voidAcknowledged = json.value(Key("void_acknowledged")).toBool();
    return line;
}

Key targetName(MessageTarget to)
{
    return to == MessageTarget::Kitchen ? Key("kitchen") : Key("front");
}

QJsonArray notesToJson(const OrderState &order)
{
    QJsonArray notes;
    for (const OrderNote &note : order.notes) {
        notes.append(QJsonObject{
            {Key("at"), wire::time(note.at)}, {Key("by"), note.by}, {Key("note"), note.note}});
    }
    return notes;
}

QJsonArray messagesToJson(const OrderState &order)
{
    QJsonArray messages;
    for (const OrderMessage &message : order.messages) {
        messages.append(QJsonObject{{Key("at"), wire::time(message.at)},
                                    {Key("by"), message.by},
                                    {Key("to"), targetName(message.to)},
                                    {Key("message"), message.message}});
    }
    return messages;
}

void readHistory(const QJsonObject &json, OrderState &order)
{
    for (const QJsonValue &entry : json.value(Key("notes")).toArray()) {
        const QJsonObject note = entry.toObject();
        order.notes.push_back({wire::timeOf(note.value(Key("at"))).value_or(Timestamp{}),
                               note.value(Key("by")).toString(),
                               note.value(Key("note")).toString()});
    }
    for (const QJsonValue &entry : json.value(Key("messages")).toArray()) {
        const QJsonObject message = entry.toObject();
        const bool toFront =
            message.value(Key("to")).toString() == targetName(MessageTarget::Front);
        order.messages.push_back({wire::timeOf(message.value(Key("at"))).value_or(Timestamp{}),
                                  message.value(Key("by")).toString(),
                                  toFront ? MessageTarget::Front : MessageTarget::Kitchen,
                                  message.value(Key("message")).toString()});
    }
    for (const QJsonValue &course : json.value(Key("fired_courses")).toArray())
        order.firedCourses.push_back(course.toInt());
}

// The moments, by their wire name.
using Moment = std::optional<Timestamp> OrderState::*;
constexpr std::pair<Key, Moment> moments[] = {
    {Key("paid_at"), &OrderState::paidAt},
    {Key("accepted_at"), &OrderState::acceptedAt},
    {Key("started_at"), &OrderState::startedAt},
    {Key("ready_at"), &OrderState::readyAt},
    {Key("completed_at"), &OrderState::completedAt},
    {Key("cancelled_at"), &OrderState::cancelledAt},
    {Key("recalled_at"), &OrderState::recalledAt},
};

} // namespace

QJsonObject orderToJson(const OrderState &order)
{
    QJsonObject json = placedPayload(order);
    QJsonArray lines;
    for (const OrderLine &line : order.lines)
        lines.append(lineToJson(line));
    QJsonArray courses;
    for (const int course : order.firedCourses)
        courses.append(course);
    json.insert(Key("order_id"), wire::text(uuidText(order.id)));
    json.insert(Key("status"), orderStatusName(order.status));
    json.insert(Key("seq"), order.seq);
    json.insert(Key("pos"), order.pos);
    json.insert(Key("opened_pos"), order.openedPos);
    json.insert(Key("priority"), order.priority);
    json.insert(Key("items"), lines);
    json.insert(Key("notes"), notesToJson(order));
    json.insert(Key("messages"), messagesToJson(order));
    json.insert(Key("fired_courses"), courses);
    json.insert(Key("cancel_reason"), wire::textOrNull(order.cancelReason));
    json.insert(Key("placed_at"), wire::time(order.placedAt));
    for (const auto &[name, moment] : moments)
        json.insert(name, wire::time(order.*moment));
    json.insert(Key("recalls"), order.recalls);
    json.insert(Key("unknown_events"), order.unknownEvents);
    json.insert(Key("payment"), order.payment ? QJsonValue(paidPayload(*order.payment))
                                              : QJsonValue(QJsonValue::Null));
    return json;
}

Result<OrderState> orderFromJson(const QJsonObject &json)
{
    const auto bad = [](const char *field) {
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("order: bad or missing \"%1\"").arg(Key(field))};
    };
    const auto id = parseUuid(json.value(Key("order_id")).toString());
    const auto status = orderStatusFromName(json.value(Key("status")).toString());
    const auto seq = wire::intOf(json.value(Key("seq")), 1);
    if (!id)
        return bad("order_id");
    if (!status)
        return bad("status");
    if (!seq)
        return bad("seq");
    OrderState order;
    readPlaced(json, order);
    order.lines.clear();
    for (const QJsonValue &line : json.value(Key("items")).toArray())
        order.lines.push_back(lineFromJson(line.toObject()));
    order.id = *id;
    order.status = *status;
    order.seq = *seq;
    order.pos = wire::integerOf(json.value(Key("pos"))).value_or(0);
    order.openedPos = wire::integerOf(json.value(Key("opened_pos"))).value_or(0);
    order.cancelReason = json.value(Key("cancel_reason")).toString();
    order.placedAt = wire::timeOf(json.value(Key("placed_at"))).value_or(Timestamp{});
    for (const auto &[name, moment] : moments)
        order.*moment = wire::timeOf(json.value(name));
    order.recalls = json.value(Key("recalls")).toInt();
    order.unknownEvents = json.value(Key("unknown_events")).toInt();
    if (json.value(Key("payment")).isObject())
        order.payment = paymentOf(json.value(Key("payment")).toObject());
    readHistory(json, order);
    return order;
}

// --- tracker ------------------------------------------------------------------------------------

namespace {

// By status, in its order.
constexpr NameTable<OrderStatus, 7> trackerStep{{Key("created"), Key("received"), Key("received"),
                                                 Key("in_kitchen"), Key("ready"), Key("closed"),
                                                 Key("cancelled")}};

QJsonArray trackerSteps(const OrderState &order)
{
    QJsonArray steps;
    const auto add = [&](const char *name, const std::optional<Timestamp> &at) {
        steps.append(QJsonObject{{Key("name"), Key(name)}, {Key("at"), wire::time(at)}});
    };
    add("received", order.paidAt);
    add("in_kitchen", order.startedAt ? order.startedAt : order.recalledAt);
    add("ready", order.readyAt);
    if (order.cancelledAt)
        add("cancelled", order.cancelledAt);
    if (order.completedAt)
        add("closed", order.completedAt);
    return steps;
}

// A line as its guest knows it.
QJsonObject trackerItem(const OrderLine &line)
{
    QJsonObject item{{Key("name"), line.item.name}, {Key("quantity"), line.item.quantity}};
    if (!line.item.modifiers.empty()) {
        QJsonArray modifiers;
        for (const Modifier &modifier : line.item.modifiers) {
            modifiers.append(
                QJsonObject{{Key("name"), modifier.name}, {Key("quantity"), modifier.quantity}});
        }
        item.insert(Key("modifiers"), modifiers);
    }
    // Only where they say something: what became of the order after it was placed.
    if (line.addedSeq > 1)
        item.insert(Key("added"), true);
    if (line.status == LineStatus::Voided)
        item.insert(Key("voided"), true);
    return item;
}

} // namespace

QByteArray encodeTrackerView(const OrderState &order, const ReadyTime &ready)
{
    QJsonArray items;
    for (const OrderLine &line : order.lines)
        items.append(trackerItem(line));
    QJsonObject view{{Key("number"), order.number},
                     {Key("status"), orderStatusName(order.status)},
                     {Key("step"), trackerStep.nameOf(order.status)},
                     {Key("steps"), trackerSteps(order)},
                     {Key("items"), items},
                     {Key("eta"), wire::time(ready.likely)},
                     {Key("eta_from"), wire::time(ready.from)},
                     {Key("eta_to"), wire::time(ready.to)},
                     {Key("overdue"), ready.overdue},
                     {Key("again"), order.recalls > 0 && order.status == OrderStatus::InKitchen},
                     {Key("seq"), order.seq}};
    view.insert(Key("service_type"), order.serviceType
                                         ? QJsonValue(serviceTypeName(*order.serviceType))
                                         : QJsonValue(QJsonValue::Null));
    return canonicalJson(view);
}

} // namespace cf
