// SPDX-License-Identifier: Apache-2.0
#include "hub/net/embedded_files.h"
#include "hub/net/guest_page.h"
#include "hub/net/long_poll.h"
#include "hub/net/pages.h"
#include "hub/net/pickup_session.h"
#include "hub/net/routes.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

QByteArray entriesHtml(const QJsonArray &entries)
{
    QByteArray html;
    for (const QJsonValue &entry : entries) {
        const QByteArray number = escapeHtml(entry[L1("number")].toString());
        const QByteArray name = escapeHtml(entry[L1("name")].toString());
        html += "<li><b dir=\"auto\">" + (name.isEmpty() ? number : name) + "</b>";
        if (!name.isEmpty())
            html += "<small>" + number + "</small>";
        html += "</li>";
    }
    return html;
}

void replyBoard(Services &services, const ExchangePtr &exchange)
{
    const std::shared_ptr<const PickupView> view = services.backend.hub().pickup();
    QByteArray json = view->json;
    json.replace(0, 1, "{\"cursor\":\"" + view->id + "\",");
    exchange->reply(jsonResponse(std::move(json)));
}

QByteArray lastIdOf(const HttpRequest &request)
{
    const QByteArray header = request.header("last-event-id");
    return header.isEmpty() ? request.parameter("since").value_or(QByteArray()) : header;
}

} // namespace

void getPickup(Services &services, const ExchangePtr &exchange)
{
    const auto wait = waitOf(exchange->request, services.config.limits);
    const QByteArray since = exchange->request.parameter("since").value_or(QByteArray());
    if (wait.count() == 0 || since != services.backend.hub().pickup()->id || services.stopping) {
        replyBoard(services, exchange);
        return;
    }
    const auto watch = [](OrderHub &hub, std::function<void()> callback) {
        return hub.watchBoard(std::move(callback));
    };
    holdRequest(services, exchange, wait, watch,
                [&services, exchange] { replyBoard(services, exchange); });
}

void getPickupStream(Services &services, const ExchangePtr &exchange)
{
    if (exchange->request.isHead()) {
        exchange->reply(textResponse({}, "text/event-stream"));
        return;
    }
    exchange->streamEvents([&services, id = lastIdOf(exchange->request)](Channel &channel) {
        return std::make_shared<PickupSession>(services, channel, id);
    });
}

void getPickupPage(Services &services, const ExchangePtr &exchange)
{
    OrderHub &hub = services.backend.hub();
    const GuestPage page = GuestPage::forRoom(restaurantOf(hub), exchange->request);
    const std::shared_ptr<const PickupView> view = hub.pickup();
    const QJsonObject json = QJsonDocument::fromJson(view->json).object();
    const Timestamp now = services.backend.clock().now();
    const QString name = page.restaurant().name;
    TemplateValues values = page.values();
    values["heading"] = escapeHtml(name.isEmpty() ? page.word("pickup") : name);
    values["preparing"] = entriesHtml(json.value(L1("preparing")).toArray());
    values["ready"] = entriesHtml(json.value(L1("ready")).toArray());
    values["show"] = json.value(L1("show")).toString().toLatin1();
    values["time"] = page.clockTime(now).toLatin1();
    values["now"] = formatTimestamp(now);
    exchange->reply(pageResponse(fillTemplate(embeddedFile("pickup.html"), values), 200));
}

} // namespace cf::hub
