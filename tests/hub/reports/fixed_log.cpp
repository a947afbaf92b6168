// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/reports/fixed_log.h"

#include <QJsonArray>

namespace cf::test {

using namespace hub;
using L1 = QLatin1StringView;

namespace {

const Timestamp noon = *parseTimestamp(QStringLiteral("2026-11-20T12:00:00Z"));

} // namespace

FixedLog::FixedLog()
{
    firstHour();
    aMassOfBumps();
    theEnd();
    catchUp(*ledger, kit.log);
}

// Hours since noon.
void FixedLog::at(int hour, int minute, int second)
{
    kit.clock.setNow(noon + std::chrono::hours(hour) + std::chrono::minutes(minute)
                     + std::chrono::seconds(second));
}

QUuid FixedLog::place(const QString &type, const QString &source, const std::vector<Dish> &dishes,
                      bool paid)
{
    QJsonArray items;
    for (const Dish &dish : dishes)
        items.append(QJsonObject{{"name", dish.name},
                                 {"category", dish.category},
                                 {"quantity", dish.quantity},
                                 {"unit_price", dish.price}});
    QJsonObject body{{"number", QString::number(++m_number)},
                     {"service_type", type},
                     {"source", QJsonObject{{"name", source}}},
                     {"items", items}};
    if (paid)
        body.insert(QStringLiteral("payment"), QJsonObject{{"method", "card"}});
    PlaceOrder order;
    order.request = parseOrderRequest(body).value();
    order.fingerprint = QByteArray::number(m_number);
    const Answer answer =
        kit.one({std::move(order), {ActorKind::Integration, QStringLiteral("till"), {}, {}}});
    return *parseUuid(bodyOf(answer)["order_id"].toString());
}

void FixedLog::does(const QUuid &order, EventType type, const QJsonObject &payload)
{
    if (!kit.append(order, type, payload))
        qFatal("%s was refused", eventTypeName(type).data());
}

void FixedLog::bumps(const QString &device, const QUuid &order, const QString &type,
                     const QJsonObject &payload)
{
    const Answer answer = kit.one(CoreKit::bumping(device, ++m_n[device], order, type, payload));
    if (!answer.result || answer.result->status != CommandStatus::Applied)
        qFatal("%s was refused", qPrintable(type));
}

void FixedLog::firstHour()
{
    const Dish burger{"Burger", "burgers", 1, 950};
    at(0, 0, 0);
    const QUuid one = place("takeaway", "till",
                            {{"Burger", "burgers", 2, 950}, {"Fries", "sides", 1, 300}}, true);
    at(0, 0, 30);
    does(one, EventType::OrderAccepted);
    at(0, 1, 0);
    does(one, EventType::OrderStarted);
    at(0, 4, 0);
    bumps("fry-1", one, "item_ready", linesPayload({"2"}));
    at(0, 5, 0);
    bumps("grill-1", one, "item_ready", linesPayload({"1"}));
    at(0, 7, 0);
    does(one, EventType::OrderCompleted);

    at(0, 10, 0);
    const QUuid two = place("dine_in", "web", {burger, {"Cola", "drinks", 1, 250}}, false);
    at(0, 12, 0);
    does(two, EventType::OrderPaid);
    at(0, 13, 0);
    does(two, EventType::OrderStarted); // nobody accepted it
    at(0, 14, 59);
    const QUuid three = place("takeaway", "till", {burger}, true);
    at(0, 16, 0);
    does(three, EventType::OrderCancelled, {{L1("reason"), L1("left")}});
    at(0, 20, 0);
    place("takeaway", "till", {burger}, false); // never paid
    at(0, 32, 0);
    bumps("grill-1", two, "order_ready");
}

void FixedLog::aMassOfBumps()
{
    std::vector<QUuid> orders;
    at(0, 40, 0);
    for (int i = 0; i < 4; ++i)
        orders.push_back(place("takeaway", "till", {{"Fries", "sides", 1, 300}}, true));
    at(0, 40, 30);
    for (const QUuid &order : orders)
        does(order, EventType::OrderStarted);
    for (int i = 0; i < 4; ++i) {
        at(0, 41, 2 * i);
        bumps("fry-1", orders[static_cast<size_t>(i)], "order_ready");
    }
    at(0, 42, 0);
    bumps("fry-1", orders[0], "order_recalled");
    at(0, 50, 0);
    bumps("fry-1", orders[0], "order_ready");
}

void FixedLog::theEnd()
{
    at(1, 0, 0);
    const QUuid nine = place("takeaway", "till",
                             {{"Burger", "burgers", 1, 950}, {"Fries", "sides", 1, 300}}, true);
    at(1, 0, 5);
    bumps("grill-1", nine, "item_ready", linesPayload({"1"}));
    at(1, 1, 0);
    does(nine, EventType::ItemVoided,
         {{L1("lines"), QJsonArray{L1("2")}}, {L1("reason"), L1("out of stock")}});
    // Half past midnight in Madrid: the next day's.
    at(11, 30, 0);
    place("takeaway", "till", {{"Burger", "burgers", 1, 950}}, true);
    at(12, 0, 0);
}

ReportRequest FixedLog::request(const QString &name, const QString &group) const
{
    ReportRequest request;
    request.name = name;
    request.group = group;
    request.days = LocalDays(QStringLiteral("Europe/Madrid"));
    request.from = request.days.startOf(QDate(2026, 11, 20));
    request.to = request.days.startOf(QDate(2026, 11, 21));
    request.now = kit.clock.now();
    Station grill;
    grill.id = QStringLiteral("grill");
    Station fry;
    fry.id = QStringLiteral("fry");
    request.settings.stations = {grill, fry};
    request.settings.routing.byCategory = {{"burgers", "grill"}, {"sides", "fry"}};
    return request;
}

QStringList rowsOf(const Report &report, const QString &name)
{
    struct Text {
        QString operator()(std::monostate) const { return QStringLiteral("-"); }
        QString operator()(const QString &text) const { return text; }
        QString operator()(qint64 value) const { return QString::number(value); }
        QString operator()(double value) const { return QString::number(value); }
        QString operator()(Timestamp at) const { return QString::fromLatin1(formatTimestamp(at)); }
    };
    const Table *table = report.table(name);
    if (!table)
        return {QStringLiteral("there is no table ") + name};
    QStringList rows;
    for (const std::vector<Cell> &row : table->rows) {
        QStringList cells;
        for (const Cell &cell : row)
            cells.append(std::visit(Text{}, cell));
        rows.append(cells.join(QLatin1Char('|')));
    }
    return rows;
}

} // namespace cf::test
