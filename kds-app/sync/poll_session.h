// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/sync/link_book.h"

namespace cf::kds {

struct PollRequest {
    bool isPost = false;
    QString path; // with the query
    QByteArray body;
};

struct PollOutcome {
    bool ok = false;                   // the hub answered and the answer was taken
    bool unauthorised = false;         // the hub does not accept this display
    bool askNow = false;               // read anew, whatever read is on its way
    std::chrono::milliseconds pause{}; // before the next request of this lane
    std::vector<Rejection> rejected;
};

// The protocol over plain HTTP, for networks that let no stream through. Sans-IO. Two lanes, one
// request each at a time: reading (events, or a snapshot), and commands, by n, one by one.
class PollSession
{
public:
    PollSession(LocalKitchen &kitchen, LinkBook &book, QString displayName = {})
        : m_kitchen(kitchen), m_book(book), m_name(std::move(displayName))
    {
    }

    // Starting (again): the first read does not wait, to see whether the hub answers at all, and
    // no command goes out before it has said which ones it knows.
    void restart();

    PollRequest nextRead();
    PollOutcome onRead(int httpStatus, const QByteArray &body, std::optional<Timestamp> hubNow);

    // The board as of `position` is on the screen.
    void painted(qint64 position) { m_painted = position; }

    std::optional<PollRequest> nextCommand();
    PollOutcome onCommand(int httpStatus, const QByteArray &body);
    // The request got no answer: the command waits again.
    void commandLost();

private:
    void welcomed(std::optional<qint64> outboxLast);
    PollOutcome onPage(const QByteArray &body);
    PollOutcome onSnapshot(const QByteArray &body);
    [[nodiscard]] CommandResult guessResult(bool isAccepted, const QByteArray &body) const;
    PollOutcome differed(const QString &what);
    bool proveOrAsk(qint64 pos, int count, const QByteArray &digest, PollOutcome &outcome);

    LocalKitchen &m_kitchen;
    LinkBook &m_book;
    QString m_name;
    bool m_isWelcomed = false;      // the hub has said which commands it knows
    bool m_isAsking = false;        // the read on its way asks for that
    bool m_isCursorRefused = false; // the next snapshot's log may have lost events of ours
    bool m_isCaughtUp = false;
    bool m_isReadingSnapshot = false;
    qint64 m_painted = 0;
    qint64 m_commandN = 0; // on its way; 0: none
};

} // namespace cf::kds
