// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/sqlite_event_log.h"
#include "hub/log/verifier.h"

#include <QHash>
#include <QTemporaryDir>

namespace cf::test {

class ManualClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] Monotonic monotonic() const override { return {}; }
    void advance(std::chrono::milliseconds by) { m_now += by; }

private:
    Timestamp m_now{std::chrono::milliseconds{1'795'000'000'000}};
};

// Counts: every run of a test sees the same ids.
class CountingRandom final : public Random
{
public:
    void fill(std::span<quint8> bytes) override;

private:
    quint64 m_state = 1;
};

// Makes batches as the order service would: events that follow the head, each with its chain, and
// the folded orders. Knows no rule: a test may append what it likes.
class BatchMaker
{
public:
    explicit BatchMaker(ManualClock &clock) : m_clock(clock) { }
    // Goes on from here, forgetting what was not taken; `orders` as they stand there.
    void start(const hub::LogHead &head, const std::vector<OrderState> &orders = {});

    QUuid place(const QString &number, bool withTracker = false);
    OrderEvent &add(const QUuid &orderId, EventType type, const QJsonObject &payload = {});
    void addUnknown(const QUuid &orderId, const QString &type, const QJsonObject &payload);
    // Placed, paid, accepted, ready and completed.
    QUuid placeAndComplete(const QString &number);

    // Seals the chain and hands out everything since the last take().
    hub::LogBatch take();
    [[nodiscard]] const OrderState &order(const QUuid &id) const { return *m_orders.find(id); }
    // Events in all batches so far.
    [[nodiscard]] const std::vector<hub::LoggedEvent> &all() const { return m_all; }

private:
    void fold(const OrderEvent &event);

    ManualClock &m_clock;
    CountingRandom m_random;
    hub::LogHead m_head;
    qint64 m_nextPos = 1;
    QHash<QUuid, OrderState> m_orders;
    std::vector<QUuid> m_touched;
    hub::LogBatch m_batch;
    std::vector<hub::LoggedEvent> m_all;
};

// A log in a directory of its own.
class LogFixture
{
public:
    LogFixture();
    [[nodiscard]] QString path() const;
    // Opens (and creates) it; a failure fails the test through the returned error.
    Result<std::unique_ptr<hub::SqliteEventLog>> tryOpen(hub::OpenOptions options = {});
    void open(hub::OpenOptions options = {});
    void close() { log.reset(); }
    // Takes the maker's batch and commits it.
    Status commit() { return log->commit(maker.take()); }

    QTemporaryDir dir;
    ManualClock clock;
    CountingRandom random;
    BatchMaker maker{clock};
    std::unique_ptr<hub::SqliteEventLog> log;
};

// What an administrator with a plain SQLite shell could do to the file; the error's text, or
// nothing.
QString rawSql(const QString &path, const QByteArray &sql);
// The first column of the first row.
QByteArray rawValue(const QString &path, const QByteArray &sql);
// The log and its side files as they are now, open or not: what a power cut would leave.
bool copyLog(const QString &from, const QString &to);

// "position: what" of each problem.
QString problemsOf(const hub::VerifyReport &report);
bool hasProblem(const hub::VerifyReport &report, qint64 pos, const QString &what);

} // namespace cf::test
