// SPDX-License-Identifier: Apache-2.0
#include "hub/log/schema.h"

#include "hub/log/record_tally.h"

namespace cf::hub {

namespace {

// Ids are 16-byte blobs, times milliseconds since 1970, JSON is canonical text.
//
// event.bytes_to is the sum of the stored bytes of all events up to this one, so that the size of
// any gap is two look-ups. The chain stands before the texts: reading it never touches an overflow
// page. The insert trigger runs before any conflict resolution, so INSERT OR REPLACE cannot get
// around the triggers either.
//
// order_state is keyed by the position that opened the order: that is the order of tickets.
constexpr const char *versionOne = R"sql(
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  restaurant_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  head_pos INTEGER NOT NULL,
  head_chain BLOB NOT NULL
) STRICT;

CREATE TABLE epoch_history (
  n INTEGER PRIMARY KEY,
  epoch TEXT NOT NULL UNIQUE,
  pos INTEGER NOT NULL,
  at INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  pos INTEGER PRIMARY KEY,
  id BLOB NOT NULL CHECK (length(id) = 16),
  order_id BLOB NOT NULL CHECK (length(order_id) = 16),
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  v INTEGER NOT NULL,
  at INTEGER NOT NULL,
  bytes_to INTEGER NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  actor TEXT NOT NULL,
  payload TEXT NOT NULL,
  UNIQUE (order_id, seq)
) STRICT;

CREATE TRIGGER event_append BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'event: pos does not follow the last one')
    WHERE NEW.pos IS NOT (SELECT coalesce(max(pos), 0) + 1 FROM event);
  SELECT RAISE(ABORT, 'event: seq does not follow the last one of its order')
    WHERE NEW.seq IS NOT
      (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE order_id = NEW.order_id);
END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'event: an event is never changed');
END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'event: an event is never deleted');
END;

