// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_log.h"

#include "hub/log/batch_check.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"

namespace cf::hub {

namespace {

constexpr int epochBytes = 16;

const QString &ownerOfNew(const OpenOptions &options)
{
    return options.restaurantId.isEmpty() ? options.newRestaurantId : options.restaurantId;
}

} // namespace

Result<std::unique_ptr<SqliteEventLog>> SqliteEventLog::open(const QString &path,
                                                             const OpenOptions &options,
                                                             const Clock &clock, Random &random)
{
    const bool exists = Database::exists(path);
    if (!exists && !options.create)
        return Error{ErrorCode::NotFound, QStringLiteral("there is no log at %1").arg(path)};
    if (!exists && ownerOfNew(options).isEmpty())
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("a new log needs to know its restaurant")};
    LogFiles &files = options.files ? *options.files : posixLogFiles();
    Result<std::unique_ptr<LogLock>> lock = files.lock(path);
    if (!lock)
        return lock.error();
    Status made = files.createPrivate(path);
    if (!made)
        return made.error();
    std::unique_ptr<SqliteEventLog> log(
        new SqliteEventLog(path, options, clock, random, std::move(*lock)));
    Status done = log->connect();
    if (done)
        done = log->load();
    // A sync may have failed just before the last process died.
    if (done)
        done = log->m_connection->makeWalDurable();
    if (done)
        done = log->m_connection->checkpoint();
    if (done)
        done = log->checkWitness();
    if (!done) {
        Error error = done.error();
        if (!error.detail.contains(path))
            error.detail.prepend(path + QStringLiteral(": "));
        return error;
    }
    return log;
}

SqliteEventLog::SqliteEventLog(QString path, OpenOptions options, const Clock &clock,
                               Random &random, std::unique_ptr<LogLock> lock)
    : m_path(std::move(path)), m_options(std::move(options)), m_clock(clock), m_random(random),
      m_lock(std::move(lock))
{
}

SqliteEventLog::~SqliteEventLog() = default;

Status SqliteEventLog::connect()
{
    Result<std::unique_ptr<LogConnection>> opened = LogConnection::open(m_path, m_options.pagesMax);
    if (!opened)
        return opened.error();
    m_connection = std::move(*opened);
    const Result<bool> isNew = m_connection->isNew();
    if (!isNew)
        return isNew.error();
    if (!*isNew)
        return ok();
    if (ownerOfNew(m_options).isEmpty())
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("a new log needs to know its restaurant")};
    return m_connection->create(ownerOfNew(m_options), randomHex(epochBytes, m_random),
                                m_clock.now());
}

Status SqliteEventLog::load()
{
    Result<LogTail> tail = m_connection->checkedTail();
    if (!tail)
        return tail.error();
    if (!m_options.restaurantId.isEmpty() && m_options.restaurantId != tail->restaurantId) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("the log is restaurant \"%1\"'s, not \"%2\"'s")
                         .arg(tail->restaurantId, m_options.restaurantId)};
    }
    Result<RecentOrders> recent = m_connection->recent();
    if (!recent)
        return recent.error();
    m_head = tail->head;
    if (isPlanted(Mutant::HeadNotReloaded))
        m_head.pos = 0;
    m_restaurantId = tail->restaurantId;
    m_bytesTo = tail->bytesTo;
    m_recent = std::move(*recent);
    m_records = tail->records;
    return ok();
}

Witness SqliteEventLog::currentWitness() const
{
    return {m_head.epoch, m_head.pos, m_head.chain, m_records};
}

// Displays may hold events that a restored copy never had, or had differently: their cursors must
// not be taken for this log's.
Status SqliteEventLog::checkWitness()
{
    const std::optional<Witness> seen =
        isPlanted(Mutant::WitnessIgnored) ? std::nullopt : m_lock->witness();
    Status done = ok();
    if (seen && seen->epoch == m_head.epoch) {
        const Result<std::optional<ChainHash>> chain = m_connection->chainAt(seen->pos);
        if (!chain)
            return chain.error();
        if (!*chain) {
            done = renewEpoch(randomHex(epochBytes, m_random),
                              QStringLiteral("the log ends at %1 but had reached %2: an older "
                                             "copy was put in its place")
                                  .arg(m_head.pos)
                                  .arg(seen->pos));
        } else if (**chain != seen->chain) {
            done = renewEpoch(randomHex(epochBytes, m_random),
                              QStringLiteral("event %1 is not the one this hub wrote: another "
                                             "copy was put in its place")
                                  .arg(seen->pos));
        } else if (m_records.count < seen->records.count
                   || (m_records.count == seen->records.count && m_records != seen->records)) {
            done = renewEpoch(randomHex(epochBytes, m_random),
                              QStringLiteral("the log has %1 answers to commands but had %2: an "
                                             "older copy was put in its place")
                                  .arg(m_records.count)
                                  .arg(seen->records.count));
        }
    }
    if (done)
        m_lock->writeWitness(currentWitness());
    return done;
}

Status SqliteEventLog::usable() const
{
    return m_failed ? Status(*m_failed) : ok();
}

Status SqliteEventLog::fail(const Error &error)
{
    m_failed = Error{ErrorCode::StorageFailed,
                     QStringLiteral("the log could not be written and waits to be reopened: %1")
                         .arg(error.detail)};
    return *m_failed;
}

