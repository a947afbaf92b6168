// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/sync/link_book.h"
#include "shared/protocol/json_codec.h"

namespace cf::kds {

// What to do after an input. Sending comes before closing.
struct SessionStep {
    std::vector<QByteArray> send;
    std::vector<Rejection> rejected;
    bool close = false;
};

// How to come back after the connection is gone.
struct ReconnectAdvice {
    bool stop = false; // not until a person has done something
    std::chrono::milliseconds atLeast{};
    bool operator==(const ReconnectAdvice &) const = default;
};

struct SessionCounts {
    qint64 malformed = 0;
    qint64 otherSid = 0;
    qint64 unknown = 0;
    qint64 snapshots = 0; // taken whole
    qint64 resumes = 0;   // continued from this display's cursor
    qint64 frames = 0;
};

// The kitchen stream's protocol from the display's side: one object for the life of the display,
// through many connections. Sans-IO: bytes and times in, bytes out. What the hub sends is on disk
// (drained()) before it is acknowledged, and a board is called live only after its digest was the
// hub's.
class HubSession
{
public:
    HubSession(LocalKitchen &kitchen, LinkBook &book, QString displayName);

    // --- the connection -------------------------------------------------------------------------
    SessionStep opened(Monotonic now);
    void heard(Monotonic now) { m_heardAt = now; } // any byte is life
    SessionStep received(QByteArrayView frame, Monotonic now);
    // Nothing more to read for now: writes what came, then acknowledges it.
    SessionStep drained();
    SessionStep tick(Monotonic now);
    [[nodiscard]] Monotonic deadline() const { return m_heardAt + m_dead; }
    // For whatever reason. The advice is for the next attempt.
    ReconnectAdvice closed();

    // --- the display ----------------------------------------------------------------------------
    SessionStep submitted(); // there may be a command to send
    SessionStep painted(qint64 position);

    [[nodiscard]] bool isWelcomed() const { return m_welcome.has_value(); }
    [[nodiscard]] bool isCatchingUp() const { return isWelcomed() && !m_isLive; }
    [[nodiscard]] bool isLive() const { return m_isLive; }
    [[nodiscard]] const SessionCounts &counts() const { return m_counts; }

private:
    void on(const Welcome &message);
    void on(SnapPart &message);
    void on(const SnapEnd &message);
    void on(const Events &message);
    void on(const Live &message);
    void on(const Heartbeat &message);
    void on(const CommandResult &message);
    void on(const SettingsMessage &message);
    void on(const AlarmsMessage &message);
    void on(const Bye &message);
    void on(const UnknownMessage &message);
    [[nodiscard]] bool isOurs(qint64 sid);

    void end(const QString &why, ReconnectAdvice advice = {});
    void endMalformed(const QString &why);
    void endDifferent(const QString &what);
    void sendCommands();
    void sendShown();
    SessionStep takeStep();

    LocalKitchen &m_kitchen;
    LinkBook &m_book;
    QString m_name;
    SessionCounts m_counts;
    qint64 m_painted = 0;

    // Of one connection.
    std::optional<Welcome> m_welcome;
    bool m_isOpen = false;
    bool m_isLive = false;
    bool m_askedForSnapshot = false;
    Monotonic m_heardAt{};
    std::chrono::milliseconds m_dead{};
    qint64 m_acked = 0;
    qint64 m_shownAcked = 0;
    SessionStep m_step;
    ReconnectAdvice m_advice;
    QString m_why;
};

} // namespace cf::kds
