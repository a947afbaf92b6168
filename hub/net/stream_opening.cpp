// SPDX-License-Identifier: Apache-2.0
#include "hub/net/stream_opening.h"

#include <boost/asio/buffer.hpp>

namespace cf::hub {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// Every TLS connection begins with this byte, and no HTTP request does.
constexpr unsigned char tlsHandshakeByte = 0x16;

} // namespace

void openStream(AnyStream &stream, asio::ssl::context &tls, const std::function<void(bool)> &done)
{
    stream.socket().async_wait(
        AnyStream::Socket::wait_read, [&stream, &tls, done](const error_code &waitError) {
            unsigned char first = 0;
            error_code error = waitError;
            if (!error)
                stream.socket().receive(asio::buffer(&first, 1), AnyStream::Socket::message_peek,
                                        error);
            if (error || first != tlsHandshakeByte) {
                done(!error);
                return;
            }
            stream.useTls(tls);
            stream.tls()->async_handshake(asio::ssl::stream_base::server,
                                          [done](const error_code &failure) { done(!failure); });
        });
}

} // namespace cf::hub
