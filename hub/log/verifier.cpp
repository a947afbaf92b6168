// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verifier.h"

#include "hub/log/schema.h"
#include "hub/log/verify_tables.h"
#include "hub/log/verify_walk.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"

#include <limits>

namespace cf::hub {

namespace {

// Up to `upTo`, or to the end.
Status walkTo(EventWalk &walk, qint64 upTo)
{
    while (walk.head().pos < upTo) {
        const Result<bool> more = walk.readMore();
        if (!more)
            return more.error();
        if (!*more)
            break;
    }
    return ok();
}

// What was there at the beginning is walked without a lasting snapshot, which would keep the hub's
// WAL growing: the log only grows, so what was walked stays true. What came meanwhile is walked in
// one snapshot with the tables; a busy hub cannot keep this running away from its end.
Status walkAll(Database &db, EventWalk &walk, ProblemList &problems, VerifyReport &report)
{
    const Result<qint64> last =
        db.integer(QByteArrayLiteral("SELECT coalesce(max(pos), 0) FROM event"));
    Status done = last ? walkTo(walk, *last) : Status(last.error());
    if (!done)
        return done;
    Transaction snapshot(db);
    done = snapshot.begin(Transaction::Kind::Read);
    if (done)
        done = walkTo(walk, std::numeric_limits<qint64>::max());
    if (!done)
        return done;
    if (problems.isFull())
        return ok();
    Status tables = checkTables(db, walk, problems, report);
    return tables ? snapshot.commit() : tables;
}

void fillReport(const EventWalk &walk, VerifyReport &report)
{
    const QByteArray epoch = report.head.epoch;
    report.head = walk.head();
    report.head.epoch = epoch;
    report.events = walk.events();
    report.orders = walk.ordersPlaced();
    quint64 digest = 0;
    for (const OrderState &order : walk.orders()) {
        if (!isOpen(order.status))
            continue;
        digest += digestTerm(order.id, order.seq);
        ++report.openOrders;
    }
    report.foldDigest = digestText(digest);
}

// A page that cannot be read at all is a finding, not a reason to say nothing.
void noteFailure(const Status &status, qint64 pos, ProblemList &problems, bool &complete)
{
    if (status)
        return;
    problems.add(pos, status.error().detail);
    complete = false;
}

} // namespace

Result<VerifyReport> verifyLog(const QString &path, const VerifyOptions &options)
{
    if (!Database::exists(path))
        return Error{ErrorCode::NotFound, QStringLiteral("there is no log at %1").arg(path)};
    Result<Database> db = Database::open(path, Database::Mode::Read);
    if (!db)
        return db.error();
    ProblemList problems;
    EventWalk walk(*db, problems);
    Status ready = checkSchema(*db);
    if (ready)
        ready = walk.prepare();
    if (!ready)
        return Error{ready.error().code, path + QStringLiteral(": ") + ready.error().detail};
    VerifyReport report;
    bool complete = true;
    noteFailure(walkAll(*db, walk, problems, report), walk.head().pos + 1, problems, complete);
    noteFailure(checkSchemaObjects(*db, problems), 0, problems, complete);
    if (options.checkFile)
        noteFailure(checkFile(*db, problems), 0, problems, complete);
    fillReport(walk, report);
    report.isComplete = complete && !problems.isFull();
    report.problems = problems.list();
    return report;
}

} // namespace cf::hub
