// SPDX-License-Identifier: Apache-2.0
#include "hub/net/ws_connection.h"

namespace cf::hub {

namespace websocket = boost::beast::websocket;
using boost::system::error_code;

WsConnection::WsConnection(ConnectionHost &host, std::unique_ptr<AnyStream> stream,
                           std::unique_ptr<ConnectionSlot> slot, StreamFactory factory)
    : m_host(host), m_services(host.services()), m_stream(std::move(stream)),
      m_slot(std::move(slot)), m_factory(std::move(factory)), m_socket(*m_stream),
      m_input(limits::wsMessageBytesMax)
{
}

WsConnection::~WsConnection() = default;

void WsConnection::start(Upgrade upgrade)
{
    m_host.keep(shared_from_this());
    m_upgrade = std::move(upgrade);
    m_deadline = m_host.now() + m_services.config.limits.requestReadMax;
    m_socket.set_option(websocket::stream_base::timeout{websocket::stream_base::none(),
                                                        websocket::stream_base::none(), false});
    m_socket.read_message_max(limits::wsMessageBytesMax);
    m_socket.text(true);
    m_socket.auto_fragment(false);
    m_socket.async_accept(m_upgrade, [this, self = shared_from_this()](const error_code &error) {
        m_upgrade = {};
        if (error)
            abort();
        else
            onAccepted();
    });
}

void WsConnection::onAccepted()
{
    if (m_closed)
        return;
    m_opened = true;
    ++m_services.stats.webSockets;
    m_user = m_factory(*this);
    m_factory = nullptr;
    const std::shared_ptr<StreamUser> user = m_user;
    user->start();
    if (m_services.stopping)
        user->onShutdown();
    read();
}

void WsConnection::read()
{
    if (m_closed || m_readPending || !m_readOn)
        return;
    m_readPending = true;
    m_socket.async_read(m_input,
                        [this, self = shared_from_this()](const error_code &error, size_t size) {
                            m_readPending = false;
                            if (m_closed)
                                return;
                            m_services.stats.bytesIn += static_cast<qint64>(size);
                            if (error)
                                abort();
                            else
                                onMessage();
                        });
}

void WsConnection::onMessage()
{
    if (!m_socket.got_text()) {
        ++m_services.stats.badMessages;
        finish(websocket::close_code::unknown_data);
        return;
    }
    const auto data = m_input.cdata();
    const std::shared_ptr<StreamUser> user = m_user;
    if (user && !m_closing)
        user->onMessage(QByteArrayView(static_cast<const char *>(data.data()),
                                       static_cast<qsizetype>(data.size())));
    m_input.consume(m_input.size());
    // A rare large message must not be paid for as long as the connection lives.
    constexpr size_t keptBytes = 16 * 1024;
    if (m_input.capacity() > keptBytes)
        m_input.shrink_to_fit();
    read();
}

void WsConnection::setReading(bool on)
{
    m_readOn = on;
    if (on)
        read();
}

bool WsConnection::canSend() const
{
    return m_opened && !m_closing && m_outputBytes < m_services.config.limits.outputBytesMax;
}

void WsConnection::send(Outgoing message)
{
    if (m_closed || m_closing || message.bytes.isEmpty())
        return;
    m_outputBytes += message.bytes.size();
    m_output.push_back(std::move(message));
    write();
}

void WsConnection::write()
{
    if (m_closed || m_finishing || m_writePending || m_output.empty())
        return;
    m_writePending = true;
    m_deadline = m_host.now() + m_services.config.limits.writeStallMax;
    const QByteArray &front = m_output.front().bytes;
    m_socket.async_write(boost::asio::buffer(front.constData(), static_cast<size_t>(front.size())),
                         [this, self = shared_from_this()](const error_code &error, size_t size) {
                             m_writePending = false;
                             if (m_closed)
                                 return;
                             m_services.stats.bytesOut += static_cast<qint64>(size);
                             if (error)
                                 abort();
                             else
                                 onWrote();
                         });
}

void WsConnection::onWrote()
{
    const Outgoing done = std::move(m_output.front());
    m_output.pop_front();
    m_outputBytes -= done.bytes.size();
    const std::shared_ptr<StreamUser> user = m_user;
    if (user)
        user->onWritten(done);
    write();
    if (m_output.empty() && m_closing)
        finish(websocket::close_code::normal);
    else if (user && canSend())
        user->onWritable();
}

void WsConnection::close()
{
    if (m_closing)
        return;
    m_closing = true;
    if (m_output.empty()) // later: a session asks for it from within its own call
        boost::asio::post(m_stream->get_executor(), [this, self = shared_from_this()] {
            finish(websocket::close_code::normal);
        });
}

void WsConnection::finish(const websocket::close_reason &reason)
{
    if (m_closed || m_finishing)
        return;
    m_finishing = true;
    m_closing = true;
    m_deadline = m_host.now() + m_services.config.limits.stopMax;
    m_socket.async_close(reason,
                         [this, self = shared_from_this()](const error_code &) { abort(); });
}

void WsConnection::tick(Monotonic now)
{
    const bool timed = !m_opened || m_writePending || m_finishing;
    if (m_closed || !timed || now <= m_deadline)
        return;
    m_services.stats.timeouts += !m_finishing;
    abort();
}

void WsConnection::shutdown()
{
    const std::shared_ptr<StreamUser> user = m_user;
    if (user)
        user->onShutdown();
}

void WsConnection::abort()
{
    if (m_closed)
        return;
    m_closed = true;
    const auto self = shared_from_this();
    if (m_opened)
        --m_services.stats.webSockets;
    m_user.reset();
    m_stream->close();
    m_slot.reset();
    m_host.release(this);
}

void startWebSocketConnection(ConnectionHost &host, std::unique_ptr<AnyStream> stream,
                              std::unique_ptr<ConnectionSlot> slot, const HttpRequest &request,
                              StreamFactory factory)
{
    WsConnection::Upgrade upgrade;
    upgrade.version(11);
    upgrade.method_string({request.method.constData(), static_cast<size_t>(request.method.size())});
    upgrade.target("/");
    for (const HeaderField &field : request.headers)
        upgrade.insert({field.name.constData(), static_cast<size_t>(field.name.size())},
                       {field.value.constData(), static_cast<size_t>(field.value.size())});
    const auto connection = std::make_shared<WsConnection>(host, std::move(stream), std::move(slot),
                                                           std::move(factory));
    connection->start(std::move(upgrade));
}

} // namespace cf::hub
