// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"
#include "shared/order/board.h"
#include "shared/protocol/cursor.h"
#include "tests/simulation/agenda.h"
#include "tests/simulation/plain_fold.h"

#include <QStringList>

#include <set>

namespace cf::sim {

// Knows what the log has promised, and holds everyone to it. Every breach is kept with the time it
// was found; a run is good when there is none.
class Auditor
{
public:
    explicit Auditor(const Agenda &agenda) : m_agenda(agenda) { }

    void expect(bool holds, const QString &breach);
    [[nodiscard]] const QStringList &breaches() const { return m_breaches; }

    // --- the log --------------------------------------------------------------------------------
    // A commit has begun: from now on its events may be on disk.
    void committing(const hub::LogBatch &batch);
    // It has returned: its events are on disk, or may be.
    void committed(const hub::LogBatch &batch, const QByteArray &epoch, bool isOk);
    // A log was opened and read, whole. `mayLose`: a lying disk or a restored copy excuses a loss.
    // `mustNotice`: the machine knows how far the log had been, so a loss ends in a new epoch.
    // `answers`: how many answers to commands it has recorded.
    void opened(const hub::LogHead &head, const std::vector<hub::LoggedEvent> &events,
                qint64 answers, bool mayLose, bool mustNotice);
    void epochRenewed(const QByteArray &epoch);
    // A commit is under way, or has failed: nobody knows yet what the files hold of it.
    [[nodiscard]] bool isUncertain() const { return !m_uncertain.empty(); }

    [[nodiscard]] const std::vector<hub::LoggedEvent> &log() const { return m_log; }
    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }
    [[nodiscard]] qint64 head() const { return static_cast<qint64>(m_log.size()); }
    [[nodiscard]] const PlainFold &fold() const { return m_fold; }
    [[nodiscard]] Cursor headCursor() const;
    // Every order, folded by itself from the log as it is.
    [[nodiscard]] const std::map<QUuid, std::vector<OrderEvent>> &orders() const
    {
        return m_orders;
    }

    // --- what was told --------------------------------------------------------------------------
    // Somebody was told that this event is in the log.
    void acknowledged(const QString &who, const QUuid &orderId, int seq, qint64 pos);
    // A board stands at this cursor. `wasLost`: it stands at a place that the log has lost since.
    struct Standing {
        bool isKnown = false;   // the log was once durable up to there
        bool isCurrent = false; // and still is
    };
    [[nodiscard]] Standing standing(const Cursor &cursor) const;
    void checkBoard(const QString &who, const Cursor &cursor, const Board &board, bool whole);

    // Events, and answers to commands.
    [[nodiscard]] qint64 losses() const { return m_lostEvents + m_lostAnswers; }
    [[nodiscard]] qint64 lostEvents() const { return m_lostEvents; }
    [[nodiscard]] qint64 lostAnswers() const { return m_lostAnswers; }
    [[nodiscard]] qint64 acknowledgements() const { return m_acknowledgements; }

private:
    struct Proof {
        QByteArray digest;
        int count = 0;
        bool isCurrent = true;
    };
    struct Acknowledged {
        QUuid orderId;
        int seq = 0;
        QString who;
    };

    void append(const hub::LoggedEvent &logged);
    void rebuild(const std::vector<hub::LoggedEvent> &events);
    void prove(qint64 pos, const ChainHash &chain);
    void checkWhole(const QString &who, const Cursor &cursor, const Board &board);

    const Agenda &m_agenda;
    QStringList m_breaches;
    std::vector<hub::LoggedEvent> m_log;
    std::vector<hub::LoggedEvent> m_uncertain; // of a commit that has not returned, or failed
    std::map<QUuid, std::vector<OrderEvent>> m_orders;
    QByteArray m_epoch;
    PlainFold m_fold;
    std::map<QByteArray, Proof> m_proofs;          // by cursor
    std::map<qint64, Acknowledged> m_acknowledged; // by pos, of the log as it is
    qint64 m_answers = 0;                          // in the log, as far as they were promised
    qint64 m_lostEvents = 0;
    qint64 m_lostAnswers = 0;
    qint64 m_acknowledgements = 0;
    bool m_isOpened = false;
};

} // namespace cf::sim
