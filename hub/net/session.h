// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/auth.h"

#include <optional>

namespace cf::hub {

// Who a browser acts for, and until when. It travels in a cookie that no script can read, sealed by
// the hub: pages then need no token in their addresses, and a restarted hub knows its sessions.
struct Session {
    Caller caller;
    Timestamp expires{};
};

// Seals and opens sessions with a key made of the hub's tokens: with other tokens, none is good any
// more. A hub without tokens (a demo) seals nothing.
class SessionSeal
{
public:
    explicit SessionSeal(const std::vector<AccessToken> &tokens);

    // Empty when there are no tokens.
    [[nodiscard]] QByteArray seal(const Session &session) const;
    // nullopt when it is not this hub's, was changed, or has ended. Compares in constant time.
    [[nodiscard]] std::optional<Session> open(QByteArrayView sealed, Timestamp now) const;

private:
    [[nodiscard]] QByteArray sign(const QByteArray &text) const;

    QByteArray m_key; // empty: none
};

// The session's cookie in a request; empty when there is none.
QByteArray sessionCookie(const HttpRequest &request);
// The value of Set-Cookie that keeps `sealed` for so long; none at all for an empty one.
QByteArray setSessionCookie(const QByteArray &sealed, std::chrono::seconds kept, bool secure);

} // namespace cf::hub
