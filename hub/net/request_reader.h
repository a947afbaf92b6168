// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"
#include "shared/base/result.h"

#include <memory>

namespace cf::hub {

// Bytes in, HTTP/1.1 requests out; no socket. Refuses what two readers could understand in two
// ways: two lengths, a length beside an encoding, any encoding but chunked, no Host or two.
// Bounded: header and body by what it is given, everything it keeps waiting by the header's bound.
class RequestReader
{
public:
    RequestReader(qint64 headerBytesMax, qint64 bodyBytesMax);
    ~RequestReader();

    enum class State : quint8 {
        NeedMore,
        ExpectsContinue, // once per request: the client waits for "100 Continue"
        Done,            // take()
        Failed,          // error(); the connection cannot go on
    };
    // Consumes from the front of `input` until one request is whole.
    State feed(QByteArray &input);

    HttpRequest take(); // also makes ready for the next one
    [[nodiscard]] const Error &error() const { return m_error; }
    // Of the request last taken.
    [[nodiscard]] bool keepAlive() const { return m_keepAlive; }
    [[nodiscard]] bool isHttp10() const { return m_http10; }

private:
    struct Parser;

    State fail(ErrorCode code, const QString &detail);
    State parserFailed(int beastError);
    bool takeHeader();
    bool checkHeader();
    bool takeTarget(QByteArray target);

    qint64 m_headerBytesMax;
    qint64 m_bodyBytesMax;
    std::unique_ptr<Parser> m_parser; // only while a request is being read
    HttpRequest m_request;
    Error m_error;
    bool m_headerTaken = false;
    bool m_continueAsked = false;
    bool m_keepAlive = false;
    bool m_http10 = false;
};

} // namespace cf::hub
