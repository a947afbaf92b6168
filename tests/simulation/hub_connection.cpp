// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/hub_connection.h"

namespace cf::sim {

HubConnection::HubConnection(ConnectionOwner &owner, WirePtr wire)
    : m_owner(owner), m_wire(std::move(wire)), m_progressAt(owner.monotonic())
{
    m_wire->attach(End::Hub, this);
    m_wire->setReading(End::Hub, true);
}

HubConnection::~HubConnection()
{
    m_wire->detach(End::Hub);
}

void HubConnection::onMessage(const Message &message)
{
    if (message.request && !m_exchange && !m_user) {
        m_exchange = std::make_shared<hub::Exchange>(*message.request, *this);
        m_owner.handle(m_exchange);
        return;
    }
    if (m_user && !m_closing) {
        const std::shared_ptr<hub::StreamUser> user = m_user;
        user->onMessage(message.bytes);
    }
}

void HubConnection::onTaken()
{
    m_progressAt = m_owner.monotonic();
    flush();
    if (m_user && !m_closed && canSend()) {
        const std::shared_ptr<hub::StreamUser> user = m_user;
        user->onWritable();
    }
}

void HubConnection::onClosed()
{
    if (m_closed)
        return;
    m_closed = true;
    const auto self = shared_from_this();
    if (m_exchange)
        m_exchange->abandon();
    m_user.reset();
    m_owner.release(this);
}

bool HubConnection::canSend() const
{
    return !m_closing && !m_closed && m_waitingBytes < m_owner.limits().outputBytesMax;
}

void HubConnection::send(hub::Outgoing message)
{
    if (m_closing || m_closed)
        return;
    push({message.bytes}, message);
}

void HubConnection::push(Message message, hub::Outgoing outgoing)
{
    if (m_waiting.empty())
        m_progressAt = m_owner.monotonic();
    m_waitingBytes += message.size();
    m_waitingMax = std::max(m_waitingMax, m_waitingBytes);
    m_waiting.push_back({std::move(message), std::move(outgoing)});
    if (!m_flushing)
        flush();
}

void HubConnection::flush()
{
    m_flushing = true;
    const auto self = weak_from_this().lock();
    while (!m_closed && !m_waiting.empty() && m_wire->send(End::Hub, m_waiting.front().message)) {
        const Waiting taken = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= taken.message.size();
        m_progressAt = m_owner.monotonic();
        if (m_user)
            m_user->onWritten(taken.outgoing);
    }
    m_flushing = false;
    if (m_closing && m_waiting.empty())
        finish();
}

void HubConnection::close()
{
    if (m_closing || m_closed)
        return;
    m_closing = true;
    if (m_waiting.empty() && !m_flushing)
        finish();
}

void HubConnection::finish()
{
    m_wire->close(End::Hub);
    onClosed();
}

void HubConnection::abort()
{
    m_wire->abort(End::Hub);
    onClosed();
}

void HubConnection::sendResponse(hub::HttpResponse response)
{
    Message message;
    message.response = std::make_shared<const hub::HttpResponse>(std::move(response));
    push(std::move(message), {});
    close();
}

void HubConnection::startEventStream(const hub::StreamFactory &factory)
{
    Message head;
    hub::HttpResponse response;
    response.contentType = "text/event-stream";
    head.response = std::make_shared<const hub::HttpResponse>(std::move(response));
    push(std::move(head), {});
    m_user = factory(*this);
    const std::shared_ptr<hub::StreamUser> user = m_user;
    user->start();
}

void HubConnection::startWebSocket(const hub::StreamFactory &factory)
{
    Message head;
    hub::HttpResponse response;
    response.status = 101;
    head.response = std::make_shared<const hub::HttpResponse>(std::move(response));
    push(std::move(head), {});
    m_user = factory(*this);
    const std::shared_ptr<hub::StreamUser> user = m_user;
    user->start();
}

void HubConnection::tick()
{
    if (!m_waiting.empty() && m_owner.monotonic() - m_progressAt > m_owner.limits().writeStallMax)
        abort();
}

void HubConnection::shutdown()
{
    const auto self = shared_from_this();
    if (m_exchange)
        m_exchange->hurry();
    if (const std::shared_ptr<hub::StreamUser> user = m_user)
        user->onShutdown();
}

} // namespace cf::sim
