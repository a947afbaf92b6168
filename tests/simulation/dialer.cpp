// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/dialer.h"

namespace cf::sim {

HttpCall::HttpCall(Dialer &dialer, const LinkPtr &link, Agenda &agenda, hub::HttpRequest request,
                   milliseconds limit, Done done)
    : m_turns(agenda), m_done(std::move(done))
{
    m_wire = dialer.dial(link, this, std::move(request));
    m_turns.after(limit, [this] { finish(nullptr); });
}

HttpCall::~HttpCall()
{
    m_wire->abort(End::Client);
}

void HttpCall::onMessage(const Message &message)
{
    if (message.response) {
        const auto response = message.response;
        finish(response.get());
    }
}

void HttpCall::finish(const hub::HttpResponse *response)
{
    m_turns.forget();
    m_wire->abort(End::Client);
    if (const Done done = std::exchange(m_done, nullptr))
        done(response); // may destroy this
}

hub::HttpRequest getRequest(const QByteArray &path, const QByteArray &query)
{
    hub::HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.query = query;
    request.address = QStringLiteral("192.168.7.20");
    return request;
}

hub::HttpRequest kitchenStreamRequest()
{
    hub::HttpRequest request = getRequest("/v1/kds/stream");
    request.headers = {{"upgrade", "websocket"},
                       {"connection", "Upgrade"},
                       {"sec-websocket-version", "13"},
                       {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    return request;
}

hub::HttpRequest postRequest(const QByteArray &path, const QByteArray &json)
{
    hub::HttpRequest request = getRequest(path);
    request.method = "POST";
    request.body = json;
    request.headers.push_back({"content-type", "application/json"});
    return request;
}

hub::HttpRequest requestTo(const QString &target, const QByteArray &json, bool isPost)
{
    const QByteArray text = target.toUtf8();
    const qsizetype mark = text.indexOf('?');
    const QByteArray path = mark < 0 ? text : text.left(mark);
    if (isPost)
        return postRequest(path, json);
    return getRequest(path, mark < 0 ? QByteArray() : text.mid(mark + 1));
}

} // namespace cf::sim
