// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"
#include "shared/base/result.h"
#include "shared/order/order_event.h"

#include <memory>
#include <optional>

namespace cf::hub {

class SessionSeal;

// What a token opens. Manager opens everything.
enum class Role : quint8 { Kitchen, Manager, Integration, Counter };
QLatin1StringView roleName(Role role);
std::optional<Role> roleFromName(QStringView name);

// `name` says in the log whose token it was; never secret. The token is.
struct AccessToken {
    Role role = Role::Integration;
    QString name;
    QByteArray token;
};

// Who is asking. `demo`: a hub that asks nobody for a token.
struct Caller {
    Role role = Role::Integration;
    QString name;
    bool demo = false;
    bool browser = false; // by a cookie, which browsers send wherever a page is from
    QString staff = {};   // the id of who signed in with a PIN; empty: a token's
    Timestamp since{};    // when, of staff
};

// What a route asks for before it is run.
enum class Permission : quint8 {
    Anyone,  // trackers, health
    Orders,  // post orders: integration, counter, manager
    Events,  // append events, read orders and timelines: every role
    Kitchen, // streams, polling, snapshot, displays: kitchen, manager
    Manager, // metrics, statistics
};
bool isPermitted(Permission permission, const Caller &caller);

// Knows tokens only as SHA-256 digests and compares all of them, each in constant time, so that
// the time of an answer says nothing about a token.
class Authenticator
{
public:
    Authenticator(const std::vector<AccessToken> &tokens, bool demo);

    // The caller of a request: `Authorization: Bearer`, or `?access_token=` where allowed (streams,
    // because browsers cannot set headers there), or a session's cookie. Unauthorised when there is
    // none that is known.
    [[nodiscard]] Result<Caller> identify(const HttpRequest &request, bool queryAllowed,
                                          Timestamp now) const;

private:
    struct Entry {
        QByteArray digest;
        Caller caller;
    };
    [[nodiscard]] const Caller *find(QByteArrayView token) const;

    std::vector<Entry> m_entries;
    std::shared_ptr<const SessionSeal> m_sessions;
    bool m_demo = false;
};

// The actor in the log for something this caller does over HTTP.
Actor actorOf(const Caller &caller, const HttpRequest &request);

} // namespace cf::hub
