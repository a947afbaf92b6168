// SPDX-License-Identifier: Apache-2.0
#include "hub/net/pages.h"

#include "hub/net/embedded_files.h"
#include "hub/net/guest_page.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/net/theme.h"

#include <QCryptographicHash>

namespace cf::hub {

namespace {

QByteArray mediaTypeOf(QByteArrayView name)
{
    if (name.endsWith(".css"))
        return "text/css; charset=utf-8";
    if (name.endsWith(".js") || name.endsWith(".mjs"))
        return "text/javascript; charset=utf-8";
    if (name.endsWith(".svg"))
        return "image/svg+xml";
    return {}; // pages are served by their own routes, filled in
}

QByteArray etagOf(QByteArrayView content)
{
    return '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().left(32)
           + '"';
}

} // namespace

QByteArrayView embeddedFile(QByteArrayView name)
{
    for (const EmbeddedFile &file : embeddedFiles()) {
        if (file.name == name)
            return file.content;
    }
    return {};
}

HttpResponse pageResponse(QByteArray html, int status)
{
    return textResponse(std::move(html), "text/html; charset=utf-8", status)
        .with("Content-Security-Policy",
              "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
              "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .with("Referrer-Policy", "no-referrer");
}

namespace {

// The names stay the same over an update, so a client asks each time; mostly for a 304.
void replyFile(const ExchangePtr &exchange, QByteArrayView content, const QByteArray &type)
{
    const QByteArray etag = etagOf(content);
    const bool known = exchange->request.header("if-none-match").contains(etag);
    HttpResponse response =
        known ? textResponse({}, type, 304) : textResponse(content.toByteArray(), type);
    exchange->reply(response.with("ETag", etag).with("Cache-Control", "no-cache"));
}

} // namespace

void getAsset(Services &services, const ExchangePtr &exchange)
{
    const QByteArray name = exchange->arguments.front();
    const QByteArray content = name == "theme.css"
                                   ? themeCss(restaurantOf(services.backend.hub()).accent)
                                   : embeddedFile(name).toByteArray();
    const QByteArray type = mediaTypeOf(name);
    if (content.isEmpty() || type.isEmpty())
        exchange->reply(problemResponse(ErrorCode::NotFound, {}));
    else
        replyFile(exchange, content, type);
}

void getOpenApi(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    replyFile(exchange, embeddedFile("openapi.json"), "application/json");
}

void getIndex(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    exchange->reply(pageResponse("<!doctype html>\n<html lang=\"en\">\n<head>\n"
                                 "<meta charset=\"utf-8\">\n"
                                 "<meta name=\"viewport\" content=\"width=device-width\">\n"
                                 "<title>CounterFire</title>\n</head>\n<body>\n"
                                 "<h1>CounterFire</h1>\n"
                                 "<p>This is the kitchen's hub. To follow an order, open the link "
                                 "on its receipt.</p>\n</body>\n</html>\n",
                                 200));
}

// Nothing in it is anybody's: what it then asks for needs a session.
void getConsolePage(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    exchange->reply(pageResponse(embeddedFile("console.html").toByteArray(), 200));
}

void getCounterPage(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    exchange->reply(pageResponse(embeddedFile("counter.html").toByteArray(), 200));
}

void getFavicon(Services &services, const ExchangePtr &exchange)
{
    Q_UNUSED(services)
    HttpResponse response;
    response.status = 204;
    exchange->reply(response.with("Cache-Control", "max-age=86400"));
}

} // namespace cf::hub
