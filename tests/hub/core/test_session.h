// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/subscriber.h"
#include "tests/hub/core/core_kit.h"
#include "tests/hub/core/display_model.h"

namespace cf::test {

// Drives one subscriber as a connection would, and keeps what it was told.
class TestSession
{
public:
    TestSession(CoreKit &kit, Hello hello, qint64 outboxLast = 0);

    // Pulls until there is nothing to do, or this many frames were taken. Reads from the log are
    // answered at once unless holdReads.
    void pump(int framesMax = 1'000'000);
    // Answers what pump() left open.
    void answerReads();
    void ack(qint64 pos, bool shown = false);

    template<typename Message>
    [[nodiscard]] std::vector<Message> all() const
    {
        std::vector<Message> found;
        for (const FromHub &message : received) {
            if (const auto *one = std::get_if<Message>(&message))
                found.push_back(*one);
        }
        return found;
    }
    [[nodiscard]] QByteArrayList names() const { return m_names; } // of the frames, in order
    [[nodiscard]] std::optional<Bye> bye() const;

    CoreKit &kit;
    bool takesBytes = true; // the socket: reports each frame as written
    bool holdReads = false;
    std::unique_ptr<hub::KitchenSubscriber> subscriber;
    std::vector<FromHub> received;
    std::vector<hub::Frame> frames;
    std::vector<hub::NeedEvents> pages;
    std::vector<hub::NeedCheck> checks;
    int wakes = 0;

private:
    bool step();
    bool take(const hub::Frame &frame);
    bool take(const hub::NeedEvents &need);
    bool take(const hub::NeedCheck &need);
    bool take(const hub::Closing &closing);
    bool take(const hub::Idle &) { return false; }
    void answer(const hub::NeedEvents &need);
    void answer(const hub::NeedCheck &need);

    QByteArrayList m_names;
    std::optional<hub::NeedEvents> m_openPage;
    std::optional<hub::NeedCheck> m_openCheck;
};

// The cursor of a display that has everything up to pos.
Cursor cursorAt(CoreKit &kit, qint64 pos);
// The session's only welcome.
Welcome welcomeOf(const TestSession &session);
// What a display that held `before` holds after all the session was sent.
DisplayModel modelAfter(const TestSession &session, DisplayModel before);
Hello helloFrom(const QString &device, std::optional<Cursor> cursor = {});

} // namespace cf::test
