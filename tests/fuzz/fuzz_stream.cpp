// SPDX-License-Identifier: Apache-2.0
// A display's messages to the hub, cut at 0xFF, in two connections. An empty one lets time pass,
// "$" is where the display waits until all it was sent is written. "ORDER" stands for an order
// there is, "EPOCH" for the log's epoch, "SID" for the stream's id.
#include "hub/net/kitchen_session.h"
#include "shared/protocol/json_codec.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_hub.h"

namespace cf::fuzz {

using namespace cf::hub;
using namespace std::chrono_literals;

namespace {

// A socket that takes some, then no more until it is told to.
class Pipe final : public Channel
{
public:
    [[nodiscard]] bool canSend() const override { return !isClosed && m_queued.size() < 8; }
    void send(Outgoing message) override
    {
        CF_DEMAND(!isClosed);
        const Result<FromHub> read = decodeFromHub(message.bytes);
        CF_DEMAND(read.has_value());
        CF_DEMAND(!std::holds_alternative<UnknownMessage>(*read));
        if (const auto *welcome = std::get_if<Welcome>(&*read))
            sid = welcome->sid;
        CF_DEMAND(m_queued.size() < 64); // deadlines may go beyond what it can take, not far
        m_queued.push_back(std::move(message));
    }
    void close() override { isClosed = true; }
    void setReading(bool /*on*/) override { }

    void drain(StreamUser &user)
    {
        for (int turns = 0; !m_queued.empty() && turns < 1000; ++turns) {
            user.onWritten(m_queued.front());
            m_queued.pop_front();
        }
        if (!isClosed)
            user.onWritable();
    }

    bool isClosed = false;
    qint64 sid = 0;

private:
    std::deque<Outgoing> m_queued;
};

void connection(FuzzHub &hub, const QByteArrayList &messages)
{
    Pipe pipe;
    Actor actor;
    actor.kind = ActorKind::Kitchen;
    const auto session = std::make_shared<KitchenSession>(
        hub.services(), pipe, StreamFraming::WebSocket, actor, std::nullopt);
    session->start();
    for (QByteArray message : messages) {
        if (pipe.isClosed)
            break;
        message.replace("ORDER", hub.orderId())
            .replace("EPOCH", hub.hub().head().epoch)
            .replace("SID", QByteArray::number(pipe.sid));
        if (message.isEmpty()) {
            hub.run(3s);
        } else if (message == "$") {
            pipe.drain(*session);
        } else {
            session->onMessage(message);
        }
        hub.run();
        hub.demandSound();
    }
    session->onShutdown();
    hub.run();
    pipe.drain(*session);
    hub.run(20s);
}

} // namespace

void run(QByteArrayView input)
{
    FuzzHub hub(false);
    const QByteArrayList messages = pieces(input, '\xff', 24);
    const qsizetype half = messages.size() / 2;
    connection(hub, messages);
    connection(hub, messages.sliced(half) + messages.first(half));
    hub.demandSound();
}

} // namespace cf::fuzz
