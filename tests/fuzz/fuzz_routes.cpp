// SPDX-License-Identifier: Apache-2.0
// Whole requests through the router to the log. The input is requests, cut at 0xFF; each is a line
// with method, target and headers (cut at tabs), then the body. "ORDER" and "TOKEN" in a target
// stand for an order there is and for its tracker's token.
#include "hub/net/exchange.h"
#include "hub/net/router.h"
#include "shared/protocol/canonical_json.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_hub.h"

#include <set>

namespace cf::fuzz {

using namespace cf::hub;
using namespace std::chrono_literals;

namespace {

// One request's answer: exactly one, of any kind.
class Sink final : public ExchangeSink
{
public:
    void sendResponse(HttpResponse response) override
    {
        ++answers;
        check(response);
        CF_DEMAND(!serialise(response, {}).isEmpty());
    }
    void startEventStream(const StreamFactory & /*factory*/) override { ++answers; }
    void startWebSocket(const StreamFactory & /*factory*/) override { ++answers; }

    int answers = 0;

private:
    static void check(const HttpResponse &response)
    {
        static const std::set<int> known{200, 201, 204, 304, 400, 401, 403, 404, 405,
                                         406, 409, 410, 413, 415, 422, 426, 429, 431};
        CF_DEMAND(known.contains(response.status));
        if (response.contentType.startsWith("application/") && !response.body.isEmpty())
            CF_DEMAND(parseJsonObject(response.body).has_value());
        if (response.status >= 400 && response.contentType == "application/problem+json") {
            const QJsonObject problem = *parseJsonObject(response.body);
            CF_DEMAND(problem.value(QStringLiteral("status")).toInt() == response.status);
            CF_DEMAND(!problem.value(QStringLiteral("code")).toString().isEmpty());
        }
        for (const HeaderField &field : response.headers)
            CF_DEMAND(!field.value.contains('\n') && !field.value.contains('\r'));
    }
};

HttpRequest requestOf(const QByteArray &text, const FuzzHub &hub)
{
    const QByteArrayList lines = pieces(text, '\n', 2);
    const QByteArrayList head = pieces(lines.front(), '\t', 12);
    const QByteArrayList start = pieces(head.front(), ' ', 2);
    HttpRequest request;
    request.method = start.front();
    QByteArray target = start.value(1);
    target.replace("ORDER", hub.orderId()).replace("TOKEN", hub.trackerToken());
    const QByteArrayList parts = pieces(target, '?', 2);
    request.path = parts.front().startsWith('/') ? parts.front() : '/' + parts.front();
    request.query = parts.value(1);
    for (const QByteArray &header : head.sliced(1)) {
        const QByteArrayList field = pieces(header, ':', 2);
        const QByteArray value = field.value(1).trimmed();
        if (!value.contains('\r')) // no request reader lets it through
            request.headers.push_back({field.front().toLower(), value});
    }
    request.body = lines.value(1);
    request.address = QStringLiteral("192.0.2.1");
    return request;
}

} // namespace

void run(QByteArrayView input)
{
    if (input.isEmpty())
        return;
    const bool isGuarded = input.front() == '!';
    FuzzHub hub(isGuarded);
    const Authenticator authenticator(hub.services().config.tokens, !isGuarded);
    const Router router(hub.services(), authenticator);
    for (const QByteArray &text : pieces(input.sliced(isGuarded ? 1 : 0), '\xff', 6)) {
        Sink sink;
        const auto exchange = std::make_shared<Exchange>(requestOf(text, hub), sink);
        router.handle(exchange);
        hub.run();
        hub.run(30s); // whatever waits has waited long enough
        CF_DEMAND(sink.answers == 1);
        exchange->abandon();
        hub.demandSound();
    }
}

} // namespace cf::fuzz
