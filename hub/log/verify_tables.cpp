// SPDX-License-Identifier: Apache-2.0
#include "hub/log/verify_tables.h"

#include "hub/log/event_row.h"
#include "hub/log/schema.h"
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <algorithm>
#include <map>

namespace cf::hub {

namespace {

QString idText(const QUuid &id)
{
    return QString::fromLatin1(uuidText(id));
}

// Calls `use` for each row; `use` returns nothing.
template<typename Use>
Status forEachRow(Database &db, const QByteArray &sql, Use use)
{
    Result<Statement> statement = db.prepare(sql);
    if (!statement)
        return statement.error();
    Query query(*statement);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return ok();
        use(query);
    }
}

// Columns: opened_pos, order_id, closed_pos, seq, pos, state.
QString differenceFrom(const OrderState &folded, const Query &row)
{
    const bool isClosed = !isOpen(folded.status);
    if (row.isNull(2) == isClosed)
        return QStringLiteral("is %1 by its events, not by the state table")
            .arg(isClosed ? QStringLiteral("closed") : QStringLiteral("open"));
    if (row.integer(3) != folded.seq || row.integer(4) != folded.pos)
        return QStringLiteral("is at seq %1 by its events, at seq %2 by the state table")
            .arg(folded.seq)
            .arg(row.integer(3));
    if (row.integer(0) != folded.openedPos || (isClosed && row.integer(2) != folded.pos))
        return QStringLiteral("was opened or closed elsewhere by the state table");
    if (row.view(5) != canonicalJson(orderToJson(folded)))
        return QStringLiteral("differs between its events and the state table");
    return {};
}

void noteMissing(const EventWalk &walk, const QSet<QUuid> &seen, ProblemList &problems)
{
    std::map<qint64, QString> missing; // by position, so that reports are the same each time
    for (const OrderState &order : walk.orders()) {
        if (!seen.contains(order.id) && !walk.isBroken(order.id))
            missing.emplace(order.pos, idText(order.id));
    }
    for (const auto &entry : missing) {
        problems.add(entry.first,
                     QStringLiteral("order %1 is missing in the state table").arg(entry.second));
    }
}

Status checkStates(Database &db, const EventWalk &walk, ProblemList &problems, VerifyReport &report)
{
    QSet<QUuid> seen;
    quint64 digest = 0;
    Status read = forEachRow(
        db,
        QByteArrayLiteral("SELECT opened_pos, order_id, closed_pos, seq, pos, state "
                          "FROM order_state ORDER BY opened_pos"),
        [&](const Query &row) {
            const QUuid id = idFromBlob(row.view(1));
            seen.insert(id);
            if (row.isNull(2)) {
                digest += digestTerm(id, static_cast<int>(row.integer(3)));
                ++report.tableOpenOrders;
            }
            if (walk.isBroken(id))
                return;
            const auto folded = walk.orders().constFind(id);
            const QString wrong = folded == walk.orders().constEnd() ? QStringLiteral(
                                      "is in the state table, but is neither open nor one of the "
                                      "last closed by its events")
                                                                     : differenceFrom(*folded, row);
            if (!wrong.isEmpty())
                problems.add(row.integer(4), QStringLiteral("order %1 %2").arg(idText(id), wrong));
        });
    report.tableDigest = digestText(digest);
    if (read)
        noteMissing(walk, seen, problems);
    return read;
}

Status checkMeta(Database &db, const EventWalk &walk, ProblemList &problems, VerifyReport &report)
{
    bool found = false;
    Status read = forEachRow(
        db,
        QByteArrayLiteral("SELECT head_pos, head_chain, epoch, (SELECT epoch FROM epoch_history "
                          "ORDER BY n DESC LIMIT 1) FROM meta"),
        [&](const Query &row) {
            found = true;
            report.head.epoch = row.bytes(2);
            report.tablePos = row.integer(0);
            if (row.integer(0) != walk.head().pos || row.view(1) != chainBlob(walk.head().chain)) {
                problems.add(std::min(row.integer(0), walk.head().pos) + 1,
                             QStringLiteral("the log's record of its head is %1, its last event "
                                            "is %2, or their chains differ")
                                 .arg(row.integer(0))
                                 .arg(walk.head().pos));
            }
            if (row.view(2) != row.view(3))
                problems.add(0, QStringLiteral("the epoch is not the last one of its history"));
        });
    if (read && !found)
        problems.add(0, QStringLiteral("the log's record of its head is missing"));
    return read;
}

Status checkTrackers(Database &db, ProblemList &problems)
{
    return forEachRow(
        db,
        QByteArrayLiteral("SELECT token_hash, token, order_id, (SELECT pos FROM event e "
                          "WHERE e.order_id = t.order_id AND e.seq = 1) FROM tracker t"),
        [&](const Query &row) {
            const QString id = idText(idFromBlob(row.view(2)));
            if (row.isNull(3))
                problems.add(0, QStringLiteral("a tracker is for order %1, of which there is no "
                                               "event")
                                    .arg(id));
            else if (row.view(0) != tokenHash(row.bytes(1)))
                problems.add(row.integer(3),
                             QStringLiteral("the tracker token of order %1 was changed").arg(id));
        });
}

// Each record of a command was written with its events: one without them is of a log that has lost
// some, and would keep the display that sent it from offering it again.
Status checkRecords(Database &db, const EventWalk &walk, ProblemList &problems)
{
    const QByteArray answered = "CASE WHEN json_valid(r.answer) THEN json_extract(r.answer, ";
    const QByteArray columns =
        "json_valid(r.answer), r.pos, " + answered + "'$.pos') END AS at, " + answered
        + "'$.seq') END AS seq, (SELECT seq FROM event e WHERE e.pos = " + answered
        + "'$.pos') END)";
    return forEachRow(
        db,
        "SELECT r.device || ' ' || r.n, " + columns
            + " FROM device_command r UNION ALL SELECT r.scope, " + columns + " FROM command r",
        [&](const Query &row) {
            if (row.integer(1) == 0) {
                problems.add(
                    row.integer(2),
                    QStringLiteral("the answer to command \"%1\" cannot be read").arg(row.text(0)));
                return;
            }
            const qint64 at = row.isNull(3) ? row.integer(2) : row.integer(3);
            const bool isBeyond = std::max(at, row.integer(2)) > walk.head().pos;
            const bool isOther =
                !row.isNull(3) && (row.isNull(5) || row.integer(4) != row.integer(5));
            if (isBeyond || isOther)
                problems.add(isBeyond ? walk.head().pos + 1 : at,
                             QStringLiteral("command \"%1\" was answered with position %2, %3")
                                 .arg(row.text(0))
                                 .arg(isBeyond ? std::max(at, row.integer(2)) : at)
                                 .arg(isBeyond
                                          ? QStringLiteral("which the log does not have")
                                          : QStringLiteral("where the log has another event")));
        });
}

// A record that is missing cannot be seen in the others.
Status checkTally(Database &db, ProblemList &problems, VerifyReport &report)
{
    const Result<RecordTally> found = tallyRecords(db);
    if (!found)
        return found.error();
    report.records = *found;
    return forEachRow(
        db, QByteArrayLiteral("SELECT record_count, record_digest FROM meta"),
        [&](const Query &row) {
            const RecordTally noted{row.integer(0), static_cast<quint64>(row.integer(1))};
            if (noted == *found)
                return;
            problems.add(0, QStringLiteral("the log had recorded %1 answers to "
                                           "commands and has %2, or others")
                                .arg(noted.count)
                                .arg(found->count));
        });
}

// Name of each table, index and trigger, with the text that made it.
Status readObjects(Database &db, std::map<QByteArray, QByteArray> &objects)
{
    return forEachRow(db,
                      QByteArrayLiteral("SELECT type || ' ' || name, coalesce(sql, '') "
                                        "FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"),
                      [&](const Query &row) { objects.emplace(row.bytes(0), row.bytes(1)); });
}

} // namespace

