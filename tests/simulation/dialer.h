// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/wire.h"

namespace cf::sim {

// How a client machine reaches the hub.
class Dialer
{
public:
    virtual ~Dialer() = default;
    // Opens a connection over the link and sends the request. `user` hears the answer, or that the
    // connection is gone; it may hear nothing at all.
    virtual WirePtr dial(const LinkPtr &link, WireUser *user, hub::HttpRequest request) = 0;
};

// One request and its answer, or none within the time: nullptr. Destroyed, it hangs up.
class HttpCall final : public WireUser
{
public:
    using Done = std::function<void(const hub::HttpResponse *)>;

    HttpCall(Dialer &dialer, const LinkPtr &link, Agenda &agenda, hub::HttpRequest request,
             milliseconds limit, Done done);
    ~HttpCall() override;

    void onMessage(const Message &message) override;
    void onClosed() override { finish(nullptr); }

private:
    void finish(const hub::HttpResponse *response);

    Turns m_turns;
    WirePtr m_wire;
    Done m_done;
};

hub::HttpRequest getRequest(const QByteArray &path, const QByteArray &query = {});
hub::HttpRequest postRequest(const QByteArray &path, const QByteArray &json);
// The kitchen stream as a WebSocket.
hub::HttpRequest kitchenStreamRequest();
// "/v1/kds/events?since=..." as a request.
hub::HttpRequest requestTo(const QString &target, const QByteArray &json, bool isPost);

} // namespace cf::sim
