// SPDX-License-Identifier: Apache-2.0
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/net/session.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

HttpResponse whoResponse(const Caller &caller)
{
    return jsonResponse(
        canonicalJson(QJsonObject{{L1("role"), roleName(caller.role)}, {L1("name"), caller.name}}));
}

} // namespace

// A token in, a session out. A demo, which asks for no token, has nothing to seal.
void postSession(Services &services, const ExchangePtr &exchange)
{
    const Timestamp now = services.backend.clock().now();
    HttpResponse response = whoResponse(exchange->caller);
    const QByteArray sealed =
        SessionSeal(services.config.tokens).seal({exchange->caller, now + limits::sessionMax});
    if (!sealed.isEmpty() && !exchange->caller.demo) {
        response.with("Set-Cookie",
                      setSessionCookie(sealed, limits::sessionMax, exchange->request.secure));
    }
    exchange->reply(response);
}

void getSession(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    exchange->reply(whoResponse(exchange->caller));
}

void deleteSession(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    HttpResponse response;
    response.status = 204;
    exchange->reply(
        response.with("Set-Cookie", setSessionCookie({}, {}, exchange->request.secure)));
}

} // namespace cf::hub