Status checkTables(Database &db, const EventWalk &walk, ProblemList &problems, VerifyReport &report)
{
    Status done = checkStates(db, walk, problems, report);
    if (done)
        done = checkMeta(db, walk, problems, report);
    if (done)
        done = checkTrackers(db, problems);
    if (done)
        done = checkRecords(db, walk, problems);
    if (done)
        done = checkTally(db, problems, report);
    return done;
}

Status checkSchemaObjects(Database &db, ProblemList &problems)
{
    Result<Database> model = Database::open({}, Database::Mode::Memory);
    if (!model)
        return model.error();
    std::map<QByteArray, QByteArray> expected;
    std::map<QByteArray, QByteArray> found;
    Status done = migrate(*model);
    if (done)
        done = readObjects(*model, expected);
    if (done)
        done = readObjects(db, found);
    if (!done)
        return done;
    for (const auto &object : expected) {
        const auto it = found.find(object.first);
        const QString name = QString::fromUtf8(object.first);
        if (it == found.end())
            problems.add(0, QStringLiteral("the %1 is missing").arg(name));
        else if (it->second != object.second)
            problems.add(0, QStringLiteral("the %1 is not as it was made").arg(name));
    }
    for (const auto &object : found) {
        const QString name = QString::fromUtf8(object.first);
        if (!expected.contains(object.first))
            problems.add(0, QStringLiteral("the %1 is not ours").arg(name));
    }
    return ok();
}

Status checkFile(Database &db, ProblemList &problems)
{
    const QByteArray most = QByteArray::number(limits::verifyProblemsMax);
    return forEachRow(db, "PRAGMA integrity_check(" + most + ')', [&](const Query &row) {
        if (row.view(0) != QByteArrayView("ok"))
            problems.add(0, QStringLiteral("the file: ") + row.text(0));
    });
}

} // namespace cf::hub
