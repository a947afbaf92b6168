// SPDX-License-Identifier: Apache-2.0
#include "hub/net/router.h"

#include "hub/net/problem.h"
#include "hub/net/routes.h"

#include <QByteArrayList>

#include <array>

namespace cf::hub {

namespace {

constexpr auto routes = std::to_array<Route>({
    {"POST", "/v1/orders", Permission::Orders, postOrder},
    {"GET", "/v1/orders", Permission::Events, getOrders},
    {"GET", "/v1/orders/*", Permission::Events, getOrder},
    {"POST", "/v1/orders/*/events", Permission::Events, postEvent},
    {"GET", "/v1/orders/*/timeline", Permission::Events, getTimeline},
    {"GET", "/v1/orders/*/shown", Permission::Manager, getOrderShown},
    {"GET", "/v1/now", Permission::Manager, getNow},
    {"GET", "/v1/now/stream", Permission::Manager, getNowStream},
    {"GET", "/v1/reports", Permission::Manager, getReports},
    {"GET", "/v1/reports/*", Permission::Manager, getReport},
    {"GET", "/v1/orders/*/receipt", Permission::Events, getReceipt},
    {"POST", "/v1/orders/*/receipt/print", Permission::Events, postReceiptPrint},
    {"GET", "/v1/printers", Permission::Manager, getPrinters},
    {"GET", "/v1/kds/stream", Permission::Kitchen, getKitchenStream, true},
    {"GET", "/v1/kds/events", Permission::Kitchen, getKitchenEvents},
    {"GET", "/v1/kds/snapshot", Permission::Kitchen, getKitchenSnapshot},
    {"GET", "/v1/settings", Permission::Kitchen, getSettings},
    {"PUT", "/v1/settings", Permission::Manager, putSettings},
    {"GET", "/v1/settings/*", Permission::Events, getSettings},
    {"PUT", "/v1/settings/*", Permission::Manager, putSettings},
    {"GET", "/v1/settings/*/history", Permission::Manager, getSettingsHistory},
    {"PUT", "/v1/settings/staff", Permission::Manager, putStaff},
    {"POST", "/v1/settings/menu/import", Permission::Manager, postMenuImport},
    {"GET", "/v1/settings/menu/export", Permission::Manager, getMenuExport},
    {"POST", "/v1/settings/kitchen/route-test", Permission::Manager, postRouteTest},
    {"POST", "/v1/session", Permission::Anyone, postSession},
    {"GET", "/v1/session", Permission::Events, getSession},
    {"DELETE", "/v1/session", Permission::Anyone, deleteSession},
    {"GET", "/v1/board", Permission::Manager, getBoard},
    {"GET", "/v1/board/events", Permission::Manager, getBoardEvents},
    {"GET", "/v1/board/density", Permission::Manager, getBoardDensity},
    {"GET", "/v1/health", Permission::Manager, getHealthReport},
    {"POST", "/v1/health/verify", Permission::Manager, postHealthVerify},
    {"GET", "/v1/health/bundle", Permission::Manager, getHealthBundle},
    {"GET", "/v1/openapi.json", Permission::Anyone, getOpenApi},
    {"GET", "/v1/track/*", Permission::Anyone, getTracker},
    {"GET", "/v1/track/*/stream", Permission::Anyone, getTrackerStream},
    {"GET", "/v1/track/*/events", Permission::Anyone, getTrackerEvents},
    {"GET", "/t/*", Permission::Anyone, getTrackerPage},
    {"GET", "/pickup", Permission::Anyone, getPickupPage},
    {"GET", "/v1/pickup", Permission::Anyone, getPickup},
    {"GET", "/v1/pickup/stream", Permission::Anyone, getPickupStream},
    {"GET", "/t/*/receipt", Permission::Anyone, getTrackerReceipt},
    {"GET", "/web/*", Permission::Anyone, getAsset},
    {"GET", "/healthz", Permission::Anyone, getHealth},
    {"GET", "/readyz", Permission::Anyone, getReady},
    {"GET", "/metrics", Permission::Manager, getMetrics},
    {"GET", "/v1/debug/stats", Permission::Manager, getStats},
    {"GET", "/v1/displays", Permission::Kitchen, getDisplays},
    {"GET", "/", Permission::Anyone, getIndex},
    {"GET", "/console", Permission::Anyone, getConsolePage},
    {"GET", "/counter", Permission::Anyone, getCounterPage},
    {"GET", "/favicon.ico", Permission::Anyone, getFavicon},
});

std::optional<std::vector<QByteArray>> match(QByteArrayView pattern, QByteArrayView path)
{
    std::vector<QByteArray> arguments;
    while (!pattern.isEmpty() && !path.isEmpty()) {
        if (pattern.front() == '*') {
            qsizetype end = path.indexOf('/');
            end = end < 0 ? path.size() : end;
            if (end == 0)
                return std::nullopt;
            arguments.push_back(path.first(end).toByteArray());
            path = path.sliced(end);
        } else if (pattern.front() == path.front()) {
            path = path.sliced(1);
        } else {
            return std::nullopt;
        }
        pattern = pattern.sliced(1);
    }
    if (!pattern.isEmpty() || !path.isEmpty())
        return std::nullopt;
    return arguments;
}

struct Found {
    const Route *route = nullptr; // null: nothing of this method
    std::vector<QByteArray> arguments;
    QByteArrayList allowed; // methods of this path; empty: there is no such path
};

Found find(const HttpRequest &request)
{
    const QByteArrayView method = request.isHead() ? QByteArrayView("GET") : request.method;
    Found found;
    for (const Route &route : routes) {
        std::optional<std::vector<QByteArray>> arguments = match(route.path, request.path);
        if (!arguments)
            continue;
        found.allowed.append(route.method);
        if (found.allowed.back() == "GET")
            found.allowed.append("HEAD");
        // The last one: a path of its own stands after the pattern that it also fits.
        if (method == QByteArrayView(route.method)) {
            found.route = &route;
            found.arguments = std::move(*arguments);
        }
    }
    return found;
}

// A page of somewhere else, in a browser that can reach a hub that asks nobody for a token, or has
// a session with it, must not act on it: browsers say in Origin where a page is from.
bool isForeignPage(const HttpRequest &request)
{
    const QByteArray origin = request.header("origin");
    if (origin.isEmpty())
        return false;
    const qsizetype scheme = origin.indexOf("://");
    return scheme < 0 || origin.mid(scheme + 3).toLower() != request.header("host").toLower();
}

} // namespace

std::span<const Route> routeTable()
{
    return routes;
}

Router::Router(Services &services, const Authenticator &authenticator)
    : m_services(services), m_authenticator(authenticator)
{
}

void Router::handle(const ExchangePtr &exchange) const
{
    Found found = find(exchange->request);
    if (found.allowed.isEmpty()) {
        exchange->reply(problemResponse(ErrorCode::NotFound, {}));
        return;
    }
    if (!found.route) {
        const QByteArray allowed = found.allowed.join(", ");
        HttpResponse response =
            problemResponse(ErrorCode::MethodNotAllowed,
                            QStringLiteral("allowed are %1").arg(QString::fromLatin1(allowed)));
        exchange->reply(response.with("Allow", allowed));
        return;
    }
    exchange->arguments = std::move(found.arguments);
    if (found.route->permission != Permission::Anyone) {
        const Result<Caller> caller = m_authenticator.identify(
            exchange->request, found.route->tokenInQuery, m_services.backend.clock().now());
        if (!caller) {
            exchange->reply(problemResponse(caller.error()));
            return;
        }
        if (!m_services.staffDoor.letsIn(*caller, m_services.backend.hub())) {
            exchange->reply(problemResponse(ErrorCode::Unauthorised,
                                            QStringLiteral("the session has been ended")));
            return;
        }
        if (!isPermitted(found.route->permission, *caller)
            || ((caller->demo || caller->browser) && isForeignPage(exchange->request))) {
            exchange->reply(problemResponse(ErrorCode::Forbidden, {}));
            return;
        }
        exchange->caller = *caller;
    }
    found.route->handler(m_services, exchange);
}

} // namespace cf::hub
