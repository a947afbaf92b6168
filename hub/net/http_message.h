// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cf::hub {

struct HeaderField {
    QByteArray name; // lower case in requests
    QByteArray value;
    bool operator==(const HeaderField &) const = default;
};

// One request, whole and bounded, without a trace of the transport it came over.
struct HttpRequest {
    QByteArray method;
    QByteArray path;  // as sent, without the query
    QByteArray query; // as sent, without "?"
    std::vector<HeaderField> headers;
    QByteArray body;
    QString address;     // the peer's, without its port
    bool secure = false; // came over TLS

    // The first field of this (lower-case) name; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] int headerCount(QByteArrayView name) const;
    // The first parameter of this name, percent-decoded; nullopt when there is none.
    [[nodiscard]] std::optional<QByteArray> parameter(QByteArrayView name) const;
    [[nodiscard]] bool isHead() const { return method == "HEAD"; }
    [[nodiscard]] bool isWebSocketUpgrade() const;
    // True when Accept names this media type (a wildcard does not count).
    [[nodiscard]] bool accepts(QByteArrayView mediaType) const;
};

struct HttpResponse {
    int status = 200;
    QByteArray contentType; // empty: no body
    QByteArray body;
    std::vector<HeaderField> headers;
    bool close = false; // the connection cannot go on after it

    HttpResponse &with(const QByteArray &name, const QByteArray &value)
    {
        headers.push_back({name, value});
        return *this;
    }
};

HttpResponse jsonResponse(QByteArray json, int status = 200);
HttpResponse textResponse(QByteArray text, QByteArray contentType, int status = 200);

// "Thu, 01 Jan 1970 00:00:00 GMT"
QByteArray httpDate(Timestamp at);
QByteArray reasonPhrase(int status);

struct ResponseFraming {
    bool http10 = false;
    bool keepAlive = true;
    bool withoutBody = false; // the answer to HEAD
    Timestamp now{};
};
// Head and body as they go out. `Cache-Control: no-store` and `X-Content-Type-Options: nosniff`
// are added unless the response brings its own.
QByteArray serialise(const HttpResponse &response, const ResponseFraming &framing);
// The head of an answer that goes on until the connection ends.
QByteArray eventStreamHead(Timestamp now);

} // namespace cf::hub
