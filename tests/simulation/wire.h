// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"
#include "tests/simulation/agenda.h"
#include "tests/simulation/dice.h"

#include <QCryptographicHash>

#include <deque>
#include <map>
#include <memory>

namespace cf::sim {

// One message on its way through a connection. HTTP heads travel as facts: what parses them off a
// socket is fuzzed elsewhere.
struct Message {
    QByteArray bytes;
    std::shared_ptr<const hub::HttpRequest> request = {};
    std::shared_ptr<const hub::HttpResponse> response = {};
    [[nodiscard]] qint64 size() const;
};

// What one end of a connection hears. After onClosed() nothing more.
class WireUser
{
public:
    virtual ~WireUser() = default;
    virtual void onMessage(const Message &message) = 0;
    virtual void onTaken() { } // the other side's machine has taken something that was sent
    virtual void onClosed() = 0;
};

enum class End : quint8 { Client, Hub };
constexpr End other(End end)
{
    return end == End::Client ? End::Hub : End::Client;
}

// A machine's way to the hub: its Wi-Fi. Bad weather applies to every connection over it.
struct Link {
    bool refusing = false;            // a new connection is refused at once
    bool silent = false;              // a new connection is never answered
    std::map<End, bool> stalled = {}; // nothing arrives at this end
    bool dying = false;               // the client's machine has ended, and sends no more
    milliseconds latencyMin{1}, latencyMax{5};
};
// Outlived by connections whose machine is gone.
using LinkPtr = std::shared_ptr<Link>;

// One TCP connection: messages arrive whole, in order, once, or not at all. Both directions have a
// window; what does not fit into it waits with the sender. What is stalled arrives later, unless
// the connection dies first; who dies silently leaves the other end half-open.
class Wire : public std::enable_shared_from_this<Wire>
{
public:
    Wire(Agenda &agenda, Dice &dice, LinkPtr link, qint64 windowBytes);

    void attach(End end, WireUser *user) { side(end).user = user; }
    // Nothing is said to this end any more.
    void detach(End end) { side(end).user = nullptr; }

    // True when the window took it; else it was not sent and onTaken() will come.
    bool send(End from, const Message &message);
    [[nodiscard]] bool hasRoom(End from) const { return m_alive && room(other(from)) > 0; }
    // What was sent still arrives; then the other end hears onClosed().
    void close(End from);
    // Like close(), but what is on its way is lost. The other end hears of it, unless `silently`.
    void abort(End from, bool silently = false);
    // The network cut it: both ends hear of it, each in its own time, and what was on its way,
    // a message half-way through included, is lost.
    void cut();
    // This end reads nothing for now: its window fills.
    void setReading(End end, bool on);
    // The link's weather has changed.
    void kick();
    void setTrace(QCryptographicHash *trace) { m_trace = trace; }

    [[nodiscard]] bool isAlive() const { return m_alive; }
    [[nodiscard]] qint64 onTheWay() const;

private:
    struct Side {
        WireUser *user = nullptr;
        std::deque<Message> inbox; // on the way to this end
        qint64 bytes = 0;
        bool reading = true;
        bool scheduled = false;
        bool closing = false;   // after the inbox: onClosed()
        bool gone = false;      // this end has closed: what arrives is dropped
        bool wantsRoom = false; // the sender towards this end waits
    };
    Side &side(End end) { return end == End::Client ? m_client : m_hub; }
    [[nodiscard]] const Side &side(End end) const { return end == End::Client ? m_client : m_hub; }
    [[nodiscard]] qint64 room(End to) const { return m_window - side(to).bytes; }
    [[nodiscard]] bool isStalled(End to) const;
    void schedule(End to);
    void deliver(End to);
    void tellClosed(End end);
    void note(const Message &message);

    Agenda &m_agenda;
    Dice &m_dice;
    LinkPtr m_link;
    qint64 m_window;
    Side m_client;
    Side m_hub;
    bool m_alive = true;
    bool m_isCut = false;
    QCryptographicHash *m_trace = nullptr;
};
using WirePtr = std::shared_ptr<Wire>;

// Every connection there is.
class Network
{
public:
    Network(Agenda &agenda, Dice dice) : m_agenda(agenda), m_dice(std::move(dice)) { }

    // A new connection over this link, not yet heard of by the hub.
    WirePtr connect(const LinkPtr &link, qint64 windowBytes);
    void kick(const LinkPtr &link);
    // Every connection over this link is cut, loudly, or left half-open by a client that is gone.
    void cut(const LinkPtr &link);
    void cutAll();
    // The machine behind the link reads nothing for now: its windows fill.
    void setReading(const LinkPtr &link, bool on);
    // Of every message that arrived anywhere, and when.
    [[nodiscard]] QByteArray traceHash() const { return m_trace.result().toHex(); }
    [[nodiscard]] qint64 cuts() const { return m_cuts; }
    [[nodiscard]] qint64 cutMidMessage() const { return m_midMessage; }

private:
    struct Entry {
        std::weak_ptr<Wire> wire;
        LinkPtr link;
    };
    void sweep();

    Agenda &m_agenda;
    Dice m_dice;
    std::vector<Entry> m_wires;
    QCryptographicHash m_trace{QCryptographicHash::Md5};
    qint64 m_cuts = 0;
    qint64 m_midMessage = 0;
};

} // namespace cf::sim
