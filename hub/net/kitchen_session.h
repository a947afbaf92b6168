// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/channel.h"
#include "hub/net/replay.h"
#include "hub/net/services.h"

namespace cf::hub {

enum class StreamFraming : quint8 { WebSocket, EventStream };

// Drives one KitchenSubscriber for one client: pulls while the client's channel has room, fetches
// from the log what the subscriber asks for, and hands on what the client says. Commands go to the
// log in the order in which they came; an answer leaves only after its commit. Net thread.
class KitchenSession final : public StreamUser,
                             public Pumpable,
                             public std::enable_shared_from_this<KitchenSession>
{
public:
    // `hello` present: the stream starts at once (server-sent events); else with the client's own.
    KitchenSession(Services &services, Channel &channel, StreamFraming framing, Actor actor,
                   std::optional<Hello> hello);
    ~KitchenSession() override;

    void start() override;
    void onMessage(QByteArrayView message) override;
    void onWritten(const Outgoing &message) override;
    void onWritable() override { pump(); }
    void onShutdown() override;
    void pump() override;

private:
    void onHello(const Hello &hello);
    void begin(const Hello &hello, qint64 outboxLast);
    void onCommand(const DeviceCommand &command);
    void onAnswer(const Answer &answer);
    bool step(); // one pull; false: nothing more to do now
    void send(const Frame &frame);
    void fetch(const NeedEvents &need);
    void check(const NeedCheck &need);
    void readFailed();
    void requestPump();
    void armTimer();
    void endWith(CloseCode code, std::chrono::milliseconds retry);
    void close();

    Services &m_services;
    Channel &m_channel;
    StreamFraming m_framing;
    Actor m_actor;
    std::optional<Hello> m_hello;
    std::unique_ptr<KitchenSubscriber> m_subscriber;
    Timer m_timer;
    Monotonic m_timerAt{};
    qint64 m_lastCommand = 0; // the highest n that was handed on
    int m_commandsInFlight = 0;
    bool m_greeted = false;
    bool m_reading = false; // a reader thread works for us
    bool m_pumpQueued = false;
    bool m_closing = false;
};

} // namespace cf::hub
