// SPDX-License-Identifier: Apache-2.0
#include "hub/net/http_message.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>
#include <ctime>

namespace cf::hub {

namespace {

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

QByteArray decodedParameter(QByteArrayView raw)
{
    QByteArray text = raw.toByteArray();
    text.replace('+', ' ');
    return QByteArray::fromPercentEncoding(text);
}

bool has(const HttpResponse &response, QByteArrayView name)
{
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const HeaderField &f) { return equalsIgnoringCase(f.name, name); });
}

void append(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

bool isBodyless(int status)
{
    return status == 204 || status == 304;
}

// True when a comma-separated list names this token.
bool listNames(const QByteArray &list, QByteArrayView token)
{
    for (const QByteArray &part : list.split(',')) {
        if (equalsIgnoringCase(part.trimmed(), token))
            return true;
    }
    return false;
}

} // namespace

QByteArray HttpRequest::header(QByteArrayView name) const
{
    const auto it = std::find_if(headers.begin(), headers.end(),
                                 [&](const HeaderField &f) { return f.name == name; });
    return it == headers.end() ? QByteArray() : it->value;
}

int HttpRequest::headerCount(QByteArrayView name) const
{
    return static_cast<int>(std::count_if(headers.begin(), headers.end(),
                                          [&](const HeaderField &f) { return f.name == name; }));
}

std::optional<QByteArray> HttpRequest::parameter(QByteArrayView name) const
{
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView view(pair);
        const QByteArrayView key = equals < 0 ? view : view.first(equals);
        if (decodedParameter(key) == name)
            return equals < 0 ? QByteArray() : decodedParameter(view.sliced(equals + 1));
    }
    return std::nullopt;
}

bool HttpRequest::isWebSocketUpgrade() const
{
    return listNames(header("upgrade"), "websocket") && listNames(header("connection"), "upgrade");
}

bool HttpRequest::accepts(QByteArrayView mediaType) const
{
    for (const QByteArray &range : header("accept").split(',')) {
        const qsizetype end = range.indexOf(';');
        if (equalsIgnoringCase((end < 0 ? range : range.first(end)).trimmed(), mediaType))
            return true;
    }
    return false;
}

HttpResponse jsonResponse(QByteArray json, int status)
{
    return textResponse(std::move(json), "application/json", status);
}

HttpResponse textResponse(QByteArray text, QByteArray contentType, int status)
{
    HttpResponse response;
    response.status = status;
    response.contentType = std::move(contentType);
    response.body = std::move(text);
    return response;
}

QByteArray httpDate(Timestamp at)
{
    const std::time_t time =
        std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto two = [](int n) { return QByteArray::number(n).rightJustified(2, '0'); };
    return QByteArray(days.at(static_cast<size_t>(parts.tm_wday))) + ", " + two(parts.tm_mday) + ' '
           + months.at(static_cast<size_t>(parts.tm_mon)) + ' '
           + QByteArray::number(parts.tm_year + 1900) + ' ' + two(parts.tm_hour) + ':'
           + two(parts.tm_min) + ':' + two(parts.tm_sec) + " GMT";
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 302: return "Found";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return status < 500 ? "Error" : "Internal Server Error";
    }
}

QByteArray serialise(const HttpResponse &response, const ResponseFraming &framing)
{
    QByteArray out;
    out.reserve(512 + (framing.withoutBody ? 0 : response.body.size()));
    out.append("HTTP/1.1 ").append(QByteArray::number(response.status)).append(' ');
    out.append(reasonPhrase(response.status)).append("\r\n");
    append(out, "Date", httpDate(framing.now));
    if (!isBodyless(response.status)) {
        if (!response.contentType.isEmpty())
            append(out, "Content-Type", response.contentType);
        append(out, "Content-Length", QByteArray::number(response.body.size()));
    }
    if (!has(response, "Cache-Control"))
        append(out, "Cache-Control", "no-store");
    append(out, "X-Content-Type-Options", "nosniff");
    for (const HeaderField &field : response.headers)
        append(out, field.name, field.value);
    if (!framing.keepAlive)
        append(out, "Connection", "close");
    else if (framing.http10)
        append(out, "Connection", "keep-alive");
    out.append("\r\n");
    if (!framing.withoutBody && !isBodyless(response.status))
        out.append(response.body);
    return out;
}

QByteArray eventStreamHead(Timestamp now)
{
    QByteArray out = "HTTP/1.1 200 OK\r\n";
    append(out, "Date", httpDate(now));
    append(out, "Content-Type", "text/event-stream");
    append(out, "Cache-Control", "no-store");
    append(out, "X-Content-Type-Options", "nosniff");
    append(out, "X-Accel-Buffering", "no"); // a proxy that gathers output would hold events back
    append(out, "Connection", "close");     // the end of the body is the end of the connection
    return out + "\r\n";
}

} // namespace cf::hub
