// SPDX-License-Identifier: Apache-2.0
#include "shared/order/payload.h"

#include <algorithm>
#include <cmath>

namespace cf {

using L1 = QLatin1StringView;

namespace {

// Absent is how nothing is written: payloads are stored for ever.
void put(QJsonObject &json, L1 key, const QString &value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

void put(QJsonObject &json, L1 key, const std::optional<qint64> &value)
{
    if (value)
        json.insert(key, *value);
}

std::optional<qint64> integerOf(const QJsonValue &value)
{
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const qint64 number = value.toInteger(none);
    return number == none ? std::nullopt : std::optional(number);
}

QString idText(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

Modifier modifierFromJson(const QJsonObject &json)
{
    Modifier modifier;
    modifier.group = json.value(L1("group")).toString();
    modifier.name = json.value(L1("name")).toString();
    modifier.quantity = json.value(L1("quantity")).toInt(1);
    modifier.unitPrice = integerOf(json.value(L1("unit_price")));
    return modifier;
}

QJsonObject modifierToJson(const Modifier &modifier)
{
    QJsonObject json;
    put(json, L1("group"), modifier.group);
    json.insert(L1("name"), modifier.name);
    json.insert(L1("quantity"), modifier.quantity);
    put(json, L1("unit_price"), modifier.unitPrice);
    return json;
}

QStringList stringsOf(const QJsonValue &value)
{
    QStringList strings;
    for (const QJsonValue &entry : value.toArray())
        strings.append(idText(entry));
    return strings;
}

} // namespace

QJsonObject itemToJson(const Item &item)
{
    QJsonObject json;
    put(json, L1("line_id"), item.lineId);
    put(json, L1("sku"), item.sku);
    json.insert(L1("name"), item.name);
    json.insert(L1("quantity"), item.quantity);
    put(json, L1("unit_price"), item.unitPrice);
    put(json, L1("category"), item.category);
    put(json, L1("station"), item.station);
    if (item.course > 0)
        json.insert(L1("course"), item.course);
    put(json, L1("seat"), item.seat);
    put(json, L1("note"), item.note);
    if (!item.allergens.isEmpty())
        json.insert(L1("allergens"), QJsonArray::fromStringList(item.allergens));
    if (!item.modifiers.empty()) {
        QJsonArray modifiers;
        for (const Modifier &modifier : item.modifiers)
            modifiers.append(modifierToJson(modifier));
        json.insert(L1("modifiers"), modifiers);
    }
    return json;
}

Item itemFromJson(const QJsonObject &json)
{
    Item item;
    item.lineId = idText(json.value(L1("line_id")));
    item.sku = json.value(L1("sku")).toString();
    item.name = json.value(L1("name")).toString();
    item.quantity = json.value(L1("quantity")).toInt(1);
    item.unitPrice = integerOf(json.value(L1("unit_price")));
    item.category = json.value(L1("category")).toString();
    item.station = json.value(L1("station")).toString();
    item.course = json.value(L1("course")).toInt(0);
    item.seat = idText(json.value(L1("seat")));
    item.note = json.value(L1("note")).toString();
    item.allergens = stringsOf(json.value(L1("allergens")));
    for (const QJsonValue &modifier : json.value(L1("modifiers")).toArray())
        item.modifiers.push_back(modifierFromJson(modifier.toObject()));
    return item;
}

QJsonArray itemsToJson(const std::vector<Item> &items)
{
    QJsonArray array;
    for (const Item &item : items)
        array.append(itemToJson(item));
    return array;
}

std::vector<Item> itemsOf(const QJsonObject &payload)
{
    std::vector<Item> items;
    for (const QJsonValue &item : payload.value(L1("items")).toArray())
        items.push_back(itemFromJson(item.toObject()));
    return items;
}

QJsonObject withItems(QJsonObject payload, const std::vector<Item> &items)
{
    payload.insert(L1("items"), itemsToJson(items));
    return payload;
}

QJsonObject placedPayload(const OrderState &order)
{
    QJsonObject json;
    put(json, L1("number"), order.number);
    if (!order.sourceName.isEmpty() || !order.externalId.isEmpty()) {
        QJsonObject source;
        put(source, L1("name"), order.sourceName);
        put(source, L1("external_id"), order.externalId);
        json.insert(L1("source"), source);
    }
    if (order.serviceType)
        json.insert(L1("service_type"), serviceTypeName(*order.serviceType));
    put(json, L1("table"), order.table);
    put(json, L1("covers"), order.covers ? std::optional<qint64>(*order.covers) : std::nullopt);
    if (!order.customerName.isEmpty() || !order.customerPhone.isEmpty()) {
        QJsonObject customer;
        put(customer, L1("name"), order.customerName);
        put(customer, L1("phone"), order.customerPhone);
        json.insert(L1("customer"), customer);
    }
    if (order.dueAt)
        json.insert(L1("due_at"), QString::fromLatin1(formatTimestamp(*order.dueAt)));
    put(json, L1("note"), order.note);
    put(json, L1("currency"), order.currency);
    if (order.priority)
        json.insert(L1("priority"), true);
    if (!order.meta.isEmpty())
        json.insert(L1("meta"), order.meta);
    QJsonArray items;
    for (const OrderLine &line : order.lines)
        items.append(itemToJson(line.item));
    json.insert(L1("items"), items);
    return json;
}

void readPlaced(const QJsonObject &payload, OrderState &into)
{
    const QJsonObject source = payload.value(L1("source")).toObject();
    const QJsonObject customer = payload.value(L1("customer")).toObject();
    into.number = idText(payload.value(L1("number")));
    into.sourceName = source.value(L1("name")).toString();
    into.externalId = idText(source.value(L1("external_id")));
    into.serviceType = serviceTypeFromName(payload.value(L1("service_type")).toString());
    into.table = idText(payload.value(L1("table")));
    const std::optional<qint64> covers = integerOf(payload.value(L1("covers")));
    into.covers = covers ? std::optional(static_cast<int>(*covers)) : std::nullopt;
    into.customerName = customer.value(L1("name")).toString();
    into.customerPhone = idText(customer.value(L1("phone")));
    into.dueAt = parseTimestamp(payload.value(L1("due_at")).toString());
    into.note = payload.value(L1("note")).toString();
    into.currency = payload.value(L1("currency")).toString();
    into.priority = payload.value(L1("priority")).toBool(false);
    into.meta = payload.value(L1("meta")).toObject();
    into.lines.clear();
    for (Item &item : itemsOf(payload)) {
        OrderLine line;
        line.item = std::move(item);
        into.lines.push_back(std::move(line));
    }
}

namespace {

QJsonObject discountToJson(const Discount &discount)
{
    return {{L1("name"), discount.name}, {L1("amount"), discount.amount}};
}

QJsonObject taxToJson(const Tax &tax)
{
    QJsonObject json{{L1("name"), tax.name}, {L1("amount"), tax.amount}};
    if (tax.rate)
        json.insert(L1("rate_percent"), *tax.rate / 1000.0);
    if (tax.included)
        json.insert(L1("included"), true);
    return json;
}

Tax taxFromJson(const QJsonObject &json)
{
    Tax tax;
    tax.name = json.value(L1("name")).toString();
    if (json.value(L1("rate_percent")).isDouble())
        tax.rate = static_cast<int>(std::lround(json.value(L1("rate_percent")).toDouble() * 1000));
    tax.amount = json.value(L1("amount")).toInteger();
    tax.included = json.value(L1("included")).toBool(false);
    return tax;
}

template<typename T>
void putEach(QJsonObject &json, L1 key, const std::vector<T> &list, QJsonObject (*write)(const T &))
{
    QJsonArray array;
    for (const T &one : list)
        array.append(write(one));
    if (!array.isEmpty())
        json.insert(key, array);
}

} // namespace

QJsonObject paidPayload(const Payment &payment)
{
    QJsonObject json;
    put(json, L1("method"), payment.method);
    put(json, L1("reference"), payment.reference);
    put(json, L1("amount"), payment.amount);
    put(json, L1("subtotal"), payment.subtotal);
    putEach(json, L1("discounts"), payment.discounts, discountToJson);
    putEach(json, L1("taxes"), payment.taxes, taxToJson);
    put(json, L1("tip"), payment.tip);
    put(json, L1("total"), payment.total);
    return json;
}

Payment paymentOf(const QJsonObject &payload)
{
    Payment payment{payload.value(L1("method")).toString(), idText(payload.value(L1("reference"))),
                    integerOf(payload.value(L1("amount")))};
    payment.subtotal = integerOf(payload.value(L1("subtotal")));
    for (const QJsonValue &value : payload.value(L1("discounts")).toArray()) {
        const QJsonObject json = value.toObject();
        payment.discounts.push_back(
            {json.value(L1("name")).toString(), json.value(L1("amount")).toInteger()});
    }
    for (const QJsonValue &value : payload.value(L1("taxes")).toArray())
        payment.taxes.push_back(taxFromJson(value.toObject()));
    payment.tip = integerOf(payload.value(L1("tip")));
    payment.total = integerOf(payload.value(L1("total")));
    return payment;
}

QJsonObject withRestaurantRevision(QJsonObject payload, qint64 revision)
{
    payload.remove(L1("restaurant_rev"));
    if (revision > 0)
        payload.insert(L1("restaurant_rev"), revision);
    return payload;
}

qint64 restaurantRevisionOf(const QJsonObject &payload)
{
    return payload.value(L1("restaurant_rev")).toInteger();
}

QJsonObject linesPayload(const QStringList &lineIds)
{
    return {{L1("lines"), QJsonArray::fromStringList(lineIds)}};
}

QJsonObject movedPayload(const QStringList &lineIds, const QString &station)
{
    QJsonObject payload = linesPayload(lineIds);
    payload.insert(L1("station"), station);
    return payload;
}

QJsonObject coursePayload(int course)
{
    return {{L1("course"), course}};
}

QJsonObject priorityPayload(bool priority)
{
    return {{L1("priority"), priority}};
}

QJsonObject messagePayload(const QString &message)
{
    return {{L1("message"), message}};
}

std::optional<QStringList> linesOf(const QJsonObject &payload)
{
    const QJsonValue lines = payload.value(L1("lines"));
    return lines.isArray() ? std::optional(stringsOf(lines)) : std::nullopt;
}

QString reasonOf(const QJsonObject &payload)
{
    return payload.value(L1("reason")).toString();
}

QString noteOf(const QJsonObject &payload)
{
    return payload.value(L1("note")).toString();
}

QString messageOf(const QJsonObject &payload)
{
    return payload.value(L1("message")).toString();
}

bool priorityOf(const QJsonObject &payload)
{
    return payload.value(L1("priority")).toBool(true);
}

int courseOf(const QJsonObject &payload)
{
    return payload.value(L1("course")).toInt(1);
}

QString stationOf(const QJsonObject &payload)
{
    return payload.value(L1("station")).toString();
}

} // namespace cf
