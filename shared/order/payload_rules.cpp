// SPDX-License-Identifier: Apache-2.0
// What the hub checks before anything is appended. Every field's error is collected, so that a
// caller mends a request in one go.
#include "shared/base/limits.h"
#include "shared/order/fields.h"
#include "shared/order/payload.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace cf {

using L1 = QLatin1StringView;

namespace {

qsizetype jsonSize(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).size();
}

std::optional<qint64> money(const Fields &fields, L1 key)
{
    return fields.integer(key, -limits::moneyMax, limits::moneyMax);
}

Modifier checkModifier(const Fields &fields)
{
    Modifier modifier;
    modifier.group = fields.text(L1("group"), limits::nameLengthMax);
    modifier.name = fields.required(L1("name"), limits::nameLengthMax);
    const auto quantity = fields.integer(L1("quantity"), 1, limits::quantityMax);
    modifier.quantity = static_cast<int>(quantity.value_or(1));
    modifier.unitPrice = money(fields, L1("unit_price"));
    return modifier;
}

Item checkItem(const Fields &fields, std::vector<FieldError> &errors)
{
    Item item;
    item.lineId = fields.label(L1("line_id"), limits::keyLengthMax);
    item.sku = fields.label(L1("sku"), limits::nameLengthMax);
    item.name = fields.required(L1("name"), limits::nameLengthMax);
    if (!fields.has(L1("quantity")))
        fields.fail(L1("quantity"), QStringLiteral("is required"));
    const auto quantity = fields.integer(L1("quantity"), 1, limits::quantityMax);
    item.quantity = static_cast<int>(quantity.value_or(1));
    item.unitPrice = money(fields, L1("unit_price"));
    item.category = fields.text(L1("category"), limits::nameLengthMax);
    item.station = fields.text(L1("station"), limits::nameLengthMax);
    item.course = static_cast<int>(fields.integer(L1("course"), 0, limits::courseMax).value_or(0));
    item.seat = fields.label(L1("seat"), limits::nameLengthMax);
    item.note = fields.text(L1("note"), limits::noteLengthMax);
    item.allergens =
        fields.labels(L1("allergens"), 0, limits::allergensPerItemMax, limits::nameLengthMax);
    const QJsonArray modifiers = fields.array(L1("modifiers"), 0, limits::modifiersPerItemMax);
    for (qsizetype i = 0; i < modifiers.size(); ++i) {
        const QString at = QStringLiteral("%1/%2").arg(fields.pointer(L1("modifiers"))).arg(i);
        if (!modifiers.at(i).isObject())
            fields.fail(at, QStringLiteral("must be an object"));
        else
            item.modifiers.push_back(checkModifier(Fields(modifiers.at(i).toObject(), at, errors)));
    }
    return item;
}

std::vector<Item> checkItems(const Fields &fields, std::vector<FieldError> &errors)
{
    std::vector<Item> items;
    QSet<QString> lineIds;
    const QJsonArray entries = fields.array(L1("items"), 1, limits::itemsPerRequestMax);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString at = QStringLiteral("%1/%2").arg(fields.pointer(L1("items"))).arg(i);
        if (!entries.at(i).isObject()) {
            fields.fail(at, QStringLiteral("must be an object"));
            continue;
        }
        const Fields entry(entries.at(i).toObject(), at, errors);
        Item item = checkItem(entry, errors);
        if (!item.lineId.isEmpty() && lineIds.contains(item.lineId))
            entry.fail(L1("line_id"), QStringLiteral("is used twice"));
        lineIds.insert(item.lineId);
        items.push_back(std::move(item));
    }
    return items;
}

// What is taken off, comes on top, or is given is not below nothing.
qint64 charge(const Fields &fields)
{
    if (!fields.has(L1("amount")))
        fields.fail(L1("amount"), QStringLiteral("is required"));
    return fields.integer(L1("amount"), 0, limits::moneyMax).value_or(0);
}

