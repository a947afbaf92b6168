// SPDX-License-Identifier: Apache-2.0
#include "hub/net/socket_output.h"

#include <boost/asio/buffer.hpp>

namespace cf::hub {

namespace asio = boost::asio;
using boost::system::error_code;

size_t SocketOutput::writeNow(const QByteArray &bytes)
{
    error_code error;
    const size_t size = m_stream.socket().write_some(
        asio::buffer(bytes.constData(), static_cast<size_t>(bytes.size())), error);
    if (error && error != asio::error::would_block)
        m_broken = true; // the user sees it, or its pending read does: not here, within its call
    m_taken += static_cast<qint64>(size);
    return size;
}

void SocketOutput::push(Outgoing message)
{
    if (m_broken || m_stopped || message.bytes.isEmpty())
        return;
    size_t written = 0;
    if (m_waiting.empty() && !m_stream.tls())
        written = writeNow(message.bytes);
    if (m_broken)
        return;
    if (written == static_cast<size_t>(message.bytes.size())) {
        m_user.onTaken(message);
        return;
    }
    if (m_waiting.empty()) {
        m_frontWritten = static_cast<qsizetype>(written);
        m_progressAt = m_clock.monotonic();
    }
    m_bytes += message.bytes.size() - static_cast<qint64>(written);
    m_waiting.push_back(std::move(message));
    write();
}

void SocketOutput::write()
{
    if (m_pending || m_stopped || m_waiting.empty())
        return;
    m_pending = true;
    const QByteArray &front = m_waiting.front().bytes;
    m_stream.async_write_some(
        asio::buffer(front.constData() + m_frontWritten,
                     static_cast<size_t>(front.size() - m_frontWritten)),
        [this, alive = m_user.keepAlive()](const error_code &error, size_t size) {
            m_pending = false;
            if (!m_stopped)
                onWrote(error, size);
        });
}

void SocketOutput::onWrote(const error_code &error, size_t size)
{
    if (error) {
        m_broken = true;
        m_user.onBroken();
        return;
    }
    m_taken += static_cast<qint64>(size);
    m_progressAt = m_clock.monotonic();
    m_bytes -= static_cast<qint64>(size);
    m_frontWritten += static_cast<qsizetype>(size);
    if (m_frontWritten == m_waiting.front().bytes.size()) {
        const Outgoing done = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_frontWritten = 0;
        m_user.onTaken(done);
    }
    write();
    m_user.onProgress();
}

} // namespace cf::hub
