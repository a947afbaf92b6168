// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <optional>

namespace cf::hub {

// One message on its way out, framed for its transport.
struct Outgoing {
    QByteArray bytes;
    std::optional<Timestamp> committedAt; // of the newest event in it
};

// A streaming client as its session sees it: a bounded way out. Net thread.
class Channel
{
public:
    virtual ~Channel() = default;
    // False while limits::outputBytesMax wait: the session stops until onWritable().
    [[nodiscard]] virtual bool canSend() const = 0;
    virtual void send(Outgoing message) = 0;
    // What was sent still goes out, then the connection ends. The session goes with it, later.
    virtual void close() = 0;
    // Stops and starts reading messages: a client may not make the hub queue without bound.
    virtual void setReading(bool on) = 0;
};

// A session: what a channel is for. Owned by its connection; when the client is gone it is dropped.
class StreamUser
{
public:
    virtual ~StreamUser() = default;
    virtual void start() = 0;
    // One text message (WebSocket only).
    virtual void onMessage(QByteArrayView message) { Q_UNUSED(message) }
    // The socket took this message. May come from within send(): do not send here.
    virtual void onWritten(const Outgoing &message) = 0;
    // There is room again.
    virtual void onWritable() = 0;
    // The hub is stopping: say goodbye and close().
    virtual void onShutdown() = 0;
};

using StreamFactory = std::function<std::shared_ptr<StreamUser>(Channel &)>;

} // namespace cf::hub
