// SPDX-License-Identifier: Apache-2.0
#include "hub/net/kitchen_session.h"

#include "hub/net/event_text.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;

namespace {

constexpr auto comeBackSoon = 1'000ms;

template<typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template<typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

bool isUsable(const Hello &hello)
{
    return !hello.device.isEmpty() && hello.device.size() <= limits::deviceIdLengthMax
           && hello.name.size() <= limits::deviceNameLengthMax && hello.outboxNext >= 1;
}

} // namespace

KitchenSession::KitchenSession(Services &services, Channel &channel, StreamFraming framing,
                               Actor actor, std::optional<Hello> hello)
    : m_services(services), m_channel(channel), m_framing(framing), m_actor(std::move(actor)),
      m_hello(std::move(hello)), m_timer(services.scheduler)
{
}

KitchenSession::~KitchenSession() = default;

void KitchenSession::start()
{
    if (m_hello) {
        m_greeted = true;
        begin(*m_hello, 0);
        return;
    }
    m_timer.start(m_services.config.limits.helloMax, [this] {
        ++m_services.stats.timeouts;
        close();
    });
}

void KitchenSession::onMessage(QByteArrayView message)
{
    if (m_closing)
        return;
    const Result<FromDisplay> decoded = decodeFromDisplay(message);
    if (!decoded) {
        ++m_services.stats.badMessages;
        close();
        return;
    }
    std::visit(Overloaded{[this](const Hello &hello) { onHello(hello); },
                          [this](const Ack &ack) {
                              if (m_subscriber)
                                  m_subscriber->onAck(ack);
                              requestPump();
                          },
                          [this](const DeviceCommand &command) { onCommand(command); },
                          [this](const UnknownMessage &) {
                              m_services.backend.hub().noteUnknownMessage();
                          }},
               *decoded);
}

void KitchenSession::onHello(const Hello &hello)
{
    if (m_greeted || !isUsable(hello)) {
        ++m_services.stats.badMessages;
        close();
        return;
    }
    m_greeted = true;
    m_actor.id = hello.name.isEmpty() ? hello.device : hello.name;
    auto last = std::make_shared<Result<qint64>>(qint64(0));
    const bool queued = m_services.backend.read(
        [last, device = hello.device](EventReader &reader) {
            *last = reader.lastDeviceCommand(device);
        },
        [last, hello, weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self || self->m_closing)
                return;
            if (!*last)
                self->endWith(CloseCode::Shutdown, comeBackSoon);
            else
                self->begin(hello, **last);
        });
    if (!queued)
        endWith(CloseCode::Shutdown, comeBackSoon);
}

void KitchenSession::begin(const Hello &hello, qint64 outboxLast)
{
    m_timer.stop();
    OrderHub &hub = m_services.backend.hub();
    if (!m_services.backend.isReady() || m_services.stopping) {
        endWith(CloseCode::Shutdown, comeBackSoon);
        return;
    }
    m_hello = hello;
    m_subscriber = std::make_unique<KitchenSubscriber>(hub, m_services.backend.clock(), hello,
                                                       outboxLast, [this] { requestPump(); });
    pump();
}

void KitchenSession::onCommand(const DeviceCommand &command)
{
    if (!m_subscriber) { // before the welcome it knows neither sid nor what was handled
        ++m_services.stats.badMessages;
        close();
        return;
    }
    // One that was left undecided is sent again: those behind it must not overtake it.
    const qint64 after = m_lastCommand < command.n ? m_lastCommand : 0;
    m_lastCommand = std::max(m_lastCommand, command.n);
    Request request{DisplayCommand{m_hello->device, command, after}, m_actor};
    const bool queued = m_services.backend.submit(std::move(request),
                                                  [weak = weak_from_this()](const Answer &answer) {
                                                      if (const auto self = weak.lock())
                                                          self->onAnswer(answer);
                                                  });
    if (!queued) {
        // A later command must not overtake this one.
        m_subscriber->close(CloseCode::Shutdown, comeBackSoon);
        requestPump();
        return;
    }
    if (++m_commandsInFlight >= limits::commandsInFlightMax)
        m_channel.setReading(false);
}

void KitchenSession::onAnswer(const Answer &answer)
{
    if (m_commandsInFlight-- >= limits::commandsInFlightMax)
        m_channel.setReading(true);
    if (!m_subscriber || m_closing)
        return;
    if (!answer.result) // nothing was decided: the display keeps the command and asks again
        m_subscriber->close(CloseCode::Shutdown, comeBackSoon);
    else
        m_subscriber->sendResult(*answer.result);
    requestPump();
}

