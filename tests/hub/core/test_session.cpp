// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/core/test_session.h"

#include "shared/protocol/json_codec.h"

namespace cf::test {

using namespace hub;

Cursor cursorAt(CoreKit &kit, qint64 pos)
{
    return {kit.log.head().epoch, pos, chainPrefix(**kit.log.chainAt(pos))};
}

Welcome welcomeOf(const TestSession &session)
{
    const std::vector<Welcome> welcomes = session.all<Welcome>();
    return welcomes.size() == 1 ? welcomes.front() : Welcome();
}

DisplayModel modelAfter(const TestSession &session, DisplayModel before)
{
    before.connected();
    for (const FromHub &message : session.received)
        before.take(message);
    return before;
}

Hello helloFrom(const QString &device, std::optional<Cursor> cursor)
{
    Hello hello;
    hello.device = device;
    hello.name = device;
    hello.cursor = std::move(cursor);
    return hello;
}

TestSession::TestSession(CoreKit &core, Hello hello, qint64 outboxLast)
    : kit(core), subscriber(std::make_unique<KitchenSubscriber>(
                     core.hub, core.clock, std::move(hello), outboxLast, [this] { ++wakes; }))
{
}

void TestSession::pump(int framesMax)
{
    const size_t until = frames.size() + static_cast<size_t>(framesMax);
    while (frames.size() < until && step()) { }
}

bool TestSession::step()
{
    return std::visit([this](const auto &what) { return take(what); }, subscriber->pull());
}

bool TestSession::take(const Frame &frame)
{
    const Result<FromHub> message = decodeFromHub(frame.json);
    if (!message)
        qFatal("not a message: %s", frame.json.constData());
    received.push_back(*message);
    frames.push_back(frame);
    m_names.append(QByteArray(frame.t.data(), frame.t.size()));
    if (takesBytes)
        subscriber->onWritten();
    return true;
}

bool TestSession::take(const NeedEvents &need)
{
    pages.push_back(need);
    if (holdReads)
        m_openPage = need;
    else
        answer(need);
    return !holdReads;
}

bool TestSession::take(const NeedCheck &need)
{
    checks.push_back(need);
    if (holdReads)
        m_openCheck = need;
    else
        answer(need);
    return !holdReads;
}

bool TestSession::take(const Closing &closing)
{
    return take(closing.bye);
}

void TestSession::answerReads()
{
    if (const auto page = std::exchange(m_openPage, std::nullopt))
        answer(*page);
    if (const auto check = std::exchange(m_openCheck, std::nullopt))
        answer(*check);
}

void TestSession::answer(const NeedEvents &need)
{
    const auto page = kit.log.events(need.after, need.upTo, need.limit, need.bytesMax);
    if (!page)
        return subscriber->onReadFailed();
    std::vector<ReplayEvent> replay;
    for (const LoggedEvent &logged : *page) {
        ReplayEvent next = {logged.event, logged.chain, std::nullopt};
        if (logged.event.type == EventType::OrderRecalled) {
            std::vector<OrderEvent> upTo = *kit.log.orderEvents(logged.event.orderId, 0);
            upTo.resize(static_cast<size_t>(logged.event.seq));
            next.whole = foldOrder(upTo);
        }
        replay.push_back(std::move(next));
    }
    subscriber->onEvents(std::move(replay));
}

void TestSession::answer(const NeedCheck &need)
{
    const auto chain = kit.log.chainAt(need.pos);
    const auto bytes = kit.log.gapBytes(need.pos, need.upTo);
    if (!chain || !bytes)
        return subscriber->onReadFailed();
    subscriber->onChecked(*chain, *bytes);
}

void TestSession::ack(qint64 pos, bool shown)
{
    subscriber->onAck({subscriber->sid(), pos, shown});
}

std::optional<Bye> TestSession::bye() const
{
    const std::vector<Bye> byes = all<Bye>();
    return byes.empty() ? std::nullopt : std::optional(byes.back());
}

} // namespace cf::test
