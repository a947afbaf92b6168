// SPDX-License-Identifier: Apache-2.0
#include "kds-app/sync/older_orders.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QUrlQuery>

namespace cf::kds {

using L1 = QLatin1StringView;

OlderOrders::OlderOrders(QObject *parent)
    : QObject(parent), m_network(std::make_unique<QNetworkAccessManager>()), m_lane(*m_network)
{
    m_network->setProxy(QNetworkProxy::NoProxy);
    m_soon.setSingleShot(true);
    m_soon.setInterval(limits::olderOrdersAfter);
    connect(&m_soon, &QTimer::timeout, this, &OlderOrders::search);
    connect(&m_lane, &HttpLane::finished, this, &OlderOrders::onAnswer);
}

OlderOrders::~OlderOrders() = default;

void OlderOrders::setHub(const QUrl &hub, const QString &token)
{
    m_hub = hub;
    m_token = token;
}

void OlderOrders::ask(const QString &text)
{
    m_lane.abort();
    m_soon.stop();
    m_text = text;
    if (!text.isEmpty())
        m_soon.start();
}

void OlderOrders::search()
{
    m_isSearching = true;
    m_orders.clear();
    m_ids.clear();
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("q"),
                       QString::fromLatin1(QUrl::toPercentEncoding(m_text.left(100))));
    query.addQueryItem(QStringLiteral("status"), orderStatusName(OrderStatus::Completed));
    query.addQueryItem(QStringLiteral("limit"), QString::number(limits::olderOrdersMax));
    QUrl url = m_hub.resolved(QUrl(QStringLiteral("/v1/orders")));
    url.setQuery(query);
    m_lane.get(url, m_token, limits::requestReadMax);
}

void OlderOrders::onAnswer(const HttpAnswer &answer)
{
    if (!(m_isSearching ? takeIds(answer) : takeOrder(answer))) {
        finish(false);
        return;
    }
    m_isSearching = false;
    fetchNext();
}

// A hub that is older than searching answers with its whole board, which says no `more`.
bool OlderOrders::takeIds(const HttpAnswer &answer)
{
    const Result<QJsonObject> json =
        answer.status == 200 ? parseJsonObject(answer.body) : Result<QJsonObject>(Error{});
    if (!json || !json->contains(L1("more")))
        return false;
    for (const QJsonValue &order : json->value(L1("orders")).toArray()) {
        const QString id = order[L1("order_id")].toString();
        if (parseUuid(id) && m_ids.size() < limits::olderOrdersMax)
            m_ids.append(id);
    }
    return true;
}

bool OlderOrders::takeOrder(const HttpAnswer &answer)
{
    const Result<QJsonObject> json =
        answer.status == 200 ? parseJsonObject(answer.body) : Result<QJsonObject>(Error{});
    if (!json)
        return false;
    Result<OrderState> order = orderFromJson(*json);
    if (!order)
        return false;
    if (order->status == OrderStatus::Completed) // nobody has recalled it in this moment
        m_orders.push_back(std::move(*order));
    return true;
}

void OlderOrders::fetchNext()
{
    if (m_ids.isEmpty()) {
        finish(true);
        return;
    }
    const QUrl path(QStringLiteral("/v1/orders/") + m_ids.takeFirst());
    m_lane.get(m_hub.resolved(path), m_token, limits::requestReadMax);
}

void OlderOrders::finish(bool ok)
{
    Q_EMIT answered(m_text, ok ? m_orders : std::vector<OrderState>(), ok);
}

} // namespace cf::kds
