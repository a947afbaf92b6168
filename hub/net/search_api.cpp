// SPDX-License-Identifier: Apache-2.0
#include "hub/net/ledger_lookup.h"
#include "hub/net/parameters.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/reports/report_limits.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

constexpr std::array searchParameters = {"q", "status", "source", "from", "to", "limit", "before"};

// "open" and "closed" stand for the statuses that are.
void addStatuses(const QString &name, std::vector<OrderStatus> &statuses, Parameters &parameters)
{
    using enum OrderStatus;
    if (name == L1("open"))
        statuses.insert(statuses.end(), {Placed, Paid, Accepted, InKitchen, Ready});
    else if (name == L1("closed"))
        statuses.insert(statuses.end(), {Completed, Cancelled});
    else if (const std::optional<OrderStatus> status = orderStatusFromName(name))
        statuses.push_back(*status);
    else
        parameters.fail("status", QStringLiteral("must be open, closed, or statuses of orders, "
                                                 "separated by commas"));
}

Result<OrderSearch> parseSearch(const HttpRequest &request, const LocalDays &days)
{
    Parameters parameters(request);
    OrderSearch search;
    search.text = parameters.text("q", report_limits::searchLengthMax);
    for (const QString &name : parameters.list("status", limits::keyLengthMax))
        addStatuses(name, search.statuses, parameters);
    search.source = parameters.text("source", limits::nameLengthMax);
    search.from = parameters.from("from", days);
    search.to = parameters.to("to", days);
    search.limit = static_cast<int>(parameters.integer("limit", 1, report_limits::searchPageMax,
                                                       report_limits::searchPageDefault));
    if (parameters.has("before")) {
        search.after = SearchPlace::fromText(*request.parameter("before"));
        if (!search.after)
            parameters.fail("before", QStringLiteral("must be `next` of the page before"));
    }
    if (!parameters.isSound())
        return parameters.error();
    return search;
}

QJsonValue timeOrNull(const std::optional<Timestamp> &at)
{
    return at ? QJsonValue(QString::fromLatin1(formatTimestamp(*at))) : QJsonValue();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject foundJson(const FoundOrder &order)
{
    return {{L1("order_id"), QString::fromLatin1(uuidText(order.id))},
            {L1("number"), order.number},
            {L1("name"), textOrNull(order.name)},
            {L1("source"), textOrNull(order.source)},
            {L1("external_id"), textOrNull(order.externalId)},
            {L1("service_type"), textOrNull(order.serviceType)},
            {L1("table"), textOrNull(order.table)},
            {L1("status"), order.status},
            {L1("currency"), textOrNull(order.currency)},
            {L1("total"), order.total ? QJsonValue(*order.total) : QJsonValue()},
            {L1("items_count"), order.items},
            {L1("recalls"), order.recalls},
            {L1("cancel_reason"), textOrNull(order.cancelReason)},
            {L1("placed_at"), QString::fromLatin1(formatTimestamp(order.placedAt))},
            {L1("closed_at"), timeOrNull(order.closedAt)},
            {L1("opened_pos"), order.openedPos}};
}

HttpResponse foundResponse(const FoundOrders &found)
{
    QJsonArray orders;
    for (const FoundOrder &order : found.orders)
        orders.append(foundJson(order));
    const QJsonValue next =
        found.next ? QJsonValue(QString::fromLatin1(found.next->text())) : QJsonValue();
    return jsonResponse(canonicalJson(QJsonObject{{L1("orders"), orders},
                                                  {L1("more"), found.next.has_value()},
                                                  {L1("next"), next},
                                                  {L1("as_of"), found.asOf}}));
}

} // namespace

bool isSearch(const HttpRequest &request)
{
    return std::any_of(searchParameters.begin(), searchParameters.end(),
                       [&](const char *name) { return request.parameter(name).has_value(); });
}

void searchOrders(Services &services, const ExchangePtr &exchange)
{
    const Result<OrderSearch> search = parseSearch(exchange->request, restaurantDays(services));
    if (!search) {
        exchange->reply(problemResponse(search.error()));
        return;
    }
    askLedger<FoundOrders>(
        services, [search = *search](LedgerReader &ledger) { return ledger.findOrders(search); },
        [exchange](const Result<FoundOrders> &found) {
            exchange->reply(found ? foundResponse(*found) : problemResponse(found.error()));
        });
}

} // namespace cf::hub
