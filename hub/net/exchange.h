// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/auth.h"
#include "hub/net/channel.h"
#include "hub/net/http_message.h"

namespace cf::hub {

// Where an exchange's answer goes: a connection.
class ExchangeSink
{
public:
    virtual ~ExchangeSink() = default;
    virtual void sendResponse(HttpResponse response) = 0;
    virtual void startEventStream(const StreamFactory &factory) = 0;
    virtual void startWebSocket(const StreamFactory &factory) = 0;
};

// One request and its answer, given now or later, exactly once: the first answer counts, and none
// does after the client has gone. Shared by the connection and whoever works on the answer.
class Exchange
{
public:
    Exchange(HttpRequest incoming, ExchangeSink &sink) : request(std::move(incoming)), m_sink(&sink)
    {
    }

    const HttpRequest request;
    Caller caller;                     // set by the router before the handler runs
    std::vector<QByteArray> arguments; // the path's variable parts, in order

    void reply(HttpResponse response);
    void streamEvents(const StreamFactory &factory);
    void upgrade(const StreamFactory &factory);

    // Still waiting for its answer, and the client for it.
    [[nodiscard]] bool isOpen() const { return m_sink != nullptr; }
    // Called once if the client leaves before the answer.
    void onGone(std::function<void()> callback) { m_onGone = std::move(callback); }
    // Called once if the hub stops before the answer: answer now.
    void onHurry(std::function<void()> callback) { m_onHurry = std::move(callback); }

    // From the connection.
    void abandon();
    void hurry();

private:
    ExchangeSink *take();

    ExchangeSink *m_sink;
    std::function<void()> m_onGone;
    std::function<void()> m_onHurry;
};
using ExchangePtr = std::shared_ptr<Exchange>;

} // namespace cf::hub
