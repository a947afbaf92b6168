// SPDX-License-Identifier: Apache-2.0
#include "hub/net/event_request.h"
#include "hub/net/pin_hash.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/net/session.h"
#include "hub/settings/settings_limits.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

HttpResponse whoResponse(const Caller &caller)
{
    return jsonResponse(
        canonicalJson(QJsonObject{{L1("role"), roleName(caller.role)}, {L1("name"), caller.name}}));
}

// A demo, which asks for no token, has nothing to seal.
void beginSession(Services &services, const ExchangePtr &exchange, const Caller &caller)
{
    const Timestamp now = services.backend.clock().now();
    HttpResponse response = whoResponse(caller);
    const QByteArray sealed =
        SessionSeal(services.config.tokens).seal({caller, now + limits::sessionMax});
    if (!sealed.isEmpty() && !caller.demo) {
        response.with("Set-Cookie",
                      setSessionCookie(sealed, limits::sessionMax, exchange->request.secure));
    }
    exchange->reply(response);
}

HttpResponse waitResponse(PinGuard::Wait wait)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    HttpResponse response = problemResponse(
        ErrorCode::TooManyRequests, QStringLiteral("wait %1 s before another PIN").arg(seconds));
    Result<QJsonObject> body = parseJsonObject(response.body);
    body->insert(L1("retry_after_s"), static_cast<qint64>(seconds));
    response.body = canonicalJson(*body);
    std::erase_if(response.headers,
                  [](const HeaderField &one) { return one.name == "Retry-After"; });
    return response.with("Retry-After", QByteArray::number(static_cast<qint64>(seconds)));
}

void answerPin(Services &services, const ExchangePtr &exchange, const QByteArray &hash)
{
    services.staffDoor.guard.ended();
    const Staff &staff = services.staffDoor.staff(services.backend.hub());
    const StaffMember *member = staff.withPin(hash);
    if (!member) {
        exchange->reply(hash.isEmpty() ? problemResponse(ErrorCode::Unavailable, {})
                                       : problemResponse(ErrorCode::Unauthorised,
                                                         QStringLiteral("no PIN is this one")));
        return;
    }
    services.staffDoor.guard.succeeded(exchange->request.address,
                                       services.backend.clock().monotonic());
    Caller caller{roleOf(member->role), member->name};
    caller.staff = member->id;
    caller.since = services.backend.clock().now();
    beginSession(services, exchange, caller);
}

// Hashed by a reader thread, also when nobody has a PIN: an answer's time says nothing.
void tryPin(Services &services, const ExchangePtr &exchange, const QByteArray &pin)
{
    PinGuard &guard = services.staffDoor.guard;
    const auto wait = guard.begin(exchange->request.address, services.backend.clock().monotonic());
    if (wait) {
        exchange->reply(waitResponse(*wait));
        return;
    }
    QByteArray salt = services.staffDoor.staff(services.backend.hub()).salt;
    if (salt.isEmpty())
        salt = QByteArrayLiteral("nobody");
    const auto hash = std::make_shared<QByteArray>();
    const bool queued = services.backend.read(
        [hash, pin, salt](EventReader &) { *hash = hashPin(pin, salt); },
        [&services, exchange, hash] { answerPin(services, exchange, *hash); });
    if (queued)
        return;
    guard.ended();
    exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

// The token of a request that has it in its body, where bearer tokens stand.
HttpRequest withBearer(const HttpRequest &request, const QString &token)
{
    HttpRequest with = request;
    std::erase_if(with.headers, [](const HeaderField &one) { return one.name == "authorization"; });
    with.headers.push_back({"authorization", "Bearer " + token.toUtf8()});
    return with;
}

void identifyAndBegin(Services &services, const ExchangePtr &exchange, const HttpRequest &request)
{
    const Authenticator authenticator(services.config.tokens, services.config.demo);
    const Result<Caller> caller =
        authenticator.identify(request, false, services.backend.clock().now());
    if (!caller)
        exchange->reply(problemResponse(caller.error()));
    else if (!services.staffDoor.letsIn(*caller, services.backend.hub()))
        exchange->reply(problemResponse(ErrorCode::Unauthorised, {}));
    else
        beginSession(services, exchange, *caller);
}

} // namespace

// A token or a PIN in, a session out: `Authorization: Bearer`, {"token": "…"}, or {"pin": "1234"}.
void postSession(Services &services, const ExchangePtr &exchange)
{
    const HttpRequest &request = exchange->request;
    if (request.body.isEmpty()) {
        identifyAndBegin(services, exchange, request);
        return;
    }
    const Result<QJsonObject> body = bodyObject(request);
    if (!body) {
        exchange->reply(problemResponse(body.error()));
        return;
    }
    std::vector<FieldError> errors;
    const Fields fields(*body, QString(), errors);
    const QString token = fields.text(L1("token"), limits::nameLengthMax);
    const QString pin = fields.text(L1("pin"), limits::pinDigitsMax);
    if (!errors.empty())
        exchange->reply(problemResponse(invalidFields(std::move(errors))));
    else if (!pin.isEmpty())
        tryPin(services, exchange, pin.toUtf8());
    else
        identifyAndBegin(services, exchange,
                         token.isEmpty() ? request : withBearer(request, token));
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
