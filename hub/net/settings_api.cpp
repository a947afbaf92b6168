// SPDX-License-Identifier: Apache-2.0
#include "hub/net/event_request.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/order/answers.h"
#include "shared/order/fields.h"

#include <limits>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

// {rev, settings}: what they shall be, and the revision that was looked at.
Result<ChangeSettings> parseChange(const HttpRequest &request)
{
    const Result<QJsonObject> body = bodyObject(request);
    if (!body)
        return body.error();
    std::vector<FieldError> errors;
    const Fields fields(*body, QString(), errors);
    const QJsonObject json = fields.object(L1("settings"));
    if (!fields.has(L1("settings")))
        fields.fail(L1("settings"), QStringLiteral("is required"));
    if (!fields.has(L1("rev")))
        fields.fail(L1("rev"), QStringLiteral("is required"));
    const auto rev = fields.integer(L1("rev"), 0, std::numeric_limits<qint32>::max());
    Result<KitchenSettings> settings = settingsFromJson(json);
    if (!settings) {
        for (const FieldError &error : settings.error().fields)
            errors.push_back({QStringLiteral("/settings") + error.pointer, error.detail});
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return ChangeSettings{std::move(*settings), *rev};
}

} // namespace

void getSettings(Services &services, const ExchangePtr &exchange)
{
    exchange->reply(jsonResponse(settingsBody(services.backend.hub().settings())));
}

void putSettings(Services &services, const ExchangePtr &exchange)
{
    Result<ChangeSettings> change = parseChange(exchange->request);
    if (!change) {
        exchange->reply(problemResponse(change.error()));
        return;
    }
    Request request{std::move(*change), actorOf(exchange->caller, exchange->request)};
    const bool queued =
        services.backend.submit(std::move(request), [exchange](const Answer &answer) {
            exchange->reply(answer.outcome == Outcome::Refused ? problemResponse(answer.error)
                                                               : jsonResponse(answer.body));
        });
    if (!queued)
        exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

} // namespace cf::hub
