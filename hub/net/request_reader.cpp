// SPDX-License-Identifier: Apache-2.0
#include "hub/net/request_reader.h"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>

namespace cf::hub {

namespace http = boost::beast::http;

namespace {

// A chunk's head is one short line; what cannot be consumed beyond this is an attack.
constexpr qsizetype slack = 4 * 1024;

QByteArray bytesOf(boost::beast::string_view view)
{
    return {view.data(), static_cast<qsizetype>(view.size())};
}

} // namespace

struct RequestReader::Parser {
    http::request_parser<http::string_body> beast;
};

RequestReader::RequestReader(qint64 headerBytesMax, qint64 bodyBytesMax)
    : m_headerBytesMax(headerBytesMax), m_bodyBytesMax(bodyBytesMax)
{
}

RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::feed(QByteArray &input)
{
    if (!m_parser) {
        m_parser = std::make_unique<Parser>();
        m_parser->beast.header_limit(static_cast<std::uint32_t>(m_headerBytesMax));
        m_parser->beast.body_limit(static_cast<std::uint64_t>(m_bodyBytesMax));
        m_request = {};
        m_headerTaken = m_continueAsked = false;
    }
    auto &parser = m_parser->beast;
    while (!parser.is_done()) {
        if (input.isEmpty())
            return State::NeedMore;
        boost::system::error_code error;
        const auto view = boost::asio::buffer(input.constData(), static_cast<size_t>(input.size()));
        const size_t used = parser.put(view, error);
        input.remove(0, static_cast<qsizetype>(used));
        if (error && error != http::error::need_more)
            return parserFailed(error.value());
        if (parser.is_header_done() && !m_headerTaken && !takeHeader())
            return State::Failed;
        parser.eager(m_headerTaken); // not before: see takeHeader()
        if (parser.is_done())
            break;
        if (m_headerTaken && !m_continueAsked && !m_request.header("expect").isEmpty()) {
            m_continueAsked = true;
            return State::ExpectsContinue;
        }
        if (used == 0) {
            const bool tooLong = input.size() > m_headerBytesMax + slack;
            return tooLong ? fail(ErrorCode::BadRequest, QStringLiteral("a line is too long"))
                           : State::NeedMore;
        }
    }
    const std::string &body = parser.get().body();
    m_request.body = QByteArray(body.data(), static_cast<qsizetype>(body.size()));
    return State::Done;
}

HttpRequest RequestReader::take()
{
    m_parser.reset();
    return std::move(m_request);
}

RequestReader::State RequestReader::fail(ErrorCode code, const QString &detail)
{
    m_parser.reset();
    m_keepAlive = false;
    m_error = {code, detail};
    return State::Failed;
}

RequestReader::State RequestReader::parserFailed(int beastError)
{
    switch (static_cast<http::error>(beastError)) {
    case http::error::header_limit:
        return fail(ErrorCode::HeaderTooLarge,
                    QStringLiteral("the header may have %1 bytes").arg(m_headerBytesMax));
    case http::error::body_limit:
        return fail(ErrorCode::BodyTooLarge,
                    QStringLiteral("the body may have %1 bytes").arg(m_bodyBytesMax));
    default: return fail(ErrorCode::BadRequest, QStringLiteral("this is not HTTP/1.1"));
    }
}

// Taken when the header is whole and before the body is: fields of a chunked body's trailer would
// otherwise look like the header's.
bool RequestReader::takeHeader()
{
    m_headerTaken = true;
    const auto &message = m_parser->beast.get();
    m_http10 = message.version() == 10;
    m_keepAlive = message.keep_alive();
    m_request.method = bytesOf(message.method_string());
    for (const auto &field : message)
        m_request.headers.push_back(
            {bytesOf(field.name_string()).toLower(), bytesOf(field.value())});
    if (message.version() != 11 && !m_http10) {
        fail(ErrorCode::BadRequest, QStringLiteral("only HTTP/1.1 is spoken here"));
        return false;
    }
    return checkHeader() && takeTarget(bytesOf(message.target()));
}

bool RequestReader::checkHeader()
{
    const auto refuse = [this](const QString &why) {
        fail(ErrorCode::BadRequest, why);
        return false;
    };
    const int hosts = m_request.headerCount("host");
    if (hosts > 1 || (hosts == 0 && !m_http10))
        return refuse(QStringLiteral("there must be one Host"));
    const int lengths = m_request.headerCount("content-length");
    const QByteArray length = m_request.header("content-length");
    const bool digits =
        std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (lengths > 1 || (lengths == 1 && (length.isEmpty() || !digits)))
        return refuse(QStringLiteral("there must be one Content-Length, a number"));
    const int encodings = m_request.headerCount("transfer-encoding");
    if (encodings > 0 && lengths > 0)
        return refuse(QStringLiteral("Content-Length and Transfer-Encoding exclude each other"));
    if (encodings > 1 || (encodings == 1 && m_http10)
        || (encodings == 1
            && m_request.header("transfer-encoding").toLower().trimmed() != "chunked"))
        return refuse(QStringLiteral("the only Transfer-Encoding is chunked"));
    const QByteArray expect = m_request.header("expect").toLower();
    if (!expect.isEmpty() && expect != "100-continue")
        return refuse(QStringLiteral("the only expectation is 100-continue"));
    return true;
}

// Origin form, or the absolute form that a proxy sends.
bool RequestReader::takeTarget(QByteArray target)
{
    if (target.toLower().startsWith("http://") || target.toLower().startsWith("https://")) {
        const qsizetype slash = target.indexOf('/', target.indexOf("//") + 2);
        target = slash < 0 ? QByteArray("/") : target.mid(slash);
    }
    if (!target.startsWith('/')) {
        fail(ErrorCode::BadRequest, QStringLiteral("the target is not a path"));
        return false;
    }
    const qsizetype question = target.indexOf('?');
    m_request.path = question < 0 ? target : target.first(question);
    m_request.query = question < 0 ? QByteArray() : target.mid(question + 1);
    return true;
}

} // namespace cf::hub
