// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/kds_cache_schema.h"

#include "shared/protocol/json_codec.h"

#include <array>

namespace cf::kds {

namespace {

// Step i takes a file of version i to version i + 1. Steps are never edited, only added.
constexpr std::array migrations{
    // closed_rank: null while the order is open, else its place among the recent ones.
    // command and answer: as on the wire; answer null until the hub's is here.
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE orders (id TEXT PRIMARY KEY, closed_rank INTEGER, state TEXT NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE outbox (n INTEGER PRIMARY KEY, command TEXT NOT NULL,"
    " order_number TEXT NOT NULL, answer TEXT, answered_epoch TEXT NOT NULL,"
    " answered_at INTEGER NOT NULL, dismissed INTEGER NOT NULL);",
};
static_assert(migrations.size() == KdsCache::schemaVersion);

Result<OutboxEntry> entryOf(const Statement &row)
{
    const Result<FromDisplay> command = decodeFromDisplay(row.text(0));
    if (!command)
        return command.error();
    OutboxEntry entry;
    const auto *asCommand = std::get_if<DeviceCommand>(&*command);
    if (!asCommand)
        return Error{ErrorCode::MalformedJson, QStringLiteral("an outbox row is no command")};
    entry.command = *asCommand;
    entry.orderNumber = QString::fromUtf8(row.text(1));
    entry.answeredEpoch = row.text(3);
    entry.answeredAt = Timestamp(std::chrono::milliseconds(row.integer(4)));
    entry.dismissed = row.integer(5) != 0;
    if (row.isNull(2))
        return entry;
    const Result<FromHub> answer = decodeFromHub(row.text(2));
    if (!answer)
        return answer.error();
    const auto *asResult = std::get_if<CommandResult>(&*answer);
    if (!asResult)
        return Error{ErrorCode::MalformedJson, QStringLiteral("an outbox row has no answer")};
    entry.result = *asResult;
    entry.state = OutboxState::Finished;
    return entry;
}

} // namespace

Status migrate(Database &database)
{
    const Result<qint64> found = database.integer("PRAGMA user_version");
    if (!found)
        return found.error();
    const qint64 version = *found;
    if (version > KdsCache::schemaVersion) {
        return Error{ErrorCode::BadRequest,
                     QStringLiteral("it is of version %1, this program knows %2")
                         .arg(version)
                         .arg(KdsCache::schemaVersion)};
    }
    if (version == KdsCache::schemaVersion)
        return ok();
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    for (size_t step = static_cast<size_t>(version); step < migrations.size(); ++step) {
        if (const Status done = database.exec(migrations.at(step)); !done)
            return done;
    }
    const QByteArray stamp = "PRAGMA user_version = " + QByteArray::number(KdsCache::schemaVersion);
    if (const Status done = database.exec(stamp.constData()); !done)
        return done;
    return transaction->commit();
}

Result<std::vector<OutboxEntry>> readOutbox(Database &database, bool stopAtDamage)
{
    std::vector<OutboxEntry> entries;
    Result<Statement> rows = database.prepare(
        "SELECT command, order_number, answer, answered_epoch, answered_at, dismissed"
        " FROM outbox ORDER BY n");
    if (!rows)
        return rows.error();
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row && stopAtDamage)
            return entries;
        if (!row)
            return row.error();
        if (!*row)
            return entries;
        Result<OutboxEntry> entry = entryOf(*rows);
        if (entry)
            entries.push_back(std::move(*entry));
        else if (!stopAtDamage)
            return entry.error();
    }
}

Result<std::optional<QByteArray>> readMeta(Database &database, const char *key)
{
    Result<Statement> statement = database.prepare("SELECT value FROM meta WHERE key = ?");
    if (!statement)
        return statement.error();
    statement->bind(1, QByteArray(key));
    const Result<bool> row = statement->step();
    if (!row)
        return row.error();
    return *row ? std::optional(statement->text(0)) : std::nullopt;
}

} // namespace cf::kds
