// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "shared/base/clock.h"
#include "shared/protocol/cursor.h"

#include <QStringList>
#include <QUuid>

#include <memory>
#include <optional>
#include <vector>

namespace cf::hub {

enum class JobKind : quint8 { Receipt, Ticket };
enum class JobState : quint8 {
    Queued,
    Sending, // after a crash nobody knows how far it came
    Printed,
    Unconfirmed, // sent, and the printer never said that it was done
    Failed,      // tried too often
    Expired,     // too old to be of use
    Removed,     // its printer was taken away
};

struct PrintJob {
    qint64 n = 0;
    QString printer;
    JobKind kind = JobKind::Receipt;
    QUuid orderId;
    int seq = 0;     // of a receipt: as the order stood then
    int copy = 1;    // of a receipt: 1 is the original
    QByteArray body; // of a ticket: ESC/POS
    JobState state = JobState::Queued;
    bool possibleCopy = false;
    int cuts = 0; // connections that ended while it was sent
    Timestamp createdAt{};
};

struct TicketKey {
    QString printer;
    QString station;
    QUuid orderId;
};

// The printers' file: each printer's own place in the log, and every job with what became of it.
// A job is there once the place has moved past its event, in the same transaction; it is marked
// before its first byte is sent. One connection; the caller sees to it that calls do not overlap.
// WAL and FULL: what was said to be kept survives a power cut.
class PrintStore
{
public:
    // Makes the file, readable by its owner alone, when there is none. What was being sent when the
    // last hub ended may have been printed: it waits again, marked.
    static Result<std::unique_ptr<PrintStore>> open(const QString &path, Timestamp now);

    [[nodiscard]] bool isNew() const { return m_isNew; }
    // Jobs that open() found half sent.
    [[nodiscard]] qint64 interrupted() const { return m_interrupted; }

    // Where the printer stands; nullopt: it is new.
    Result<std::optional<Cursor>> cursor(const QString &printer);
    // What is not listed is forgotten, and what waits for it removed.
    Status keepOnly(const QStringList &printers, Timestamp now);
    // The printer stands at `to`; these jobs come with it. A receipt that is there already stays.
    Status advance(const QString &printer, const Cursor &to, const std::vector<PrintJob> &jobs,
                   Timestamp now);
    // The next copy of the order's receipt: 1 where `isUnprinted`, else at least 2.
    Result<PrintJob> addCopy(PrintJob job, bool isUnprinted, Timestamp now);
    // The file's birth: jobs for events after it would be here.
    Result<std::optional<Cursor>> birth();
    Status setBirth(const Cursor &at);

    // What was printed last for this order at this station: empty, nothing.
    Result<QByteArray> ticketPrint(const TicketKey &key);
    Status addTicket(const PrintJob &job, const TicketKey &key, const QByteArray &print,
                     Timestamp now);

    // The oldest that waits.
    Result<std::optional<PrintJob>> next(const QString &printer);
    Result<qint64> waiting(const QString &printer);
    // On disk before this returns: from now on it may have been printed.
    Status begin(qint64 n, Timestamp now);
    // Waits again; `mayBePrinted`: as a possible copy.
    Status putBack(qint64 n, bool mayBePrinted, Timestamp now);
    Status finish(qint64 n, JobState state, Timestamp now);
    Result<std::optional<PrintJob>> job(qint64 n);

private:
    explicit PrintStore(Database db) : m_db(std::move(db)) { }
    Status setUp(Timestamp now);
    Status prepare();
    Status insert(const PrintJob &job, Timestamp now);
    Status putCursor(const QString &printer, const Cursor &at);
    Status forget(const QString &printer, Timestamp now);
    Status prune();

    Database m_db;
    struct {
        Statement cursor, putCursor, printers, dropPrinter, dropJobs, dropTickets;
        Statement insert, lastCopy, next, waiting, begin, putBack, finish, job, prune;
        Statement ticket, putTicket, pruneTickets, birth, putBirth;
    } m_sql;
    bool m_isNew = false;
    qint64 m_interrupted = 0;
};

} // namespace cf::hub
