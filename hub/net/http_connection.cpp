// SPDX-License-Identifier: Apache-2.0
#include "hub/net/http_connection.h"

#include "hub/net/problem.h"
#include "hub/net/stream_opening.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

namespace cf::hub {

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

// Pipelined requests waiting behind one that is being answered.
constexpr qsizetype pipelinedBytesMax = 64 * 1024;
// What a client may still be sending while it is told that it sends too much.
constexpr qint64 lingerBytesMax = 1024 * 1024;
constexpr auto lingerMax = 1'000ms;

} // namespace

HttpConnection::HttpConnection(ConnectionHost &host, AnyStream::Socket socket,
                               std::unique_ptr<ConnectionSlot> slot)
    : m_host(host), m_services(host.services()),
      m_stream(std::make_unique<AnyStream>(std::move(socket))), m_slot(std::move(slot)),
      m_reader(m_services.config.limits.headerBytesMax, m_services.config.limits.bodyBytesMax),
      m_output(*m_stream, m_services.backend.clock(), m_services.stats.bytesOut, *this)
{
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::start()
{
    m_deadline = m_host.now() + m_services.config.limits.requestReadMax;
    if (m_host.tls())
        openStream(*m_stream, *m_host.tls(),
                   [this, self = shared_from_this()](bool ok) { onOpened(ok); });
    else
        onOpened(true);
}

void HttpConnection::refuse(const HttpResponse &response)
{
    m_phase = Phase::Waiting;
    ResponseFraming framing;
    framing.keepAlive = false;
    framing.now = m_services.backend.clock().now();
    m_output.push({serialise(response, framing), std::nullopt});
    linger();
    read();
}

void HttpConnection::onOpened(bool worthKeeping)
{
    if (m_phase != Phase::Opening)
        return;
    if (!worthKeeping)
        return abort();
    if (m_stream->tls())
        m_tlsBuffer = std::make_unique<ReadBuffer>();
    setIdle();
    read();
}

void HttpConnection::read()
{
    if (m_readPending || m_phase == Phase::Closed || m_ended || m_input.size() > pipelinedBytesMax)
        return;
    m_readPending = true;
    if (!m_stream->tls()) {
        m_stream->socket().async_wait(AnyStream::Socket::wait_read,
                                      [this, self = shared_from_this()](const error_code &error) {
                                          m_readPending = false;
                                          onReadable(error);
                                      });
        return;
    }
    m_stream->async_read_some(
        asio::buffer(*m_tlsBuffer),
        [this, self = shared_from_this()](const error_code &error, size_t size) {
            m_readPending = false;
            onRead(error, m_tlsBuffer->data(), size);
        });
}

void HttpConnection::onReadable(error_code error)
{
    if (m_phase == Phase::Closed)
        return;
    static thread_local ReadBuffer buffer; // its content does not outlive this call
    size_t size = 0;
    if (!error)
        size = m_stream->socket().read_some(asio::buffer(buffer), error);
    if (error == asio::error::would_block)
        read();
    else
        onRead(error, buffer.data(), size);
}

void HttpConnection::onRead(const error_code &error, const char *bytes, size_t size)
{
    if (m_phase == Phase::Closed)
        return;
    if (error) {
        // A half-closed client may still want its answer; any other error is a client gone.
        if (error == asio::error::eof && m_phase == Phase::Waiting) {
            m_ended = true;
            if (const ExchangePtr exchange = m_exchange)
                exchange->hurry();
            return;
        }
        if (error == asio::error::eof && m_phase == Phase::Idle && !m_output.isEmpty()) {
            m_ended = true;
            closeWhenFlushed();
            return;
        }
        abort();
        return;
    }
    m_services.stats.bytesIn += static_cast<qint64>(size);
    if (m_phase == Phase::Lingering) {
        m_lingered += static_cast<qint64>(size);
        if (m_lingered > lingerBytesMax)
            return abort();
    } else if (m_phase != Phase::Streaming) {
        m_input.append(bytes, static_cast<qsizetype>(size));
        parse();
    }
    read();
}

void HttpConnection::parse()
{
    if (m_parsing)
        return;
    m_parsing = true;
    while (parseOne()) { }
    m_parsing = false;
}

// True when there may be another request in the input.
bool HttpConnection::parseOne()
{
    if (m_phase == Phase::Idle) {
        if (!m_output.isEmpty())
            return false; // who does not read answers is not given more: see onProgress()
        while (m_input.startsWith("\r\n")) // an old habit of old clients
            m_input.remove(0, 2);
        if (m_input.isEmpty())
            return false;
        m_phase = Phase::Reading;
        m_requestAt = m_host.now();
        m_deadline = m_requestAt + m_services.config.limits.requestReadMax;
    }
    if (m_phase != Phase::Reading)
        return false;
    switch (m_reader.feed(m_input)) {
    case RequestReader::State::NeedMore: return false;
    case RequestReader::State::ExpectsContinue:
        m_output.push({QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"), std::nullopt});
        return true;
    case RequestReader::State::Failed: sendLast(m_reader.error()); return false;
    case RequestReader::State::Done: dispatch(); return true;
    }
    return false;
}

void HttpConnection::dispatch()
{
    m_phase = Phase::Waiting;
    HttpRequest request = m_reader.take();
    request.address = m_slot->address();
    request.secure = m_stream->tls() != nullptr;
    m_exchange = std::make_shared<Exchange>(std::move(request), static_cast<ExchangeSink &>(*this));
    const ExchangePtr exchange = m_exchange;
    m_host.handle(exchange);
}

void HttpConnection::setIdle()
{
    m_phase = Phase::Idle;
    m_deadline = m_host.now() + m_services.config.limits.keepAliveIdleMax;
}

void HttpConnection::sendResponse(HttpResponse response)
{
    if (m_phase != Phase::Waiting)
        return;
    const bool keepAlive =
        m_reader.keepAlive() && !response.close && !m_ended && !m_services.stopping;
    ResponseFraming framing;
    framing.http10 = m_reader.isHttp10();
    framing.keepAlive = keepAlive;
    framing.withoutBody = m_exchange && m_exchange->request.isHead();
    framing.now = m_services.backend.clock().now();
    QByteArray bytes = serialise(response, framing);
    logAnswer(response.status, bytes.size());
    m_exchange.reset();
    m_output.push({std::move(bytes), std::nullopt});
    if (!keepAlive) {
        closeWhenFlushed();
        return;
    }
    if (m_phase != Phase::Waiting)
        return;
    setIdle();
    parse();
    read();
}

void HttpConnection::sendLast(const Error &error)
{
    HttpResponse response = problemResponse(error);
    response.close = true;
    m_phase = Phase::Waiting;
    sendResponse(std::move(response));
}

void HttpConnection::logAnswer(int status, qint64 bytes)
{
    const HttpRequest *request = m_exchange ? &m_exchange->request : nullptr;
    recordAnswer(m_services, request, status, bytes, m_host.now() - m_requestAt);
}

void HttpConnection::startEventStream(const StreamFactory &factory)
{
    if (m_phase != Phase::Waiting)
        return;
    logAnswer(200, 0);
    m_exchange.reset();
    m_input = {};
    m_phase = Phase::Streaming;
    ++m_services.stats.eventStreams;
    m_output.push({eventStreamHead(m_services.backend.clock().now()), std::nullopt});
    m_user = factory(*this);
    std::shared_ptr<StreamUser>(m_user)->start();
}

void HttpConnection::startWebSocket(const StreamFactory &factory)
{
    if (m_phase != Phase::Waiting)
        return;
    // A client may send nothing on a WebSocket before it has read the hub's agreement.
    if (!m_input.isEmpty() || !m_output.isEmpty()) {
        sendLast(
            {ErrorCode::BadRequest, QStringLiteral("wait for the answer before you send more")});
        return;
    }
    logAnswer(101, 0);
    const ExchangePtr exchange = m_exchange;
    m_exchange.reset();
    m_phase = Phase::Closed;
    m_output.stop();
    // The pending wait must not look at a stream that is no longer ours.
    error_code ignored;
    m_stream->socket().cancel(ignored);
    startWebSocketConnection(m_host, std::move(m_stream), std::move(m_slot), exchange->request,
                             factory);
    m_host.release(this);
}

bool HttpConnection::canSend() const
{
    return m_output.bytes() < m_services.config.limits.outputBytesMax
           && m_phase == Phase::Streaming;
}

void HttpConnection::send(Outgoing message)
{
    if (m_phase == Phase::Streaming && !m_closeWhenFlushed)
        m_output.push(std::move(message));
}

void HttpConnection::close()
{
    if (m_phase == Phase::Streaming)
        closeWhenFlushed();
}

void HttpConnection::onTaken(const Outgoing &message)
{
    if (const std::shared_ptr<StreamUser> user = m_user)
        user->onWritten(message);
}

void HttpConnection::onProgress()
{
    const std::shared_ptr<StreamUser> user = m_user;
    if (m_output.isEmpty() && m_closeWhenFlushed) {
        linger();
    } else if (user && canSend()) {
        user->onWritable();
    } else if (m_output.isEmpty() && m_phase == Phase::Idle) {
        setIdle();
        parse();
        read();
    }
}

// Later, because a session may be asking for it from within its own call.
void HttpConnection::closeWhenFlushed()
{
    m_closeWhenFlushed = true;
    if (m_output.isEmpty())
        asio::post(m_stream->get_executor(), [this, self = shared_from_this()] {
            if (m_output.isEmpty())
                linger();
        });
}

// Closing while the client still sends would reset the connection, and it might never read why.
void HttpConnection::linger()
{
    if (m_phase == Phase::Closed || m_phase == Phase::Lingering)
        return;
    if (m_output.isBroken() || m_ended) {
        abort();
        return;
    }
    dropUser();
    m_input = {};
    m_phase = Phase::Lingering;
    m_deadline = m_host.now() + lingerMax;
    if (auto *tls = m_stream->tls()) {
        tls->async_shutdown([this, self = shared_from_this()](const error_code &) { abort(); });
        return;
    }
    error_code ignored;
    m_stream->socket().shutdown(AnyStream::Socket::shutdown_send, ignored);
    read();
}

void HttpConnection::dropUser()
{
    if (m_user)
        --m_services.stats.eventStreams;
    m_user.reset();
}

void HttpConnection::tick(Monotonic now)
{
    if (m_phase == Phase::Closed)
        return;
    const bool stalled = m_output.isStalled(m_services.config.limits.writeStallMax);
    m_services.stats.timeouts += stalled;
    if (stalled || m_output.isBroken())
        return abort();
    const bool sending = m_phase == Phase::Idle && !m_output.isEmpty();
    const bool timed = m_phase != Phase::Waiting && m_phase != Phase::Streaming && !sending;
    if (!timed || now <= m_deadline)
        return;
    if (m_phase != Phase::Reading) {
        m_services.stats.timeouts += m_phase == Phase::Opening;
        abort();
        return;
    }
    ++m_services.stats.timeouts;
    sendLast({ErrorCode::RequestTimeout, {}});
}

void HttpConnection::shutdown()
{
    const std::shared_ptr<StreamUser> user = m_user;
    const ExchangePtr exchange = m_exchange;
    switch (m_phase) {
    case Phase::Opening:
    case Phase::Idle: abort(); break;
    case Phase::Waiting:
        if (exchange)
            exchange->hurry();
        break;
    case Phase::Streaming:
        if (user)
            user->onShutdown();
        break;
    default: break; // it ends by itself, within stopMax
    }
}

void HttpConnection::abort()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    const auto self = shared_from_this();
    m_output.stop();
    dropUser();
    if (const ExchangePtr exchange = std::exchange(m_exchange, nullptr))
        exchange->abandon();
    m_stream->close();
    m_slot.reset();
    m_host.release(this);
}

} // namespace cf::hub