CREATE TABLE order_state (
  opened_pos INTEGER PRIMARY KEY,
  order_id BLOB NOT NULL UNIQUE CHECK (length(order_id) = 16),
  closed_pos INTEGER,
  seq INTEGER NOT NULL,
  pos INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE command (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  answer TEXT NOT NULL,
  pos INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE device_command (
  device TEXT NOT NULL,
  n INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  answer TEXT NOT NULL,
  pos INTEGER NOT NULL,
  PRIMARY KEY (device, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE tracker (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  token TEXT NOT NULL,
  order_id BLOB NOT NULL UNIQUE CHECK (length(order_id) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_number (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  day TEXT NOT NULL,
  last INTEGER NOT NULL
) STRICT;
)sql";

// See RecordTally.
constexpr const char *versionTwo = R"sql(
ALTER TABLE meta ADD COLUMN record_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN record_digest INTEGER NOT NULL DEFAULT 0;
)sql";

Status tallyOldRecords(Database &db)
{
    const Result<RecordTally> tally = tallyRecords(db);
    if (!tally)
        return tally.error();
    Result<Statement> update =
        db.prepare(QByteArrayLiteral("UPDATE meta SET record_count = ?1, record_digest = ?2"));
    if (!update)
        return update.error();
    Query query(*update);
    query.bind(1, tally->count).bind(2, static_cast<qint64>(tally->digest));
    return query.run();
}

// The history of the settings is kept: who said what when.
constexpr const char *versionThree = R"sql(
CREATE TABLE settings (
  rev INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TRIGGER settings_append BEFORE INSERT ON settings BEGIN
  SELECT RAISE(ABORT, 'settings: rev does not follow the last one')
    WHERE NEW.rev IS NOT (SELECT coalesce(max(rev), 0) + 1 FROM settings);
END;
CREATE TRIGGER settings_no_update BEFORE UPDATE ON settings BEGIN
  SELECT RAISE(ABORT, 'settings: a revision is never changed');
END;
CREATE TRIGGER settings_no_delete BEFORE DELETE ON settings BEGIN
  SELECT RAISE(ABORT, 'settings: a revision is never deleted');
END;
)sql";

// Documents of any name, the kitchen's settings among them.
constexpr const char *versionFour = R"sql(
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  rev INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (name, rev)
) STRICT;

INSERT INTO document (name, rev, at, actor, body)
  SELECT 'kitchen', rev, at, actor, body FROM settings ORDER BY rev;
DROP TABLE settings;

CREATE TRIGGER document_append BEFORE INSERT ON document BEGIN
  SELECT RAISE(ABORT, 'document: rev does not follow the last one of its name')
    WHERE NEW.rev IS NOT
      (SELECT coalesce(max(rev), 0) + 1 FROM document WHERE name = NEW.name);
END;
CREATE TRIGGER document_no_update BEFORE UPDATE ON document BEGIN
  SELECT RAISE(ABORT, 'document: a revision is never changed');
END;
CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN
  SELECT RAISE(ABORT, 'document: a revision is never deleted');
END;
)sql";

constexpr Migration migrations[] = {
    {versionOne}, {versionTwo, tallyOldRecords}, {versionThree}, {versionFour}};

Error refusal(const QString &detail)
{
    return {ErrorCode::StorageFailed, detail};
}

struct FileMark {
    qint64 applicationId = 0;
    qint64 version = 0;
};

Result<FileMark> readMark(Database &db)
{
    const Result<qint64> id = db.integer(QByteArrayLiteral("PRAGMA application_id"));
    if (!id)
        return id.error();
    const Result<qint64> version = db.integer(QByteArrayLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    return FileMark{*id, *version};
}

Error newerSchema(qint64 found, qint64 known)
{
    return refusal(QStringLiteral("the log has schema version %1, written by a newer CounterFire; "
                                  "this one knows up to %2. Install the newer version again")
                       .arg(found)
                       .arg(known));
}

// An empty file is ours to fill; anything else must carry our mark.
Status checkOurs(Database &db, const FileMark &mark)
{
    if (mark.applicationId == logApplicationId)
        return ok();
    const Result<qint64> objects =
        db.integer(QByteArrayLiteral("SELECT count(*) FROM sqlite_schema"));
    if (!objects)
        return objects.error();
    if (mark.applicationId == 0 && mark.version == 0 && *objects == 0)
        return ok();
    return refusal(QStringLiteral("the file is a database, but not a CounterFire log"));
}

Status runStep(Database &db, const Migration &step, qint64 version)
{
    Transaction transaction(db);
    Status done = transaction.begin(Transaction::Kind::Write);
    if (done)
        done = db.exec(step.sql);
    if (done && step.fill)
        done = step.fill(db);
    if (done) {
        done = db.exec("PRAGMA application_id=" + QByteArray::number(logApplicationId)
                       + "; PRAGMA user_version=" + QByteArray::number(version));
    }
    if (done)
        done = transaction.commit();
    return done;
}

} // namespace

std::span<const Migration> logMigrations()
{
    return migrations;
}

int logSchemaVersion()
{
    return static_cast<int>(logMigrations().size());
}

Status checkUpgradable(Database &db, std::span<const Migration> steps)
{
    const Result<FileMark> mark = readMark(db);
    if (!mark)
        return mark.error();
    Status ours = checkOurs(db, *mark);
    if (!ours)
        return ours;
    const auto known = static_cast<qint64>(steps.size());
    return mark->version > known ? Status(newerSchema(mark->version, known)) : ok();
}

Status migrate(Database &db, std::span<const Migration> steps)
{
    Status upgradable = checkUpgradable(db, steps);
    if (!upgradable)
        return upgradable;
    const Result<FileMark> mark = readMark(db);
    if (!mark)
        return mark.error();
    for (auto done = static_cast<size_t>(mark->version); done < steps.size(); ++done) {
        Status stepped = runStep(db, steps[done], static_cast<qint64>(done) + 1);
        if (!stepped)
            return stepped;
    }
    return ok();
}

Status checkSchema(Database &db)
{
    const Result<FileMark> mark = readMark(db);
    if (!mark)
        return mark.error();
    if (mark->applicationId != logApplicationId)
        return refusal(QStringLiteral("the file is not a CounterFire log"));
    if (mark->version > logSchemaVersion())
        return newerSchema(mark->version, logSchemaVersion());
    if (mark->version < logSchemaVersion()) {
        return refusal(QStringLiteral("the log has schema version %1, older than this version's "
                                      "%2: start the hub once, it brings it up to date")
                           .arg(mark->version)
                           .arg(logSchemaVersion()));
    }
    return ok();
}

} // namespace cf::hub
