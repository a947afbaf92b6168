// SPDX-License-Identifier: Apache-2.0
#include "hub/net/auth.h"

#include "hub/net/session.h"
#include "shared/base/limits.h"

#include <QCryptographicHash>

#include <openssl/crypto.h>

namespace cf::hub {

namespace {

QByteArray digestOf(QByteArrayView token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

std::optional<QByteArray> bearerToken(const HttpRequest &request)
{
    const QByteArray value = request.header("authorization");
    if (value.size() > 7 && qstrnicmp(value.constData(), "bearer ", 7) == 0)
        return value.mid(7).trimmed();
    return std::nullopt;
}

} // namespace

QLatin1StringView roleName(Role role)
{
    switch (role) {
    case Role::Kitchen: return QLatin1StringView("kitchen");
    case Role::Manager: return QLatin1StringView("manager");
    case Role::Counter: return QLatin1StringView("counter");
    case Role::Integration: break;
    }
    return QLatin1StringView("integration");
}

std::optional<Role> roleFromName(QStringView name)
{
    for (const Role role : {Role::Kitchen, Role::Manager, Role::Integration, Role::Counter}) {
        if (roleName(role) == name)
            return role;
    }
    return std::nullopt;
}

bool isPermitted(Permission permission, const Caller &caller)
{
    if (caller.role == Role::Manager)
        return true;
    switch (permission) {
    case Permission::Anyone:
    case Permission::Events: return true;
    case Permission::Orders:
        return caller.role == Role::Integration || caller.role == Role::Counter;
    case Permission::Kitchen: return caller.role == Role::Kitchen;
    case Permission::Manager: return false;
    }
    return false;
}

Authenticator::Authenticator(const std::vector<AccessToken> &tokens, bool demo)
    : m_sessions(std::make_shared<const SessionSeal>(tokens)), m_demo(demo)
{
    for (const AccessToken &token : tokens) {
        // An empty token would open the hub to everyone who sends none.
        if (!token.token.isEmpty())
            m_entries.push_back({digestOf(token.token), Caller{token.role, token.name}});
    }
}

const Caller *Authenticator::find(QByteArrayView token) const
{
    const QByteArray digest = digestOf(token);
    const Caller *found = nullptr;
    for (const Entry &entry : m_entries) {
        const auto size = static_cast<size_t>(digest.size());
        if (CRYPTO_memcmp(entry.digest.constData(), digest.constData(), size) == 0)
            found = &entry.caller;
    }
    return found;
}

Result<Caller> Authenticator::identify(const HttpRequest &request, bool queryAllowed,
                                       Timestamp now) const
{
    std::optional<QByteArray> token = bearerToken(request);
    if (!token && queryAllowed)
        token = request.parameter("access_token");
    if (token) {
        if (const Caller *caller = find(*token))
            return *caller;
    } else if (const auto session = m_sessions->open(sessionCookie(request), now)) {
        return session->caller;
    }
    if (m_demo)
        return Caller{Role::Manager, QStringLiteral("demo"), true};
    return Error{ErrorCode::Unauthorised,
                 token ? QStringLiteral("the token is not one of this hub's")
                       : QStringLiteral("send a token as Authorization: Bearer")};
}

Actor actorOf(const Caller &caller, const HttpRequest &request)
{
    Actor actor;
    actor.id = caller.name;
    actor.address = request.address;
    actor.userAgent = QString::fromUtf8(request.header("user-agent")).left(limits::nameLengthMax);
    if (caller.demo || caller.role == Role::Integration || caller.role == Role::Counter)
        actor.kind = ActorKind::Integration;
    else
        actor.kind = caller.role == Role::Kitchen ? ActorKind::Kitchen : ActorKind::Manager;
    return actor;
}

} // namespace cf::hub
