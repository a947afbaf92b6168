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
    std::chrono::milliseconds pause{}; // before the next request of this lane
    std::vector<Rejection> rejected;
};

// The protocol over plain HTTP, for networks that let no stream through. Sans-IO. Two lanes, one
// request each at a time: reading (events, or a snapshot), and commands, by n, one by one.
class PollSession
{
public:
    PollSession(LocalKitchen &kitchen, LinkBook &book) : m_kitchen(kitchen), m_book(book) { }

    // Starting (again): the first read does not wait, to see whether the hub answers at all.
    void restart() { m_isCaughtUp = false; }

    PollRequest nextRead();
    PollOutcome onRead(int httpStatus, const QByteArray &body, std::optional<Timestamp> hubNow);

    std::optional<PollRequest> nextCommand();
    PollOutcome onCommand(int httpStatus, const QByteArray &body);
    // The request got no answer: the command waits again.
    void commandLost();

private:
    PollOutcome onPage(const QByteArray &body);
    PollOutcome onSnapshot(const QByteArray &body);
    PollOutcome differed(const QString &what);
    bool proveOrAsk(qint64 pos, int count, const QByteArray &digest, PollOutcome &outcome);

    LocalKitchen &m_kitchen;
    LinkBook &m_book;
    bool m_isCaughtUp = false;
    bool m_isReadingSnapshot = false;
    qint64 m_commandN = 0; // on its way; 0: none
};

} // namespace cf::kds