Status SqliteEventLog::commit(const LogBatch &batch)
{
    Status usableNow = usable();
    if (!usableNow || batch.isEmpty())
        return usableNow;
    Status follows = checkBatch(m_head, batch);
    if (!follows)
        return fail(follows.error());
    RecentOrders recent = m_recent;
    for (const LoggedEvent &logged : batch.events)
        recent.apply(logged.event);
    const std::vector<QUuid> forgotten = recent.takeForgotten();
    Status written = write(batch, recent, forgotten);
    if (!written)
        return fail(written.error());
    m_recent = std::move(recent);
    if (!batch.events.empty()) {
        const LoggedEvent &last = batch.events.back();
        m_head.pos = last.event.pos;
        m_head.chain = last.chain;
        m_head.at = last.event.at;
    }
    m_lock->writeWitness(currentWitness());
    if (m_connection->walFileBytes() >= limits::walBytesMax && m_connection->isCheckpointWorthIt())
        checkpoint();
    return ok();
}

Status SqliteEventLog::write(const LogBatch &batch, const RecentOrders &recent,
                             const std::vector<QUuid> &forgotten)
{
    Transaction transaction(m_connection->db());
    Status done = transaction.begin(Transaction::Kind::Write);
    qint64 bytesTo = m_bytesTo;
    LogHead head = m_head;
    RecordTally records = m_records;
    if (done)
        done = m_connection->insertEvents(batch.events, bytesTo);
    if (done)
        done = m_connection->putOrders(batch.orders, recent, forgotten);
    if (!batch.events.empty()) {
        head.pos = batch.events.back().event.pos;
        head.chain = batch.events.back().chain;
    }
    if (done)
        done = m_connection->insertRecords(batch, head.pos, records);
    if (done)
        done = m_connection->setHead(head.pos, head.chain, records);
    for (const SettingsRecord &settings : batch.settings) {
        if (done && !isPlanted(Mutant::SettingsNotWritten))
            done = m_connection->insertSettings(settings);
    }
    if (done)
        done = transaction.commit();
    if (done) {
        m_bytesTo = bytesTo;
        m_records = records;
    }
    return done;
}

Status SqliteEventLog::renewEpoch(const QByteArray &epoch, const QString &why)
{
    Status usableNow = usable();
    if (!usableNow)
        return usableNow;
    if (epoch.size() != 2 * epochBytes || !isLowerHex(epoch))
        return Error{ErrorCode::ValidationFailed, QStringLiteral("that is not an epoch")};
    Transaction transaction(m_connection->db());
    Status done = transaction.begin(Transaction::Kind::Write);
    if (done)
        done = m_connection->setEpoch(epoch, m_head.pos, m_clock.now(), why);
    if (done)
        done = transaction.commit();
    if (!done)
        return fail(done.error());
    m_head.epoch = epoch;
    m_lock->writeWitness(currentWitness());
    return ok();
}

Status SqliteEventLog::reopen()
{
    m_connection.reset();
    Result<std::unique_ptr<LogConnection>> opened = LogConnection::open(m_path, m_options.pagesMax);
    if (!opened)
        return fail(opened.error());
    m_connection = std::move(*opened);
    Status done = load();
    if (done)
        done = m_connection->makeWalDurable();
    if (done)
        done = m_connection->checkpoint();
    // The frames of a commit that failed may still be in the WAL, unseen by connections that knew
    // it before, and would be found by the next process: a commit in their place ends them.
    if (done)
        done = settle();
    if (done) {
        m_failed.reset();
        done = checkWitness();
    }
    return done ? done : fail(done.error());
}

Status SqliteEventLog::settle()
{
    Transaction transaction(m_connection->db());
    Status done = transaction.begin(Transaction::Kind::Write);
    // There and back again: SQLite writes no page for a row that is set to what it holds.
    if (done)
        done = m_connection->setHead(m_head.pos + 1, m_head.chain, m_records);
    if (done)
        done = m_connection->setHead(m_head.pos, m_head.chain, m_records);
    return done ? transaction.commit() : done;
}

void SqliteEventLog::idle()
{
    if (!m_failed && m_connection->isCheckpointWorthIt())
        checkpoint();
}

void SqliteEventLog::checkpoint()
{
    Status done = m_connection->checkpoint();
    // Nothing acknowledged is lost, it is all in the WAL; but a disk that refuses is not trusted.
    if (!done)
        static_cast<void>(fail(done.error()));
}

qint64 SqliteEventLog::walBytes() const
{
    return m_connection ? m_connection->walBytes() : 0;
}

Result<std::vector<OrderState>> SqliteEventLog::openOrders()
{
    return m_failed ? *m_failed : m_connection->openOrders();
}

Result<std::vector<OrderState>> SqliteEventLog::recentlyClosed(int limit)
{
    return m_failed ? *m_failed : m_connection->recentlyClosed(limit);
}

Result<std::optional<DayNumber>> SqliteEventLog::dayNumber()
{
    return m_failed ? *m_failed : m_connection->dayNumber();
}

Result<Documents> SqliteEventLog::settings()
{
    return m_failed ? *m_failed : m_connection->settings();
}

Result<std::optional<OrderState>> SqliteEventLog::order(const QUuid &orderId)
{
    return m_failed ? *m_failed : m_connection->order(orderId);
}

Result<std::optional<CommandRecord>> SqliteEventLog::command(const QByteArray &scope,
                                                             const QByteArray &key)
{
    return m_failed ? *m_failed : m_connection->command(scope, key);
}

Result<std::optional<DeviceCommandRecord>> SqliteEventLog::deviceCommand(const QString &device,
                                                                         qint64 n)
{
    return m_failed ? *m_failed : m_connection->deviceCommand(device, n);
}

Result<qint64> SqliteEventLog::lastDeviceCommand(const QString &device)
{
    return m_failed ? *m_failed : m_connection->lastDeviceCommand(device);
}

} // namespace cf::hub
