// SPDX-License-Identifier: Apache-2.0
// "Where would this item show?": the hub's own routing, asked about an item that nobody ordered.
#include "hub/net/event_request.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/settings/one_line.h"
#include "shared/kitchen/routing.h"
#include "shared/protocol/canonical_json.h"

#include <QMap>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

KitchenSettings kitchenOf(const OrderHub &hub)
{
    const Result<QJsonObject> json = parseJsonObject(hub.settings().body);
    const Result<KitchenSettings> settings = json ? settingsFromJson(*json) : json.error();
    return settings ? *settings : KitchenSettings();
}

struct Question {
    KitchenSettings settings;
    OrderState order;
    OrderLine line;
};

// {item: {sku, category, station}, service_type, settings}: all optional; without `settings`, which
// may be a draft, by those that are in force.
Result<Question> parseQuestion(const QJsonObject &body, const KitchenSettings &inForce)
{
    std::vector<FieldError> errors;
    const Fields fields(body, QString(), errors);
    const Fields item(fields.object(L1("item")), QStringLiteral("/item"), errors);
    Question question{inForce, {}, {}};
    question.line.item.sku = optionalLine(item, L1("sku"), limits::nameLengthMax);
    question.line.item.category = optionalLine(item, L1("category"), limits::nameLengthMax);
    question.line.item.station = optionalLine(item, L1("station"), limits::nameLengthMax);
    const QString type = fields.text(L1("service_type"), limits::nameLengthMax);
    question.order.serviceType = serviceTypeFromName(type);
    if (!type.isEmpty() && !question.order.serviceType)
        fields.fail(L1("service_type"), QStringLiteral("is not a service type"));
    if (fields.has(L1("settings"))) {
        Result<KitchenSettings> draft = settingsFromJson(fields.object(L1("settings")));
        if (draft)
            question.settings = std::move(*draft);
        else
            for (const FieldError &error : draft.error().fields)
                errors.push_back({QStringLiteral("/settings") + error.pointer, error.detail});
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return question;
}

QLatin1StringView shownName(LineShown shown)
{
    switch (shown) {
    case LineShown::No: return L1("no");
    case LineShown::Yes: return L1("yes");
    case LineShown::Unrouted: return L1("unrouted");
    }
    return {};
}

// Every display that is set up, or was seen, and what it would show.
QJsonArray displaysJson(const OrderHub &hub, const Question &question, const Routing &routing)
{
    QMap<QString, bool> connected; // by name
    for (const DisplaySettings &display : question.settings.displays)
        connected.insert(display.name, false);
    for (const DisplayInfo &display : hub.displays())
        connected[display.name] = connected.value(display.name) || display.connected;
    QJsonArray displays;
    for (auto it = connected.constBegin(); it != connected.constEnd(); ++it) {
        const DisplaySettings display = question.settings.display(it.key());
        const LineShown shown = routing.shows(display, question.order, question.line);
        displays.append(QJsonObject{{L1("name"), it.key()},
                                    {L1("role"), displayRoleName(display.role)},
                                    {L1("shows"), shownName(shown)},
                                    {L1("connected"), it.value()}});
    }
    return displays;
}

} // namespace

// {station: {id, name} or null, by, displays: [{name, role, shows, connected}]}
void postRouteTest(Services &services, const ExchangePtr &exchange)
{
    const OrderHub &hub = services.backend.hub();
    const Result<QJsonObject> body = bodyObject(exchange->request);
    if (!body) {
        exchange->reply(problemResponse(body.error()));
        return;
    }
    const Result<Question> question = parseQuestion(*body, kitchenOf(hub));
    if (!question) {
        exchange->reply(problemResponse(question.error()));
        return;
    }
    const Routing routing(question->settings);
    const Routed routed = routing.route(question->order, question->line);
    const Station *station = question->settings.station(routed.station);
    QJsonValue stationJson;
    if (station)
        stationJson = QJsonObject{{L1("id"), station->id}, {L1("name"), station->name}};
    exchange->reply(jsonResponse(
        canonicalJson(QJsonObject{{L1("station"), stationJson},
                                  {L1("by"), routedByName(routed.by)},
                                  {L1("displays"), displaysJson(hub, *question, routing)}})));
}

} // namespace cf::hub
