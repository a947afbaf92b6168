// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/exchange.h"
#include "hub/net/services.h"
#include "tests/simulation/wire.h"

#include <deque>

namespace cf::sim {

class HubConnection;

// Whoever serves connections: the hub's process.
class ConnectionOwner
{
public:
    virtual ~ConnectionOwner() = default;
    virtual void handle(const hub::ExchangePtr &exchange) = 0;
    virtual void release(HubConnection *connection) = 0;
    [[nodiscard]] virtual const hub::ServerLimits &limits() const = 0;
    [[nodiscard]] virtual Monotonic monotonic() const = 0;
};

// The hub's end of one connection, as HttpConnection and WsConnection are in the product: one
// request, then its answer or a stream with a bounded way out.
class HubConnection final : public WireUser,
                            public hub::Channel,
                            public hub::ExchangeSink,
                            public std::enable_shared_from_this<HubConnection>
{
public:
    HubConnection(ConnectionOwner &owner, WirePtr wire);
    ~HubConnection() override;

    // WireUser
    void onMessage(const Message &message) override;
    void onTaken() override;
    void onClosed() override;

    // Channel
    [[nodiscard]] bool canSend() const override;
    void send(hub::Outgoing message) override;
    void close() override;
    void setReading(bool on) override { m_wire->setReading(End::Hub, on); }

    // ExchangeSink
    void sendResponse(hub::HttpResponse response) override;
    void startEventStream(const hub::StreamFactory &factory) override;
    void startWebSocket(const hub::StreamFactory &factory) override;

    // Ends what the socket has not taken anything of for too long.
    void tick();
    void shutdown();
    void abort();

    [[nodiscard]] qint64 waitingBytes() const { return m_waitingBytes; }
    [[nodiscard]] qint64 waitingMax() const { return m_waitingMax; }

private:
    struct Waiting {
        Message message;
        hub::Outgoing outgoing;
    };
    void push(Message message, hub::Outgoing outgoing);
    void flush();
    void finish();

    ConnectionOwner &m_owner;
    WirePtr m_wire;
    hub::ExchangePtr m_exchange;
    std::shared_ptr<hub::StreamUser> m_user;
    std::deque<Waiting> m_waiting;
    qint64 m_waitingBytes = 0;
    qint64 m_waitingMax = 0;
    Monotonic m_progressAt{};
    bool m_closing = false;
    bool m_closed = false;
    bool m_flushing = false;
};

} // namespace cf::sim
