// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/any_stream.h"
#include "hub/net/channel.h"

#include <deque>

namespace cf::hub {

// Who is told what becomes of output.
class SocketOutputUser
{
public:
    virtual ~SocketOutputUser() = default;
    // The socket took this message, whole. May come from within push().
    virtual void onTaken(const Outgoing &message) = 0;
    // The socket took bytes of what waited. Never from within push().
    virtual void onProgress() = 0;
    // The socket takes no more, ever. Never from within push().
    virtual void onBroken() = 0;
    // Kept while a write is pending: the user, who owns this.
    virtual std::shared_ptr<void> keepAlive() = 0;
};

// Bytes on their way into one socket: handed over at once as far as it takes them without waiting,
// the rest in order as it takes more. Does not bound itself: users look at bytes().
class SocketOutput
{
public:
    // `taken` counts the bytes that the socket took.
    SocketOutput(AnyStream &stream, const Clock &clock, qint64 &taken, SocketOutputUser &user)
        : m_stream(stream), m_clock(clock), m_taken(taken), m_user(user)
    {
    }

    void push(Outgoing message);
    // Nothing more is told or written; a pending write may still end.
    void stop() { m_stopped = true; }
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] bool isBroken() const { return m_broken; }
    // True when something waits and the socket has taken nothing for so long.
    [[nodiscard]] bool isStalled(std::chrono::milliseconds limit) const
    {
        return !m_waiting.empty() && m_clock.monotonic() - m_progressAt > limit;
    }

private:
    size_t writeNow(const QByteArray &bytes);
    void write();
    void onWrote(const boost::system::error_code &error, size_t size);

    AnyStream &m_stream;
    const Clock &m_clock;
    qint64 &m_taken;
    SocketOutputUser &m_user;
    std::deque<Outgoing> m_waiting;
    qsizetype m_frontWritten = 0;
    qint64 m_bytes = 0; // of m_waiting, without what the socket has
    Monotonic m_progressAt{};
    bool m_pending = false;
    bool m_broken = false;
    bool m_stopped = false;
};

} // namespace cf::hub
