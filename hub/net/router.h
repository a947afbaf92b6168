// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/exchange.h"
#include "hub/net/services.h"

#include <span>

namespace cf::hub {

using Handler = void (*)(Services &, const ExchangePtr &);

// A segment "*" of the path takes anything but nothing; it becomes one of the arguments.
struct Route {
    const char *method; // HEAD is answered by GET's
    const char *path;
    Permission permission;
    Handler handler;
    bool tokenInQuery = false; // for clients that cannot set headers
};

// Every route there is. Each is described in hub/web/openapi.json, and nothing else is.
std::span<const Route> routeTable();

// Finds the route, lets in who may pass, and gives the rest its problem document.
class Router
{
public:
    Router(Services &services, const Authenticator &authenticator);
    void handle(const ExchangePtr &exchange) const;

private:
    Services &m_services;
    const Authenticator &m_authenticator;
};

} // namespace cf::hub