void KitchenSession::onWritten(const Outgoing &message)
{
    if (!m_subscriber)
        return;
    m_subscriber->onWritten();
    if (!message.committedAt)
        return;
    const Timestamp now = m_services.backend.clock().now();
    m_services.backend.hub().noteDelivered(*message.committedAt, now);
    const auto took = static_cast<double>((now - *message.committedAt).count()) / 1000;
    m_services.stats.deliverySeconds.add(std::max(0.0, took));
}

void KitchenSession::onShutdown()
{
    if (m_closing)
        return;
    if (!m_subscriber) {
        endWith(CloseCode::Shutdown, comeBackSoon);
        return;
    }
    m_subscriber->close(CloseCode::Shutdown, comeBackSoon);
    requestPump();
}

void KitchenSession::requestPump()
{
    if (m_pumpQueued || m_closing)
        return;
    m_pumpQueued = true;
    m_services.pumps.add(weak_from_this());
}

void KitchenSession::pump()
{
    m_pumpQueued = false;
    if (!m_subscriber)
        return;
    // At its deadline the subscriber is asked even if the socket can take nothing.
    bool due = m_subscriber->nextDeadline() <= m_services.backend.clock().monotonic();
    while (!m_closing && !m_reading && (due || m_channel.canSend())) {
        due = false;
        if (!step())
            break;
    }
    armTimer();
}

bool KitchenSession::step()
{
    return std::visit(Overloaded{[this](const Frame &frame) {
                                     send(frame);
                                     return true;
                                 },
                                 [this](const NeedEvents &need) {
                                     fetch(need);
                                     return false;
                                 },
                                 [this](const NeedCheck &need) {
                                     check(need);
                                     return false;
                                 },
                                 [this](const Closing &closing) {
                                     send(closing.bye);
                                     close();
                                     return false;
                                 },
                                 [](const Idle &) { return false; }},
                      m_subscriber->pull());
}

void KitchenSession::send(const Frame &frame)
{
    if (m_framing == StreamFraming::WebSocket)
        m_channel.send({frame.json, frame.committedAt});
    else
        m_channel.send(
            {eventText(frame.t, frame.json, frame.cursor ? frame.cursor->text() : QByteArray()),
             frame.committedAt});
}

void KitchenSession::fetch(const NeedEvents &need)
{
    auto read = std::make_shared<ReplayRead>();
    m_reading = m_services.backend.read(
        [read, need](EventReader &reader) { *read = readReplay(reader, need); },
        [read, weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self)
                return;
            self->m_reading = false;
            if (read->failed)
                self->m_subscriber->onReadFailed();
            else
                self->m_subscriber->onEvents(std::move(read->events));
            self->requestPump();
        });
    if (!m_reading)
        readFailed();
}

void KitchenSession::check(const NeedCheck &need)
{
    auto gap = std::make_shared<GapCheck>();
    m_reading =
        m_services.backend.read([gap, need](EventReader &reader) { *gap = checkGap(reader, need); },
                                [gap, weak = weak_from_this()] {
                                    const auto self = weak.lock();
                                    if (!self)
                                        return;
                                    self->m_reading = false;
                                    if (gap->failed)
                                        self->m_subscriber->onReadFailed();
                                    else
                                        self->m_subscriber->onChecked(gap->chain, gap->bytes);
                                    self->requestPump();
                                });
    if (!m_reading)
        readFailed();
}

void KitchenSession::readFailed()
{
    m_subscriber->onReadFailed();
    requestPump();
}

void KitchenSession::armTimer()
{
    if (m_closing || m_reading) {
        m_timer.stop();
        return;
    }
    const Monotonic at = m_subscriber->nextDeadline();
    if (m_timer.isRunning() && m_timerAt <= at)
        return; // it looks again when it fires
    const auto now = m_services.backend.clock().monotonic();
    m_timerAt = at;
    m_timer.start(std::max(at - now, 1ms), [this] { requestPump(); });
}

void KitchenSession::endWith(CloseCode code, std::chrono::milliseconds retry)
{
    if (m_closing)
        return;
    const Frame bye{QLatin1StringView("bye"), encode(Bye{code, retry}), std::nullopt, std::nullopt};
    send(bye);
    close();
}

void KitchenSession::close()
{
    m_closing = true;
    m_timer.stop();
    m_channel.close();
}

} // namespace cf::hub
