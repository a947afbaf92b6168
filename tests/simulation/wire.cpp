// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/wire.h"

#include <algorithm>

namespace cf::sim {

namespace {

// What a head and its framing cost on the wire.
constexpr qint64 headBytes = 200;

} // namespace

qint64 Message::size() const
{
    qint64 bytes_ = bytes.size() + 8;
    if (request)
        bytes_ += headBytes + request->body.size();
    if (response)
        bytes_ += headBytes + response->body.size();
    return bytes_;
}

Wire::Wire(Agenda &agenda, Dice &dice, LinkPtr link, qint64 windowBytes)
    : m_agenda(agenda), m_dice(dice), m_link(std::move(link)), m_window(windowBytes)
{
}

bool Wire::isStalled(End to) const
{
    const auto it = m_link->stalled.find(to);
    return it != m_link->stalled.end() && it->second;
}

bool Wire::send(End from, const Message &message)
{
    const End to = other(from);
    if (!m_alive || side(from).gone || (from == End::Client && m_link->dying))
        return true; // into the void, as a socket does before it has noticed
    if (room(to) <= 0) {
        side(to).wantsRoom = true;
        return false;
    }
    side(to).bytes += message.size();
    if (side(to).gone) // the other end is gone and this one has not noticed
        return true;
    side(to).inbox.push_back(message);
    schedule(to);
    return true;
}

void Wire::schedule(End to)
{
    Side &receiver = side(to);
    if (receiver.scheduled || !m_alive || m_isCut || isStalled(to) || !receiver.reading)
        return;
    if (receiver.inbox.empty() && !receiver.closing)
        return;
    receiver.scheduled = true;
    m_agenda.after(m_dice.between(m_link->latencyMin, m_link->latencyMax),
                   [weak = weak_from_this(), to] {
                       if (const WirePtr wire = weak.lock())
                           wire->deliver(to);
                   });
}

void Wire::deliver(End to)
{
    Side &receiver = side(to);
    receiver.scheduled = false;
    if (!m_alive || m_isCut || isStalled(to) || !receiver.reading)
        return;
    if (receiver.inbox.empty()) {
        if (receiver.closing)
            tellClosed(to);
        return;
    }
    const WirePtr self = shared_from_this();
    // What one read of the socket brings: one message, or several.
    for (int budget = m_dice.between(1, 8); budget > 0 && !receiver.inbox.empty(); --budget) {
        const Message message = std::move(receiver.inbox.front());
        receiver.inbox.pop_front();
        receiver.bytes -= message.size();
        note(message);
        if (receiver.user)
            receiver.user->onMessage(message);
        if (!m_alive || !receiver.reading)
            break;
    }
    Side &sender = side(other(to));
    if (m_alive && receiver.wantsRoom && room(to) > 0) {
        receiver.wantsRoom = false;
        if (sender.user)
            sender.user->onTaken();
    }
    schedule(to);
}

void Wire::note(const Message &message)
{
    const qint64 at = m_agenda.now().time_since_epoch().count();
    m_trace->addData(QByteArrayView(reinterpret_cast<const char *>(&at), sizeof at));
    m_trace->addData(message.bytes);
    if (message.request)
        m_trace->addData(message.request->path + message.request->body);
    if (message.response)
        m_trace->addData(message.response->body);
}

void Wire::tellClosed(End end)
{
    Side &one = side(end);
    one.gone = true;
    if (side(other(end)).gone)
        m_alive = false;
    if (WireUser *user = std::exchange(one.user, nullptr))
        user->onClosed();
}

void Wire::close(End from)
{
    if (!m_alive || side(from).gone)
        return;
    Side &one = side(from);
    one.gone = true;
    one.user = nullptr;
    one.inbox.clear();
    Side &peer = side(other(from));
    if (peer.gone) {
        m_alive = false;
        return;
    }
    peer.closing = true;
    schedule(other(from));
}

void Wire::abort(End from, bool silently)
{
    if (!m_alive)
        return;
    Side &peer = side(other(from));
    peer.inbox.clear();
    if (!silently) {
        close(from);
        return;
    }
    Side &one = side(from);
    one.gone = true;
    one.user = nullptr;
    one.inbox.clear();
    if (peer.gone)
        m_alive = false;
}

void Wire::cut()
{
    if (!m_alive)
        return;
    const WirePtr self = shared_from_this();
    for (const End end : {End::Client, End::Hub}) {
        side(end).inbox.clear();
        // A machine that sends nothing hears of a cut late or not at all; 1 in 4 is left half-open.
        if (!side(end).gone && !m_dice.oneIn(4)) {
            m_agenda.after(m_dice.between(milliseconds(0), milliseconds(2'000)),
                           [weak = weak_from_this(), end] {
                               if (const WirePtr wire = weak.lock(); wire && !wire->side(end).gone)
                                   wire->tellClosed(end);
                           });
        }
    }
    m_isCut = true; // nothing passes any more, though neither end may know
}

void Wire::setReading(End end, bool on)
{
    side(end).reading = on;
    if (on)
        schedule(end);
}

void Wire::kick()
{
    schedule(End::Client);
    schedule(End::Hub);
}

qint64 Wire::onTheWay() const
{
    return static_cast<qint64>(m_client.inbox.size() + m_hub.inbox.size());
}

WirePtr Network::connect(const LinkPtr &link, qint64 windowBytes)
{
    sweep();
    auto wire = std::make_shared<Wire>(m_agenda, m_dice, link, windowBytes);
    wire->setTrace(&m_trace);
    m_wires.push_back({wire, link});
    return wire;
}

void Network::sweep()
{
    std::erase_if(m_wires, [](const Entry &entry) {
        const WirePtr wire = entry.wire.lock();
        return !wire || !wire->isAlive();
    });
}

void Network::kick(const LinkPtr &link)
{
    for (const Entry &entry : std::vector<Entry>(m_wires)) {
        if (const WirePtr wire = entry.wire.lock(); wire && entry.link == link)
            wire->kick();
    }
}

void Network::cut(const LinkPtr &link)
{
    for (const Entry &entry : std::vector<Entry>(m_wires)) {
        const WirePtr wire = entry.wire.lock();
        if (!wire || entry.link != link || !wire->isAlive())
            continue;
        ++m_cuts;
        m_midMessage += wire->onTheWay() > 0 ? 1 : 0;
        wire->cut();
    }
}

void Network::setReading(const LinkPtr &link, bool on)
{
    for (const Entry &entry : std::vector<Entry>(m_wires)) {
        if (const WirePtr wire = entry.wire.lock(); wire && entry.link == link)
            wire->setReading(End::Client, on);
    }
}

void Network::cutAll()
{
    std::vector<LinkPtr> links; // by age, not by address: a run must not depend on those
    for (const Entry &entry : m_wires) {
        if (std::find(links.begin(), links.end(), entry.link) == links.end())
            links.push_back(entry.link);
    }
    for (const LinkPtr &link : links)
        cut(link);
}

} // namespace cf::sim
