// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/till.h"

#include "tests/support/hub_process.h"

#include <QJsonArray>

namespace cf::crash {

namespace {
using namespace std::chrono_literals;
using cf::test::HttpReply;
using cf::test::StopSignal;

constexpr auto answerWithin = 1500ms;
constexpr auto holdBack = 15ms; // a hub that is away is not hammered
constexpr int paceMin = 4;      // milliseconds between two requests
constexpr int paceSpread = 16;
constexpr size_t bookFew = 15;
constexpr size_t bookMany = 45;
constexpr int placeOnceIn = 5;
constexpr int noteOnceIn = 6;
constexpr int askAgainOnceIn = 12;
constexpr size_t answeredKept = 40;
constexpr int unpaidOnceIn = 6;

// The last event's pos and seq are in the answer; the first event is where it began.
Effect effectOf(const QJsonObject &json, const QByteArray &order, bool isPlacing)
{
    Effect effect;
    effect.last = json.value("pos").toInteger();
    effect.seq = json.value("seq").toInt();
    effect.first = isPlacing ? effect.last - effect.seq + 1
                             : json.value("event").toObject().value("pos").toInteger();
    effect.order = isPlacing ? plainId(json.value("order_id").toString()) : order;
    return effect;
}

bool isClosed(const QString &status)
{
    return status == u"completed" || status == u"cancelled";
}
} // namespace

Till::Till(QString name, TillRoute route, OrderBook &book, Operations &operations, quint64 seed)
    : m_name(std::move(name)), m_token(std::move(route.token)), m_http(route.port, route.host),
      m_book(book), m_operations(operations), m_random(seed)
{
    m_http.setPatience(answerWithin);
}

void Till::run(StopSignal &stop, StopSignal &giveUp)
{
    while (!stop.isStoppedWithin(std::chrono::milliseconds(paceMin + m_random.below(paceSpread))))
        step(giveUp);
    m_http.disconnect();
}

void Till::step(StopSignal &giveUp)
{
    if (!m_answered.empty() && m_random.oneIn(askAgainOnceIn)) {
        const auto index = static_cast<size_t>(m_random.below(static_cast<int>(m_answered.size())));
        insist(m_answered.at(index), giveUp);
        return;
    }
    const size_t orders = m_book.size();
    if (orders < bookFew || (orders < bookMany && m_random.oneIn(placeOnceIn))) {
        place(giveUp);
        return;
    }
    const QString order = orders < bookMany ? m_book.any(m_random) : m_book.oldest();
    if (!order.isEmpty())
        move(order, giveUp);
}

void Till::place(StopSignal &giveUp)
{
    const QString number = QStringLiteral("%1-%2").arg(m_name).arg(++m_count);
    Operation operation;
    operation.who = m_name;
    operation.key = operation.mark = number.toLatin1();
    operation.type = "order_placed";
    Asked asked{"/v1/orders",
                cf::test::orderBody(number, 2, !m_random.oneIn(unpaidOnceIn)),
                {{"Idempotency-Key", operation.key}},
                m_operations.invoke(operation),
                true};
    insist(asked, giveUp);
}

void Till::move(const QString &order, StopSignal &giveUp)
{
    Operation operation;
    operation.who = m_name;
    operation.key = m_name.toLatin1() + "-c" + QByteArray::number(++m_count);
    operation.order = plainId(order);
    Wish wish = OrderBook::anyMove(m_random);
    if (m_book.size() >= bookMany)
        wish = {"order_cancelled", {}};
    if (m_random.oneIn(noteOnceIn)) {
        operation.mark = operation.key;
        wish = {"order_note_added", {{"note", QString::fromLatin1(operation.mark)}}};
    }
    operation.type = wish.type;
    Asked asked{"/v1/orders/" + order.toLatin1() + "/events",
                {{"type", QString::fromLatin1(wish.type)},
                 {"payload", wish.payload},
                 {"command_id", QString::fromLatin1(operation.key)}},
                {},
                m_operations.invoke(operation),
                false};
    insist(asked, giveUp);
}

void Till::insist(const Asked &asked, StopSignal &giveUp)
{
    cf::test::HttpHeaders headers = asked.headers;
    if (!m_token.isEmpty())
        headers.emplace_back("Authorization", "Bearer " + m_token);
    while (!giveUp.isStopped()) {
        m_operations.attempt(asked.operation);
        const HttpReply reply = m_http.post(asked.target, asked.body, headers);
        if (reply.status != 0 && reply.status < 500) {
            settle(asked, reply);
            return;
        }
        m_http.disconnect();
        if (giveUp.isStoppedWithin(holdBack))
            return;
    }
}

void Till::settle(const Asked &asked, const HttpReply &reply)
{
    const QJsonObject json = reply.json();
    const bool isOk = reply.status == 200 || reply.status == 201;
    const QByteArray order = asked.isPlacing ? QByteArray() : asked.target.mid(11, 36);
    if (!isOk) {
        m_operations.fail(asked.operation, reply.brief());
        if (isClosed(json.value("current").toObject().value("status").toString()))
            m_book.remove(QString::fromLatin1(order));
        return;
    }
    const Effect effect = effectOf(json, plainId(QString::fromLatin1(order)), asked.isPlacing);
    m_operations.succeed(asked.operation, effect);
    const bool isReplayed = reply.status == 200;
    if (asked.isPlacing)
        m_book.add(json.value("order_id").toString());
    if (!asked.isPlacing && isClosed(json.value("status").toString()))
        m_book.remove(QString::fromLatin1(order));
    if (isReplayed)
        return;
    m_answered.push_back(asked);
    if (m_answered.size() > answeredKept)
        m_answered.pop_front();
}

Tills::Tills(const std::vector<TillRoute> &routes, OrderBook &book, Operations &operations,
             quint64 seed)
    : m_running(static_cast<int>(routes.size()))
{
    for (size_t i = 0; i < routes.size(); ++i) {
        m_threads.emplace_back([this, i, route = routes[i], &book, &operations, seed] {
            // A socket belongs to the thread that makes it.
            Till till(QStringLiteral("t%1").arg(i), route, book, operations, seed + i);
            till.run(m_stop, m_giveUp);
            --m_running;
        });
    }
}

Tills::~Tills()
{
    m_stop.stop();
    m_giveUp.stop();
    for (std::thread &thread : m_threads)
        thread.join();
}

} // namespace cf::crash