// In thousandths of a per cent: no tax has more decimals.
std::optional<int> checkRate(const Fields &fields)
{
    const QJsonValue value = fields.value(L1("rate_percent"));
    if (!fields.has(L1("rate_percent")))
        return std::nullopt;
    const double thousandths = value.toDouble(-1) * 1000;
    const double whole = std::round(thousandths);
    if (!value.isDouble() || whole < 0 || whole > 1'000'000
        || std::abs(thousandths - whole) > 1e-6) {
        fields.fail(L1("rate_percent"),
                    QStringLiteral("must be a number from 0 to 1000 with at most 3 decimals"));
        return std::nullopt;
    }
    return static_cast<int>(whole);
}

template<typename Read>
void eachObject(const Fields &fields, L1 key, std::vector<FieldError> &errors, Read read)
{
    const QJsonArray entries = fields.array(key, 0, limits::chargesPerPaymentMax);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString at = QStringLiteral("%1/%2").arg(fields.pointer(key)).arg(i);
        if (!entries.at(i).isObject())
            fields.fail(at, QStringLiteral("must be an object"));
        else
            read(Fields(entries.at(i).toObject(), at, errors));
    }
}

Payment checkPayment(const Fields &fields, std::vector<FieldError> &errors)
{
    Payment payment;
    payment.method = fields.text(L1("method"), limits::nameLengthMax);
    payment.reference = fields.label(L1("reference"), limits::nameLengthMax);
    payment.amount = money(fields, L1("amount"));
    payment.subtotal = money(fields, L1("subtotal"));
    eachObject(fields, L1("discounts"), errors, [&](const Fields &entry) {
        payment.discounts.push_back(
            {entry.required(L1("name"), limits::nameLengthMax), charge(entry)});
    });
    eachObject(fields, L1("taxes"), errors, [&](const Fields &entry) {
        payment.taxes.push_back({entry.required(L1("name"), limits::nameLengthMax),
                                 checkRate(entry), charge(entry),
                                 entry.boolean(L1("included")).value_or(false)});
    });
    payment.tip = fields.integer(L1("tip"), 0, limits::moneyMax);
    payment.total = money(fields, L1("total"));
    return payment;
}

std::optional<Timestamp> checkTime(const Fields &fields, L1 key)
{
    if (!fields.has(key))
        return std::nullopt;
    const std::optional<Timestamp> time = parseTimestamp(fields.value(key).toString());
    if (!time)
        fields.fail(key, QStringLiteral("must be an RFC 3339 date and time"));
    return time;
}

QString checkCurrency(const Fields &fields)
{
    const QString currency = fields.text(L1("currency"), 3);
    const bool isCode = currency.size() == 3 && currency == currency.toUpper()
                        && std::all_of(currency.begin(), currency.end(),
                                       [](QChar c) { return c >= u'A' && c <= u'Z'; });
    if (!currency.isEmpty() && !isCode)
        fields.fail(L1("currency"), QStringLiteral("must be an ISO 4217 code such as EUR"));
    return currency;
}

QJsonObject checkMeta(const Fields &fields)
{
    QJsonObject meta = fields.object(L1("meta"));
    if (jsonSize(meta) > limits::metaBytesMax) {
        fields.fail(L1("meta"),
                    QStringLiteral("must be at most %1 bytes of JSON").arg(limits::metaBytesMax));
    }
    return meta;
}

std::optional<ServiceType> checkServiceType(const Fields &fields)
{
    const QString name = fields.text(L1("service_type"), limits::nameLengthMax);
    const std::optional<ServiceType> type = serviceTypeFromName(name);
    if (!name.isEmpty() && !type) {
        fields.fail(L1("service_type"),
                    QStringLiteral("must be dine_in, takeaway, delivery, drive_thru or curbside"));
    }
    return type;
}

// Gives the lines that came without an id the next free numbers.
void nameLines(std::vector<Item> &items)
{
    QSet<QString> taken;
    for (const Item &item : items)
        taken.insert(item.lineId);
    int next = 0;
    for (Item &item : items) {
        while (item.lineId.isEmpty()) {
            const QString candidate = QString::number(++next);
            if (!taken.contains(candidate))
                item.lineId = candidate;
        }
    }
}

} // namespace

