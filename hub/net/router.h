// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/exchange.h"
#include "hub/net/services.h"

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
