// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/access_log.h"
#include "hub/net/auth.h"
#include "shared/base/limits.h"

#include <functional>

namespace cf::hub {

// The bounds of limits.h that a server obeys; tests shorten them.
struct ServerLimits {
    qint64 headerBytesMax = limits::headerBytesMax;
    qint64 bodyBytesMax = limits::bodyBytesMax;
    int connectionsMax = limits::connectionsMax;
    int connectionsPerAddressMax = limits::connectionsPerAddressMax;
    std::chrono::milliseconds requestReadMax = limits::requestReadMax;
    std::chrono::milliseconds keepAliveIdleMax = limits::keepAliveIdleMax;
    std::chrono::milliseconds writeStallMax = limits::writeStallMax;
    std::chrono::milliseconds helloMax = limits::helloMax;
    std::chrono::milliseconds stopMax = limits::stopMax;
    std::chrono::milliseconds trackerHeartbeat = limits::trackerHeartbeat;
    std::chrono::milliseconds pollWaitMax = limits::pollWaitMax;
    qint64 outputBytesMax = limits::outputBytesMax;
    // Bytes the kernel buffers for one connection; 0: its own choice. For tests of slow readers.
    int socketBufferBytes = 0;
};

class HealthSource;

struct ServerConfig {
    QString bindAddress = QStringLiteral("127.0.0.1"); // an IPv4 or IPv6 literal
    quint16 port = 0;                                  // 0: any free one
    bool demo = false;                                 // asks nobody for a token
    std::vector<AccessToken> tokens;
    // PEM files, both or neither. With them the port answers TLS and plain HTTP alike: which of
    // the two a client speaks is told by its first byte.
    QString tlsCertPath;
    QString tlsKeyPath;
    ServerLimits limits = {};
    // What the hub knows of its machine and its files; outlives the server. Null: nothing, and what
    // asks for it is Unavailable.
    HealthSource *health = nullptr;
    // Told of each answered request; nothing in it is secret. May be empty.
    std::function<void(const AccessLine &)> accessLog = {};

    [[nodiscard]] bool tls() const { return !tlsCertPath.isEmpty(); }
};

} // namespace cf::hub