Result<OrderRequest> parseOrderRequest(const QJsonObject &body)
{
    std::vector<FieldError> errors;
    const Fields fields(body, QString(), errors);
    const Fields source(fields.object(L1("source")), QStringLiteral("/source"), errors);
    const Fields customer(fields.object(L1("customer")), QStringLiteral("/customer"), errors);
    OrderRequest request;
    OrderState &order = request.order;
    order.number = fields.label(L1("number"), limits::numberLengthMax);
    order.sourceName = source.text(L1("name"), limits::keyLengthMax);
    order.externalId = source.label(L1("external_id"), limits::keyLengthMax);
    order.serviceType = checkServiceType(fields);
    order.table = fields.label(L1("table"), limits::nameLengthMax);
    if (const auto covers = fields.integer(L1("covers"), 0, limits::coversMax))
        order.covers = static_cast<int>(*covers);
    order.customerName = customer.text(L1("name"), limits::nameLengthMax);
    order.customerPhone = customer.label(L1("phone"), limits::nameLengthMax);
    order.dueAt = checkTime(fields, L1("due_at"));
    order.note = fields.text(L1("note"), limits::noteLengthMax);
    order.currency = checkCurrency(fields);
    order.priority = fields.boolean(L1("priority")).value_or(false);
    order.meta = checkMeta(fields);
    std::vector<Item> items = checkItems(fields, errors);
    nameLines(items);
    for (Item &item : items) {
        OrderLine line;
        line.item = std::move(item);
        order.lines.push_back(std::move(line));
    }
    if (fields.has(L1("payment"))) {
        request.payment = checkPayment(
            Fields(fields.object(L1("payment")), QStringLiteral("/payment"), errors), errors);
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return request;
}

namespace {

void replace(QJsonObject &payload, const QJsonObject &with)
{
    for (auto it = with.begin(); it != with.end(); ++it)
        payload.insert(it.key(), it.value());
}

QJsonObject checkLines(const Fields &fields, int min)
{
    return linesPayload(
        fields.labels(L1("lines"), min, limits::linesPerOrderMax, limits::keyLengthMax));
}

// Checks the keys that the type knows and writes them back normalised.
void checkKnown(EventType type, const Fields &fields, QJsonObject &payload,
                std::vector<FieldError> &errors)
{
    switch (type) {
    case EventType::OrderPaid: return replace(payload, paidPayload(checkPayment(fields, errors)));
    case EventType::OrderCancelled: (void)fields.text(L1("reason"), limits::noteLengthMax); return;
    case EventType::OrderRecalled:
        if (fields.has(L1("lines")))
            replace(payload, checkLines(fields, 0));
        return;
    case EventType::ItemMoved:
        (void)fields.required(L1("station"), limits::nameLengthMax);
        return replace(payload, checkLines(fields, 1));
    case EventType::ItemStarted:
    case EventType::ItemReady:
    case EventType::ItemRecalled:
    case EventType::ItemVoided:
    case EventType::AllergensAcknowledged:
    case EventType::VoidAcknowledged:
        (void)fields.text(L1("reason"), limits::noteLengthMax);
        return replace(payload, checkLines(fields, 1));
    case EventType::ItemsAdded: payload = withItems(payload, checkItems(fields, errors)); return;
    case EventType::OrderPrioritised: (void)fields.boolean(L1("priority")); return;
    case EventType::OrderNoteAdded:
        (void)fields.required(L1("note"), limits::noteLengthMax);
        return;
    case EventType::CourseFired:
    case EventType::CourseHeld:
        if (!fields.has(L1("course")))
            fields.fail(L1("course"), QStringLiteral("is required"));
        (void)fields.integer(L1("course"), 1, limits::courseMax);
        return;
    case EventType::KitchenNotified:
    case EventType::FrontNotified:
        (void)fields.required(L1("message"), limits::noteLengthMax);
        return;
    default: return;
    }
}

} // namespace

Result<QJsonObject> validatePayload(EventType type, const QJsonObject &payload,
                                    const QString &pointer)
{
    std::vector<FieldError> errors;
    const Fields fields(payload, pointer, errors);
    QJsonObject checked = payload;
    checkKnown(type, fields, checked, errors);
    if (jsonSize(checked) > limits::payloadBytesMax) {
        errors.push_back(
            {pointer,
             QStringLiteral("must be at most %1 bytes of JSON").arg(limits::payloadBytesMax)});
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return checked;
}

} // namespace cf
