// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verifier.h"

#include "hub/log/schema.h"
#include "hub/log/verify_tables.h"
#include "hub/log/verify_walk.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"

#include <QFileInfo>

namespace cf::hub {

namespace {

// Everything but the last steps without a lasting snapshot: a reader that holds one keeps the
// hub's WAL growing. The log only grows, so what was walked stays true.
Status walkAll(Database &db, EventWalk &walk, ProblemList &problems, VerifyReport &report)
{
    for (;;) {
        const Result<bool> more = walk.readMore();
        if (!more)
            return more.error();
        if (!*more)
            break;
    }
    Transaction snapshot(db);
    Status begun = snapshot.begin(Transaction::Kind::Read);
    if (!begun)
        return begun;
    for (;;) {
        const Result<bool> more = walk.readMore();
        if (!more)
            return more.error();
        if (!*more)
            break;
    }
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
    if (!QFileInfo::exists(path))
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
