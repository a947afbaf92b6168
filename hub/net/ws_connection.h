// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/connection.h"

#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>

namespace cf::hub {

// One WebSocket: text messages of at most limits::wsMessageBytesMax, uncompressed. Pings are
// answered while messages are read. One message is being written at a time, the rest wait, bounded
// by who asks canSend().
class WsConnection final : public Connection,
                           private Channel,
                           public std::enable_shared_from_this<WsConnection>
{
public:
    WsConnection(ConnectionHost &host, std::unique_ptr<AnyStream> stream,
                 std::unique_ptr<ConnectionSlot> slot, StreamFactory factory);
    ~WsConnection() override;

    using Upgrade = boost::beast::http::request<boost::beast::http::string_body>;
    void start(Upgrade upgrade);

    void tick(Monotonic now) override;
    void shutdown() override;
    void abort() override;

private:
    [[nodiscard]] bool canSend() const override;
    void send(Outgoing message) override;
    void close() override;
    void setReading(bool on) override;

    void onAccepted();
    void read();
    void onMessage();
    void write();
    void onWrote();
    void finish(const boost::beast::websocket::close_reason &reason);

    ConnectionHost &m_host;
    Services &m_services;
    std::unique_ptr<AnyStream> m_stream;
    std::unique_ptr<ConnectionSlot> m_slot;
    StreamFactory m_factory;
    boost::beast::websocket::stream<AnyStream &, false> m_socket;
    Upgrade m_upgrade;
    std::shared_ptr<StreamUser> m_user;
    boost::beast::flat_buffer m_input;
    std::deque<Outgoing> m_output;
    qint64 m_outputBytes = 0;
    Monotonic m_deadline{}; // of the handshake, of what is being written, of the close
    bool m_opened = false;
    bool m_readOn = true;
    bool m_readPending = false;
    bool m_writePending = false;
    bool m_closing = false; // nothing more is sent after what waits
    bool m_finishing = false;
    bool m_closed = false;
};

} // namespace cf::hub
