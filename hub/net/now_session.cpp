// SPDX-License-Identifier: Apache-2.0
#include "hub/net/now_session.h"

#include "hub/net/event_text.h"
#include "hub/net/now_json.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr int reconnectMs = 1'000;

// What every message says: the hub's clock, and where the board is.
QJsonObject heading(Services &services)
{
    const OrderHub &hub = services.backend.hub();
    return {{L1("now"), QString::fromLatin1(formatTimestamp(services.backend.clock().now()))},
            {L1("head"), hub.head().pos},
            {L1("count"), hub.board().count()},
            {L1("digest"), QString::fromLatin1(hub.digest())}};
}

} // namespace

QJsonObject nowJson(Services &services)
{
    const OrderHub &hub = services.backend.hub();
    QJsonArray orders;
    for (const OrderState *order : hub.board().openOrders())
        orders.append(nowOrderJson(hub, *order));
    QJsonObject json = heading(services);
    json.insert(L1("orders"), orders);
    json.insert(L1("displays"), nowDisplaysJson(hub));
    json.insert(L1("stations"), nowStationsJson(hub));
    json.insert(L1("alarms"), alarmsToJson(hub.stations().alarms()));
    return json;
}

NowSession::NowSession(Services &services, Channel &channel)
    : m_services(services), m_channel(channel), m_gather(services.scheduler),
      m_look(services.scheduler)
{
}

NowSession::~NowSession()
{
    m_services.backend.hub().unwatch(m_watch);
}

void NowSession::start()
{
    m_channel.send({retryText(reconnectMs), std::nullopt});
    sendAll();
    watch();
    look();
}

// One-shot watches: the next is set up when this one's changes are told.
void NowSession::watch()
{
    m_watch = m_services.backend.hub().watchBoard([this] {
        m_watch = 0;
        m_gather.start(limits::nowPauseMin, [this] { flush(); });
    });
}

// Displays come, go and acknowledge without an event of the log.
void NowSession::look()
{
    m_look.start(limits::nowLookEvery, [this] {
        flush();
        look();
    });
}

void NowSession::flush()
{
    if (m_watch == 0)
        watch();
    if (!m_channel.canSend())
        return; // what has changed is known again when there is room
    if (m_epoch != m_services.backend.hub().head().epoch) {
        sendAll();
        return;
    }
    const QJsonObject json = changes();
    if (!json.isEmpty())
        send(L1("change"), json);
    else if (m_services.backend.clock().monotonic() - m_lastSent >= limits::heartbeatInterval)
        send(L1("hb"), {});
}

void NowSession::sendAll()
{
    const OrderHub &hub = m_services.backend.hub();
    m_epoch = hub.head().epoch;
    m_head = hub.head().pos;
    m_settingsId = hub.settingsId();
    m_orders.clear();
    for (const OrderState *order : hub.board().openOrders())
        m_orders.insert(order->id, order->seq);
    const QJsonObject json = nowJson(m_services);
    for (const L1 key : {L1("displays"), L1("stations"), L1("alarms")})
        m_lists.insert(key, json.value(key).toArray());
    send(L1("now"), json);
}

QJsonObject NowSession::changes()
{
    const OrderHub &hub = m_services.backend.hub();
    QJsonObject json;
    if (m_head != hub.head().pos || m_settingsId != hub.settingsId())
        addOrders(json);
    addIfOther(json, L1("displays"), nowDisplaysJson(hub));
    addIfOther(json, L1("stations"), nowStationsJson(hub));
    addIfOther(json, L1("alarms"), alarmsToJson(hub.stations().alarms()));
    return json;
}

// `orders`: those that are new or others; `gone`: those that are not open any more. Other settings
// route and judge every order anew.
void NowSession::addOrders(QJsonObject &json)
{
    const OrderHub &hub = m_services.backend.hub();
    const bool isAnew = m_settingsId != hub.settingsId();
    m_head = hub.head().pos;
    m_settingsId = hub.settingsId();
    QHash<QUuid, int> orders;
    QJsonArray others;
    QJsonArray gone;
    for (const OrderState *order : hub.board().openOrders()) {
        orders.insert(order->id, order->seq);
        if (isAnew || m_orders.value(order->id, -1) != order->seq)
            others.append(nowOrderJson(hub, *order));
    }
    for (auto it = m_orders.cbegin(); it != m_orders.cend(); ++it) {
        if (!orders.contains(it.key()))
            gone.append(QString::fromLatin1(uuidText(it.key())));
    }
    m_orders = std::move(orders);
    json.insert(L1("orders"), others);
    json.insert(L1("gone"), gone);
}

void NowSession::addIfOther(QJsonObject &json, QLatin1StringView key, const QJsonArray &value)
{
    QJsonArray &told = m_lists[key];
    if (told == value)
        return;
    told = value;
    json.insert(key, value);
}

void NowSession::send(QLatin1StringView name, const QJsonObject &json)
{
    QJsonObject whole = heading(m_services);
    for (auto it = json.begin(); it != json.end(); ++it)
        whole.insert(it.key(), it.value());
    m_lastSent = m_services.backend.clock().monotonic();
    m_channel.send({eventText(name, canonicalJson(whole), {}), std::nullopt});
}

} // namespace cf::hub
