// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/sync/hub_session.h"
#include "tests/kds-app/fake_hub.h"

#include <QTemporaryDir>
#include <QTest>

namespace cf::kds::test {

// What a display sent, by kind.
struct Sent {
    std::vector<Hello> hellos;
    std::vector<Ack> acks;
    std::vector<DeviceCommand> commands;
};

// A display's session on one side and a hub in memory on the other, with the time in hand.
class SessionTest : public QObject
{
    Q_OBJECT
protected:
    void begin()
    {
        m_session.reset();
        m_book.reset();
        m_kitchen.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        m_hub = FakeHub();
        m_clock = FakeClock();
        m_sid = 0;
        m_id = m_hub.place(QStringLiteral("47"));
        m_kitchen = std::make_unique<LocalKitchen>(m_dir->filePath(QStringLiteral("k.db")), m_clock,
                                                   m_random);
        m_book = std::make_unique<LinkBook>(*m_kitchen);
        m_session = std::make_unique<HubSession>(*m_kitchen, *m_book, QStringLiteral("grill-1"));
    }

    [[nodiscard]] Monotonic now() const { return m_clock.monotonic(); }
    SessionStep receive(const QByteArray &frame) { return m_session->received(frame, now()); }

    static Sent sent(const SessionStep &step)
    {
        Sent all;
        for (const QByteArray &frame : step.send) {
            const Result<FromDisplay> message = decodeFromDisplay(frame);
            Q_ASSERT(message);
            if (const auto *hello = std::get_if<Hello>(&*message))
                all.hellos.push_back(*hello);
            if (const auto *ack = std::get_if<Ack>(&*message))
                all.acks.push_back(*ack);
            if (const auto *command = std::get_if<DeviceCommand>(&*message))
                all.commands.push_back(*command);
        }
        return all;
    }

    void goLive()
    {
        const bool resume = sent(m_session->opened(now())).hellos[0].cursor == m_hub.cursor();
        receive(encode(m_hub.welcome(resume ? StreamMode::Resume : StreamMode::Snapshot, ++m_sid,
                                     m_clock.now())));
        if (!resume) {
            receive(m_hub.snapFrame(m_sid));
            receive(m_hub.snapEndFrame(m_sid));
        }
        receive(m_hub.liveFrame(m_sid));
        (void)m_session->drained();
        QCOMPARE(m_book->state().phase, LinkPhase::Live);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    FakeHub m_hub;
    FakeClock m_clock;
    CountingRandom m_random;
    std::unique_ptr<LocalKitchen> m_kitchen;
    std::unique_ptr<LinkBook> m_book;
    std::unique_ptr<HubSession> m_session;
    qint64 m_sid = 0;
    QUuid m_id;
};

} // namespace cf::kds::test
