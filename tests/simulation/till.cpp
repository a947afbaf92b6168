// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/till.h"

#include "shared/order/payload.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cf::sim {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto patience = 8'000ms;

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QUuid idOf(const QJsonObject &body)
{
    return QUuid::fromString(body.value("order_id"_L1).toString());
}

} // namespace

Till::Till(Agenda &agenda, Auditor &auditor, Dialer &dialer, const QString &name, Dice dice)
    : m_agenda(agenda), m_auditor(auditor), m_dialer(dialer), m_name(name), m_dice(dice),
      m_turns(agenda)
{
}

void Till::open(milliseconds mean, int orders)
{
    m_mean = mean;
    m_left = orders;
    nextOrder();
}

void Till::nextOrder()
{
    if (m_left == 0)
        return;
    m_turns.after(m_dice.between(1ms, 2 * m_mean), [this] {
        --m_left;
        place();
        nextOrder();
    });
}

QJsonObject Till::drawItem()
{
    static const QStringList names = {u"Cheeseburger"_s,     u"Chips"_s, u"Salat Käse"_s,
                                      u"Soupe à l'oignon"_s, u"拉面"_s,  u"Espresso"_s};
    QJsonObject item{{"name"_L1, names.at(m_dice.below(static_cast<int>(names.size())))},
                     {"quantity"_L1, m_dice.between(1, 3)}};
    if (m_dice.oneIn(3))
        item.insert("course"_L1, m_dice.between(1, 3));
    if (m_dice.oneIn(4))
        item.insert("allergens"_L1, QJsonArray{"milk"_L1, "gluten"_L1});
    if (m_dice.oneIn(4))
        item.insert("modifiers"_L1, QJsonArray{QJsonObject{{"name"_L1, "No onions"_L1}}});
    return item;
}

QJsonObject Till::drawOrder(const QString &externalId, bool isPaid)
{
    QJsonArray items;
    for (int i = m_dice.between(1, 4); i > 0; --i)
        items.append(drawItem());
    QJsonObject order{
        {"source"_L1, QJsonObject{{"name"_L1, m_name}, {"external_id"_L1, externalId}}},
        {"items"_L1, items},
        {"currency"_L1, "EUR"_L1}};
    if (isPaid)
        order.insert("payment"_L1, QJsonObject{{"method"_L1, "card"_L1}, {"amount"_L1, 1200}});
    if (m_dice.oneIn(5))
        order.insert("note"_L1, "no cutlery"_L1);
    return order;
}

void Till::place()
{
    TillOrder order;
    order.externalId = QStringLiteral("%1-%2").arg(m_name).arg(m_orders.size() + 1);
    Request request;
    request.path = "/v1/orders";
    request.body = compact(drawOrder(order.externalId, !m_dice.oneIn(5)));
    request.places = true;
    if (m_dice.oneIn(2))
        request.key = order.externalId.toUtf8();
    request.order = m_orders.size();
    m_orders.push_back(std::move(order));
    start(std::move(request));
}

void Till::start(Request request)
{
    ++m_unanswered;
    ask(std::move(request));
}

void Till::ask(Request request)
{
    const quint64 call = ++m_lastCall;
    ++request.attempts;
    hub::HttpRequest http = postRequest(request.path, request.body);
    if (!request.key.isEmpty())
        http.headers.push_back({"idempotency-key", request.key});
    // Answered at the earliest in a later step: the entry is there by then.
    m_calls[call] = std::make_unique<HttpCall>(
        m_dialer, m_link, m_agenda, std::move(http), patience,
        [this, call, request = std::move(request)](const hub::HttpResponse *response) {
            const auto finished = m_calls.extract(call); // it is calling
            answered(request, response);
        });
}

