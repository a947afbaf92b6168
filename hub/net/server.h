// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"
#include "shared/base/result.h"

#include <memory>

namespace boost::asio {
class io_context;
}

namespace cf::hub {

// The hub's one port: JSON API, kitchen streams, trackers and pages over HTTP/1.1, with TLS beside
// plain HTTP when a certificate is configured. Everything happens on the thread that runs the loop,
// which outlives the server. Bounded everywhere: see ServerLimits.
class HttpServer
{
public:
    HttpServer(boost::asio::io_context &loop, Backend &backend, ServerConfig config);
    // Whatever is still open is closed at once.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    // Raises the process's limit on open files as far as it may, reads the certificate, binds and
    // accepts. Returns the port. Validation failures and errors of the system are ErrorCode::
    // ValidationFailed and Unavailable, with a line for a person.
    Result<quint16> listen();

    // Accepts no more, tells every stream goodbye, answers what is asked already; after
    // ServerLimits::stopMax at most, every connection is closed. Then `stopped` is called, once.
    void stop(std::function<void()> stopped);

    [[nodiscard]] const NetStats &stats() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cf::hub
