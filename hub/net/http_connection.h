// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/connection.h"
#include "hub/net/request_reader.h"
#include "hub/net/socket_output.h"

#include <array>

namespace cf::hub {

// One client on HTTP/1.1: requests one after another, each answered before the next is looked at,
// so that answers keep the order of pipelined requests; then perhaps an event stream. A read is
// always pending, so that a client that leaves is seen.
class HttpConnection final : public Connection,
                             private ExchangeSink,
                             private Channel,
                             private SocketOutputUser,
                             public std::enable_shared_from_this<HttpConnection>
{
public:
    HttpConnection(ConnectionHost &host, AnyStream::Socket socket,
                   std::unique_ptr<ConnectionSlot> slot);
    ~HttpConnection() override;

    void start();
    // Answers nothing but this, then ends: there is no room for the client.
    void refuse(const HttpResponse &response);

    void tick(Monotonic now) override;
    void shutdown() override;
    void abort() override;

private:
    enum class Phase : quint8 {
        Opening,   // telling TLS from HTTP, and its handshake
        Idle,      // between requests
        Reading,   // a request has begun
        Waiting,   // for its answer
        Streaming, // events, until the end
        Lingering, // all is said: reading the client's rest, so that it hears it
        Closed,
    };

    using ReadBuffer = std::array<char, 16 * 1024>;

    // ExchangeSink
    void sendResponse(HttpResponse response) override;
    void startEventStream(const StreamFactory &factory) override;
    void startWebSocket(const StreamFactory &factory) override;
    // Channel
    [[nodiscard]] bool canSend() const override;
    void send(Outgoing message) override;
    void close() override;
    void setReading(bool) override { } // nothing is listened to on an event stream

    // SocketOutputUser
    void onTaken(const Outgoing &message) override;
    void onProgress() override;
    void onBroken() override { abort(); }
    std::shared_ptr<void> keepAlive() override { return shared_from_this(); }

    void onOpened(bool worthKeeping);
    void read();
    void onReadable(boost::system::error_code error);
    void onRead(const boost::system::error_code &error, const char *bytes, size_t size);
    void onEnd();
    void parse();
    bool parseOne();
    void dispatch();
    void setIdle();
    void sendLast(const Error &error); // and end the connection
    void closeWhenFlushed();
    void linger();
    void dropUser();
    void logAnswer(int status, qint64 bytes);

    ConnectionHost &m_host;
    Services &m_services;
    std::unique_ptr<AnyStream> m_stream;
    std::unique_ptr<ConnectionSlot> m_slot;
    RequestReader m_reader;
    ExchangePtr m_exchange;
    std::shared_ptr<StreamUser> m_user;
    QByteArray m_input;
    std::unique_ptr<ReadBuffer> m_tlsBuffer; // a plain socket needs none while it waits
    SocketOutput m_output;
    qint64 m_lingered = 0;
    Phase m_phase = Phase::Opening;
    Monotonic m_deadline{}; // of the phase
    Monotonic m_requestAt{};
    bool m_readPending = false;
    bool m_parsing = false;
    bool m_ended = false; // the client sends no more
    bool m_closeWhenFlushed = false;
};

} // namespace cf::hub