void Till::answered(Request request, const hub::HttpResponse *response)
{
    if (!response || response->status >= 500 || response->status == 429) {
        m_turns.after(m_dice.between(50ms, 1'500ms),
                      [this, request = std::move(request)] { ask(request); });
        return;
    }
    --m_unanswered;
    const QJsonObject body = QJsonDocument::fromJson(response->body).object();
    if (response->status == 200 || response->status == 201) {
        if (request.places)
            onOrder(request, body);
        else
            onEvent(request, body);
        return;
    }
    // A change may be refused: the kitchen was faster. An order of ours is always good.
    m_auditor.expect(!request.places, QStringLiteral("%1: placing was answered %2: %3")
                                          .arg(m_name)
                                          .arg(response->status)
                                          .arg(QString::fromUtf8(response->body)));
}

void Till::onOrder(const Request &request, const QJsonObject &body)
{
    TillOrder &order = m_orders[request.order];
    order.orderId = idOf(body);
    order.trackerToken = body.value("tracker_token"_L1).toString().toLatin1();
    order.number = body.value("number"_L1).toString();
    order.seq = body.value("seq"_L1).toInt();
    m_auditor.acknowledged(m_name, order.orderId, order.seq, body.value("pos"_L1).toInteger());
    if (onPlaced)
        onPlaced(order);
    for (int changes = m_dice.below(4); changes > 0; --changes) {
        m_turns.after(m_dice.between(100ms, 20'000ms), [this, at = request.order] { change(at); });
    }
}

std::pair<QString, QJsonObject> Till::drawChange(const TillOrder &order)
{
    const int kind = m_dice.below(100);
    if (kind < 30)
        return {u"order_paid"_s, {{"method"_L1, "cash"_L1}}};
    if (kind < 50)
        return {u"items_added"_s, {{"items"_L1, QJsonArray{drawItem()}}}};
    if (kind < 60)
        return {u"item_voided"_s, {{"lines"_L1, QJsonArray{"1"_L1}}}};
    if (kind < 65)
        return {u"order_cancelled"_s, {{"reason"_L1, "guest left"_L1}}};
    const QString mark = QStringLiteral("%1-c%2").arg(order.externalId).arg(m_commands);
    return {u"order_note_added"_s, {{"note"_L1, mark}}};
}

void Till::change(size_t order)
{
    const TillOrder &known = m_orders[order];
    ++m_commands;
    const auto [type, payload] = drawChange(known);
    Request request;
    request.order = order;
    request.path = "/v1/orders/" + known.orderId.toByteArray(QUuid::WithoutBraces) + "/events";
    request.body = compact({{"type"_L1, type},
                            {"payload"_L1, payload},
                            {"command_id"_L1, QStringLiteral("c%1").arg(m_commands)}});
    start(std::move(request));
}

void Till::onEvent(const Request &request, const QJsonObject &body)
{
    TillOrder &order = m_orders[request.order];
    order.seq = std::max(order.seq, body.value("seq"_L1).toInt());
    m_auditor.acknowledged(m_name, order.orderId, body.value("seq"_L1).toInt(),
                           body.value("pos"_L1).toInteger());
}

// However often it asked: one order, and the one that it was told of.
void Till::checkFinal() const
{
    std::map<QString, std::vector<QUuid>> placed;
    for (const auto &[id, events] : m_auditor.orders()) {
        OrderState order;
        readPlaced(events.front().payload, order);
        if (order.sourceName == m_name)
            placed[order.externalId].push_back(id);
    }
    for (const TillOrder &order : m_orders) {
        const std::vector<QUuid> &found = placed[order.externalId];
        m_auditor.expect(
            found.size() <= 1,
            QStringLiteral("order %1 was placed %2 times").arg(order.externalId).arg(found.size()));
        const bool isTold = !order.orderId.isNull();
        m_auditor.expect(
            !isTold || m_auditor.losses() > 0
                || (found.size() == 1 && found.front() == order.orderId),
            QStringLiteral("order %1 is not the one its till was told of").arg(order.externalId));
    }
}

} // namespace cf::sim
