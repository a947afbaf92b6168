// SPDX-License-Identifier: Apache-2.0
#include "hub/net/session.h"

#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <openssl/crypto.h>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr QByteArrayView cookieName = "cf_session";
constexpr auto base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

SessionSeal::SessionSeal(const std::vector<AccessToken> &tokens)
{
    if (tokens.empty())
        return;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayLiteral("counterfire session 1"));
    for (const AccessToken &token : tokens) {
        // Each with its length, so that no two lists give the same bytes.
        hash.addData(QByteArray::number(token.token.size()) + ':' + token.token);
    }
    m_key = hash.result();
}

QByteArray SessionSeal::sign(const QByteArray &text) const
{
    return QMessageAuthenticationCode::hash(text, m_key, QCryptographicHash::Sha256);
}

QByteArray SessionSeal::seal(const Session &session) const
{
    if (m_key.isEmpty())
        return {};
    const qint64 expires = session.expires.time_since_epoch().count();
    QJsonObject json{{L1("role"), roleName(session.caller.role)},
                     {L1("name"), session.caller.name},
                     {L1("expires"), expires}};
    if (!session.caller.staff.isEmpty()) {
        const qint64 since = session.caller.since.time_since_epoch().count();
        json.insert(L1("staff"), session.caller.staff);
        json.insert(L1("since"), since);
    }
    const QByteArray text = canonicalJson(json).toBase64(base64);
    return text + '.' + sign(text).toBase64(base64);
}

std::optional<Session> SessionSeal::open(QByteArrayView sealed, Timestamp now) const
{
    const qsizetype dot = sealed.indexOf('.');
    if (m_key.isEmpty() || dot < 0 || sealed.size() > limits::sessionBytesMax)
        return std::nullopt;
    const QByteArray text = sealed.first(dot).toByteArray();
    const QByteArray wanted = sign(text);
    const QByteArray given = QByteArray::fromBase64(sealed.sliced(dot + 1).toByteArray(), base64);
    if (given.size() != wanted.size()
        || CRYPTO_memcmp(given.constData(), wanted.constData(), static_cast<size_t>(wanted.size()))
               != 0)
        return std::nullopt;
    const Result<QJsonObject> json = parseJsonObject(QByteArray::fromBase64(text, base64));
    if (!json)
        return std::nullopt;
    const std::optional<Role> role = roleFromName(json->value(L1("role")).toString());
    const Timestamp expires{std::chrono::milliseconds(json->value(L1("expires")).toInteger())};
    if (!role || expires <= now)
        return std::nullopt;
    Caller caller{*role, json->value(L1("name")).toString(), false, true};
    caller.staff = json->value(L1("staff")).toString();
    caller.since = Timestamp(std::chrono::milliseconds(json->value(L1("since")).toInteger()));
    return Session{std::move(caller), expires};
}

QByteArray sessionCookie(const HttpRequest &request)
{
    for (const QByteArray &pair : request.header("cookie").split(';')) {
        const QByteArray cookie = pair.trimmed();
        const qsizetype equals = cookie.indexOf('=');
        if (equals > 0 && QByteArrayView(cookie).first(equals) == cookieName)
            return cookie.mid(equals + 1);
    }
    return {};
}

QByteArray setSessionCookie(const QByteArray &sealed, std::chrono::seconds kept, bool secure)
{
    QByteArray cookie = cookieName.toByteArray() + '=' + sealed + "; Path=/; HttpOnly"
                        + "; SameSite=Strict; Max-Age=" + QByteArray::number(kept.count());
    if (secure)
        cookie += "; Secure";
    return cookie;
}

} // namespace cf::hub
