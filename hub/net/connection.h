// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/any_stream.h"
#include "hub/net/exchange.h"
#include "hub/net/services.h"

namespace cf::hub {

// A place among the connections, and among those of one address; given back when it is destroyed.
class ConnectionSlot
{
public:
    explicit ConnectionSlot(QString address, std::function<void()> release)
        : m_address(std::move(address)), m_release(std::move(release))
    {
    }
    ~ConnectionSlot() { m_release(); }
    ConnectionSlot(const ConnectionSlot &) = delete;
    ConnectionSlot &operator=(const ConnectionSlot &) = delete;
    [[nodiscard]] const QString &address() const { return m_address; }

private:
    QString m_address;
    std::function<void()> m_release;
};

class Connection
{
public:
    virtual ~Connection() = default;
    // Called some times a second: ends what has been waiting too long.
    virtual void tick(Monotonic now) = 0;
    // The hub is stopping: finish what is under way, say goodbye, end.
    virtual void shutdown() = 0;
    // Ends at once.
    virtual void abort() = 0;
};

// The server as its connections see it. Keeps them alive between keep() and release().
class ConnectionHost
{
public:
    virtual ~ConnectionHost() = default;
    [[nodiscard]] virtual Services &services() = 0;
    [[nodiscard]] virtual boost::asio::ssl::context *tls() = 0;
    [[nodiscard]] virtual Monotonic now() const = 0;
    virtual void handle(const ExchangePtr &exchange) = 0;
    virtual void keep(const std::shared_ptr<Connection> &connection) = 0;
    virtual void release(Connection *connection) = 0;
};

// Takes over a stream whose request asked for a WebSocket.
void startWebSocketConnection(ConnectionHost &host, std::unique_ptr<AnyStream> stream,
                              std::unique_ptr<ConnectionSlot> slot, const HttpRequest &request,
                              StreamFactory factory);

} // namespace cf::hub
