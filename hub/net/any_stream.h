// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/role.hpp>

#include <optional>

namespace cf::hub {

// A TCP socket with or without TLS on it, as one type: what reads and writes over it is compiled
// once. Not movable: the TLS layer refers to the socket.
class AnyStream
{
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Tls = boost::asio::ssl::stream<Socket &>;
    using executor_type = Socket::executor_type;
    using next_layer_type = Socket;
    using lowest_layer_type = Socket::lowest_layer_type;

    explicit AnyStream(Socket socket) : m_socket(std::move(socket)) { }
    AnyStream(const AnyStream &) = delete;
    AnyStream &operator=(const AnyStream &) = delete;

    executor_type get_executor() { return m_socket.get_executor(); }
    lowest_layer_type &lowest_layer() { return m_socket.lowest_layer(); }
    Socket &socket() { return m_socket; }
    Tls *tls() { return m_tls ? &*m_tls : nullptr; }
    void useTls(boost::asio::ssl::context &context) { m_tls.emplace(m_socket, context); }

    void close()
    {
        boost::system::error_code ignored;
        m_socket.close(ignored);
    }

    template<typename Buffers, typename Handler>
    void async_read_some(const Buffers &buffers, Handler &&handler)
    {
        if (m_tls)
            m_tls->async_read_some(buffers, std::forward<Handler>(handler));
        else
            m_socket.async_read_some(buffers, std::forward<Handler>(handler));
    }

    template<typename Buffers, typename Handler>
    void async_write_some(const Buffers &buffers, Handler &&handler)
    {
        if (m_tls)
            m_tls->async_write_some(buffers, std::forward<Handler>(handler));
        else
            m_socket.async_write_some(buffers, std::forward<Handler>(handler));
    }

private:
    Socket m_socket;
    std::optional<Tls> m_tls;
};

// How a WebSocket's end becomes the connection's end; found by Beast through the namespace.
template<typename Handler>
void async_teardown(boost::beast::role_type, AnyStream &stream, Handler &&handler)
{
    boost::system::error_code error;
    stream.socket().shutdown(AnyStream::Socket::shutdown_send, error);
    stream.close();
    boost::asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
        handler(boost::system::error_code());
    });
}

inline void teardown(boost::beast::role_type, AnyStream &stream, boost::system::error_code &error)
{
    error = {};
    stream.close();
}

// How Beast ends a socket on a time-out.
inline void beast_close_socket(AnyStream &stream)
{
    stream.close();
}

} // namespace cf::hub
